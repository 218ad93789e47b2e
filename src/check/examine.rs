//! The one check: whether a case, or one of its bundles, is ready, and everything that is found on the way.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::{
    Availability, Evidence, Recorded, Standing, Survey, SurveyScope, check_documents,
    check_hearing, check_leaks, check_served, check_served_in, check_texts, for_bundle,
    numbering_differs, profile, standing, without_others,
};
use crate::check::custody_findings::check_custody;
use crate::check::standard::{Standards, check_standard};
use crate::disclosure;
use crate::manifest::{Bundle, Case};
use crate::model::{Code, DocumentId, Finding};

/// How much of a case is examined.
#[derive(Debug, Clone, Copy)]
pub enum Extent<'a> {
    /// All of it: what its file standard asks for, too, and how its custody time limits stand. These concern the
    /// hearing, and no bundle.
    Case {
        /// What files must hold.
        standards: &'a Standards,
        /// The day that days left are counted from.
        today: Date,
    },
    /// What one of its bundles holds.
    Bundle {
        /// Which of them.
        bundle: &'a Bundle,
        /// Whether a required document may be missing.
        allow_missing: bool,
    },
}

/// What was found of a case or a bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Examined {
    /// Everything found: of the manifest, the documents, what may be served, the pages and the rules, in this order.
    pub findings: Vec<Finding>,
    /// What names documents that the bundle does not hold; of a whole case nothing. Whoever builds it is told; the
    /// record beside the bundle may be sent along with it, so none of this stands there.
    pub kept_back: Vec<Finding>,
    /// How its documents stand.
    pub standing: Standing,
}

impl Examined {
    /// Whether nothing required is missing, expected or unreadable, and no rule is broken.
    pub fn is_ready(&self) -> bool {
        self.standing == Standing::Whole && !self.findings.iter().any(Finding::is_error)
    }
}

/// Surveys a case as its check needs, and examines all of it. `of_manifest` are the findings of its manifest, `recorded` is
/// what its ledger says last of documents.
pub fn examine_case(
    case: &Case,
    of_manifest: Vec<Finding>,
    standards: &Standards,
    today: Date,
    recorded: BTreeMap<DocumentId, Recorded>,
    survey: &Survey<'_>,
) -> (Evidence, Examined) {
    let scope = SurveyScope::to_check(case, &case.bundles);
    let mut evidence = Survey { scope: &scope, ..survey.clone() }.run(case);
    evidence.recorded = recorded;
    let examined = examine(case, &evidence, of_manifest, Extent::Case { standards, today });
    (evidence, examined)
}

/// Examines what has been surveyed. `of_manifest` are the findings of the manifest.
pub fn examine(
    case: &Case,
    evidence: &Evidence,
    of_manifest: Vec<Finding>,
    extent: Extent<'_>,
) -> Examined {
    let bundles = extent.bundles(case);
    let included = extent.included(case);
    let holds = |id| included.as_ref().is_none_or(|ids| ids.contains(&id));
    let mut findings = match &included {
        Some(included) => without_others(case, included, of_manifest),
        None => of_manifest,
    };
    findings.extend(check_texts(case, bundles));
    let of_documents = check_documents(case, evidence, &holds);
    findings.extend(match extent {
        Extent::Case { .. } => of_documents,
        Extent::Bundle { allow_missing, .. } => for_bundle(of_documents, allow_missing),
    });
    let (kept_back, of_service) = extent.of_service(case, evidence);
    findings.extend(of_service);
    findings.extend(check_leaks(case, bundles, evidence));
    if let Extent::Case { standards, today } = extent {
        findings.extend(check_custody(case, today));
        findings.extend(check_hearing(case));
        let is_there = |id: DocumentId| {
            let held = evidence.held(id.section, id.document);
            matches!(held, Availability::Present(_))
        };
        findings.extend(check_standard(case, standards, &is_there));
    }
    findings.extend(bundles.iter().filter_map(|bundle| of_rules(evidence, bundle)));
    let awaits = matches!(extent, Extent::Case { .. });
    Examined { findings, kept_back, standing: standing(case, evidence, awaits, &holds) }
}

/// What stands between a bundle and the rules of its court before it is built.
fn of_rules(evidence: &Evidence, bundle: &Bundle) -> Option<Finding> {
    match profile(evidence, bundle) {
        Ok(profile) => numbering_differs(bundle, &profile),
        Err(unreadable) => Some(*unreadable),
    }
}

impl<'a> Extent<'a> {
    fn bundles(self, case: &'a Case) -> &'a [Bundle] {
        match self {
            Self::Case { .. } => &case.bundles,
            Self::Bundle { bundle, .. } => std::slice::from_ref(bundle),
        }
    }

    /// The documents examined; `None` for all of them.
    fn included(self, case: &Case) -> Option<HashSet<DocumentId>> {
        match self {
            Self::Case { .. } => None,
            Self::Bundle { bundle, .. } => Some(disclosure::included(case, bundle)),
        }
    }

    /// What the rules of service say: that which is kept back, and the rest.
    fn of_service(self, case: &Case, evidence: &Evidence) -> (Vec<Finding>, Vec<Finding>) {
        match self {
            Self::Case { .. } => (Vec::new(), check_served(case, evidence)),
            Self::Bundle { bundle, .. } => check_served_in(case, bundle, evidence)
                .into_iter()
                .partition(|finding| finding.code == Code::NotServed),
        }
    }
}
