//! The page tree (ISO 32000-2, 7.7.3), walked as readers walk it: direct kids, missing types and
//! shared pages are taken, loops are cut.

use std::collections::HashSet;
use std::rc::Rc;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::SourceError;
use super::orphans::{self, Orphans};
use crate::manifest::Limits;
use crate::pdf::syntax::page_node::{PageNode, inherit, page_of};

/// How often one page may be listed; beyond that a few bytes would become millions of pages.
const MAX_LISTINGS: usize = 10_000;

/// What a walk over the page tree found.
#[derive(Debug, Default)]
pub(super) struct PageWalk {
    pub(super) pages: Vec<PageNode>,
    /// Entries of `/Kids` that lead to no dictionary.
    pub(super) broken_kids: usize,
    /// `/Count` of the root, where it is a sensible number.
    pub(super) declared: Option<usize>,
    /// Whether pages stand in the order of their numbers, as the list that ordered them is gone.
    pub(super) order_lost: bool,
    /// Whether pages were found whose part of the tree was gone.
    pub(super) took_orphans: bool,
    /// Parts of the tree that do not say so: some readers take each for a page.
    untyped: Vec<ObjectId>,
}

impl PageWalk {
    /// Lets every part of the tree say that it is one. Says whether any did not.
    pub(super) fn state_parts(&self, pdf: &mut Pdf) -> bool {
        for id in &self.untyped {
            if let Ok(part) = pdf.get_dictionary_mut(*id) {
                part.set("Type", "Pages");
            }
        }
        !self.untyped.is_empty()
    }
}

struct Node {
    object: Object,
    inherited: Rc<Dictionary>,
    depth: usize,
}

/// Walks the whole tree, first page first. With `damaged`, pages whose part of the tree is gone are
/// taken where that part would be, or, where nothing is left of the tree, in the order of their
/// numbers.
///
/// # Errors
///
/// A tree that is deeper than the limits allow, or lists a page without end.
pub(super) fn walk(pdf: &Pdf, limits: &Limits, damaged: bool) -> Result<PageWalk, SourceError> {
    let lost = if damaged { orphans::find(pdf) } else { Orphans::default() };
    let Ok(root) = pdf.catalog().and_then(|catalog| catalog.get(b"Pages")) else {
        return Ok(without_tree(pdf, PageWalk::default(), damaged));
    };
    let mut walker = Walker {
        pdf,
        limits,
        lost,
        seen: HashSet::new(),
        listings: 0,
        stack: vec![Node { object: root.clone(), inherited: Rc::new(Dictionary::new()), depth: 0 }],
        walk: PageWalk {
            declared: declared(pdf, root),
            broken_kids: usize::from(is_part(pdf, root)),
            ..PageWalk::default()
        },
    };
    while let Some(node) = walker.stack.pop() {
        walker.visit(&node)?;
    }
    if walker.walk.took_orphans {
        walker.walk.declared = walker.walk.declared.or_else(|| orphans::highest_count(pdf));
    }
    Ok(without_tree(pdf, walker.walk, damaged))
}

/// The walk, or, where it found nothing, all that is left of the pages.
fn without_tree(pdf: &Pdf, mut walk: PageWalk, damaged: bool) -> PageWalk {
    if walk.pages.is_empty() && damaged {
        walk.pages = orphans::all_pages(pdf);
        walk.declared = walk.declared.max(orphans::highest_count(pdf));
        walk.order_lost = !walk.pages.is_empty();
    }
    walk
}

struct Walker<'a> {
    pdf: &'a Pdf,
    limits: &'a Limits,
    lost: Orphans,
    seen: HashSet<ObjectId>,
    /// How often pages were listed again.
    listings: usize,
    stack: Vec<Node>,
    walk: PageWalk,
}

