//! What the sheets say, read back, and where.

use super::*;

fn cover_text(cover: Cover) -> String {
    let front = set(&[Sheet::Cover(cover)], &setting()).unwrap();
    assert_eq!(front.pages, 1);
    text_of(&front.pdf, [1])
}

#[test]
fn text_comes_back_unharmed() {
    let text = cover_text(cover());
    for part in [
        HARD,
        "IN THE CROWN COURT AT LEEDS",
        "Case number: T20260123",
        "URN: 01AB1234526",
        "Version 2 · 345 pages",
        "2 documents are still to follow.",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(cover_text(Cover { title: "a世b".to_owned(), ..cover() }).contains("a\u{fffd}b"));
}

/// Every place where something is drawn, read from the content of the pages.
fn drawn_heights(pdf: &[u8]) -> Vec<(f32, f32)> {
    let doc = Document::load_mem(pdf).unwrap();
    let mut heights = Vec::new();
    for id in doc.get_pages().values() {
        let content = doc.get_and_decode_page_content(*id).unwrap();
        let mut size = 0.0;
        for op in content.operations {
            let at = |n: usize| op.operands[n].as_float().unwrap();
            match op.operator.as_str() {
                "Tf" => size = at(1),
                // Accents on capitals reach to about the size, descenders to a quarter of it.
                "Td" => heights.push((at(1) - size * 0.25, at(1) + size)),
                "m" | "l" => heights.push((at(1), at(1))),
                "re" => heights.push((at(1), at(1) + at(3))),
                _ => {}
            }
        }
    }
    heights
}

fn assert_margins_free(sheet: Sheet) {
    let front = set(&[sheet], &setting()).unwrap();
    for (bottom, top) in drawn_heights(&front.pdf) {
        assert!(bottom >= 45.0 && top <= canvas::HEIGHT - 45.0, "{bottom} {top}");
    }
}

#[test]
fn the_margins_stay_free_whatever_is_said() {
    let long = "Ŷnys, the matter of an application ".repeat(40);
    let endless = "x".repeat(20_000);
    for text in ["", "R v Blake", long.as_str(), endless.as_str()] {
        // Setting a thousand endless names over and over would take minutes.
        let most = if text.len() > 10_000 { 12 } else { 1000 };
        for names in [0, 1, 12, 60, 1000].into_iter().filter(|n| *n <= most) {
            let many = |n: usize| vec![format!("{text} name"); n];
            assert_margins_free(Sheet::Cover(Cover {
                court: Some(text.to_owned()),
                title: text.to_owned(),
                bundle: text.to_owned(),
                version: Some(text.to_owned()),
                urn: Some(text.to_owned()),
                court_case_number: None,
                defendants: many(names),
                hearing: many(names.min(30)),
                pages: 1,
                notes: many(names.min(30)),
            }));
        }
        assert_margins_free(Sheet::Divider(Divider {
            letter: "AB".to_owned(),
            title: text.to_owned(),
        }));
        assert_margins_free(Sheet::Placeholder(Placeholder {
            section: text.to_owned(),
            title: text.to_owned(),
            reference: Some(text.to_owned()),
            supplier: Some(text.to_owned()),
            due: None,
        }));
        assert_margins_free(Sheet::Index(vec![section(text), document(1, text, text)]));
    }
    sheets().into_iter().for_each(assert_margins_free);
}

#[test]
fn sixty_defendants_are_all_named_and_more_are_counted() {
    let named = |count: usize| {
        let defendants = (1..=count).map(|n| format!("Person{n:03}")).collect();
        cover_text(Cover { defendants, ..cover() })
    };
    for count in [2, 12, 60] {
        let text = named(count);
        assert!((1..=count).all(|n| text.contains(&format!("Person{n:03}"))));
        assert!(!text.contains("other"));
    }
    let text = named(500);
    let shown = (1..=500).filter(|n| text.contains(&format!("Person{n:03}")));
    let shown = shown.count();
    assert!(shown > 60);
    assert!(text.contains(&format!("and {} others", 500 - shown)));
}

#[test]
fn a_placeholder_says_what_is_missing_and_whom_to_ask() {
    let text_of_placeholder = |sheet, language| {
        let setting = Setting { language, ..setting() };
        text_of(&set(&[Sheet::Placeholder(sheet)], &setting).unwrap().pdf, [1])
    };
    assert_eq!(
        text_of_placeholder(placeholder(), Language::English),
        "Document to follow Document Statement of Dr Jones Reference MG11 \
         Section B Witness statements To be supplied by West Yorkshire Police \
         Due 10 November 2026 This sheet keeps the document’s place in the bundle."
    );
    let bare = Placeholder { supplier: None, due: None, ..placeholder() };
    let text = text_of_placeholder(bare, Language::English);
    assert!(text.contains("To be supplied by not stated Due no date given"));
    let welsh = text_of_placeholder(placeholder(), Language::Welsh);
    assert!(welsh.contains("Erbyn 10 Tachwedd 2026"), "{welsh}");
}
