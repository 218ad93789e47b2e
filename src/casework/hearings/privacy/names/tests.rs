use super::*;

fn replaced_in(name: &str, text: &str, kind: TextKind) -> String {
    let mut names = Names::default();
    names.add_parts(name);
    super::replaced(&[&names], text, kind, "*")
}

fn replaced(name: &str, text: &str) -> String {
    replaced_in(name, text, TextKind::Typed)
}

#[test]
fn a_name_is_found_however_it_is_written() {
    let name = "Zoë O’Brien-Łukasz";
    for text in [
        "ZOE",
        "zoe\u{308}",
        "O'BRIEN",
        "OBrien",
        "OʼBrien",
        "O′Brien",
        "o brien",
        "Brien",
        "Lukasz",
        "Łukasz, Zoë",
        "O‘Brien‑Łukasz, Z",
        "Z. O'Brien-Lukasz",
        "ZLukasz",
        "ZoeOBrienLukasz",
        "zoe_o-brien_lukasz",
        "O`Brien Lukasz",
        "O\u{2019}Brien\u{2014}Lukasz",
        "Z O Ë",
    ] {
        assert_eq!(replaced(name, text), "*", "{text}");
    }
    assert_eq!(replaced(name, "call-log_zoe2.pdf"), "call-log_*.pdf");
    assert_eq!(replaced(name, "Zoe's and Brienne's zoetrope"), "*'s and Brienne's zoetrope");
    assert_eq!(replaced("Jordan Blake", "the Blakes"), "the *");
    assert_eq!(replaced("Alex Jones", "the Joneses in rvjones"), "the * in *");
    assert_eq!(replaced("Sam Blake", "Sam Blake's mother"), "*'s mother");
}

#[test]
fn letters_that_a_keyboard_lacks_are_typed_in_several_ways() {
    for (name, texts) in [
        ("Søren Müller", ["Soren Muller", "Soeren Mueller", "SØREN MÜLLER"]),
        ("Soeren Mueller", ["Søren Müller", "Soren Muller", "soeren mueller"]),
        ("Ida Strauß-Ærø", ["Strauss", "Aero", "AEROE"]),
    ] {
        for text in texts {
            assert_eq!(replaced(name, text), "*", "{name}: {text}");
        }
    }
}

#[test]
fn names_without_capitals_are_found_within_words() {
    assert_eq!(replaced("王小明", "关于王小明的报告"), "关于*的报告");
}

#[test]
fn small_words_and_initials_alone_are_no_names() {
    assert_eq!(
        replaced("An de Vries", "an e-mail of De Bono, B Smith"),
        "an e-mail of De Bono, B Smith"
    );
    assert_eq!(replaced("An de Vries", "An de Vries"), "*");
    assert_eq!(replaced("Ronald McDonald", "McAllister v McDonald"), "McAllister v *");
    assert_eq!(replaced("Jo Lee (aka Kay)", "Also known as Kay"), "Also known as *");
}

#[test]
fn names_that_are_words_count_with_a_capital_or_where_nothing_has_one() {
    for (text, left) in [
        ("Copy of the will", "Copy of the will"),
        ("Statement of Will", "Statement of *"),
        ("Will Page's diary, page 3", "*'s diary, page 3"),
        ("interview of will page", "interview of *"),
    ] {
        assert_eq!(replaced("Will Page", text), left);
    }
    let said = |text| replaced_in("Will Page", text, TextKind::Said);
    assert_eq!(said("page 2 will stay"), "page 2 will stay");
    assert_eq!(said("no statement of the witness Will Page"), "no statement of the witness *");
    assert_eq!(replaced_in("Will Page", "cases/will", TextKind::Path), "cases/*");
    assert_eq!(replaced("May Green", "May: log of 3 May 2026, may"), "*: log of 3 May 2026, may");
}
