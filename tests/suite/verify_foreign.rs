//! `verify` on bundles of other programs: clean ones pass, and each planted fault is told.

use serde_json::Value;

use crate::support::case::{Case, array, text};
use crate::support::foreign::{Foreign, NAME, SCAN, show};

/// What came of each rule, and the exit code under `--strict`.
fn verified(bytes: &[u8], rules: &str) -> (Option<i32>, Value) {
    let case = Case::empty();
    case.write(NAME, bytes);
    let run = case.run(&["verify", NAME, "--strict", "--rules", rules, "--format", "json"]);
    (run.code, run.json()["files"][0].clone())
}

fn faults(file: &Value) -> Vec<String> {
    let results = array(file, "results").iter();
    let broken =
        results.filter(|result| result["status"] == "fail" && result["severity"] != "info");
    broken
        .map(|result| {
            let pages: Vec<String> = array(result, "pages").iter().map(Value::to_string).collect();
            format!("{} {}: {}", text(result, "code"), pages.join(","), text(result, "message"))
        })
        .collect()
}

/// Nothing worse than information is told.
#[track_caller]
fn is_clean(bundle: &Foreign) {
    let (code, file) = verified(&bundle.write(), "general-2021");
    assert_eq!(faults(&file), [""; 0]);
    assert_eq!(code, Some(0));
}

/// One rule alone is broken, on these pages, and says this.
#[track_caller]
fn is_told(bundle: &Foreign, told: &str) {
    let (code, file) = verified(&bundle.write(), "general-2021");
    assert_eq!(faults(&file), [told]);
    assert_eq!(code, Some(1));
}

#[test]
fn a_clean_bundle_of_another_program_passes() {
    is_clean(&Foreign::clean());
}

#[test]
fn one_page_that_counts_other_pages_is_told() {
    let mut bundle = Foreign::clean();
    bundle.pages[4].number = "Page 6 of 10".to_owned();
    is_told(&bundle, "page-numbers 6: page 6 shows \"6 of 10\" where others say \"of 11\"");
    // A document that has numbers of its own, and a stamp without a total.
    let mut bundle = Foreign::clean().numbered(|place| place.to_string());
    for (at, page) in bundle.pages.iter_mut().enumerate() {
        show(&mut page.content, 265, 60, 9, &format!("Page {} of 2", at % 2 + 1));
    }
    is_clean(&bundle);
}

#[test]
fn a_prefix_or_a_zero_that_is_lost_is_told() {
    let series = |place| format!("BLK{place:06}");
    is_clean(&Foreign::clean().numbered(series));
    is_clean(&Foreign::clean().numbered(|place| format!("{place:02}")));
    for wrong in ["BKL000005", "BLK00005", "000005", "5", "BLK0000005"] {
        let mut bundle = Foreign::clean().numbered(series);
        bundle.pages[3].number = wrong.to_owned();
        let told = format!(
            "page-numbers 5: page 5 shows \"{wrong}\", in another style than the pages around it"
        );
        is_told(&bundle, &told);
    }
    let mut bundle = Foreign::clean().numbered(series);
    bundle.pages[9].number = "KLB000011".to_owned();
    let (_, file) = verified(&bundle.write(), "general-2021");
    assert!(faults(&file)[0].starts_with("page-numbers 11: page 11 shows"), "{file}");
}

#[test]
fn a_number_that_is_only_in_the_text_layer_of_a_scan_is_none() {
    let scanned = |before_number: &str| {
        let mut bundle = Foreign::clean();
        let page = &mut bundle.pages[4];
        page.scan = true;
        page.content = format!("{}{before_number}\n", page.content);
        bundle
    };
    let missing = "page-numbers 6: no number on 1 page, from page 6";
    is_clean(&scanned("0 g"));
    // A number in the picture, and its letters over it that are not painted.
    is_clean(&scanned("0 g 268 30 4 8 re f 275 30 4 8 re f 3 Tr"));
    let mut covered = scanned("0 g");
    covered.pages[4].over = SCAN.to_owned();
    for bundle in [scanned("3 Tr"), scanned("1 g"), covered] {
        let (_, file) = verified(&bundle.write(), "general-2021");
        let found = faults(&file);
        // What can be copied and is not seen may be told as well.
        assert!(found[0] == missing, "{found:?}");
        let others = &found[1..];
        assert!(others.iter().all(|other| other.starts_with("bad-redaction 6")), "{found:?}");
    }
}

