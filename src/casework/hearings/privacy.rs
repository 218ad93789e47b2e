//! What lists, boards, letters and calendars may say, as others than the prosecution's office may see them: no defendant
//! under 18 by name (Children and Young Persons Act 1933, sections 39 and 49; Youth Justice and Criminal Evidence Act 1999,
//! section 45), no address and no telephone number, wherever the manifest has them. JSON is the office's own and says all.

mod names;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use names::{Names, TextKind, are_in, replaced};

use super::listing::{Listed, Unread};
use super::readiness::MissingItem;
use crate::check::display;
use crate::disclosure;
use crate::inspect::withheld;
use crate::manifest::{Case, Defendant, Document, Section};
use crate::model::names::name_key;
use crate::model::{DocumentRef, Finding};

/// What stands in place of a name.
pub const YOUTH: &str = "a youth";

/// What stands in place of a title where nothing says what the document is.
const DOCUMENT: &str = "document";

/// Everybody who is known to be a youth in one of several cases: nobody is named in any of them.
#[derive(Debug, Clone, Default)]
pub struct Youths {
    keys: Arc<HashSet<String>>,
    /// Any part of their names.
    parts: Arc<Names>,
    /// Parts of their names together.
    together: Arc<Names>,
    /// The whole names alone.
    whole: Arc<Names>,
}

impl Youths {
    /// The youths of some cases.
    pub fn of<'c>(cases: impl IntoIterator<Item = &'c Case>) -> Self {
        Self::of_names(cases.into_iter().flat_map(youths_of))
    }

    /// Youths by their names.
    pub fn of_names<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let (mut parts, mut together, mut whole) =
            (Names::default(), Names::default(), Names::default());
        let mut keys = HashSet::new();
        for name in names {
            if keys.insert(name_key(name)) {
                parts.add_parts(name);
                together.add_together(name);
                whole.add_whole(name);
            }
        }
        let (parts, together, whole) = (Arc::new(parts), Arc::new(together), Arc::new(whole));
        Self { keys: Arc::new(keys), parts, together, whole }
    }

    /// A text about others, who may share a part of the name of a youth, or of places and offices.
    pub fn about_others(&self, text: &str) -> String {
        replaced(&[&self.whole], &withheld(text), TextKind::Typed, YOUTH)
    }

    fn is_one(&self, defendant: &Defendant) -> bool {
        defendant.youth || self.keys.contains(&name_key(&defendant.name))
    }

    /// What of one case others may read. Of its own youths no part of the name, of those of other cases no two parts
    /// together; in the name of the case also no part that is not explained by somebody else who is charged in it.
    pub fn masked(&self, case: &Case) -> Masked {
        if self.keys.is_empty() {
            return Masked::default();
        }
        let (youths, others): (Vec<&Defendant>, Vec<&Defendant>) =
            case.defendants.iter().partition(|defendant| self.is_one(defendant));
        let own = Self::of_names(youths.iter().map(|youth| youth.name.as_str()));
        let explained: HashSet<String> =
            others.iter().flat_map(|other| Names::alone(&other.name)).collect();
        Masked {
            in_titles: match explained.is_empty() {
                true => Arc::clone(&self.parts),
                false => Arc::new(self.parts.without(&explained)),
            },
            own: own.parts,
            youths: self.clone(),
            names_youths: false,
        }
    }
}

/// Takes out of texts what others may not read.
#[derive(Debug, Clone, Default)]
pub struct Masked {
    /// Any part of the names of the youths of the case.
    own: Arc<Names>,
    /// Any part of a name of a youth that nobody else explains.
    in_titles: Arc<Names>,
    youths: Youths,
    /// Whether youths are named all the same, on the screen of the office.
    names_youths: bool,
}

impl Masked {
    /// For the youths of one case.
    pub fn of(case: &Case) -> Self {
        Youths::of(std::iter::once(case)).masked(case)
    }

    /// Typed words without any part of a name of a youth, and without personal data.
    pub fn text(&self, text: &str) -> String {
        replaced(&self.lists(), &withheld(text), TextKind::Typed, YOUTH)
    }

    /// The same for words of this program, of which none begins with a capital but names.
    fn said(&self, text: &str) -> String {
        replaced(&self.lists(), &withheld(text), TextKind::Said, YOUTH)
    }

