//! Where only some pages of a source are taken, elements with nothing left in them go.

use lopdf::Document as Pdf;

use super::roles::SourceRoles;
use super::walk::{Element, Item};

/// Decides which elements stay.
pub(super) fn prune(pdf: &Pdf, elements: &mut [Element], roles: &SourceRoles) {
    let mut holds = vec![false; elements.len()];
    for index in (0..elements.len()).rev() {
        let Some(element) = elements.get_mut(index) else {
            continue;
        };
        let below = holds.get(index).copied().unwrap_or_default();
        element.kept = below || element.items.iter().any(|item| !matches!(item, Item::Element(_)));
        let (kept, lost, parent) = (element.kept, element.lost, element.parent);
        let Some(parent) = parent else { continue };
        if let Some(holds) = holds.get_mut(parent) {
            *holds |= kept;
        }
        if let Some(parent) = elements.get_mut(parent) {
            parent.lost |= lost;
        }
    }
    keep_empty_cells(pdf, elements, roles);
    drop_items(elements);
}

/// A cell that was empty from the start stays in its row, or the cells behind it would change column.
fn keep_empty_cells(pdf: &Pdf, elements: &mut [Element], roles: &SourceRoles) {
    for index in 0..elements.len() {
        let stays = elements.get(index).is_some_and(|element| {
            !element.kept
                && !element.lost
                && element
                    .parent
                    .and_then(|parent| elements.get(parent))
                    .is_some_and(|parent| parent.kept)
                && [b"TD".as_slice(), b"TH"].contains(&roles.meaning(element.structure_type(pdf)))
        });
        if let Some(element) = elements.get_mut(index)
            && stays
        {
            element.kept = true;
        }
    }
}

fn drop_items(elements: &mut [Element]) {
    let kept: Vec<bool> = elements.iter().map(|element| element.kept).collect();
    for element in elements {
        element.items.retain(|item| match item {
            Item::Element(kid) => kept.get(*kid).copied().unwrap_or_default(),
            _ => true,
        });
    }
}
