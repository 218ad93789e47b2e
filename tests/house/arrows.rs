//! What a file uses: the paths of its `use` lines and of its code, tests left out.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{Attribute, Ident, ItemMod, ItemUse, UseTree};

/// A file uses something.
#[derive(Debug)]
pub struct Arrow {
    /// The file, relative to `src`.
    pub from: String,
    /// From 1.
    pub line: usize,
    /// The name of a crate, or `crate` and the path from its root.
    pub target: Vec<String>,
}

/// What a path can begin with.
pub struct Names {
    /// The path of each module of ours.
    pub modules: BTreeSet<Vec<String>>,
    /// The crates of Cargo.toml.
    pub crates: BTreeSet<String>,
}

/// What a file of these contents uses.
pub fn arrows(path: &str, text: &str, names: &Names) -> Vec<Arrow> {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut reader = Reader { path, module: module_of(path), names, found: Vec::new() };
    reader.visit_file(&file);
    reader.found
}

/// The path of the module that a file holds.
pub fn module_of(path: &str) -> Vec<String> {
    let stem = path.trim_end_matches(".rs").trim_end_matches("/mod");
    match stem {
        "lib" | "main" => Vec::new(),
        _ => stem.split('/').map(str::to_owned).collect(),
    }
}

struct Reader<'a> {
    path: &'a str,
    module: Vec<String>,
    names: &'a Names,
    found: Vec<Arrow>,
}

impl Reader<'_> {
    fn add(&mut self, path: &[String], line: usize) {
        let Some(first) = path.first() else { return };
        let target = match first.as_str() {
            "crate" => path.to_vec(),
            // The program uses the library by its name.
            "courtbundle" => from_root(path.get(1..).unwrap_or_default()),
            "self" => from_root(&[&self.module, path.get(1..).unwrap_or_default()].concat()),
            "super" => {
                let up = path.iter().take_while(|part| *part == "super").count();
                let kept = self.module.len().saturating_sub(up);
                from_root(&[&self.module[..kept], &path[up..]].concat())
            }
            // A type, whose variants are brought in.
            name if name.starts_with(char::is_uppercase) => return,
            _ => {
                let child = [self.module.as_slice(), &path[..1]].concat();
                match self.names.modules.contains(&child) {
                    true => from_root(&[self.module.as_slice(), path].concat()),
                    false => path.to_vec(),
                }
            }
        };
        self.found.push(Arrow { from: self.path.to_owned(), line, target });
    }

    fn add_tree(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: &Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.add_tree(&with(&path.ident), &path.tree),
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.add_tree(before, tree));
            }
            UseTree::Name(name) => self.add(&with(&name.ident), line(&name.ident)),
            UseTree::Rename(name) => self.add(&with(&name.ident), line(&name.ident)),
            UseTree::Glob(glob) => self.add(before, glob.star_token.span.start().line),
        }
    }
}

/// From 1.
fn line(name: &Ident) -> usize {
    name.span().start().line
}

fn from_root(path: &[String]) -> Vec<String> {
    [&["crate".to_owned()], path].concat()
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = match item {
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Use(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !attributes.iter().any(is_for_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.add_tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        // A single name was brought in by a `use`.
        if parts.len() > 1 {
            let known = ["crate", "self", "super", "courtbundle"];
            let child = [self.module.as_slice(), &parts[..1]].concat();
            let first = parts[0].as_str();
            if known.contains(&first)
                || self.names.modules.contains(&child)
                || self.names.crates.contains(first)
            {
                self.add(&parts, line(&path.segments[0].ident));
            }
        }
        visit::visit_path(self, path);
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute.parse_args::<syn::Ident>().is_ok_and(|condition| condition == "test")
}