#[test]
fn a_number_across_a_small_footer_counts() {
    let small =
        "Doe trial bundle, prepared by the fictional office of Harbour Street, not to be copied";
    let mut bundle = Foreign::clean();
    for page in &mut bundle.pages {
        show(&mut page.content, 200, 31, 5, small);
    }
    is_clean(&bundle);
}

#[test]
fn a_file_that_was_repaired_or_cut_short_is_told() {
    let whole = Foreign::clean().write();
    let at = |what: &[u8]| whole.windows(what.len()).rposition(|part| part == what).unwrap();
    let told = |bytes: &[u8]| faults(&verified(bytes, "none").1);
    let replaced = |from: &[u8], to: &[u8]| {
        let place = at(from);
        [&whole[..place], to, &whole[place + from.len()..]].concat()
    };
    let damaged = "undamaged : it is damaged: its table of objects is";
    for (bytes, said) in [
        (whole.clone(), None),
        ([b"From a mail\n".as_slice(), &whole].concat(), None),
        ([whole.as_slice(), b"\n<!-- mail -->\n"].concat(), None),
        (whole[..at(b"%%EOF")].to_vec(), Some("undamaged : it is cut short: its end is missing")),
        (
            whole[..at(b"xref\n0 ") - 2000].to_vec(),
            Some("undamaged : it is cut short: it does not say where its table of objects is"),
        ),
        (
            [whole.as_slice(), b"77 0 obj\n<</A 1>>\nendobj\nxref\n"].concat(),
            Some("undamaged : it is cut short: what was added to it last has no end"),
        ),
        (
            replaced(b"startxref\n", b"startxref\n9"),
            Some(&format!("{damaged} not where it should be")),
        ),
        (
            replaced(b"0000000009 00000 n", b"0000000019 00000 n"),
            Some(&format!("{damaged} wrong in 1 place")),
        ),
        (replaced(b"0000000009 00000 n", b"0000000000 00000 n"), None),
        // Some characters more near the beginning move all that stands behind them.
        (replaced(b"<</Type/Outlines", b"<</Lang(en-GB)/Type/Outlines"), Some(damaged)),
    ] {
        let found = told(&bytes);
        match said {
            None => assert_eq!(found, [""; 0]),
            Some(said) => assert!(found[0].starts_with(said), "{found:?} instead of {said}"),
        }
    }
}

fn swap_titles(bundle: &mut Foreign, one: usize, other: usize) {
    let title = bundle.rows[one].title.clone();
    bundle.rows[one].title = bundle.rows[other].title.clone();
    bundle.rows[other].title = title;
}

#[test]
fn a_document_without_a_row_is_told() {
    let mut bundle = Foreign::clean();
    bundle.rows.remove(2);
    is_told(
        &bundle,
        "index-complete 6: \"Record of interview with Perry Doe [6]\" on page 6 has no row in the index",
    );
    // The pages alone tell that something is left out.
    bundle.bookmarks.remove(3);
    is_told(
        &bundle,
        "index-ranges 1: \"Report on the umbrella\" ends on page 5, and the next row begins on page 8",
    );
    // Without ranges the bookmark does.
    let mut bundle = Foreign::clean();
    bundle.rows.remove(2);
    for row in &mut bundle.rows {
        row.pages = row.leads.to_string();
    }
    is_told(
        &bundle,
        "index-complete 6: \"Record of interview with Perry Doe [6]\" on page 6 has no row in the index",
    );
}

#[test]
fn a_row_and_its_link_that_agree_on_another_document_are_told() {
    let mut bundle = Foreign::clean();
    bundle.rows[2].pages = "10-11".to_owned();
    bundle.rows[2].leads = 10;
    let (code, file) = verified(&bundle.write(), "general-2021");
    let found = faults(&file);
    assert_eq!(code, Some(1));
    assert!(found.iter().any(|fault| fault.starts_with("titles 1: \"Record of interview with Perry Doe\" names page 10, \
                                                        and the bookmark of that title leads to page 6")), "{found:?}");
    assert!(found.iter().any(|fault| fault.starts_with("index-complete 6: ")), "{found:?}");
}

