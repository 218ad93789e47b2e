use super::range::{first_page, last_page};
use super::*;
use crate::pdf::page::Word;

fn line(words: &[(&str, f64)], y: f64) -> Line {
    let words: Vec<Word> = words
        .iter()
        .map(|(text, x)| Word {
            text: (*text).to_owned(),
            extent: Rect::new(*x, y - 2.0, x + 5.0 * text.len() as f64, y + 8.0),
        })
        .collect();
    let right = words.last().unwrap().extent.right;
    Line {
        extent: Rect::new(words[0].extent.left, y - 2.0, right, y + 8.0),
        words,
        angle: 0,
        size: 10.0,
    }
}

fn found(lines: &[Line]) -> Vec<(String, String)> {
    let page = FrontPage { lines, size: (595.0, 842.0), number: None, links: 1 };
    let names =
        RowContext { named: &|_| None, is_label: &|_| false, borne_out: &|_| None, total: 20 };
    let (_, rows) = find(&[page], &names).unwrap();
    rows.into_iter().map(|row| (row.title, row.first)).collect()
}

#[test]
fn rows_are_read_by_the_column_of_pages() {
    let lines = [
        line(&[("Index", 60.0)], 780.0),
        line(&[("No", 60.0), ("Document", 90.0)], 740.0),
        line(&[("Date", 380.0)], 740.0),
        line(&[("Pages", 480.0)], 740.0),
        line(
            &[("1", 60.0), ("Statement", 90.0), ("of", 140.0), ("PC", 155.0), ("12", 175.0)],
            700.0,
        ),
        line(&[("2", 380.0), ("June", 390.0), ("2026", 420.0)], 700.0),
        line(&[("12–15", 480.0)], 700.0),
        line(&[("with", 90.0), ("a", 115.0), ("second", 125.0), ("line", 160.0)], 688.0),
        line(&[("2", 60.0), ("Photographs", 90.0)], 660.0),
        line(&[("A16", 480.0)], 660.0),
    ];
    assert_eq!(
        found(&lines),
        [
            ("1 Statement of PC 12 2 June 2026".to_owned(), "12".to_owned()),
            ("2 Photographs".to_owned(), "A16".to_owned()),
        ]
    );
}

#[test]
fn without_a_head_the_last_number_on_the_right_is_the_page() {
    let lines = [
        line(&[("Table", 60.0), ("of", 90.0), ("Contents", 110.0)], 780.0),
        line(&[("Statement", 60.0)], 700.0),
        line(&[("4", 500.0), ("-", 510.0), ("9", 520.0)], 700.0),
        line(&[("Dated", 60.0), ("2026", 120.0)], 680.0),
    ];
    assert_eq!(found(&lines), [("Statement".to_owned(), "4".to_owned())]);
}

#[test]
fn an_index_without_a_heading_is_known_by_its_columns() {
    let lines = [
        line(&[("Trial", 250.0), ("bundle", 290.0)], 780.0),
        line(&[("Tab", 60.0), ("Title", 90.0)], 740.0),
        line(&[("Page", 480.0)], 740.0),
        line(&[("001.", 60.0), ("Statement", 90.0)], 700.0),
        line(&[("2", 490.0)], 700.0),
    ];
    assert_eq!(found(&lines), [("001. Statement".to_owned(), "2".to_owned())]);
}

#[test]
fn an_index_ends_where_what_it_names_begins() {
    let list = |first: &str, second: &str| {
        [
            line(&[("Contents", 60.0)], 780.0),
            line(&[("Statement", 60.0)], 700.0),
            line(&[(first, 500.0)], 700.0),
            line(&[("Exhibit", 60.0)], 680.0),
            line(&[(second, 500.0)], 680.0),
        ]
    };
    let lists = [list("3", "9"), list("12", "15"), list("2", "4")];
    let pages: Vec<FrontPage<'_>> = lists
        .iter()
        .map(|lines| FrontPage { lines, size: (595.0, 842.0), number: None, links: 2 })
        .collect();
    let page = |label: &str| Some(label.parse::<usize>().ok()? - 1);
    let pages_of = |borne_out: &dyn Fn(&ReadRow) -> Option<usize>| {
        let names = RowContext { named: &page, is_label: &|_| false, borne_out, total: 20 };
        find(&pages, &names).unwrap().0
    };
    assert_eq!(pages_of(&|row| page(&row.first)), [0, 1]);
    assert_eq!(pages_of(&|_| None), [0, 1, 2]);
}

#[test]
fn a_range_is_not_an_insert() {
    for (text, first) in [("12-15", "12"), ("88-1", "88-1"), ("A1-A3", "A1"), ("[7]", "7")] {
        assert_eq!(first_page(text).as_deref(), Some(first), "{text}");
    }
    assert_eq!(first_page("none"), None);
    for (text, last) in [
        ("12-15", Some("15")),
        ("12–15", Some("15")),
        ("A1–A3", Some("A3")),
        ("A1–3", Some("A3")),
        ("[12-15]", Some("15")),
        ("88-1", None),
        ("12", None),
    ] {
        assert_eq!(last_page(text).as_deref(), last, "{text}");
    }
}
