//! The longer run over any folder of PDFs:
//!
//! `COURTBUNDLE_CORPUS=dir cargo test --release corpus -- --ignored --nocapture`

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use courtbundle::model::Code;
use rayon::prelude::*;

use crate::support::alone::{Outcome, Watchdog, build, quiet_threads};
use crate::support::sheets::{Compared, compare, sheets};

/// What became of one file.
struct Row {
    name: String,
    took: Duration,
    end: End,
}

enum End {
    Built { repaired: bool, told: bool, compared: Compared },
    Refused(String),
    Panicked(String),
}

#[test]
#[ignore = "takes a folder in COURTBUNDLE_CORPUS"]
fn corpus() {
    let folder = std::env::var_os("COURTBUNDLE_CORPUS").expect("COURTBUNDLE_CORPUS names a folder");
    let files = pdfs(Path::new(&folder));
    assert!(!files.is_empty(), "no PDF below {}", folder.display());
    let watchdog = Watchdog::new(Duration::from_secs(900));
    let rows: Vec<Row> = quiet_threads().install(|| {
        let rows = files.par_iter();
        rows.map(|file| try_file(Path::new(&folder), file, &watchdog)).collect()
    });
    let faults = print(&rows);
    assert_eq!(faults, 0, "panics, and pages that differ without a finding");
}

/// Every PDF below a folder, in order.
fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let is_pdf = |path: &Path| {
        let kind = path.extension();
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case("pdf"))
    };
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file() && is_pdf(path))
        .collect()
}

fn try_file(folder: &Path, file: &Path, watchdog: &Watchdog) -> Row {
    let bytes = fs::read(file).unwrap();
    let name = file.strip_prefix(folder).unwrap().display().to_string();
    let (outcome, took) = watchdog.over(&name, || build(&bytes));
    let end = match outcome {
        Outcome::Panicked(said) => End::Panicked(said),
        Outcome::Refused(errors) => End::Refused(
            errors
                .iter()
                .map(|(code, message)| format!("{code}: {message}"))
                .collect::<Vec<_>>()
                .join("; "),
        ),
        Outcome::Built(bundle) => {
            let drawing = format!("drawing {name}");
            let (compared, _) = watchdog.over(&drawing, || compare(&bundle, &[&sheets(&bytes)]));
            End::Built { repaired: bundle.is_repaired(), told: bundle.is_told(), compared }
        }
    };
    Row { name, took, end }
}

/// Prints the table. Returns the number of faults.
#[allow(clippy::print_stdout, reason = "the table is what a run is for")]
fn print(rows: &[Row]) -> usize {
    let (mut built, mut repaired, mut pages, mut faults) = (0, 0, 0, 0);
    let mut refused: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for row in rows {
        match &row.end {
            End::Built { repaired: is_repaired, told, compared } => {
                built += 1;
                repaired += usize::from(*is_repaired);
                pages += compared.pages;
                for (page, why) in &compared.different {
                    let told = if *told { "told" } else { "SILENT" };
                    println!("different ({told}): {}, page {page}: {why}", row.name);
                }
                faults += usize::from(!told && !compared.different.is_empty());
            }
            End::Refused(why) => {
                // The proof found what would have been lost: a fault all the same.
                faults += usize::from(why.contains(Code::LookDiffers.as_str()));
                refused.entry(kind(why)).or_default().push(&row.name);
            }
            End::Panicked(said) => {
                println!("PANIC: {}: {said}", row.name);
                faults += 1;
            }
        }
    }
    for (why, names) in &refused {
        println!("refused {:4} {why}\n  {}", names.len(), names.join("  "));
    }
    let mut slowest: Vec<&Row> = rows.iter().collect();
    slowest.sort_by_key(|row| std::cmp::Reverse(row.took));
    for row in slowest.iter().take(5) {
        println!("slowest: {:6.2} s {}", row.took.as_secs_f64(), row.name);
    }
    let refused: usize = refused.values().map(Vec::len).sum();
    println!(
        "{} files: {built} opened, {repaired} of them repaired; {refused} refused; {pages} pages compared; \
         {faults} panics or files that differ in silence",
        rows.len(),
    );
    faults
}

/// A reason without its numbers, so that like ones stand together.
fn kind(why: &str) -> String {
    why.chars()
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect::<String>()
        .replace("##", "#")
}
