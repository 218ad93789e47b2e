//! What a reader finds in a bundle, as text for people to look at.

use std::fmt::Write;

use lopdf::Dictionary;

use crate::support::reader::{Bookmark, Leads, Reader};

/// Catalog, form, layers, names, bookmarks and pages.
pub fn dump(reader: &Reader) -> String {
    let mut text = String::new();
    let out = &mut text;
    let catalog = reader.catalog();
    let _ = writeln!(out, "catalog {}", keys(catalog));
    let _ = writeln!(out, "information {}", keys(reader.info()));
    for key in ["Title", "Lang", "PageMode"] {
        let dict = if key == "Title" { reader.info() } else { catalog };
        let _ = writeln!(out, "{key} {:?}", reader.text(dict, key).unwrap_or_default());
    }
    section(out, "fields", reader.fields(), |(name, value)| format!("{name} = {value:?}"));
    section(out, "layers", reader.layers(), |(name, hidden)| {
        format!("{name}{}", if *hidden { " (hidden)" } else { "" })
    });
    section(out, "named destinations", reader.named(), |(name, to)| {
        format!("{name} -> {}", leads(to))
    });
    let _ = writeln!(out, "\nbookmarks");
    bookmarks(out, &reader.bookmarks(), 1);
    let _ = writeln!(out, "\npages");
    for (index, label) in reader.labels().iter().enumerate() {
        page(out, reader, index + 1, label);
    }
    text
}

fn keys(dict: &Dictionary) -> String {
    let mut keys: Vec<String> =
        dict.iter().map(|(key, _)| String::from_utf8_lossy(key).into_owned()).collect();
    keys.sort();
    keys.join(" ")
}

fn section<T>(out: &mut String, title: &str, items: Vec<T>, line: impl Fn(&T) -> String) {
    if !items.is_empty() {
        let _ = writeln!(out, "\n{title}");
    }
    for item in items {
        let _ = writeln!(out, "  {}", line(&item));
    }
}

fn bookmarks(out: &mut String, items: &[Bookmark], depth: usize) {
    for item in items {
        let _ = writeln!(out, "{}{} -> {}", "  ".repeat(depth), item.title, leads(&item.to));
        bookmarks(out, &item.children, depth + 1);
    }
}

fn leads(to: &Leads) -> String {
    match to {
        Leads::Page(page) => page.to_string(),
        Leads::Out(address) => address.clone(),
        Leads::Nowhere => "nowhere".to_owned(),
    }
}

fn page(out: &mut String, reader: &Reader, number: usize, label: &str) {
    let page = reader.page(number);
    let _ = write!(out, "  {number} \"{label}\" media {}", rect(reader, page, "MediaBox"));
    for (key, name) in [("CropBox", "crop"), ("TrimBox", "trim")] {
        if page.has(key.as_bytes()) {
            let _ = write!(out, " {name} {}", rect(reader, page, key));
        }
    }
    for (key, name) in [("Rotate", "rotate"), ("UserUnit", "unit")] {
        if let Some(value) = reader.get(page, key)
            && value.as_float().unwrap() != 0.0
        {
            let _ = write!(out, " {name} {}", value.as_float().unwrap());
        }
    }
    let others = reader.annotations(number).len() - reader.links(number).len();
    let links: Vec<String> = reader.links(number).iter().map(|link| leads(&link.to)).collect();
    let _ = writeln!(out, " links {} others {others}", links.join(","));
}

fn rect(reader: &Reader, page: &Dictionary, key: &str) -> String {
    let sides: Vec<String> =
        reader.numbers(page, key).iter().map(|side| format!("{side:.1}")).collect();
    sides.join(" ")
}