    /// The name of the case.
    pub fn case_title(&self, title: &str) -> String {
        replaced(&self.lists_for_titles(), &withheld(title), TextKind::Path, YOUTH)
    }

    /// A text about others, who may share a part of the name of a youth.
    pub fn about_others(&self, text: &str) -> String {
        self.youths.about_others(text)
    }

    /// What a case is called in place of its name: a number, or the path of its manifest.
    pub fn reference(&self, reference: &str) -> String {
        display(&self.path(Path::new(reference)))
    }

    /// The title of a document. One that names a youth says too much besides the name, and gives way to what the document is.
    pub fn title(&self, title: &str, what: &str) -> String {
        match are_in(&self.lists(), title, TextKind::Typed) {
            true => what.to_owned(),
            false => withheld(title),
        }
    }

    /// A path, of which a folder may have the name of a youth.
    pub fn path(&self, path: &Path) -> PathBuf {
        let path = withheld(&display(path));
        PathBuf::from(replaced(&self.lists_for_titles(), &path, TextKind::Path, YOUTH))
    }

    fn lists(&self) -> [&Names; 2] {
        [&self.own, &self.youths.together]
    }

    fn lists_for_titles(&self) -> [&Names; 3] {
        [&self.own, &self.youths.together, &self.in_titles]
    }

    /// A defendant's name, as it may be printed.
    fn name(&self, defendant: &Defendant) -> String {
        match self.youths.is_one(defendant) && !self.names_youths {
            true => YOUTH.to_owned(),
            false => self.youths.about_others(&defendant.name),
        }
    }

    fn optional(&self, text: &mut Option<String>) {
        if let Some(text) = text {
            *text = self.text(text);
        }
    }

    fn case(&self, case: &Case) -> Case {
        let mut case = case.clone();
        case.manifest = self.path(&case.manifest);
        case.title = self.case_title(&case.title);
        // A court may have the name of a place, and a youth, too.
        case.court = case.court.as_deref().map(|court| self.youths.about_others(court));
        for defendant in &mut case.defendants {
            defendant.name = self.name(defendant);
            self.optional(&mut defendant.held_at);
            for charge in &mut defendant.charges {
                charge.offence = self.text(&charge.offence);
                self.optional(&mut charge.no_custody_limit);
            }
        }
        if let Some(hearing) = &mut case.hearing {
            self.optional(&mut hearing.kind);
            let room = hearing.courtroom.as_deref();
            hearing.courtroom = room.map(|room| self.youths.about_others(room));
            if let Some(prosecutor) = &mut hearing.prosecutor {
                *prosecutor = self.youths.about_others(prosecutor);
            }
        }
        case
    }

    fn listed(&self, listed: &Listed) -> Listed {
        let missing = listed.missing.iter();
        let findings = listed.findings.iter();
        Listed {
            case: self.case(&listed.case),
            readiness: listed.readiness,
            missing: missing.map(|item| self.missing(item)).collect(),
            findings: findings.map(|finding| self.finding(&listed.case, finding)).collect(),
            bundle_pages: listed.bundle_pages,
            youths: listed.youths.clone(),
        }
    }

    fn missing(&self, item: &MissingItem) -> MissingItem {
        let mut item = item.clone();
        item.title = self.title(&item.title, item.what);
        self.optional(&mut item.supplier);
        item
    }

    fn finding(&self, case: &Case, finding: &Finding) -> Finding {
        let mut finding = finding.clone();
        finding.message = self.said(&finding.message);
        finding.hint = finding.hint.as_deref().map(|hint| self.said(hint));
        if let Some(document) = &mut finding.document {
            document.title = self.title(&document.title, what_of(case, document));
            let file = document.file.as_deref().map(Path::new);
            document.file = file.map(|file| display(&self.path(file)));
        }
        finding
    }
}

/// What a document is, by its form or class.
pub fn what(document: &Document) -> &'static str {
    disclosure::class_of(document).map_or(DOCUMENT, |class| class.name.as_str())
}

fn what_of(case: &Case, of: &DocumentRef) -> &'static str {
    let listed = |section: &Section, document: &&Document| {
        section.letter.as_str() == of.section && document.title == of.title
    };
    let mut documents = case.sections.iter().flat_map(|section| {
        let documents = section.documents.iter();
        documents.filter(move |document| listed(section, document))
    });
    documents.next().map_or(DOCUMENT, what)
}

