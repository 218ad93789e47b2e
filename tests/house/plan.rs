//! `docs/house.toml`, and the files that stand in it.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use walkdir::WalkDir;

use super::arrows::{Arrow, Names, module_of};

/// What comes with Rust.
const STANDARD: [&str; 3] = ["std", "core", "alloc"];

/// A room.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// A file or folder, relative to `src`, without an ending.
    pub path: String,
    /// What it holds.
    pub holds: String,
    /// The crates that it may import.
    #[serde(default)]
    pub crates: Vec<String>,
}

/// A floor: its rooms do not know each other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Floor {
    room: Vec<Room>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// From top to bottom.
    floor: Vec<Floor>,
    /// Crates that every room may import.
    everywhere: Vec<String>,
}

/// The house.
pub struct House {
    table: Table,
    /// The files that are no tests, relative to `src`, with what stands in them.
    pub files: Vec<(String, String)>,
    /// What a path in them can begin with.
    pub names: Names,
}

impl House {
    pub fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let table = fs::read_to_string(root.join("docs/house.toml")).unwrap();
        let source = root.join("src");
        let files: Vec<(String, String)> = WalkDir::new(&source)
            .sort_by_file_name()
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| entry.path().extension().is_some_and(|kind| kind == "rs"))
            .map(|entry| {
                let path = entry.path().strip_prefix(&source).unwrap();
                let path = path.to_str().unwrap().replace('\\', "/");
                (path, fs::read_to_string(entry.path()).unwrap())
            })
            .collect();
        let names = Names {
            modules: files.iter().map(|(path, _)| module_of(path)).collect(),
            crates: dependencies(root),
        };
        Self {
            table: toml::from_str(&table).unwrap(),
            names,
            files: files.into_iter().filter(|(path, _)| !is_test(path)).collect(),
        }
    }

    pub fn rooms(&self) -> impl Iterator<Item = &Room> {
        self.table.floor.iter().flat_map(|floor| &floor.room)
    }

    /// The room that a path within `src` lies in: the one that names most of it.
    pub fn room_of(&self, path: &str) -> Option<&Room> {
        let path = path.trim_end_matches(".rs");
        self.rooms()
            .filter(|room| path == room.path || path.starts_with(&format!("{}/", room.path)))
            .max_by_key(|room| room.path.len())
    }

    fn floor_of(&self, room: &Room) -> usize {
        let holds = |floor: &Floor| floor.room.iter().any(|one| one.path == room.path);
        self.table.floor.iter().position(holds).unwrap()
    }

    /// What is wrong with an arrow, with its file and line.
    pub fn fault(&self, arrow: &Arrow) -> Option<String> {
        let Some(from) = self.room_of(&arrow.from) else {
            return Some(format!("src/{} stands in no room of docs/house.toml", arrow.from));
        };
        let at = format!("src/{}:{}: {} may not", arrow.from, arrow.line, from.path);
        match arrow.target.split_first()? {
            (first, path) if first == "crate" => {
                let to = self.room_of(&path.join("/"))?;
                let is_down = self.floor_of(from) < self.floor_of(to);
                (!is_down && from.path != to.path).then(|| format!("{at} use {}", to.path))
            }
            (name, _) => {
                let is_allowed = STANDARD.contains(&name.as_str())
                    || from.crates.contains(name)
                    || self.table.everywhere.contains(name);
                (!is_allowed).then(|| format!("{at} import the crate {name}"))
            }
        }
    }

    /// The map of CONTRIBUTING.md.
    pub fn map(&self) -> String {
        let mut map = "| room in `src/` | holds | crates of its own |\n|---|---|---|\n".to_owned();
        for room in self.rooms() {
            let Room { path, holds, crates } = room;
            writeln!(map, "| `{path}` | {holds} | {} |", crates.join(", ")).unwrap();
        }
        map
    }
}

fn dependencies(root: &Path) -> BTreeSet<String> {
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(&manifest).unwrap();
    let everywhere = manifest["dependencies"].as_table().unwrap();
    let by_system = manifest["target"].as_table().unwrap();
    let of_systems =
        by_system.values().flat_map(|system| system["dependencies"].as_table().unwrap());
    everywhere.iter().chain(of_systems).map(|(name, _)| name.replace('-', "_")).collect()
}

fn is_test(path: &str) -> bool {
    path.ends_with("tests.rs") || path.ends_with("properties.rs") || path.contains("/tests/")
}
