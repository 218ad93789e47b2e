//! Gives the program a mark of its own source, by which it knows what another version of it wrote.
#![allow(clippy::print_stdout, reason = "this is how a build script answers cargo")]

use std::error::Error;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

fn main() -> Result<(), Box<dyn Error>> {
    let mut hasher = Sha256::new();
    // The lock file is left out of some packages of the source.
    for part in ["src", "Cargo.lock"] {
        println!("cargo:rerun-if-changed={part}");
        for entry in WalkDir::new(part).sort_by_file_name() {
            let Ok(entry) = entry else { continue };
            if is_source(entry.path()) {
                let text = fs::read_to_string(entry.path())?.replace("\r\n", "\n");
                hasher.update(entry.path().to_string_lossy().replace('\\', "/"));
                hasher.update((text.len() as u64).to_be_bytes());
                hasher.update(text);
            }
        }
    }
    let mark: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo:rustc-env=COURTBUNDLE_SOURCE={mark}");
    Ok(())
}

/// Editors and file managers leave files of their own beside these.
fn is_source(path: &Path) -> bool {
    let kind = path.extension().and_then(|kind| kind.to_str());
    matches!(kind, Some("rs" | "toml" | "json" | "lock" | "txt"))
}
