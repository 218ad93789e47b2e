use super::*;
use crate::pdf::page::tests::pdf;
use crate::pdf::page::{OpenPage, View};

/// Which part of the ink of all letters is seen on a page of 200 by 100 points.
fn seen(content: &str) -> f64 {
    let pdf = pdf("", content);
    let cache = Cache::new();
    let page = OpenPage::new(&pdf.pages()[0], &cache);
    let view: View = page.view();
    let letters: Vec<&Letter> = view.letters().map(|(_, letter)| letter).collect();
    let sights = page.sights(&letters, &[]);
    let sum = |of: fn(&Sight) -> usize| sights.iter().map(of).sum::<usize>() as f64;
    assert!(sum(|sight| sight.points) > 20.0, "{sights:?}");
    sum(|sight| sight.seen) / sum(|sight| sight.points)
}

const NAME: &str = "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET ";

#[test]
fn what_is_painted_over_letters_hides_them_by_what_it_is_made_of() {
    for (cover, expected) in [
        ("", 1.0),
        ("0 g 15 46 50 14 re f", 0.0),
        ("1 g 15 46 50 14 re f", 0.0),
        ("/T gs 0 g 15 46 50 14 re f", 1.0),
        ("/M gs 1 1 0 rg 15 46 50 14 re f", 1.0),
        ("/M gs 0 g 15 46 50 14 re f", 0.0),
        ("q 50 0 0 14 15 46 cm BI /W 2 /H 1 /CS /G /BPC 8 ID \0\x7f EI Q", 0.0),
        ("10 40 60 30 re 15 46 50 14 re f*", 1.0),
        ("100 0 50 50 re W n 15 46 150 14 re f", 1.0),
        ("0 G 14 w 15 53 m 65 53 l S", 0.0),
    ] {
        assert_eq!(seen(&format!("{NAME}{cover}")), expected, "{cover}");
    }
}

#[test]
fn letters_in_the_colour_of_their_ground_are_not_seen() {
    for (content, expected) in [
        ("1 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET", 0.0),
        ("0 g 15 46 50 14 re f BT /F 10 Tf 20 50 Td (Conceal) Tj ET", 0.0),
        ("0.5 g 15 46 50 14 re f 0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET", 1.0),
        // Printed twice, with a shadow.
        ("0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET BT /F 10 Tf 20.3 50 Td (Conceal) Tj ET", 1.0),
    ] {
        assert_eq!(seen(content), expected, "{content}");
    }
}
