//! What may be served: documents that an audience may not have, and documents of which nobody has said
//! what they are.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::document_ref;
use crate::check::{Availability, Evidence, LoadedFile};
use crate::classify::is_bound;
use crate::disclosure;
use crate::disclosure::{Class, Decision, Denial, Exclusion, Fate, ServeRule};
use crate::manifest::{Bundle, Case, Document, Section};
use crate::model::Audience;
use crate::model::DocumentId;
use crate::model::words;
use crate::model::{Code, Finding, Severity};

/// What the rules of service say of all bundles of a case, each thing once.
pub(super) fn check_served(case: &Case, evidence: &Evidence) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut places: HashMap<(Code, Option<usize>, String), usize> = HashMap::new();
    let of_bundles = case.bundles.iter().flat_map(|bundle| check_served_in(case, bundle, evidence));
    for finding in of_bundles {
        let key = (finding.code, finding.line, finding.message.clone());
        match places.get(&key).and_then(|&place| findings.get_mut(place)) {
            // Two bundles may take the same thing more or less seriously.
            Some(known) => known.severity = known.severity.max(finding.severity),
            None => {
                places.insert(key, findings.len());
                findings.push(finding);
            }
        }
    }
    findings.extend(in_no_bundle(case));
    findings
}

/// What the rules of service say of one bundle. Those of [`Code::NotServed`] name documents that the
/// bundle does not hold.
pub(crate) fn check_served_in(case: &Case, bundle: &Bundle, evidence: &Evidence) -> Vec<Finding> {
    let mut findings = Vec::new();
    for Decision { id, fate } in disclosure::decide(case, bundle) {
        let Some((section, document)) = listed(case, id) else {
            continue;
        };
        let mut found = match fate {
            Fate::Refused(denial) => vec![refused(bundle, &denial)],
            Fate::Out(why) => vec![left_out(case, bundle, &why)],
            Fate::In if !bundle.audience.is_served() => Vec::new(),
            Fate::In => {
                let mut found = Vec::from_iter(check_form(case, document, bundle.audience));
                if let Availability::Present(known) = evidence.held(id.section, id.document) {
                    found.extend(super::content::check(document, known));
                    found.extend(bound_pages(bundle, document, known));
                }
                found
            }
        };
        for finding in &mut found {
            finding.document = Some(document_ref(section, document));
            finding.line = Some(document.line);
        }
        findings.append(&mut found);
    }
    findings.extend(super::withheld::check(case, bundle, evidence));
    findings
}

/// Pages that are of another class than their document is said to be, and may then be served less: they are treated as
/// what they are. What is never served is told page by page.
fn bound_pages(bundle: &Bundle, document: &Document, known: &LoadedFile) -> Vec<Finding> {
    let count = known.facts.page_count();
    let taken = super::content::taken(document, &known.facts);
    let mut pages: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (page, belonging) in known.belongings() {
        let is_denied = document.not_form.iter().any(|entry| {
            let begins = entry.denies(belonging.class, belonging.begins, count);
            begins || entry.denies(belonging.class, page, count)
        });
        if taken.contains(&page) && !is_denied && is_bound(belonging.class) {
            pages.entry(belonging.class).or_default().push(page);
        }
    }
    let finding = |(class, pages): (&str, Vec<u32>)| {
        let class = disclosure::find(class)?;
        let is_told = class.is_internal() || disclosure::class_of(document) == Some(class);
        let denial = disclosure::denial(class, document, bundle.audience).filter(|_| !is_told)?;
        // What is served as a rule may be an exhibit, too.
        if matches!(denial, Denial::NotForJury(_)) && class.is_served() {
            return None;
        }
        let finding = refused(bundle, &denial);
        let message = format!("{}: {}", words::pages(&pages), finding.message);
        let hint = format!(
            "{}; if the pages are none, write not_form = [\"{}\"] under [[section.document.allow]]",
            way_out(&denial),
            class.name
        );
        Some(Finding { message, page: pages.first().copied(), ..finding }.hint(hint))
    };
    pages.into_iter().filter_map(finding).collect()
}

