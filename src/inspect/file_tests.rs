//! Whole files, searched page by page.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::pdf::page::{Cache, OpenFile};

/// Searches every page of a PDF, numbered from 1; `None` for a file that cannot be read as one.
fn examine_file(bytes: Arc<Vec<u8>>, password: &str) -> Option<Vec<(u32, PageLeaks)>> {
    let file = OpenFile::open(bytes, password)?;
    let (cache, words) = (Cache::new(), file.words(0));
    let pages = (0..file.page_count()).filter_map(|page| file.page(page, &cache));
    let leaks = pages.map(|page| examine(page, &words));
    Some((1..).zip(leaks).collect())
}

/// Every leak in every PDF below a folder, for people to judge:
/// `COURTBUNDLE_CORPUS=dir cargo test leaks_of_a_folder -- --ignored --nocapture`.
#[test]
#[ignore = "takes a folder of any PDFs"]
fn leaks_of_a_folder() {
    let folder = std::env::var("COURTBUNDLE_CORPUS").unwrap();
    let mut files: Vec<_> = walkdir::WalkDir::new(&folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|kind| kind == "pdf"))
        .collect();
    files.sort();
    let mut out = std::io::stdout().lock();
    for file in files {
        let name = file.strip_prefix(Path::new(&folder)).unwrap();
        let thread = std::thread::Builder::new().stack_size(256 << 20);
        let path = file.clone();
        let found = thread.spawn(move || leaks_of(&path)).unwrap().join();
        for (page, found) in found.unwrap_or_default() {
            if !found.searched {
                writeln!(out, "{}\tpage {page}\tnot searched", name.display()).unwrap();
            }
            let classes: Vec<String> = found
                .kind
                .classes
                .iter()
                .map(|of| format!("{:?} {}", of.what.certainty, of.what.class))
                .collect();
            writeln!(
                out,
                "{}\tpage {page}\tkind {} {:?}",
                name.display(),
                classes.join(", "),
                found.kind.count
            )
            .unwrap();
            for leak in found.leaks {
                let place = match leak.place {
                    LeakPlace::At { left, top, width, height } => {
                        format!("{left:.0},{top:.0} {width:.0}x{height:.0}")
                    }
                    LeakPlace::In(words) => words.in_words().to_owned(),
                };
                writeln!(out, "{}\tpage {page}\t{:?}\t{place}", name.display(), leak.kind).unwrap();
            }
        }
    }
}

fn leaks_of(file: &Path) -> Vec<(u32, PageLeaks)> {
    let bytes = std::fs::read(file).unwrap();
    examine_file(Arc::new(bytes), "").unwrap_or_default()
}

#[test]
fn a_finished_file_can_be_searched_as_a_whole() {
    let file =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/producers/covered-text.pdf"))
            .unwrap();
    let pages = examine_file(Arc::new(file), "").unwrap();
    let found: Vec<(u32, usize)> =
        pages.iter().map(|(page, found)| (*page, found.leaks.len())).collect();
    assert_eq!(found, [(1, 1), (2, 2), (3, 0)]);
    assert!(examine_file(Arc::new(b"no PDF".to_vec()), "").is_none());
}
