//! Layers that are not shown, or not always (optional content, ISO 32000-2, 8.11).

use std::collections::{BTreeSet, HashSet};

use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjectIdentifier};
use hayro_syntax::page::Page;

/// Conditions within conditions go no deeper than this.
const MAX_DEPTH: usize = 32;

/// The layers of a file that are hidden when it opens, or by what they are for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ReadLayers {
    hidden: HashSet<ObjectIdentifier>,
    /// Seen on the screen, and not printed or not at every size.
    passing: HashSet<ObjectIdentifier>,
    /// The pages, from 0, with content under a condition that is not met.
    pub(super) pages: BTreeSet<usize>,
}

impl ReadLayers {
    /// Those of a file.
    pub(super) fn of(catalog: &Dict<'_>) -> Self {
        let mut layers = Self::default();
        let Some(properties) = catalog.get::<Dict<'_>>("OCProperties") else {
            return layers;
        };
        let Some(default) = properties.get::<Dict<'_>>("D") else {
            return layers;
        };
        let base = default.get::<Name<'_>>("BaseState");
        layers.hidden = references(&default, "OFF");
        if base.is_some_and(|base| base.as_str() == "OFF") {
            let on = references(&default, "ON");
            let all = references(&properties, "OCGs");
            layers.hidden.extend(all.difference(&on));
        }
        layers.of_usage(&default);
        layers
    }

    /// How many layers are not shown, or not always.
    pub(super) fn count(&self) -> usize {
        self.hidden.union(&self.passing).count()
    }

    /// What is switched by what it is used for (8.11.4.4).
    fn of_usage(&mut self, default: &Dict<'_>) {
        let Some(rules) = default.get::<Array<'_>>("AS") else {
            return;
        };
        for rule in rules.iter::<Dict<'_>>() {
            let event = rule.get::<Name<'_>>("Event");
            let event = event.as_ref().map_or("", Name::as_str);
            let categories = rule.get::<Array<'_>>("Category");
            let has = |category: &str| {
                let mut names = categories.iter().flat_map(Array::iter::<Name<'_>>);
                names.any(|name| name.as_str() == category)
            };
            let groups = rule.get::<Array<'_>>("OCGs");
            for group in groups.iter().flat_map(Array::iter::<Dict<'_>>) {
                let Some(id) = group.obj_id() else {
                    continue;
                };
                let Some(usage) = group.get::<Dict<'_>>("Usage") else {
                    continue;
                };
                if event == "View" && has("View") && is_off(&usage, "View", "ViewState") {
                    self.hidden.insert(id);
                }
                let unprinted =
                    event == "Print" && has("Print") && is_off(&usage, "Print", "PrintState");
                let by_size = event == "View" && has("Zoom") && has_sizes(&usage);
                if unprinted || by_size {
                    self.passing.insert(id);
                }
            }
        }
    }

    /// Notes whether something on a page belongs to such a layer.
    pub(super) fn of_page(&mut self, index: usize, page: &Page<'_>) {
        let properties = &page.resources().properties;
        let of_content = properties.keys().any(|name| {
            let id = properties.get_ref(&*name).map(ObjectIdentifier::from);
            let condition = properties.get::<Dict<'_>>(&*name);
            self.hides(id, condition.as_ref())
        });
        let annotations = page.raw().get::<Array<'_>>("Annots");
        let mut annotations = annotations.iter().flat_map(Array::iter::<Dict<'_>>);
        let objects = &page.resources().x_objects;
        let of_object = objects.keys().any(|name| {
            let object = objects.get::<hayro_syntax::object::Stream<'_>>(&*name);
            object.is_some_and(|object| self.hides_dict(object.dict()))
        });
        if of_content || of_object || annotations.any(|annotation| self.hides_dict(&annotation)) {
            self.pages.insert(index);
        }
    }

    fn hides_dict(&self, dict: &Dict<'_>) -> bool {
        let id = dict.get_ref("OC").map(ObjectIdentifier::from);
        self.hides(id, dict.get::<Dict<'_>>("OC").as_ref())
    }

    fn hides(&self, id: Option<ObjectIdentifier>, condition: Option<&Dict<'_>>) -> bool {
        if id.is_some_and(|id| self.hidden.contains(&id) || self.passing.contains(&id)) {
            return true;
        }
        let is_membership = |dict: &&Dict<'_>| {
            let kind = dict.get::<Name<'_>>("Type");
            kind.is_some_and(|kind| kind.as_str() == "OCMD")
        };
        condition.filter(is_membership).is_some_and(|condition| !self.is_met(condition))
    }

    /// Whether a membership (table 97) shows what belongs to it.
    fn is_met(&self, membership: &Dict<'_>) -> bool {
        if let Some(expression) = membership.get::<Array<'_>>("VE") {
            return self.holds(&expression, 0);
        }
        let mut groups = references(membership, "OCGs");
        groups.extend(membership.get_ref("OCGs").map(ObjectIdentifier::from));
        let is_on = |id: &ObjectIdentifier| !self.hidden.contains(id);
        let policy = membership.get::<Name<'_>>("P");
        groups.is_empty()
            || match policy.as_ref().map(Name::as_str) {
                Some("AllOn") => groups.iter().all(is_on),
                Some("AnyOff") => !groups.iter().all(is_on),
                Some("AllOff") => !groups.iter().any(is_on),
                _ => groups.iter().any(is_on),
            }
    }

    /// A visibility expression: `[/And a b]`, `[/Or a b]`, `[/Not a]`.
    fn holds(&self, expression: &Array<'_>, depth: usize) -> bool {
        let operator = expression.iter::<Name<'_>>().next();
        let ids: Vec<ObjectIdentifier> = ids(expression).collect();
        let inner: Vec<Array<'_>> = expression.iter::<Array<'_>>().collect();
        if depth > MAX_DEPTH {
            return true;
        }
        let mut operands = ids
            .iter()
            .map(|id| !self.hidden.contains(id))
            .chain(inner.iter().map(|inner| self.holds(inner, depth + 1)));
        match operator.as_ref().map(Name::as_str) {
            Some("And") => operands.all(|holds| holds),
            Some("Or") => operands.any(|holds| holds),
            Some("Not") => !operands.next().unwrap_or(false),
            _ => true,
        }
    }
}

fn ids<'a>(array: &Array<'a>) -> impl Iterator<Item = ObjectIdentifier> + use<'a> {
    array.raw_iter().filter_map(|entry| match entry {
        MaybeRef::Ref(id) => Some(ObjectIdentifier::from(id)),
        MaybeRef::NotRef(_) => None,
    })
}

fn references(dict: &Dict<'_>, key: &str) -> HashSet<ObjectIdentifier> {
    let list = dict.get::<Array<'_>>(key);
    list.iter().flat_map(|list| ids(list)).collect()
}

fn is_off(usage: &Dict<'_>, category: &str, key: &str) -> bool {
    let usage = usage.get::<Dict<'_>>(category);
    let state = usage.as_ref().and_then(|usage| usage.get::<Name<'_>>(key));
    state.is_some_and(|state| state.as_str() == "OFF")
}

fn has_sizes(usage: &Dict<'_>) -> bool {
    let sizes = usage.get::<Dict<'_>>("Zoom");
    sizes.is_some_and(|sizes| sizes.contains_key("min") || sizes.contains_key("max"))
}
