use std::path::Path;

use super::classes::{ServeRule, likeliest};
use super::*;
use crate::manifest::{self, Case};
use crate::model::Audience;

const SERVED: [Audience; 4] = [Audience::Court, Audience::Defence, Audience::Jury, Audience::Laa];

fn case(text: &str) -> Case {
    let reading = manifest::parse(text, Path::new("bundle.toml"));
    reading.case.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

/// A case of one document and one bundle without sections of its own.
fn one(bundle: &str, document: &str) -> Case {
    case(&format!(
        "case.title = 'R v Test'\ndefendant = [{{ name = 'Ann Alder' }}, {{ name = 'Bob Birch' }}]\n\
         [[bundle]]\n{bundle}\n[[section]]\nletter = 'A'\ntitle = 'Papers'\n\
         [[section.document]]\ntitle = 'Paper'\nfile = 'paper.pdf'\n{document}\n"
    ))
}

fn fate(bundle: &str, document: &str) -> Fate {
    let case = one(bundle, document);
    decide(&case, &case.bundles[0]).remove(0).fate
}

#[test]
fn the_table_holds_every_form_with_its_rule() {
    // Rule by rule as the manual of guidance has them; what only the prosecution has is in the first.
    let expected = [
        (ServeRule::Never, "MG0 MG1 MG2 MG3 MG3A MG6 MG6D MG6E MG9 MG10 MG17 MG20"),
        (ServeRule::Redact, "MG19"),
        (
            ServeRule::Prosecutor,
            "MG4A MG4B MG4C MG4F MG6A MG6B MG7 MG8 MG11(R) MG14 MG16 MG21 MG21A",
        ),
        (ServeRule::Yes, "MG4 MG4D MG4E MG5 MG6C MG11 MG12 MG13 MG15 MG18 MG22"),
    ];
    for (rule, names) in expected {
        for name in names.split(' ') {
            let class = find(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!((class.name.as_str(), class.mg), (name, true));
            for audience in [Audience::Court, Audience::Defence, Audience::Laa] {
                assert_eq!(class.rule(audience), rule, "{name}");
            }
            // No form is on the list of what a jury gets.
            assert_eq!(class.rule(Audience::Jury), ServeRule::Never, "{name}");
            assert_eq!(class.rule(Audience::Prosecution), ServeRule::Yes, "{name}");
        }
    }
    let mg = classes().iter().filter(|class| class.mg).count();
    assert_eq!(mg, 12 + 1 + 13 + 11 + 1, "and MG11 back");
}

#[test]
fn no_name_means_two_classes() {
    let mut seen = std::collections::HashMap::new();
    for class in classes() {
        assert_eq!(find(&class.name), Some(class), "{}", class.name);
        for name in std::iter::once(&class.name).chain(&class.aliases) {
            assert_eq!(find(name), Some(class), "{name}");
            assert_eq!(seen.insert(name.to_lowercase(), &class.name), None, "{name}");
        }
    }
}

#[test]
fn forms_are_known_however_they_are_written() {
    for (typed, name) in [
        ("mg 6d", "MG6D"),
        ("MG06D", "MG6D"),
        ("MG-6-D", "MG6D"),
        ("Form MG 10", "MG10"),
        ("MG0", "MG0"),
        ("MG 00", "MG0"),
        ("MG11 backsheet", "MG11 back"),
        ("mg11_back", "MG11 back"),
        ("MG11(R)", "MG11(R)"),
        ("MG3a", "MG3A"),
        ("ROVI", "MG15"),
        ("MG15 (SDN)", "MG15"),
        ("Previous Convictions", "previous-convictions"),
        ("basis of plea", "basis-of-plea"),
    ] {
        assert_eq!(find(typed).map(|class| class.name.as_str()), Some(name), "{typed}");
    }
    for typed in ["", "MG", "MG99", "Rover", "6D"] {
        assert_eq!(find(typed), None, "{typed}");
    }
    for (typed, first) in [
        ("MG6F", "MG6"),
        ("exibit", "exhibit"),
        ("previous-conviction", "previous-convictions"),
        ("PNC precons", "pnc"),
        ("personal statement of the victim", "victim-statement"),
        ("MG6D of 3 June", "MG6D"),
    ] {
        let found: Vec<&str> = likeliest(typed).iter().map(|class| class.name.as_str()).collect();
        assert_eq!(found.len(), 3, "{typed}");
        assert_eq!(found[0], first, "{typed}: {found:?}");
    }
}

#[test]
fn a_form_is_found_among_other_words() {
    let named = |text: &str| named_in(text).map(|class| class.name.as_str());
    assert_eq!(named("MG06D_sensitive_schedule.pdf"), Some("MG6D"));
    assert_eq!(named("Schedule (MG 6 D) of 3 June"), Some("MG6D"));
    assert_eq!(named("MG11 Smith.pdf"), Some("MG11"));
    assert_eq!(named("MG11 Back Page Smith"), Some("MG11 back"));
    assert_eq!(named("MG11 and MG9 together"), Some("MG9"));
    assert_eq!(named("MGB roadster, 6 doors"), None);
    assert_eq!(named("Letter about the exhibit"), None);
    assert_eq!(named("AMG6D"), None);
}

#[test]
fn what_is_never_served_is_an_error_unless_another_bundle_holds_it() {
    for audience in ["court", "defence", "laa", "jury"] {
        let bundle = format!("audience = '{audience}'");
        for form in ["MG6D", "MG10", "MG11 back", "mg 06 d", "MG6D of 3 June", "review"] {
            let refused = fate(&bundle, &format!("form = '{form}'"));
            assert!(matches!(refused, Fate::Refused(Denial::Never(_))), "{refused:?}");
        }
    }
    assert_eq!(fate("audience = 'prosecution'", "form = 'MG6D'"), Fate::In);
    let mut both = one("audience = 'court'", "form = 'MG6D'");
    let mut other = both.bundles[0].clone();
    other.audience = Audience::Prosecution;
    both.bundles.push(other);
    let fates = |case: &Case| -> Vec<Fate> {
        let decisions = case.bundles.iter().flat_map(|bundle| decide(case, bundle));
        decisions.map(|decision| decision.fate).collect()
    };
    let denial = Denial::Never(find("MG6D").unwrap());
    assert_eq!(fates(&both), [Fate::Out(Exclusion::Denied(denial.clone())), Fate::In]);
    // Who names the section asks for it.
    both.bundles[0].names_sections = true;
    assert_eq!(fates(&both), [Fate::Refused(denial.clone()), Fate::In]);
    // A bundle that does not take the section does not hold it either.
    both.bundles[0].names_sections = false;
    both.bundles[1].sections.clear();
    assert_eq!(fates(&both), [Fate::Refused(denial)]);
}

#[test]
fn a_decision_and_a_redaction_need_a_name_and_a_day() {
    let court = "audience = 'court'";
    let lacking = |document: &str| match fate(court, document) {
        Fate::Refused(Denial::Undecided(_, key) | Denial::Unredacted(_, key)) => key,
        other => panic!("{other:?}"),
    };
    assert_eq!(lacking("form = 'MG7'"), "served_by");
    assert_eq!(lacking("form = 'MG7'\nserved_by = 'A Advocate'"), "served_on");
    assert_eq!(lacking("form = 'MG7'\nserved_on = 2026-06-01"), "served_by");
    assert_eq!(lacking("form = 'MG19'\nredacted_by = 'B'"), "redacted_on");
    let decided = "served_by = 'A Advocate'\nserved_on = 2026-06-01";
    assert_eq!(fate(court, &format!("form = 'MG7'\n{decided}")), Fate::In);
    let redacted = "redacted_by = 'B'\nredacted_on = 2026-06-01";
    assert_eq!(fate(court, &format!("form = 'MG19'\n{redacted}")), Fate::In);
    // Neither lifts what is never served.
    let all = fate(court, &format!("form = 'MG6D'\n{decided}\n{redacted}"));
    assert!(matches!(all, Fate::Refused(Denial::Never(_))), "{all:?}");
}

#[test]
fn a_jury_gets_only_what_is_on_its_list() {
    let jury = "audience = 'jury'";
    for form in ["exhibit", "indictment", "agreed-facts", "plan"] {
        assert_eq!(fate(jury, &format!("form = '{form}'")), Fate::In, "{form}");
    }
    for form in ["MG11", "MG5", "statement", "previous-convictions", "unused", "opening"] {
        let refused = fate(jury, &format!("form = '{form}'"));
        assert!(matches!(refused, Fate::Refused(Denial::NotForJury(_))), "{form}: {refused:?}");
    }
    // An exhibit reference says what a document is where nothing else does.
    assert_eq!(fate(jury, "exhibit = 'JS/1'"), Fate::In);
    // Of a word that nobody knows no rule can be had; the manifest's reader warns.
    assert_eq!(fate(jury, "form = 'papers'"), Fate::In);
}

#[test]
fn restricted_documents_go_to_their_defendants_alone() {
    let restricted = "form = 'basis-of-plea'\nrestricted_to = ['ann  alder']";
    let own = "audience = 'defence'\ndefendant = 'Ann Alder'";
    assert_eq!(fate(own, restricted), Fate::In);
    let other = "audience = 'defence'\ndefendant = 'Bob Birch'";
    assert_eq!(fate(other, restricted), Fate::Out(Exclusion::OtherDefendants(vec![0])));
    let named = format!("{other}\nsections = ['A']");
    assert_eq!(fate(&named, restricted), Fate::Out(Exclusion::OtherDefendants(vec![0])));
    for audience in ["defence", "laa"] {
        assert_eq!(
            fate(&format!("audience = '{audience}'"), restricted),
            Fate::Refused(Denial::ForWhichDefendant)
        );
    }
    let exhibit = "form = 'exhibit'\nrestricted_to = ['Ann Alder', 'Bob Birch']";
    assert_eq!(fate("audience = 'jury'", exhibit), Fate::Refused(Denial::RestrictedFromJury));
    assert_eq!(fate("audience = 'court'", restricted), Fate::In);
    assert_eq!(fate("audience = 'prosecution'", restricted), Fate::In);
}

#[test]
fn audiences_narrow_and_never_widen() {
    let narrowed = "form = 'MG11'\naudiences = ['prosecution', 'defence']";
    assert_eq!(fate("audience = 'defence'", narrowed), Fate::In);
    let out = Fate::Out(Exclusion::NotAmongAudiences);
    assert_eq!(fate("audience = 'court'", narrowed), out);
    assert_eq!(fate("audience = 'court'\nsections = ['A']", narrowed), out);
    let wide = fate("audience = 'defence'", "form = 'MG6D'\naudiences = ['defence']");
    assert!(matches!(wide, Fate::Refused(Denial::Never(_))), "{wide:?}");
}

#[test]
fn unused_material_stands_apart_from_evidence() {
    let decided = "form = 'unused'\nserved_by = 'A'\nserved_on = 2026-06-01";
    let mut case = one("audience = 'defence'", decided);
    let fate = |case: &Case| decide(case, &case.bundles[0])[0].fate.clone();
    assert_eq!(fate(&case), Fate::In);
    for title in ["Exhibits", "Witness statements"] {
        case.sections[0].title = title.to_owned();
        assert_eq!(fate(&case), Fate::Refused(Denial::UnusedAmongEvidence), "{title}");
    }
    case.sections[0].title = "Unused exhibits".to_owned();
    assert_eq!(fate(&case), Fate::In);
    // Beside a statement it looks like evidence whatever the section is called.
    let mut statement = case.sections[0].documents[0].clone();
    statement.form = Some("MG11".into());
    case.sections[0].documents.push(statement);
    assert_eq!(fate(&case), Fate::Refused(Denial::UnusedAmongEvidence));
    case.bundles[0].audience = Audience::Prosecution;
    assert_eq!(fate(&case), Fate::In);
    for audience in [Audience::Court, Audience::Laa] {
        assert_eq!(find("unused").unwrap().rule(audience), ServeRule::Never);
    }
}

#[test]
fn only_the_documents_that_go_in_are_included() {
    let case = one("audience = 'defence'", "form = 'MG11'");
    assert_eq!(included(&case, &case.bundles[0]).len(), 1);
    let case = one("audience = 'defence'", "form = 'MG9'");
    assert_eq!(included(&case, &case.bundles[0]).len(), 0);
    assert!(SERVED.iter().all(|audience| audience.is_served()));
}
