//! Which pages of a source are taken, and its links, bookmarks and names.

use serde_json::json;

use crate::support::case::{Case, array, codes, findings};
use crate::support::look::words_behind_index;
use crate::support::reader::{Leads, Reader};

fn titles(items: &[crate::support::reader::Bookmark]) -> Vec<(&str, &Leads)> {
    items.iter().map(|item| (item.title.as_str(), &item.to)).collect()
}

#[test]
fn pages_are_taken_in_the_order_asked_for() {
    let case = Case::listing(&[("producers/outline-nested.pdf", "pages = \"2-3,1\"")]);
    let (record, reader) = case.built();
    assert_eq!(array(&record, "documents")[0]["source_pages"], json!([2, 3, 1]));
    assert_eq!(reader.page_count(), 5);
    let pages = words_behind_index(&case.path("out/test.pdf"));
    for (page, number) in pages.iter().zip([2, 3, 1]) {
        assert!(page.contains(&format!("page {number}")), "{page}");
    }
}

#[test]
fn a_page_that_is_listed_twice_is_there_twice_and_whole() {
    let case = Case::listing(&[
        ("producers/duplicate-page.pdf", ""),
        ("producers/reportlab.pdf", "pages = \"1,2,1\""),
    ]);
    let (_, reader) = case.built();
    assert_eq!(reader.page_count(), 8);
    let pages = words_behind_index(&case.path("out/test.pdf"));
    let said = |page: &String| page.rsplit_once('\n').unwrap().0.to_owned();
    assert!(pages[0].contains("Page A") && pages[1].contains("Page B"), "{pages:?}");
    assert_eq!(said(&pages[0]), said(&pages[2]));
    assert!(pages[3].contains("page one") && pages[4].contains("page two"), "{pages:?}");
    assert_eq!(said(&pages[3]), said(&pages[5]));
}

#[test]
fn the_same_pictures_and_fonts_of_several_files_are_written_once() {
    let size = |documents: &[(&str, &str)]| {
        let (record, _) = Case::listing(documents).built();
        crate::support::case::number(&record, "bytes")
    };
    for file in ["producers/img2pdf-jpeg.pdf", "producers/libreoffice.pdf"] {
        let first = size(&[(file, "")]);
        let second = size(&[(file, ""), (file, "")]) - first;
        assert!(second * 3 < first, "{file}: {first} bytes, then {second} more");
    }
}

#[test]
fn a_file_that_had_to_be_repaired_keeps_the_text_of_every_page() {
    for file in [
        "bad-xref",
        "xref-offsets-wrong",
        "junk-header",
        "no-header",
        "trailing-junk",
        "truncated-tail",
        "wrong-length",
    ] {
        let case = Case::listing(&[(&format!("broken/{file}.pdf"), "")]);
        case.built();
        for (index, page) in words_behind_index(&case.path("out/test.pdf")).iter().enumerate() {
            assert!(page.contains(&format!("Page {} of 3", index + 1)), "{file}: {page}");
            assert!(page.contains("This file was sound before it was broken."), "{file}: {page}");
        }
    }
    let case = Case::listing(&[("broken/loop.pdf", "")]);
    let (_, reader) = case.built();
    assert_eq!(reader.page_count(), 3);
    assert!(words_behind_index(&case.path("out/test.pdf"))[0].contains("The only page"));
}

#[test]
fn bookmarks_of_a_source_stand_below_its_document_and_lead_where_they_led() {
    let case = Case::listing(&[("producers/dark.pdf", ""), ("producers/outline-nested.pdf", "")]);
    let (_, reader) = case.built();
    let before = Reader::open(&case.path("2 outline-nested.pdf"));
    let bookmarks = reader.bookmarks();
    let document = &bookmarks[2].children[1];
    assert_eq!(document.title, "Document 2 [5]");
    let flat = |items: &[crate::support::reader::Bookmark], offset: usize| {
        let mut flat = Vec::new();
        let mut stack: Vec<(usize, crate::support::reader::Bookmark)> =
            items.iter().rev().map(|item| (0, item.clone())).collect();
        while let Some((depth, item)) = stack.pop() {
            let Leads::Page(page) = item.to else { panic!("{item:?}") };
            flat.push((depth, item.title, page + offset));
            stack.extend(item.children.into_iter().rev().map(|child| (depth + 1, child)));
        }
        flat
    };
    let own = flat(&document.children, 0);
    assert_eq!(own.len(), 5);
    assert_eq!(own, flat(&before.bookmarks(), 4));
}

