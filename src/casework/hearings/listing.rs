//! The court list: the hearings of many cases by day, court, courtroom and time.

use std::cmp::Ordering;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, Time};

use super::courtroom::{court_key, room_key, short_room};
use super::privacy::{Youths, youths_in};
use super::readiness::{MissingItem, Readiness, missing};
use crate::bundle::built_pages;
use crate::check::{Evidence, Examined};
use crate::draft::natural;
use crate::manifest::{Case, Hearing, RemandStatus, Session};
use crate::model::Finding;

/// A case as the desk sees it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The case.
    pub case: Case,
    /// How ready it is.
    pub readiness: Readiness,
    /// The required and the expected documents that are not there.
    pub missing: Vec<MissingItem>,
    /// Everything that `check` found.
    pub findings: Vec<Finding>,
    /// The pages of its bundle, where one is built.
    pub bundle_pages: Option<u32>,
    /// The youths of all cases that were read with it.
    pub youths: Youths,
}

/// A manifest that could not be read, so that nobody knows when its case is heard.
#[derive(Debug, Clone)]
pub struct Unread {
    /// The manifest as the user named it.
    pub manifest: PathBuf,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// The names in it that may be those of youths.
    pub youths: Vec<String>,
}

/// One courtroom on one day.
#[derive(Debug, Clone)]
pub struct Sitting<'l> {
    /// The day.
    pub date: Date,
    /// The court, where stated.
    pub court: Option<&'l str>,
    /// The courtroom, without the word for it, where one is allocated.
    pub courtroom: Option<String>,
    /// The hearings in the order of time; those without a time last.
    pub hearings: Vec<&'l Listed>,
}

impl Unread {
    /// A manifest that gave no case.
    pub fn new(manifest: &Path, findings: Vec<Finding>) -> Self {
        let text = fs::read_to_string(manifest);
        Self {
            manifest: manifest.to_path_buf(),
            findings,
            youths: text.map(|text| youths_in(&text)).unwrap_or_default(),
        }
    }
}

impl Listed {
    /// A case after all of it has been examined.
    pub fn new(case: Case, evidence: &Evidence, examined: Examined) -> Self {
        Self {
            readiness: Readiness::of(&examined),
            missing: missing(&case, evidence),
            bundle_pages: built_pages(&case),
            youths: Youths::default(),
            findings: examined.findings,
            case,
        }
    }

    /// How many documents somebody is to send still.
    pub fn missing_count(&self) -> usize {
        self.missing.iter().filter(|item| item.state.is_awaited()).count()
    }

    /// The day of the hearing.
    pub fn date(&self) -> Option<Date> {
        self.hearing()?.date
    }

    /// The hearing.
    pub fn hearing(&self) -> Option<&Hearing> {
        self.case.hearing.as_ref()
    }

    /// The time of the hearing.
    pub fn time(&self) -> Option<Time> {
        self.hearing()?.time
    }

    /// The courtroom.
    pub fn courtroom(&self) -> Option<&str> {
        self.hearing()?.courtroom.as_deref()
    }

    /// The half of the day, as stated or by the time.
    pub fn session(&self) -> Option<Session> {
        let hearing = self.hearing()?;
        hearing.session.or(hearing.time.map(Session::of))
    }

    /// The URN, or nothing.
    pub fn urn(&self) -> Option<&str> {
        self.case.urn.as_ref().map(|urn| urn.as_str())
    }

    /// The court's own number, or nothing.
    pub fn court_case_number(&self) -> Option<&str> {
        self.case.court_case_number.as_ref().map(|number| number.as_str())
    }

    /// What the case is known by: its URN, or else the court's own number.
    pub fn reference(&self) -> Option<&str> {
        self.urn().or_else(|| self.court_case_number())
    }

    /// The strictest remand among the defendants.
    pub fn remand(&self) -> Option<RemandStatus> {
        let remands = self.case.defendants.iter().filter_map(|one| one.remand);
        remands.max_by_key(|remand| match remand {
            RemandStatus::Bail => 0,
            RemandStatus::ConditionalBail => 1,
            RemandStatus::SecureUnit => 2,
            RemandStatus::Custody => 3,
        })
    }
}

impl RemandStatus {
    /// The word of the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bail => "bail",
            Self::ConditionalBail => "conditional-bail",
            Self::Custody => "custody",
            Self::SecureUnit => "secure-unit",
        }
    }

    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Bail => "bail",
            Self::ConditionalBail => "conditional bail",
            Self::Custody => "custody",
            Self::SecureUnit => "secure unit",
        }
    }
}

