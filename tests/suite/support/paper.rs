//! Small PDFs made on the spot, where no fixture is wrong in the way that a test needs.

use lopdf::{Document, Object, Stream, dictionary};

/// A PDF of A4 pages, each with a line of text at the top left and some bytes that do not shrink.
pub fn pdf(pages: usize, text: &str, ballast: usize) -> Vec<u8> {
    let ballast: String = (0..ballast).map(|index| char::from(b'a' + (index % 26) as u8)).collect();
    let content = |page| format!("BT /F 12 Tf 60 700 Td ({text} {page}) Tj ET\n%{ballast}");
    let contents: Vec<String> = (1..=pages).map(content).collect();
    of_contents(&contents)
}

/// A PDF with an A4 page for each content, which has a font `/F`.
pub fn of_contents(contents: &[String]) -> Vec<u8> {
    let mut pdf = Document::with_version("1.7");
    let root = pdf.new_object_id();
    let font = pdf.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
    });
    let kids: Vec<Object> = contents
        .iter()
        .map(|content| {
            let content = pdf.add_object(Stream::new(dictionary! {}, content.clone().into_bytes()));
            let page = pdf.add_object(dictionary! {
                "Type" => "Page",
                "Parent" => root,
                "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
                "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
                "Contents" => content,
            });
            page.into()
        })
        .collect();
    let count = kids.len() as i64;
    pdf.set_object(root, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    pdf.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}
