use std::sync::Arc;

use hayro::hayro_syntax::Pdf;

use super::*;

/// What a page with this content shows; `/F` is Helvetica.
fn look_at(page: &str, content: &str) -> View {
    let pdf = pdf(page, content);
    view(&pdf.pages()[0], &Cache::new())
}

/// A PDF of one page of 200 by 100 points with these entries and this content; `/F` is Helvetica.
pub(crate) fn pdf(page: &str, content: &str) -> Pdf {
    pdf_with("", page, content, &[])
}

/// The same, with more entries in the catalog, and more objects, from 6.
pub(crate) fn pdf_with(catalog: &str, page: &str, content: &str, more: &[&str]) -> Pdf {
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 5 0 R {page} \
             /Resources << /Font << /F 4 0 R >> /XObject << /X 6 0 R >> \
             /ExtGState << /M << /BM /Multiply >> /T << /ca 0.3 >> >> >> >>"
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    objects.extend(more.iter().map(|object| (*object).to_owned()));
    let size = objects.len() + 1;
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    for offset in offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    bytes.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    Pdf::new(Arc::new(bytes)).unwrap()
}

fn said(view: &View) -> Vec<String> {
    view.lines().iter().map(Line::text).collect()
}

#[test]
fn letters_become_words_and_lines_whatever_their_order() {
    let view = look_at(
        "",
        "BT /F 10 Tf 10 20 Td (below) Tj ET BT /F 10 Tf 10 50 Td (two words) Tj ET \
         BT /F 10 Tf 150 50 Td (aside) Tj ET BT /F 10 Tf 10 80 Td [(T) 80 (op) -900 (here)] TJ ET",
    );
    assert_eq!(said(&view), ["Top here", "two words", "aside", "below"]);
    let line = &view.lines()[1];
    assert_eq!((line.angle, line.size), (0, 10.0));
    let word = line.words[1].extent;
    assert!((28.3..28.4).contains(&word.left) && (55.0..55.1).contains(&word.right), "{word:?}");
}

#[test]
fn a_turned_page_is_read_as_it_is_displayed() {
    let view = look_at("/Rotate 90", "BT /F 10 Tf 0 1 -1 0 50 20 Tm (upright) Tj ET");
    assert_eq!((view.size, view.lines()[0].angle), ((100.0, 200.0), 0));
    let view = look_at("/Rotate 180", "BT /F 10 Tf 20 20 Td (over) Tj ET");
    assert_eq!(view.lines()[0].angle, 180);
    let view = look_at("", "BT /F 10 Tf 0 1 -1 0 50 20 Tm (up) Tj ET");
    assert_eq!(view.lines()[0].angle, 90);
}

#[test]
fn ink_order_and_clips_are_noted() {
    let view = look_at(
        "",
        "1 0 0 rg BT /F 10 Tf 10 20 Td (a) Tj 3 Tr (b) Tj ET 0 g 10 10 50 20 re f \
         q 100 0 20 20 re W n 0 0 1 rg 110 10 50 50 re f Q q 0 0 1 1 re W n 90 90 5 5 re f Q",
    );
    let [a, b, bar, clipped, gone] = view.marks.as_slice() else {
        panic!("{:?}", view.marks);
    };
    assert!(
        matches!(&a.drawn, Drawn::Letter(letter) if letter.ink == Ink::Plain(Rgb([255, 0, 0])))
    );
    assert!(matches!(&b.drawn, Drawn::Letter(letter) if letter.ink == Ink::Invisible));
    let Drawn::Shape(shape) = &bar.drawn else { panic!("{bar:?}") };
    assert_eq!(
        (shape.extent, shape.colour),
        (Rect::new(10.0, 10.0, 60.0, 30.0), Some(Rgb([0; 3])))
    );
    assert!(shape.coverage > 0.99 && shape.opacity > 0.99);
    assert_eq!(clipped.seen, Some(Rect::new(110.0, 10.0, 120.0, 20.0)));
    assert_eq!(gone.seen, None);
    assert!(view.whole);
}

/// Some programs draw the upright rules of a table as short lines as thick as the table is high.
#[test]
fn a_thick_line_covers_what_its_ends_and_corners_say() {
    let of = |style: &str| {
        let view = look_at("", &format!("{style} 80 w 50 50 m 51 50 l S"));
        let Drawn::Shape(shape) = view.marks[0].drawn.clone() else {
            panic!("{:?}", view.marks);
        };
        let covers = shape.outline.covers((30.0, 50.0));
        let Rect { left, right, .. } = shape.extent;
        (left.round(), right.round(), covers && shape.extent.contains((30.0, 50.0)))
    };
    assert_eq!(of("0 J"), (50.0, 51.0, false));
    assert_eq!(of("1 J"), (10.0, 91.0, true), "round");
    assert_eq!(of("2 J"), (10.0, 91.0, true), "square");
}

#[test]
fn a_picture_of_one_colour_is_known_as_such() {
    let view = look_at("", "q 40 0 0 20 5 5 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \0 EI Q");
    let (mark, picture) = view.pictures().next().unwrap();
    assert_eq!((picture.uniform, picture.pixels), (Some(Rgb([0; 3])), (1, 1)));
    assert_eq!(mark.seen, Some(Rect::new(5.0, 5.0, 45.0, 25.0)));
}