/// The hearings that have a day, by day, court, courtroom (2 before 10) and time. Where no court or no
/// courtroom is stated comes last.
pub fn sittings(listed: &[Listed]) -> Vec<Sitting<'_>> {
    let mut dated: Vec<(Date, &Listed)> =
        listed.iter().filter_map(|listed| Some((listed.date()?, listed))).collect();
    dated.sort_by(|(a_date, a), (b_date, b)| {
        a_date
            .cmp(b_date)
            .then_with(|| natural_or_last(a.court().as_deref(), b.court().as_deref()))
            .then_with(|| natural_or_last(a.room().as_deref(), b.room().as_deref()))
            .then_with(|| a.in_sitting().cmp(&b.in_sitting()))
    });
    let mut sittings: Vec<Sitting<'_>> = Vec::new();
    for (date, listed) in dated {
        let is_there = |sitting: &&mut Sitting<'_>| {
            let mut first = sitting.hearings.first().into_iter();
            sitting.date == date
                && first.any(|one| (one.court(), one.room()) == (listed.court(), listed.room()))
        };
        match sittings.last_mut().filter(is_there) {
            Some(last) => last.hearings.push(listed),
            None => sittings.push(Sitting {
                date,
                court: listed.case.court.as_deref(),
                courtroom: listed.courtroom().map(short_room),
                hearings: vec![listed],
            }),
        }
    }
    sittings
}

impl Listed {
    /// The court as it is compared.
    fn court(&self) -> Option<String> {
        self.case.court.as_deref().map(court_key)
    }

    /// The courtroom as it is compared.
    fn room(&self) -> Option<String> {
        self.courtroom().map(room_key)
    }

    /// The place within a sitting.
    fn in_sitting(&self) -> impl Ord + '_ {
        let (time, session) = (self.time(), self.session());
        (
            session.is_none(),
            session,
            time.is_none(),
            time,
            self.urn().map(str::to_owned),
            self.case.manifest.clone(),
        )
    }
}

/// Texts in natural order; none comes last.
pub(crate) fn natural_or_last(a: Option<&str>, b: Option<&str>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => natural::compare(a, b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::path::Path;

    use super::*;
    use crate::manifest::parse;

    /// A case of which only the manifest is known.
    pub(in crate::casework) fn listed(name: &str, manifest: &str) -> Listed {
        let reading = parse(manifest, Path::new(name));
        Listed {
            case: reading.case.unwrap_or_else(|| panic!("{:?}", reading.findings)),
            readiness: Readiness::Ready,
            missing: Vec::new(),
            findings: Vec::new(),
            bundle_pages: None,
            youths: Youths::default(),
        }
    }

    fn heard(name: &str, court: &str, lines: &str) -> Listed {
        listed(name, &format!("[case]\ntitle = \"R v {name}\"\n{court}\n[hearing]\n{lines}"))
    }

    #[test]
    fn hearings_stand_by_day_court_room_and_time() {
        let leeds = "court = \"Leeds\"";
        let cases = [
            heard("a", leeds, "date = 2026-11-24\ncourtroom = \"10\"\ntime = 10:00:00"),
            heard("b", leeds, "date = 2026-11-24\ncourtroom = \"2\""),
            heard("c", leeds, "date = 2026-11-24\ncourtroom = \"2\"\ntime = 14:00:00"),
            heard("d", leeds, "date = 2026-11-24\ncourtroom = \"2\"\ntime = 09:30:00"),
            heard("e", leeds, "date = 2026-11-23\ncourtroom = \"5\""),
            heard("f", "", "date = 2026-11-24\ncourtroom = \"1\""),
            heard("g", leeds, "date = 2026-11-24\ntime = 10:00:00"),
            heard("h", leeds, "courtroom = \"1\""),
            heard(
                "i",
                "court = \"LEEDS\"",
                "date = 2026-11-24\ncourtroom = \"Courtroom 2\"\nsession = \"morning\"",
            ),
        ];
        let told: Vec<String> = sittings(&cases)
            .iter()
            .map(|sitting| {
                let names = sitting.hearings.iter().map(|one| one.case.title.replace("R v ", ""));
                let room = sitting.courtroom.as_deref().unwrap_or("-");
                format!("{room}: {}", Vec::from_iter(names).join(" "))
            })
            .collect();
        assert_eq!(told, ["5: e", "2: d i c b", "10: a", "-: g", "1: f"]);
    }

    #[test]
    fn the_session_is_the_stated_one_or_by_the_time() {
        let session = |lines: &str| heard("x", "", lines).session();
        assert_eq!(session("time = 12:59:00"), Some(Session::Morning));
        assert_eq!(session("time = 13:00:00"), Some(Session::Afternoon));
        assert_eq!(session("time = 12:59:00\nsession = \"afternoon\""), Some(Session::Afternoon));
        assert_eq!(session("courtroom = \"1\""), None);
    }
}
