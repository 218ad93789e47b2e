//! The house: every room uses rooms below its floor and crates of its own, and nothing else.
//!
//! `docs/house.toml` says which rooms there are, from top to bottom; the map in CONTRIBUTING.md is made from it.
//! `COURTBUNDLE_BLESS=1 cargo test --test house` writes the map anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "a helper that fails must fail the test that called it"
)]

mod arrows;
mod plan;

use std::fs;
use std::path::Path;

use arrows::{Arrow, arrows};
use plan::House;

#[test]
fn arrows_go_down() {
    let house = House::read();
    let faults: Vec<String> =
        all_arrows(&house).iter().filter_map(|arrow| house.fault(arrow)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// A table that allows what nobody does is out of date.
#[test]
fn every_crate_that_a_room_may_import_is_imported_there() {
    let house = House::read();
    let arrows = all_arrows(&house);
    let mut idle = Vec::new();
    for room in house.rooms() {
        for name in &room.crates {
            let is_used = |arrow: &Arrow| {
                house.room_of(&arrow.from).is_some_and(|of| of.path == room.path)
                    && arrow.target.first() == Some(name)
            };
            if !arrows.iter().any(is_used) {
                idle.push(format!("{} does not import {name}", room.path));
            }
        }
    }
    assert!(idle.is_empty(), "\n{}", idle.join("\n"));
}

#[test]
fn the_map_of_contributing_is_the_house() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("CONTRIBUTING.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("<!-- house -->\n").expect("the map's first mark");
    let (_, after) = rest.split_once("<!-- /house -->").expect("the map's last mark");
    let map = House::read().map();
    let wanted = format!("{before}<!-- house -->\n{map}<!-- /house -->{after}");
    if std::env::var_os("COURTBUNDLE_BLESS").is_some() {
        fs::write(&path, wanted).unwrap();
        return;
    }
    assert!(text == wanted, "COURTBUNDLE_BLESS=1 cargo test --test house writes the map anew");
}

/// The test must be able to fail: it is shown each kind of fault.
#[test]
fn a_fault_is_found_and_named() {
    let house = House::read();
    let source = "use crate::{bundle::Record, model::Code};\nuse lopdf::Object;\nfn x() { super::super::verify::verify() }\n\
        #[cfg(test)] mod tests { use crate::cli::Cli; }\n";
    let found = arrows("manifest/file.rs", source, &house.names);
    let faults: Vec<String> = found.iter().filter_map(|arrow| house.fault(arrow)).collect();
    assert_eq!(
        faults,
        [
            "src/manifest/file.rs:1: manifest may not use bundle",
            "src/manifest/file.rs:2: manifest may not import the crate lopdf",
            "src/manifest/file.rs:3: manifest may not use verify",
        ]
    );
    let found =
        arrows("casework/chase/item.rs", "use crate::casework::quality::Month;", &house.names);
    let faults: Vec<String> = found.iter().filter_map(|arrow| house.fault(arrow)).collect();
    assert_eq!(
        faults,
        ["src/casework/chase/item.rs:1: casework/chase may not use casework/quality"]
    );
}

fn all_arrows(house: &House) -> Vec<Arrow> {
    house.files.iter().flat_map(|(path, text)| arrows(path, text, &house.names)).collect()
}
