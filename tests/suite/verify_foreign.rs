//! `verify` on bundles of other programs: clean ones pass, and each planted fault is told.

use serde_json::Value;

use crate::case::{Case, array, text};
use crate::foreign::{Foreign, NAME, SCAN, show};

/// What came of each rule, and the exit code under `--strict`.
fn verified(bytes: &[u8], rules: &str) -> (Option<i32>, Value) {
    let case = Case::empty();
    case.write(NAME, bytes);
    let run = case.run(&[
        "verify", NAME, "--strict", "--rules", rules, "--format", "json",
    ]);
    (run.code, run.json()["files"][0].clone())
}

fn faults(file: &Value) -> Vec<String> {
    let results = array(file, "results").iter();
    let broken =
        results.filter(|result| result["status"] == "fail" && result["severity"] != "info");
    broken
        .map(|result| {
            let pages: Vec<String> = array(result, "pages")
                .iter()
                .map(Value::to_string)
                .collect();
            format!(
                "{} {}: {}",
                text(result, "code"),
                pages.join(","),
                text(result, "message")
            )
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
    is_told(
        &bundle,
        "page-numbers 6: page 6 shows \"6 of 10\" where others say \"of 11\"",
    );
    // A document that has numbers of its own, and a stamp without a total.
    let mut bundle = Foreign::clean().numbered(|place| place.to_string());
    for (at, page) in bundle.pages.iter_mut().enumerate() {
        show(
            &mut page.content,
            265,
            60,
            9,
            &format!("Page {} of 2", at % 2 + 1),
        );
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
    assert!(
        faults(&file)[0].starts_with("page-numbers 11: page 11 shows"),
        "{file}"
    );
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
        assert!(
            others
                .iter()
                .all(|other| other.starts_with("bad-redaction 6")),
            "{found:?}"
        );
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
    let at = |what: &[u8]| {
        whole
            .windows(what.len())
            .rposition(|part| part == what)
            .unwrap()
    };
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
        (
            whole[..at(b"%%EOF")].to_vec(),
            Some("undamaged : it is cut short: its end is missing"),
        ),
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
        (
            replaced(b"<</Type/Outlines", b"<</Lang(en-GB)/Type/Outlines"),
            Some(damaged),
        ),
    ] {
        let found = told(&bytes);
        match said {
            None => assert_eq!(found, [""; 0]),
            Some(said) => assert!(found[0].starts_with(said), "{found:?} instead of {said}"),
        }
    }
}