fn listed(case: &Case, id: DocumentId) -> Option<(&Section, &Document)> {
    let section = case.sections.get(id.section)?;
    Some((section, section.documents.get(id.document)?))
}

fn refused(bundle: &Bundle, denial: &Denial) -> Finding {
    let code = match denial {
        Denial::Never(_) => Code::ServeNever,
        Denial::NotForJury(_) => Code::NotForJury,
        Denial::Undecided(..) => Code::ServeUndecided,
        Denial::Unredacted(..) => Code::ServeUnredacted,
        Denial::RestrictedFromJury | Denial::ForWhichDefendant => Code::ServeRestricted,
        Denial::UnusedAmongEvidence => Code::UnusedAsEvidence,
    };
    let message =
        format!("{}, and {} is for {}", why(denial), named(bundle), bundle.audience.in_words());
    Finding::new(code, message).hint(way_out(denial))
}

fn named(bundle: &Bundle) -> String {
    format!("bundle \"{}\"", bundle.name)
}

/// Why an audience may not have a document.
fn why(denial: &Denial) -> String {
    match denial {
        Denial::Never(class) => format!("{} is never served", class.in_words()),
        Denial::NotForJury(class) => format!("{} is not for a jury", class.in_words()),
        Denial::Undecided(class, key) => format!(
            "{} is served only if a prosecutor decides so, \"{key}\" is not recorded",
            class.in_words()
        ),
        Denial::Unredacted(class, key) => {
            format!("{} is served only redacted, \"{key}\" is not recorded", class.in_words())
        }
        Denial::RestrictedFromJury | Denial::ForWhichDefendant => {
            "it is restricted to some of the defendants".to_owned()
        }
        Denial::UnusedAmongEvidence => {
            "unused material stands in a section of statements or exhibits".to_owned()
        }
    }
}

fn way_out(denial: &Denial) -> &'static str {
    match denial {
        Denial::Never(_) => {
            "keep it for the prosecution with audiences = [\"prosecution\"]; nothing lets it through"
        }
        Denial::NotForJury(_) => {
            "name its audiences without \"jury\", or leave its section out of the bundle"
        }
        Denial::Undecided(..) => {
            "record the decision: served_by = \"name of the prosecutor\", served_on = date; or name its audiences"
        }
        Denial::Unredacted(..) => {
            "list the redacted copy and record it: redacted_by = \"name\", redacted_on = date; or name its audiences"
        }
        Denial::RestrictedFromJury => "name its audiences without \"jury\"",
        Denial::ForWhichDefendant => {
            "say for whom the bundle is, defendant = \"name\", or name the audiences of the document"
        }
        Denial::UnusedAmongEvidence => "give unused material a section of its own",
    }
}

fn left_out(case: &Case, bundle: &Bundle, why_left: &Exclusion) -> Finding {
    let reason = reason(case, bundle, why_left);
    Finding::new(Code::NotServed, format!("{} leaves it out: {reason}", named(bundle)))
}

/// Why the reader of a bundle does not get a document.
pub(super) fn reason(case: &Case, bundle: &Bundle, why_left: &Exclusion) -> String {
    match why_left {
        Exclusion::NotAmongAudiences => {
            format!("{} is not among its audiences", bundle.audience.in_words())
        }
        Exclusion::OtherDefendants(places) => {
            let names: Vec<&str> = places
                .iter()
                .filter_map(|place| Some(case.defendants.get(*place)?.name.as_str()))
                .collect();
            format!("it is restricted to {}", names.join(" and "))
        }
        Exclusion::Denied(denial) => why(denial),
    }
}