#[test]
fn titles_that_are_exchanged_are_told() {
    let mut bundle = Foreign::clean();
    swap_titles(&mut bundle, 0, 3);
    let (_, file) = verified(&bundle.write(), "general-2021");
    let found = faults(&file);
    let told = "titles 1: the titles \"Bank records of March\" and \"Statement of Alma Quill\" seem exchanged";
    assert!(found.len() == 1 && found[0].starts_with(told), "{found:?}");
    // Bookmarks without their numbers, which still name their pages.
    let mut bundle = Foreign::clean();
    bundle.bookmarks[1].0 = "Bank records of March [2]".to_owned();
    bundle.bookmarks[4].0 = "Statement of Alma Quill [8]".to_owned();
    let (_, file) = verified(&bundle.write(), "general-2021");
    let found = faults(&file);
    assert!(found.len() == 1 && found[0].starts_with("titles 1,2,8: "), "{found:?}");
    // Both: nothing but the words of the pages tells.
    swap_titles(&mut bundle, 0, 3);
    let (_, file) = verified(&bundle.write(), "general-2021");
    let found = faults(&file);
    assert!(found.len() == 1 && found[0].starts_with("titles 1,2,8: the titles"), "{found:?}");
}

#[test]
fn a_range_with_a_wrong_end_is_told() {
    for (row, pages, told) in [
        (1, "4-6", "ends on page 6, and \"Record of interview with Perry Doe\" begins on page 6"),
        (1, "4", "ends on page 4, and the next row begins on page 6"),
        (1, "4-9", "ends on page 9, and \"Bank records of March\" begins on page 8"),
        (1, "4-19", "ends on page 19, which is not there"),
        (4, "10-10", "ends on page 10, and more pages follow that no row names"),
    ] {
        let mut bundle = Foreign::clean();
        bundle.rows[row].pages = pages.to_owned();
        let (_, file) = verified(&bundle.write(), "general-2021");
        let found = faults(&file);
        assert!(found.len() == 1 && found[0].starts_with("index-ranges 1: "), "{pages}: {found:?}");
        assert!(found[0].contains(told), "{pages}: {found:?}");
    }
}

#[test]
fn sections_and_starts_alone_are_no_faults() {
    let mut bundle = Foreign::clean();
    bundle.rows[0].pages = "2 - 3".to_owned();
    is_clean(&bundle);
    let mut bundle = Foreign::clean();
    for row in &mut bundle.rows {
        row.pages = row.leads.to_string();
    }
    is_clean(&bundle);
    // A section over the last two documents.
    let mut bundle = Foreign::clean();
    let section = crate::support::foreign::Row {
        title: "Section B: Papers".to_owned(),
        pages: "8-11".to_owned(),
        leads: 8,
    };
    bundle.rows.insert(3, section);
    is_clean(&bundle);
    // Bookmarks of places within documents, on the same level.
    let mut bundle = Foreign::clean();
    bundle.bookmarks.insert(2, ("Where the umbrella was [3]".to_owned(), 3));
    bundle.bookmarks.insert(4, ("The second page of the report [5]".to_owned(), 5));
    is_clean(&bundle);
}

#[test]
fn a_text_layer_of_garbage_is_no_text() {
    let scanned = |turn: fn(char) -> char| {
        let mut bundle = Foreign::clean();
        let says: String = crate::support::foreign::DOCUMENTS[2].1.chars().map(turn).collect();
        let mut page = crate::support::foreign::Page::typed("", &says, 7);
        page.scan = true;
        page.content = format!("3 Tr\n{}0 Tr\n", page.content);
        bundle.pages[5] = page;
        let (_, file) = verified(&bundle.write(), "general-2021");
        faults(&file).into_iter().any(|fault| fault.starts_with("searchable 7"))
    };
    assert!(!scanned(|c| c));
    // A font whose letters are named three too low.
    assert!(scanned(|c| match c {
        'a'..='w' | 'A'..='W' => char::from(c as u8 + 3),
        'x'..='z' | 'X'..='Z' => char::from(c as u8 - 23),
        c => c,
    }));
    assert!(scanned(|c| if c.is_alphabetic() { '#' } else { c }));
}