/// Cases as others may see them. Who is known to be a youth in one case goes unnamed in all.
pub fn public(listed: &[Listed]) -> Vec<Listed> {
    let youths = known(listed);
    listed.iter().map(|listed| youths.masked(&listed.case).listed(listed)).collect()
}

/// The youths of all cases that were read, also of those that are not listed, as far as they are known.
fn known(listed: &[Listed]) -> Youths {
    let read = listed.iter().map(|one| &one.youths).find(|youths| !youths.keys.is_empty());
    read.cloned().unwrap_or_else(|| Youths::of(listed.iter().map(|one| &one.case)))
}

/// The names of the youths of a case.
pub fn youths_of(case: &Case) -> impl Iterator<Item = &str> {
    let youths = case.defendants.iter().filter(|defendant| defendant.youth);
    youths.map(|youth| youth.name.as_str())
}

/// Cases as the office sees them: with the names of youths, and without addresses and telephone numbers.
pub fn for_the_office(listed: &[Listed]) -> Vec<Listed> {
    let masked = Masked { names_youths: true, ..Masked::default() };
    listed.iter().map(|one| masked.listed(one)).collect()
}

/// Public cases in words for everybody who passes: no form of the prosecution by name, and nothing of what it keeps to itself.
pub fn neutral(listed: &[Listed]) -> Vec<Listed> {
    let names_form = |text: &str| disclosure::named_in(text).is_some();
    let is_internal =
        |what: &str| disclosure::find(what).is_some_and(disclosure::Class::is_internal);
    let one = |listed: &Listed| {
        let mut listed = listed.clone();
        for item in &mut listed.missing {
            if names_form(&item.title) || is_internal(item.what) {
                DOCUMENT.clone_into(&mut item.title);
            }
        }
        for finding in &mut listed.findings {
            let named = finding.document.as_ref();
            let internal =
                named.is_some_and(|document| is_internal(what_of(&listed.case, document)));
            if let Some(document) = &mut finding.document
                && (internal || names_form(&document.title))
            {
                DOCUMENT.clone_into(&mut document.title);
            }
            if internal || names_form(&finding.message) {
                "a matter to settle".clone_into(&mut finding.message);
            }
        }
        let kind = listed.case.hearing.as_mut().and_then(|one| one.kind.as_mut());
        if let Some(kind) = kind.filter(|kind| names_form(kind)) {
            "hearing".clone_into(kind);
        }
        listed
    };
    listed.iter().map(one).collect()
}

/// Manifests that could not be read, as others may see them, beside the cases that could.
pub fn public_unread(unread: &[Unread], listed: &[Listed]) -> Vec<Unread> {
    let youths = known(listed);
    let one = |unread: &Unread| {
        let own = Youths::of_names(unread.youths.iter().map(String::as_str));
        let masked = Masked {
            in_titles: Arc::clone(&youths.parts),
            own: own.parts,
            youths: youths.clone(),
            names_youths: false,
        };
        let mut findings = unread.findings.clone();
        for finding in &mut findings {
            finding.message = masked.said(&finding.message);
        }
        Unread { manifest: masked.path(&unread.manifest), findings, youths: Vec::new() }
    };
    unread.iter().map(one).collect()
}

/// The names of youths in a manifest that cannot be used; where it is no TOML, every name that stands there.
pub fn youths_in(manifest: &str) -> Vec<String> {
    let names = |table: &toml::Table| -> Vec<String> {
        let defendants = table.get("defendant").and_then(toml::Value::as_array);
        defendants
            .into_iter()
            .flatten()
            .filter(|one| one.get("youth").and_then(toml::Value::as_bool) != Some(false))
            .filter_map(|one| Some(one.get("name")?.as_str()?.to_owned()))
            .collect()
    };
    match toml::from_str::<toml::Table>(manifest) {
        Ok(table) => names(&table),
        Err(_) => manifest
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("name"))
            .filter_map(|rest| rest.trim_start().strip_prefix('='))
            .map(|value| value.trim().to_owned())
            .collect(),
    }
}

