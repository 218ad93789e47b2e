//! What a survey looks for, for some bundles of a case together, so that each file is looked at once for all of them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{compared, names, searched};
use crate::disclosure::included;
use crate::inspect::SoughtNames;
use crate::manifest::{Bundle, Case, Numbering};
use crate::model::DocumentId;
use crate::plan::need_the_same_room;

/// What of the documents of a case is looked for beyond whether they can be opened.
#[derive(Debug, Clone, Default)]
pub struct SurveyScope {
    /// The documents that are searched for what must not leave the prosecution.
    pub search: HashSet<DocumentId>,
    /// Those of which it is noted what their pages show, for the rules of a court.
    pub inspect: HashSet<DocumentId>,
    /// Those of which the pages are compared with those of others.
    pub compare: HashSet<DocumentId>,
    /// Names that are looked for on the pages searched.
    pub(crate) names: Arc<SoughtNames>,
    /// The numberings for which the edges of every page are looked at, no two for the same room.
    pub numberings: Vec<Numbering>,
    /// How many bundles each document is going to be written into.
    pub uses: HashMap<DocumentId, usize>,
}

impl SurveyScope {
    /// What some bundles need to be checked.
    pub fn to_check(case: &Case, bundles: &[Bundle]) -> Self {
        Self {
            search: searched(case, bundles),
            compare: compared(case, bundles),
            names: Arc::new(SoughtNames::of(names::sought(case, bundles))),
            ..Self::default()
        }
    }

    /// What they need to be built.
    pub fn to_build(case: &Case, bundles: &[Bundle]) -> Self {
        let mut numberings: Vec<Numbering> = Vec::new();
        for Bundle { numbering, .. } in bundles {
            if !numberings.iter().any(|one| need_the_same_room(one, numbering)) {
                numberings.push(numbering.clone());
            }
        }
        let mut uses: HashMap<DocumentId, usize> = HashMap::new();
        for id in bundles.iter().flat_map(|bundle| included(case, bundle)) {
            *uses.entry(id).or_default() += 1;
        }
        let inspect = uses.keys().copied().collect();
        Self { inspect, uses, numberings, ..Self::to_check(case, bundles) }
    }
}