impl Walker<'_> {
    fn visit(&mut self, node: &Node) -> Result<(), SourceError> {
        if node.depth > self.limits.nesting as usize {
            let levels = self.limits.nesting;
            return Err(SourceError::TooLarge(format!(
                "its page tree is more than {levels} levels deep"
            )));
        }
        let pdf = self.pdf;
        let dict = dictionary(pdf, &node.object);
        let dict = match dict {
            Some(dict) if is_page(dict) => return self.take(node, dict),
            dict if self.takes_orphans(node, dict) => None,
            dict => dict,
        };
        let Some(dict) = dict else {
            self.walk.broken_kids += 1;
            return Ok(());
        };
        let kids = dict.get(b"Kids").and_then(|kids| pdf.dereference(kids));
        match kids.and_then(|(list, kids)| Ok((list, kids.as_array()?))) {
            Ok((list, kids)) => {
                // A node that stands directly in a list has no number of its own: it is the list by
                // which one that leads back to itself is known.
                self.relist(list, kids.len())?;
                let id = node.object.as_reference();
                let untyped = node.depth > 0 && !dict.has_type(b"Pages");
                self.walk.untyped.extend(id.iter().filter(|_| untyped));
                if id.map_or(true, |id| self.seen.insert(id)) {
                    let inherited = Rc::new(inherit(&node.inherited, dict));
                    let kids = kids.iter().rev();
                    self.stack.extend(kids.map(|kid| below(node, &inherited, kid.clone())));
                }
                Ok(())
            }
            // A root without kids: a document without pages.
            Err(_) if node.depth == 0 && !dict.has(b"Contents") && !dict.has(b"Resources") => {
                Ok(())
            }
            Err(_) => self.take(node, dict),
        }
    }

    fn take(&mut self, node: &Node, dict: &Dictionary) -> Result<(), SourceError> {
        let id = node.object.as_reference().ok();
        self.relist(id, 1)?;
        let page = page_of(self.pdf, id, &node.inherited, dict);
        self.walk.pages.push(page);
        Ok(())
    }

    /// Counts what an object lists that was there before.
    fn relist(&mut self, id: Option<ObjectId>, pages: usize) -> Result<(), SourceError> {
        if id.is_some_and(|id| !self.seen.insert(id)) {
            self.listings = self.listings.saturating_add(pages);
        }
        if self.listings > MAX_LISTINGS {
            return Err(SourceError::TooLarge(format!(
                "it lists the same pages more than {MAX_LISTINGS} times"
            )));
        }
        Ok(())
    }

    /// Goes on with what names a broken node as its parent, if anything does.
    fn takes_orphans(&mut self, node: &Node, dict: Option<&Dictionary>) -> bool {
        let Ok(id) = node.object.as_reference() else {
            return false;
        };
        let Some(orphans) = self.lost.remove(&id) else {
            return false;
        };
        let inherited = match dict {
            Some(dict) => Rc::new(inherit(&node.inherited, dict)),
            None => Rc::clone(&node.inherited),
        };
        self.walk.order_lost |= orphans.len() > 1;
        let orphans = orphans.into_iter().rev();
        self.stack.extend(orphans.map(|id| below(node, &inherited, id.into())));
        self.walk.took_orphans = true;
        true
    }
}

fn below(node: &Node, inherited: &Rc<Dictionary>, object: Object) -> Node {
    Node { object, inherited: Rc::clone(inherited), depth: node.depth + 1 }
}

/// Whether what should be the root of the tree is a page of one: the others are lost.
fn is_part(pdf: &Pdf, root: &Object) -> bool {
    declared(pdf, root).is_some_and(|count| count > 1) && dictionary(pdf, root).is_some_and(is_page)
}

/// How many pages the root of the tree says it has; for a page in its place, the part that it is of.
fn declared(pdf: &Pdf, root: &Object) -> Option<usize> {
    let root = dictionary(pdf, root)?;
    let parent = root.get(b"Parent").ok().filter(|_| is_page(root));
    let parent = parent.and_then(|parent| dictionary(pdf, parent));
    count(pdf, parent.unwrap_or(root))
}

/// How many pages a node of the tree says it has.
pub(super) fn count(pdf: &Pdf, node: &Dictionary) -> Option<usize> {
    let count = node.get_deref(b"Count", pdf).ok()?.as_i64().ok()?;
    usize::try_from(count).ok()
}

pub(super) fn is_page(dict: &Dictionary) -> bool {
    dict.has_type(b"Page")
}

fn dictionary<'a>(pdf: &'a Pdf, object: &'a Object) -> Option<&'a Dictionary> {
    pdf.dereference(object).ok()?.1.as_dict().ok()
}
