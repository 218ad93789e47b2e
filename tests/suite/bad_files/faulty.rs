//! Objects that are faulty in one place, or that no table lists: they are read as far as they make sense, and
//! that is said; what cannot be read is an error, and never a page with less on it.

use std::fmt::Write as _;

use crate::support::case::{Case, findings, text};
use crate::support::look::words_behind_index;

/// Objects 1 to 8 of a page that reads "Potato 7".
const OBJECTS: [&str; 8] = [
    "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
    "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n",
    "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources 5 0 R>>\nendobj\n",
    "4 0 obj\n<</Length 54>>\nstream\nBT /F 40 Tf 99 600 Td (Potato) Tj ET q /X Do Q        \nendstream\nendobj\n",
    "5 0 obj\n<</Font<</F 6 0 R>>/XObject<</X 7 0 R>>>>\nendobj\n",
    "6 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n",
    "7 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources 8 0 R/Length 35>>\nstream\n\
     BT /F 40 Tf 300 600 Td (7) Tj ET   \nendstream\nendobj\n",
    "8 0 obj\n<</Font<</F 6 0 R>>>>\nendobj\n",
];

/// The page with parts of its objects replaced and a table that is right, but for entries that are
/// changed as well.
fn page(edits: &[(&str, &str)], entries: &[(usize, &str)]) -> Vec<u8> {
    let mut pdf = String::from("%PDF-1.4\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", OBJECTS.len() + 1);
    let mut edited = 0;
    for (index, object) in OBJECTS.iter().enumerate() {
        let at = format!("{:010} 00000 n ", pdf.len());
        let entry = entries.iter().find(|(number, _)| *number == index + 1);
        writeln!(table, "{}", entry.map_or(at.as_str(), |(_, entry)| *entry)).unwrap();
        let mut object = (*object).to_owned();
        for (from, to) in edits {
            edited += usize::from(object.contains(from));
            object = object.replace(from, to);
        }
        pdf.push_str(&object);
    }
    assert_eq!(edited, edits.len(), "{edits:?}");
    let start = pdf.len();
    write!(pdf, "{table}trailer\n<</Size 9/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").unwrap();
    pdf.into_bytes()
}

fn case(pdf: &[u8]) -> Case {
    let case = Case::listing(&[("producers/dark.pdf", "")]);
    case.write("1 dark.pdf", pdf);
    case
}

/// Asserts that the page comes whole and that the repair is told.
fn expect_whole(pdf: &[u8], told: &str) {
    let case = case(pdf);
    let report = case.build(&[], 0);
    let repaired = findings(&report, "document-repaired");
    let message = repaired.first().map_or("", |found| text(found, "message"));
    assert!(
        message.contains(told) && !told.is_empty() || message == told,
        "{message} for {}",
        String::from_utf8_lossy(pdf)
    );
    let words = words_behind_index(&case.path("out/test.pdf")).concat();
    assert!(words.contains("Potato") && words.contains('7'), "{words}");
}

const READ: &str = "read as far as they make sense";

#[test]
fn a_sound_page_is_not_repaired() {
    expect_whole(&page(&[], &[]), "");
}

#[test]
fn what_has_no_place_in_an_object_is_passed_over() {
    for edit in [
        ("/Type/Page/Parent", "/Type/Page foo /Parent"),
        ("/MediaBox[0 0 600 800]/Contents", "/MediaBox[0 0 600 800]/Rotate ) /Contents"),
        ("/Type/Catalog", "/Type/Catalog/X 1 0 R 0 R"),
        ("/Kids[3 0 R]", "/Kids[3 0 R x]"),
        ("<</Length 54>>", "<</Length 54 54>>"),
        ("<</Length 54>>", "<</Length 5 4 0>>"),
        ("/BaseFont/Helvetica", "/BaseFont/Helvetica ]"),
        ("/Resources 8 0 R/Length", "/Resources 8 0 R bar/Length"),
        ("/XObject<</X 7 0 R>>", "/XObject<</X 7 0 R/Im# 6 0 R>>"),
        ("8 0 obj\n<</Font", "8 0 obj\n<<nonsense/Font"),
    ] {
        expect_whole(&page(&[edit], &[]), READ);
    }
}

