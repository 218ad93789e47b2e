//! Whatever the content of a page leaves open, the number behind it reads as planned.

#![no_main]

mod alone;

use libfuzzer_sys::fuzz_target;

const OBJECTS: [&str; 4] = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
];

fuzz_target!(init: alone::let_panics_be_caught(), |content: &[u8]| alone::build(&page(content)));

/// A PDF of one page that shows this content.
fn page(content: &[u8]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in OBJECTS.iter().enumerate() {
        offsets.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    offsets.push(pdf.len());
    pdf.extend(format!("5 0 obj\n<< /Length {} >>\nstream\n", content.len()).bytes());
    pdf.extend(content);
    pdf.extend(b"\nendstream\nendobj\n");
    let table = pdf.len();
    pdf.extend(b"xref\n0 6\n0000000000 65535 f \n");
    for offset in offsets {
        pdf.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    pdf.extend(format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes());
    pdf
}