/// A defendant's name as it may be printed for others.
pub fn public_name(defendant: &Defendant) -> &str {
    if defendant.youth { YOUTH } else { &defendant.name }
}

#[cfg(test)]
mod tests {
    use super::super::listing::tests::listed;
    use super::*;

    fn case(title: &str, defendants: &str) -> Listed {
        listed("bundle.toml", &format!("[case]\ntitle = \"{title}\"\n{defendants}"))
    }

    fn masked(defendants: &str) -> Masked {
        Masked::of(&case("R v X", defendants).case)
    }

    #[test]
    fn every_part_of_a_youths_name_goes_and_no_more() {
        let masked = masked(
            "[[defendant]]\nname = \"Casey Ŵyn-Ddu\"\nyouth = true\n[[defendant]]\nname = \"Ann Ash\"\n",
        );
        for (text, public) in [
            ("R v Ŵyn-Ddu", "R v a youth"),
            ("R v ŴYN-DDU and Ash", "R v a youth and Ash"),
            ("R v Wyn Ddu", "R v a youth"),
            ("Statement of Casey Ŵyn-Ddu's mother", "Statement of a youth's mother"),
            ("Ŵyn-Ddu, Casey: interview", "a youth: interview"),
            ("Caseyville report", "Caseyville report"),
            ("R v C Ŵyn-Ddu and C.W.", "R v a youth and C.W."),
            ("WʼYN DDU", "a youth"),
            ("cases/casey_wyn-ddu/bundle.toml", "cases/a youth/bundle.toml"),
            ("Burglary with CASEY, 07700 900123", "Burglary with a youth, […]"),
        ] {
            assert_eq!(masked.text(text), public);
            assert_eq!(masked.case_title(text), public);
        }
        assert_eq!(masked.title("Interview of Casey", "MG15"), "MG15");
        assert_eq!(masked.title("Interview of Ann Ash", "MG15"), "Interview of Ann Ash");
        assert_eq!(masked.youths.about_others("A Casey"), "A Casey");
        assert_eq!(masked.youths.about_others("casey wynddu"), "a youth");
    }

    #[test]
    fn a_youth_goes_unnamed_in_the_other_cases_and_others_of_the_name_do_not() {
        let young = "[[defendant]]\nname = \"Casey Ŵyn-Ddu\"\nyouth = true\n\
             [[defendant]]\nname = \"Robin Smith\"\nyouth = true\n";
        let cases = [
            case("R v Wyn Ddu and Smith", young),
            case("R v Ddu", ""),
            case("R v Wyn-Ddu and Ash", "[[defendant]]\nname = \"Ann Ash\"\n"),
            case("R v WYN DDU", "[[defendant]]\nname = \"Wyn Ddu, Casey\"\n"),
            case("R v Smith", "[[defendant]]\nname = \"Ann Smith\"\n"),
            case("R v R Smith and Smith", "[[defendant]]\nname = \"Ann Smith\"\n"),
        ];
        let shown: Vec<(String, String)> = public(&cases)
            .into_iter()
            .map(|one| {
                let names = one.case.defendants.iter().map(|one| one.name.clone());
                (one.case.title.clone(), Vec::from_iter(names).join(", "))
            })
            .collect();
        let of = |title: &str, names: &str| (title.to_owned(), names.to_owned());
        assert_eq!(
            shown,
            [
                of("R v a youth and a youth", "a youth, a youth"),
                of("R v a youth", ""),
                of("R v a youth and Ash", "Ann Ash"),
                of("R v a youth", "a youth"),
                of("R v Smith", "Ann Smith"),
                of("R v a youth and Smith", "Ann Smith"),
            ]
        );
    }

    #[test]
    fn without_a_youth_nothing_is_changed() {
        let masked = masked("[[defendant]]\nname = \"Ann Ash\"\n");
        assert_eq!(masked.text("R v Ash"), "R v Ash");
    }

    #[test]
    fn the_names_of_a_manifest_with_errors_are_known() {
        let table = "[[defendant]]\nname = \"A B\"\nyouth = true\n[[defendant]]\nname = \"C D\"\nyouth = false\n";
        assert_eq!(youths_in(table), ["A B"]);
        assert_eq!(youths_in(&format!("{table}oh no")), ["\"A B\"", "\"C D\""]);
    }
}
