//! What lists, boards, letters and calendars may say, as others than the prosecution's office may see them: no defendant
//! under 18 by name (Children and Young Persons Act 1933, sections 39 and 49; Youth Justice and Criminal Evidence Act 1999,
//! section 45), no address and no telephone number, wherever the manifest has them. JSON is the office's own and says all.

mod names;

use std::path::{Path, PathBuf};

use names::Names;

use super::listing::{Listed, Unread};
use super::readiness::MissingItem;
use crate::check::display;
use crate::disclosure;
use crate::inspect::withheld;
use crate::manifest::{Case, Defendant, Document, Section};
use crate::model::{DocumentRef, Finding};

/// What stands in place of a name.
pub const YOUTH: &str = "a youth";

/// What stands in place of a title where nothing says what the document is.
const DOCUMENT: &str = "document";

/// Takes out of texts what others may not read.
#[derive(Debug, Clone, Default)]
pub struct Masked {
    /// Any part of the names of the youths.
    parts: Names,
    /// The whole names alone.
    whole: Names,
    /// Whether youths are named all the same, on the screen of the office.
    names_youths: bool,
}

impl Masked {
    /// For the youths of one case.
    pub fn of(case: &Case) -> Self {
        Self::of_all(std::iter::once(case))
    }

    /// For the youths of several cases.
    pub fn of_all<'c>(cases: impl IntoIterator<Item = &'c Case>) -> Self {
        let defendants = cases.into_iter().flat_map(|case| &case.defendants);
        let youths = defendants.filter(|defendant| defendant.youth);
        Self::of_names(youths.map(|youth| youth.name.as_str()))
    }

    /// For some names.
    pub fn of_names<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut masked = Self::default();
        for name in names {
            masked.parts.add_parts(name);
            masked.whole.add_whole(name);
        }
        masked
    }

    /// A text without any part of a name of a youth, and without personal data.
    pub fn text(&self, text: &str) -> String {
        self.parts.replaced(&withheld(text), YOUTH)
    }

    /// A text about others, who may share a part of the name of a youth.
    pub fn about_others(&self, text: &str) -> String {
        self.whole.replaced(&withheld(text), YOUTH)
    }

    /// The title of a document. One that names a youth says too much besides the name, and gives way to what the document is.
    pub fn title(&self, title: &str, what: &str) -> String {
        match self.parts.are_in(title) {
            true => what.to_owned(),
            false => withheld(title),
        }
    }

    /// A path, of which a folder may have the name of a youth.
    pub fn path(&self, path: &Path) -> PathBuf {
        PathBuf::from(self.text(&display(path)))
    }

    fn optional(&self, text: &mut Option<String>) {
        if let Some(text) = text {
            *text = self.text(text);
        }
    }

    fn case(&self, case: &Case) -> Case {
        let mut case = case.clone();
        case.manifest = self.path(&case.manifest);
        case.title = self.text(&case.title);
        self.optional(&mut case.court);
        for defendant in &mut case.defendants {
            defendant.name = match defendant.youth && !self.names_youths {
                true => YOUTH.to_owned(),
                false => self.about_others(&defendant.name),
            };
            self.optional(&mut defendant.held_at);
            for charge in &mut defendant.charges {
                charge.offence = self.text(&charge.offence);
            }
        }
        if let Some(hearing) = &mut case.hearing {
            self.optional(&mut hearing.kind);
            self.optional(&mut hearing.courtroom);
            if let Some(prosecutor) = &mut hearing.prosecutor {
                *prosecutor = self.about_others(prosecutor);
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
        finding.message = self.text(&finding.message);
        self.optional(&mut finding.hint);
        if let Some(document) = &mut finding.document {
            document.title = self.title(&document.title, what_of(case, document));
            self.optional(&mut document.file);
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
    let all = Masked::of_all(listed.iter().map(|one| &one.case));
    let one = |listed: &Listed| {
        let mut masked = Masked::of(&listed.case);
        masked.parts.add(&all.whole);
        masked.whole.add(&all.whole);
        masked.listed(listed)
    };
    listed.iter().map(one).collect()
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
    let all = Masked::of_all(listed.iter().map(|one| &one.case));
    let one = |unread: &Unread| {
        let mut masked = Masked::of_names(unread.youths.iter().map(String::as_str));
        masked.parts.add(&all.whole);
        let mut findings = unread.findings.clone();
        for finding in &mut findings {
            finding.message = masked.text(&finding.message);
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

/// The short name of a case as others may see it.
pub fn public_title(case: &Case) -> String {
    Masked::of(case).text(&case.title)
}

/// A defendant's name as it may be printed for others.
pub fn public_name(defendant: &Defendant) -> &str {
    if defendant.youth { YOUTH } else { &defendant.name }
}

#[cfg(test)]
mod tests {
    use super::super::listing::tests::listed;
    use super::*;

    fn masked(defendants: &str) -> Masked {
        let manifest = format!("[case]\ntitle = \"R v X\"\n{defendants}");
        Masked::of(&listed("bundle.toml", &manifest).case)
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
            ("cases/casey_wyn-ddu/bundle.toml", "cases/a youth/bundle.toml"),
            ("Burglary with CASEY, 07700 900123", "Burglary with a youth, […]"),
        ] {
            assert_eq!(masked.text(text), public);
        }
        assert_eq!(masked.title("Interview of Casey", "MG15"), "MG15");
        assert_eq!(masked.title("Interview of Ann Ash", "MG15"), "Interview of Ann Ash");
        assert_eq!(masked.about_others("A Casey"), "A Casey");
        assert_eq!(masked.about_others("casey wynddu"), "a youth");
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
