//! The fixed words of the sheets, in English and in Welsh.

use jiff::civil::Date;

use crate::manifest::Language;

/// The fixed words in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words {
    /// What the bookmark of the cover is called.
    pub cover: &'static str,
    /// Before the number of a courtroom.
    pub courtroom: &'static str,
    /// The heading of the index.
    pub index: &'static str,
    /// The heading of its further pages.
    pub index_continued: &'static str,
    /// The head of the column of running numbers.
    pub number: &'static str,
    /// The head of the column of titles.
    pub document: &'static str,
    /// The head of the column of dates.
    pub date: &'static str,
    /// The head of the column of exhibit references and forms.
    pub reference: &'static str,
    /// The head of the column of pages.
    pub pages: &'static str,
    /// Instead of a date.
    pub undated: &'static str,
    /// Said of a document not yet held.
    pub to_follow: &'static str,
    /// Before a section's letter.
    pub section: &'static str,
    /// Before the court's number of the case.
    pub case_number: &'static str,
    /// Before the unique reference number.
    pub urn: &'static str,
    /// Over the name of one defendant.
    pub defendant: &'static str,
    /// Over the names of several defendants.
    pub defendants: &'static str,
    /// Before the version.
    pub version: &'static str,
    /// The heading of a placeholder sheet.
    pub document_to_follow: &'static str,
    /// Before the name of whoever is to supply a document.
    pub supplier: &'static str,
    /// Before the date on which a document is due.
    pub due: &'static str,
    /// Where no such date is known.
    pub no_date_given: &'static str,
    /// Where nobody is named to supply a document.
    pub nobody_named: &'static str,
    /// What a placeholder sheet is for.
    pub keeps_the_place: &'static str,
}

const ENGLISH: Words = Words {
    cover: "Cover",
    courtroom: "Courtroom",
    index: "Index",
    index_continued: "Index (continued)",
    number: "No",
    document: "Document",
    date: "Date",
    reference: "Reference",
    pages: "Pages",
    undated: "undated",
    to_follow: "to follow",
    section: "Section",
    case_number: "Case number",
    urn: "URN",
    defendant: "Defendant",
    defendants: "Defendants",
    version: "Version",
    document_to_follow: "Document to follow",
    supplier: "To be supplied by",
    due: "Due",
    no_date_given: "no date given",
    nobody_named: "not stated",
    keeps_the_place: "This sheet keeps the document’s place in the bundle.",
};

const WELSH: Words = Words {
    cover: "Clawr",
    courtroom: "Ystafell Llys",
    index: "Mynegai",
    index_continued: "Mynegai (parhad)",
    number: "Rhif",
    document: "Dogfen",
    date: "Dyddiad",
    reference: "Cyfeirnod",
    pages: "Tudalennau",
    undated: "heb ddyddiad",
    to_follow: "i ddilyn",
    section: "Adran",
    case_number: "Rhif yr achos",
    urn: "URN",
    defendant: "Diffynnydd",
    defendants: "Diffynyddion",
    version: "Fersiwn",
    document_to_follow: "Dogfen i ddilyn",
    supplier: "I’w darparu gan",
    due: "Erbyn",
    no_date_given: "ni roddwyd dyddiad",
    nobody_named: "heb ei nodi",
    keeps_the_place: "Mae’r ddalen hon yn cadw lle’r ddogfen yn y bwndel.",
};

impl Words {
    /// What the cover says of documents that are still to follow.
    pub(super) fn documents_to_follow(&self, count: usize) -> Option<String> {
        let welsh = self.index == WELSH.index;
        match (count, welsh) {
            (0, _) => None,
            (1, false) => Some("1 document is to follow; a sheet keeps its place.".to_owned()),
            (_, false) => {
                Some(format!("{count} documents are to follow; a sheet keeps the place of each."))
            }
            (_, true) => {
                Some(format!("Dogfennau i ddilyn: {count}. Mae dalen yn cadw lle pob un."))
            }
        }
    }
}

/// The fixed words of a language.
pub(crate) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Welsh => &WELSH,
    }
}

/// The names of the months, January first.
pub(crate) fn month_names(language: Language) -> &'static [&'static str; 12] {
    match language {
        Language::English => &[
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        Language::Welsh => &[
            "Ionawr",
            "Chwefror",
            "Mawrth",
            "Ebrill",
            "Mai",
            "Mehefin",
            "Gorffennaf",
            "Awst",
            "Medi",
            "Hydref",
            "Tachwedd",
            "Rhagfyr",
        ],
    }
}

/// A date as people write it, such as `2 June 2026` or `2 Mehefin 2026`.
pub(crate) fn date_in_words(date: Date, language: Language) -> String {
    let month = usize::try_from(date.month()).ok();
    let month = month.and_then(|m| month_names(language).get(m.checked_sub(1)?));
    // A civil date has a month from 1 to 12, so the ISO form never shows.
    month
        .map_or_else(|| date.to_string(), |month| format!("{} {month} {}", date.day(), date.year()))
}

/// How many pages there are. Welsh has the singular after a number.
pub(super) fn page_count(pages: u32, language: Language) -> String {
    match (language, pages) {
        (Language::English, 1) => "1 page".to_owned(),
        (Language::English, _) => format!("{pages} pages"),
        (Language::Welsh, _) => format!("{pages} tudalen"),
    }
}

/// How many names the cover had no room for.
pub(super) fn and_others(count: usize, language: Language) -> String {
    match (language, count) {
        (Language::English, 1) => "and 1 other".to_owned(),
        (Language::English, _) => format!("and {count} others"),
        (Language::Welsh, _) => format!("hefyd: {count} arall"),
    }
}

/// The court as the heading of a court document: `IN THE CROWN COURT AT LEEDS`.
pub(super) fn court_heading(court: &str) -> String {
    let court = court.trim().to_uppercase();
    let welsh = court.starts_with("LLYS") || court.starts_with("Y LLYS");
    let whole = ["IN ", "YN ", "BEFORE ", "GERBRON "];
    if whole.iter().any(|start| court.starts_with(start)) {
        court
    } else if welsh {
        format!("YN {court}")
    } else {
        format!("IN THE {}", court.trim_start_matches("THE "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_written_in_the_language() {
        let day = date(2026, 6, 2);
        assert_eq!(date_in_words(day, Language::English), "2 June 2026");
        assert_eq!(date_in_words(day, Language::Welsh), "2 Mehefin 2026");
        let day = date(2026, 12, 31);
        assert_eq!(date_in_words(day, Language::Welsh), "31 Rhagfyr 2026");
    }

    #[test]
    fn the_court_becomes_a_heading_once() {
        let heading = "IN THE CROWN COURT AT LEEDS";
        assert_eq!(court_heading("Crown Court at Leeds"), heading);
        assert_eq!(court_heading("The Crown Court at Leeds"), heading);
        assert_eq!(court_heading("In the Crown Court at Leeds"), heading);
        assert_eq!(court_heading("Llys y Goron yn Abertawe"), "YN LLYS Y GORON YN ABERTAWE");
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        assert_eq!(page_count(1, Language::English), "1 page");
        assert_eq!(page_count(345, Language::English), "345 pages");
        assert_eq!(page_count(345, Language::Welsh), "345 tudalen");
        assert_eq!(and_others(2, Language::English), "and 2 others");
    }
}
