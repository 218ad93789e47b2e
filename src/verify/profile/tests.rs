use super::*;

#[test]
fn the_profiles_of_the_program_are_sound() {
    let profiles = Profiles::built_in().unwrap();
    let names: Vec<&str> = profiles.iter().map(|profile| profile.name.as_str()).collect();
    assert_eq!(names, crate::manifest::RULES, "the names that manifests may use");
    for profile in profiles.iter() {
        assert!(profile.rule(Code::BadRedaction).is_some(), "{}", profile.name);
        for rule in &profile.rules {
            assert!(!rule.source.is_empty(), "{} {}", profile.name, rule.code);
        }
    }
    // Every rule is used by some profile.
    for code in crate::verify::RULES {
        assert!(profiles.iter().any(|profile| profile.rule(*code).is_some()), "{code}");
    }
}

#[test]
fn a_profile_takes_over_what_it_does_not_change() {
    let profiles = Profiles::built_in().unwrap();
    let own = "[[profile]]\nname = \"ours\"\nextends = \"family\"\n\
               rule = [{ code = \"page-cap\", severity = \"error\", pages = 500, source = \"order of 3 March\" }]";
    let profiles = profiles.with(own).unwrap();
    let ours = profiles.get("ours").unwrap();
    assert_eq!(ours.numbering, NumbersBy::Section);
    assert_eq!(ours.rule(Code::PageCap).unwrap().limits.pages, Some(500));
    assert_eq!(ours.rule(Code::Searchable).unwrap().trust, Trust::Secondary);
    assert!(ours.rule(Code::ResolutionLow).is_none());
}

#[test]
fn what_is_wrong_in_a_file_of_profiles_is_said() {
    for (toml, part) in [
        ("[[profile]]\nname = \"a\"\nextends = \"b\"", "extends \"b\""),
        ("[[profile]]\nname = \"none\"", "two profiles"),
        (
            "[[profile]]\nname = \"a\"\nrule = [{ code = \"x\", severity = \"off\" }]",
            "unknown rule \"x\"",
        ),
        (
            "[[profile]]\nname = \"a\"\nrule = [{ code = \"page-cap\", severity = \"info\" }]",
            "needs `pages`",
        ),
        (
            "[[profile]]\nname = \"a\"\nrule = [{ code = \"opens\", severity = \"error\", trust = \"M\" }]",
            "from memory",
        ),
        (
            "[[profile]]\nname = \"a\"\nrule = [{ code = \"file-name\", severity = \"info\", pattern = \"(\" }]",
            "profile \"a\"",
        ),
        ("[[profile]]\ntitle = \"a\"", "name"),
        ("[[profiles]]\nname = \"a\"", "profiles"),
    ] {
        let error = Profiles::built_in().unwrap().with(toml).unwrap_err();
        assert!(error.to_string().contains(part), "{error}");
    }
}