#[test]
fn bookmarks_and_links_into_pages_that_are_not_taken_are_dropped_and_said() {
    let case = Case::listing(&[
        ("producers/pdftex.pdf", "pages = \"1\""),
        ("producers/reportlab.pdf", "pages = \"1\""),
    ]);
    let (record, reader) = case.built();
    let dropped = findings(&record, "link-dropped");
    assert!(dropped.iter().any(|finding| finding["document"] == "Document 2"), "{record}");
    assert!(dropped.iter().all(|finding| finding["page"] == 1 && finding["severity"] == "warning"));
    assert!(codes(&record).contains(&"bookmark-dropped"));
    let bookmarks = reader.bookmarks();
    assert_eq!(titles(&bookmarks[2].children[1].children), [("Page one", &Leads::Page(4))]);
    for page in 3..=reader.page_count() {
        for link in reader.links(page) {
            assert!(link.to != Leads::Nowhere, "page {page}: {link:?}");
        }
    }
    for (name, to) in reader.named() {
        assert!(matches!(to, Leads::Page(3 | 4)), "{name} {to:?}");
    }
}

#[test]
fn links_of_every_kind_lead_where_they_led() {
    for file in ["dests-old", "dests-new", "links", "libreoffice", "chromium", "pdftex"] {
        let case =
            Case::listing(&[("producers/dark.pdf", ""), (&format!("producers/{file}.pdf"), "")]);
        let (record, reader) = case.built();
        let before = Reader::open(&case.path(&format!("2 {file}.pdf")));
        let mut kept = 0;
        for page in 1..=before.page_count() {
            let mut links = reader.links(page + 4);
            links.pop();
            let was = explicit(&before, page);
            for (place, to) in was {
                let link = links.iter().find(|link| corner(&link.rect) == place);
                let link =
                    link.unwrap_or_else(|| panic!("{file}, page {page}: the link to {to} is gone"));
                let now = match &link.to {
                    Leads::Page(page) => (page - 4).to_string(),
                    Leads::Out(address) => address.clone(),
                    Leads::Nowhere => "nowhere".to_owned(),
                };
                assert_eq!(now, to, "{file}, page {page}");
                kept += 1;
            }
        }
        assert!(kept >= 2, "{file}: {kept} links, {:?}", codes(&record));
    }
}

/// The corner and the target of each link whose target is known to lopdf: names looked up.
fn explicit(reader: &Reader, page: usize) -> Vec<((i32, i32), String)> {
    let named = reader.source_names();
    reader
        .annotations(page)
        .into_iter()
        .filter(|annotation| reader.text(annotation, "Subtype").as_deref() == Some("/Link"))
        .filter_map(|link| {
            let place = corner(&reader.numbers(link, "Rect"));
            let to = match reader.source_target(link, &named) {
                Leads::Page(page) => page.to_string(),
                Leads::Out(address) => address,
                Leads::Nowhere => return None,
            };
            Some((place, to))
        })
        .collect()
}

fn corner(rect: &[f32]) -> (i32, i32) {
    (rect[0].round() as i32, rect[1].round() as i32)
}

#[test]
fn a_name_that_two_sources_use_leads_each_of_them_to_its_own_page() {
    let case = Case::listing(&[
        ("producers/dests-new.pdf", ""),
        ("producers/dests-new.pdf", ""),
        ("producers/dests-old.pdf", ""),
    ]);
    let (_, reader) = case.built();
    let links = |first: usize| -> Vec<Leads> {
        (first..first + 3)
            .flat_map(|page| {
                let mut links = reader.links(page);
                links.pop();
                links
            })
            .map(|link| link.to)
            .collect()
    };
    let shifted: Vec<Leads> = links(3)
        .into_iter()
        .map(|to| match to {
            Leads::Page(page) => Leads::Page(page + 3),
            other => other,
        })
        .collect();
    assert!(shifted.iter().any(|to| matches!(to, Leads::Page(_))), "{shifted:?}");
    assert_eq!(links(6), shifted);
    let named = reader.named();
    let mut names: Vec<&String> = named.iter().map(|(name, _)| name).collect();
    assert!(names.is_sorted(), "a name tree is searched by its order: {names:?}");
    names.dedup();
    assert_eq!(names.len(), named.len());
    assert!(named.iter().all(|(_, to)| matches!(to, Leads::Page(3..=11))), "{named:?}");
}