#[test]
fn keywords_that_are_misspelt_are_guessed() {
    for edits in [
        vec![("Q        \nendstream", "Q        \nenxstream")],
        vec![("Q        \nendstream\nendobj", "Q        \nenxstream\nenxobj")],
        vec![("ET   \nendstream", "ET   \n"), ("/Length 35", "/Length 36")],
        vec![("4 0 obj", "x 0 obj")],
        vec![("6 0 obj", "6 o obj")],
        vec![("7 0 obj", "7 0 0bj")],
    ] {
        expect_whole(&page(&edits, &[]), READ);
    }
}

#[test]
fn a_table_that_leaves_out_what_a_page_needs_is_rebuilt() {
    let pdf = page(&[], &[]);
    let pdf = String::from_utf8(pdf).unwrap();
    for left_out in [4, 6, 7] {
        let (before, table) = pdf.split_at(pdf.find("xref").unwrap());
        let mut lines: Vec<&str> = table.lines().collect();
        let rest = lines.split_off(left_out + 3);
        lines.pop();
        let first = format!("0 {left_out}");
        lines[1] = &first;
        let second = format!("{} {}", left_out + 1, 8 - left_out);
        // The last object leaves no second part.
        let table = [lines.join("\n"), second, rest.join("\n")].join("\n");
        expect_whole(format!("{before}{table}\n").as_bytes(), "table of objects");
    }
}

#[test]
fn what_is_marked_as_deleted_stays_deleted_and_is_told() {
    for number in [4, 6, 7] {
        let pdf = page(&[], &[(number, "0000000000 00001 f ")]);
        let case = case(&pdf);
        let report = case.build(&[], 0);
        let repaired = findings(&report, "document-repaired");
        let message = repaired.first().map_or("", |found| text(found, "message"));
        assert!(message.contains("content that some of its pages name"), "{number}: {message}");
        let words = words_behind_index(&case.path("out/test.pdf")).concat();
        assert_eq!(words.contains("Potato"), number != 4, "{words}");
        assert_eq!(words.contains('7'), number == 6, "{words}");
    }
}

#[test]
fn an_object_that_cannot_be_read_is_an_error() {
    for edit in [
        ("4 0 obj", "9 0 obj"),
        ("6 0 obj", "6 1 obj"),
        ("/BaseFont/Helvetica>>", "/BaseFont/Helvetica"),
        ("/BaseFont/Helvetica", "/BaseFont/Helvetica/X(never closed"),
        ("/XObject<</X 7 0 R>>>>", "/XObject<</X 7 0 R>>"),
        ("8 0 obj", "- - -"),
    ] {
        let report = case(&page(&[edit], &[])).checked(2);
        let refused = findings(&report, "document-unreadable")[0];
        assert!(text(refused, "message").contains("cannot be found"), "{edit:?}: {refused}");
    }
}

#[test]
fn a_page_in_the_place_of_the_list_of_pages_is_not_taken_for_all() {
    let edits = [("/Pages 2 0 R", "/Pages 3 0 R"), ("/Count 1", "/Count 2")];
    let report = case(&page(&edits, &[])).checked(2);
    let refused = findings(&report, "document-unreadable")[0];
    assert!(text(refused, "message").contains("1 page cannot be found"), "{refused}");
    expect_whole(&page(&[edits[0]], &[]), "");
}

#[test]
fn content_that_does_not_unpack_as_it_was_packed_is_told() {
    let case = Case::listing(&[("producers/pdftex.pdf", "")]);
    let file = case.path("1 pdftex.pdf");
    assert!(findings(&case.checked(0), "document-repaired").is_empty());
    let mut pdf = lopdf::Document::load(&file).unwrap();
    let page = pdf.page_iter().next().unwrap();
    let content = pdf.get_page_contents(page)[0];
    let stream = pdf.get_object_mut(content).unwrap().as_stream_mut().unwrap();
    let middle = stream.content.len() / 2;
    stream.content[middle] ^= 0x10;
    pdf.save(&file).unwrap();
    let report = case.checked(0);
    let found = findings(&report, "document-repaired");
    assert_eq!(found.len(), 1, "{report}");
    assert!(text(found[0], "message").contains("does not unpack to its end"), "{report}");
    // What readers would show of it is all that the bundle holds, and unpacks to its end.
    case.build(&["--force"], 0);
    let bundle = lopdf::Document::load(case.path("out/test.pdf")).unwrap();
    let streams = bundle.objects.values();
    let deflated = streams.filter_map(|object| object.as_stream().ok());
    let deflated =
        deflated.filter(|stream| stream.filters().is_ok_and(|all| all == [b"FlateDecode"]));
    let mut unpacked = 0;
    for stream in deflated {
        let mut content = flate2::read::ZlibDecoder::new(stream.content.as_slice());
        std::io::copy(&mut content, &mut std::io::sink()).unwrap();
        unpacked += 1;
    }
    assert!(unpacked > 3);
}