/// Documents that every bundle with their section leaves out, as their own entries say.
fn in_no_bundle(case: &Case) -> Vec<Finding> {
    let mut fates: HashMap<DocumentId, bool> = HashMap::new();
    for decision in case.bundles.iter().flat_map(|bundle| disclosure::decide(case, bundle)) {
        let is_out = matches!(decision.fate, Fate::Out(_));
        *fates.entry(decision.id).or_insert(true) &= is_out;
    }
    let mut out: Vec<DocumentId> =
        fates.into_iter().filter_map(|(id, is_out)| is_out.then_some(id)).collect();
    out.sort_unstable();
    let finding = |id| {
        let (section, document) = listed(case, id)?;
        let finding = Finding::new(Code::InNoBundle, "no bundle holds it")
            .hint("add a bundle for the prosecution if it is to be in one");
        Some(finding.of(document_ref(section, document)).at_line(document.line))
    };
    out.into_iter().filter_map(finding).collect()
}

/// What a document is must be known before it leaves the prosecution.
fn check_form(case: &Case, document: &Document, audience: Audience) -> Option<Finding> {
    let named = named_in(document).filter(|class| class.rule(audience) == ServeRule::Never);
    match (disclosure::class_of(document), &document.form, named) {
        // Nobody has looked, and the name says what it is.
        (_, None, Some(class)) if class.is_internal() => {
            let message = format!(
                "its title or file name says {}, which is never served, and it has no form",
                class.in_words()
            );
            let mut finding = Finding::new(Code::FormMissing, message)
                .hint("say what it is: form = \"…\"; whatever it is, give it a title that fits");
            finding.severity = Severity::Error;
            Some(finding)
        }
        (Some(class), Some(_), Some(named)) if class != named => {
            Some(contradicted(class, named, audience))
        }
        (class, None, _) if class.is_none() || audience == Audience::Jury => {
            Some(missing_form(case, audience, class.is_some()))
        }
        (Some(_), Some(_), _) => document.other.as_ref().map(|other| {
            let message = format!("{} says that no known form fits it", other.initials);
            Finding::new(Code::FormOther, message)
        }),
        _ => None,
    }
}

/// A form stands against the name of a document. Whoever mistyped the form would serve what is never served, so the name
/// must be put right, too.
fn contradicted(class: &Class, named: &Class, audience: Audience) -> Finding {
    let (who_gets_it, severity) = match named.is_internal() {
        true => ("which is never served".to_owned(), Severity::Error),
        false => (format!("which is not for {}", audience.in_words()), Severity::Warning),
    };
    let message = format!(
        "its title or file name says {}, {who_gets_it}, and its form says {}",
        named.in_words(),
        class.name
    );
    let finding = Finding::new(Code::FormContradicted, message)
        .hint("open it and make sure which of the two it is; then put right its form, or its title and file name");
    Finding { severity, ..finding }
}

/// No rule of service applies to a document of which nobody has said what it is. A jury gets only what is on its list,
/// and the file of a prosecution holds what is served on nobody, so there it goes nowhere.
fn missing_form(case: &Case, audience: Audience, has_reference: bool) -> Finding {
    let message = match has_reference {
        true => "it has an exhibit reference and no form, and a jury gets nothing without a form",
        false => "nothing says what it is, so no rule of service applies to it",
    };
    let mut finding = Finding::new(Code::FormMissing, message)
        .hint("say what it is, such as form = \"MG11\"; `courtbundle init --forms` proposes forms");
    finding.severity = match audience {
        Audience::Jury => Severity::Error,
        _ if is_prosecution_file(case) => Severity::Error,
        Audience::Court => Severity::Info,
        _ => Severity::Warning,
    };
    finding
}

/// Whether a case is kept as the police and the CPS keep theirs.
fn is_prosecution_file(case: &Case) -> bool {
    case.urn.is_some() || case.file_standard.is_some()
}

fn named_in(document: &Document) -> Option<&'static Class> {
    let file = document.file.as_deref().and_then(Path::file_name);
    let texts = [Some(document.title.as_str().into()), file.map(|name| name.to_string_lossy())];
    let named = texts.into_iter().flatten().filter_map(|text| disclosure::named_in(&text));
    named.max_by_key(|class| class.is_internal())
}
