//! Whether index, bookmarks and labels of a bundle say what its audit record says.

use serde_json::Value;

use crate::support::case::{array, number, text};
use crate::support::reader::{Bookmark, Leads, Link, Reader};

/// Every document of a record, with those of one section together.
pub fn sections(record: &Value) -> Vec<(&str, Vec<&Value>)> {
    let mut sections: Vec<(&str, Vec<&Value>)> = Vec::new();
    for document in array(record, "documents") {
        let letter = text(document, "section");
        match sections.last_mut() {
            Some((last, documents)) if *last == letter => documents.push(document),
            _ => sections.push((letter, vec![document])),
        }
    }
    sections
}

/// Index, bookmarks and labels against the record; `front` are the pages of cover and index.
pub fn assert_numbers_agree(record: &Value, reader: &Reader, front: usize) {
    let labels = reader.labels();
    assert_eq!(number(record, "pages"), reader.page_count());
    let mut next = front + 1;
    let mut rows = Vec::new();
    let bookmarks = reader.bookmarks();
    let to = |page: usize| Leads::Page(page);
    assert_eq!(bookmarks.len(), 2 + sections(record).len());
    assert_eq!((&bookmarks[0].to, &bookmarks[1].to), (&to(1), &to(2)));
    for ((letter, documents), bookmark) in sections(record).iter().zip(&bookmarks[2..]) {
        let first = number(documents[0], "first_page");
        rows.push(first);
        assert!(bookmark.title.starts_with(&format!("{letter} ")), "{bookmark:?}");
        assert_eq!(bookmark.to, to(first));
        assert_eq!(bookmark.children.len(), documents.len());
        for (document, bookmark) in documents.iter().zip(&bookmark.children) {
            let (first, last) = (number(document, "first_page"), number(document, "last_page"));
            assert_eq!(first, next, "{document}");
            assert_eq!(labels[first - 1], text(document, "first_label"));
            assert_eq!(labels[last - 1], text(document, "last_label"));
            let title = format!("{} [{}]", text(document, "title"), labels[first - 1]);
            assert_eq!((&bookmark.title, &bookmark.to), (&title, &to(first)));
            assert_within(&bookmark.children, first, last);
            rows.push(first);
            next = last + 1;
        }
    }
    assert_eq!(next - 1, reader.page_count());
    let links: Vec<Leads> =
        (2..=front).flat_map(|page| row_links(reader, page)).map(|link| link.to).collect();
    assert_eq!(links, rows.into_iter().map(to).collect::<Vec<_>>());
    for page in 1..=reader.page_count() {
        assert_eq!(reader.links(page).last().unwrap().to, to(2), "the number of page {page}");
    }
}

/// A document's own bookmarks lead into it.
fn assert_within(bookmarks: &[Bookmark], first: usize, last: usize) {
    for bookmark in bookmarks {
        let inside = matches!(bookmark.to, Leads::Page(page) if (first..=last).contains(&page));
        assert!(inside, "{bookmark:?} between {first} and {last}");
        assert_within(&bookmark.children, first, last);
    }
}

/// The links of a page of the index but for that of its number.
pub fn row_links(reader: &Reader, page: usize) -> Vec<Link> {
    let mut links = reader.links(page);
    links.pop();
    links
}

pub fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