/// Readers such as pdfium show it as it stands, others nothing: what may be there to be seen is not lost.
#[test]
fn content_that_says_it_is_packed_and_is_not_comes_whole() {
    let edit = ("<</Length 54>>\nstream\nBT", "<</Filter/FlateDecode/Length 54>>\nstream\nBT");
    expect_whole(&page(&[edit], &[]), "does not unpack to its end");
}

/// Some readers take every part of the list of pages for a page that does not say what it is.
#[test]
fn a_part_of_the_list_of_pages_without_a_type_is_not_taken_for_a_page() {
    let edits = [
        ("/Kids[3 0 R]/Count 1", "/Kids[8 0 R]/Count 1"),
        ("/Resources 8 0 R/Length", "/Resources 5 0 R/Length"),
        ("<</Font<</F 6 0 R>>>>\nendobj", "<</Kids[3 0 R]/Count 1/Contents 7 0 R>>\nendobj"),
    ];
    expect_whole(&page(&edits, &[]), READ);
}

/// Content of which the filters stand in an object of their own, with a `Q` too many: such content is packed anew.
#[test]
fn content_whose_filters_stand_elsewhere_comes_whole() {
    let hex: String = b"BT /F 40 Tf 99 600 Td (Potato) Tj ET q /X Do Q Q"
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    let packed = format!("4 0 obj\n<</Filter 8 0 R/Length {}>>\nstream\n{hex}>", hex.len() + 1);
    let edits = [
        (
            "4 0 obj\n<</Length 54>>\nstream\nBT /F 40 Tf 99 600 Td (Potato) Tj ET q /X Do Q        ",
            packed.as_str(),
        ),
        ("/Resources 8 0 R/Length", "/Resources 5 0 R/Length"),
        ("<</Font<</F 6 0 R>>>>\nendobj", "[/ASCIIHexDecode]\nendobj"),
    ];
    expect_whole(&page(&edits, &[]), "");
}

/// A space between two widths that became a digit, which moves all widths behind it for some readers.
#[test]
fn numbers_that_are_none_are_told() {
    let edits = [(
        "/BaseFont/Helvetica",
        "/BaseFont/Helvetica/FirstChar 80/LastChar 82/Widths[722.5 277.80277.8]",
    )];
    expect_whole(&page(&edits, &[]), "some of its numbers are none");
    let edits = [("/BaseFont/Helvetica", "/BaseFont/Helvetica/Remark(277.80277.8)")];
    expect_whole(&page(&edits, &[]), "");
}

/// What was repaired is searched as it will be in the bundle: a box that hides nothing stands in content that other
/// readers may not find.
#[test]
fn what_is_read_all_the_same_is_searched() {
    let covered = "BT /F 40 Tf 99 600 Td (Potato) Tj ET 0 0 600 800 re f  ";
    let box_only = [("BT /F 40 Tf 99 600 Td (Potato) Tj ET q /X Do Q        ", covered)];
    let misspelt = [box_only[0], ("4 0 obj", "4 0 ojb")];
    let unmeasured = [box_only[0], ("/Length 54", "/Length null")];
    for edits in [box_only.as_slice(), &misspelt, &unmeasured] {
        let case = case(&page(edits, &[]));
        case.edit("audience = \"prosecution\"", "audience = \"defence\"");
        let report = &case.run(&["check", "--format", "json"]).json()["cases"][0];
        assert_eq!(findings(report, "bad-redaction").len(), 1, "{report:#}");
    }
}

/// Nothing names the catalog, and all is there.
#[test]
fn a_file_without_a_trailer_is_read_by_its_catalog() {
    let whole = page(&[], &[]);
    let without = |what: &[u8]| {
        let at = whole.windows(what.len()).position(|part| part == what);
        let mut pdf = whole.clone();
        pdf[at.unwrap()] = b'x';
        pdf
    };
    expect_whole(&without(b"trailer"), "its table of objects was wrong");
    // Where an object is lost as well, it is refused as before.
    let cut = &without(b"trailer")[..whole.len() - 700];
    let report = case(cut).checked(2);
    assert_eq!(findings(&report, "document-unreadable").len(), 1, "{report}");
}
