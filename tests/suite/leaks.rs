//! What must not leave the prosecution, found on pages.

use std::path::Path;
use std::sync::Arc;

use courtbundle::leaks;
use courtbundle::look::Cache;
use hayro::hayro_syntax::Pdf;

/// Every leak in every PDF below a folder, for people to judge:
/// `COURTBUNDLE_CORPUS=dir cargo test leaks_of_a_folder -- --ignored --nocapture`.
#[test]
#[ignore = "takes a folder of any PDFs"]
#[allow(clippy::print_stdout, reason = "for people to read")]
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
    for file in files {
        let name = file.strip_prefix(Path::new(&folder)).unwrap();
        let thread = std::thread::Builder::new().stack_size(256 << 20);
        let path = file.clone();
        let found = thread.spawn(move || leaks_of(&path)).unwrap().join();
        for (page, found) in found.unwrap_or_default() {
            if !found.searched {
                println!("{}\tpage {page}\tnot searched", name.display());
            }
            for leak in found.leaks {
                let place = leak.place;
                println!(
                    "{}\tpage {page}\t{:?}\t{:.0},{:.0} {:.0}x{:.0}",
                    name.display(),
                    leak.kind,
                    place.left,
                    place.top,
                    place.width,
                    place.height
                );
            }
        }
    }
}

fn leaks_of(file: &Path) -> Vec<(usize, leaks::PageLeaks)> {
    let Ok(pdf) = Pdf::new(Arc::new(std::fs::read(file).unwrap())) else {
        return Vec::new();
    };
    let cache = Cache::new();
    let pages = pdf.pages().iter().take(60).enumerate();
    pages
        .map(|(index, page)| (index + 1, leaks::examine(page, &cache)))
        .collect()
}
