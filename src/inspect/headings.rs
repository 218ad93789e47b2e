//! What headings of forms and protective markings are made of, and whether a line consists of nothing else.

use std::sync::LazyLock;

/// Forms that never leave the prosecution (court-rules B3), and what betrays them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProhibitedForm {
    /// The number or the title of a form that is never served.
    Form(&'static str),
    /// "Not disclosable".
    NotDisclosable,
    /// "Sensitive", as a marking.
    Sensitive,
}

/// A protective marking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Marking {
    /// TOP SECRET.
    TopSecret,
    /// SECRET.
    Secret,
    /// OFFICIAL-SENSITIVE.
    OfficialSensitive,
    /// RESTRICTED, of before 2014.
    Restricted,
    /// CONFIDENTIAL, of before 2014.
    Confidential,
}

/// What a piece of a heading stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadingPart {
    /// The number of a form; a digit that follows would make another form of it.
    Number(&'static str),
    /// The title of a form.
    Title(&'static str),
    NotDisclosable,
    Sensitive,
    Marking(Marking),
    /// The back page of a statement.
    Back,
    /// What stands in headings besides.
    Filler,
}

use HeadingPart::{Back, Filler, NotDisclosable, Number, Sensitive, Title};

/// Letters and digits only, in capitals. Of two that begin alike the longer stands first.
const PIECES: &[(&str, HeadingPart)] = &[
    ("MG11BACKSHEET", Back),
    ("MG11BACKPAGE", Back),
    ("MG11BACK", Back),
    ("MG11REVERSE", Back),
    ("BACKOFMG11", Back),
    ("MG3A", Number("MG3A")),
    ("MG6D", Number("MG6D")),
    ("MG6E", Number("MG6E")),
    // As they are often recognised.
    ("MG60", Number("MG6D")),
    ("MG6O", Number("MG6D")),
    ("MC6D", Number("MG6D")),
    ("MC6E", Number("MG6E")),
    ("MG10", Number("MG10")),
    ("MG17", Number("MG17")),
    ("MG20", Number("MG20")),
    ("MG2", Number("MG2")),
    ("MG3", Number("MG3")),
    ("MG6", Number("MG6")),
    ("MG9", Number("MG9")),
    ("MG1", Number("MG1")),
    ("MG0", Number("MG0")),
    ("CM01", Title("MG3")),
    ("CM02", Title("MG3A")),
    ("FILEFRONTSHEET", Title("MG1")),
    ("SPECIALMEASURESASSESSMENT", Title("MG2")),
    ("INITIALWITNESSASSESSMENT", Title("MG2")),
    ("FURTHERREPORTTOCROWNPROSECUTOR", Title("MG3A")),
    ("REPORTTOCROWNPROSECUTORFORCHARGINGDECISION", Title("MG3")),
    ("REPORTTOCROWNPROSECUTORFORACHARGINGDECISION", Title("MG3")),
    ("REPORTTOCROWNPROSECUTOR", Title("MG3")),
    ("REPORTTOTHECROWNPROSECUTOR", Title("MG3")),
    ("PRECHARGEDECISIONREQUEST", Title("MG3")),
    ("REQUESTFORPRECHARGEDECISION", Title("MG3")),
    ("CASEFILEEVIDENCEANDINFORMATION", Title("MG6")),
    ("CASEFILEEVIDENCEINFORMATION", Title("MG6")),
    ("CASEFILEINFORMATION", Title("MG6")),
    ("POLICESCHEDULEOFRELEVANTSENSITIVEMATERIAL", Title("MG6D")),
    ("POLICESCHEDULEOFRELEVANTSENSITIVEUNUSEDMATERIAL", Title("MG6D")),
    ("POLICESCHEDULEOFSENSITIVEUNUSEDMATERIAL", Title("MG6D")),
    ("POLICESCHEDULEOFSENSITIVEMATERIAL", Title("MG6D")),
    ("SCHEDULEOFRELEVANTSENSITIVEMATERIAL", Title("MG6D")),
    ("SCHEDULEOFRELEVANTSENSITIVEUNUSEDMATERIAL", Title("MG6D")),
    ("SCHEDULEOFSENSITIVEUNUSEDMATERIAL", Title("MG6D")),
    ("SCHEDULEOFSENSITIVEMATERIAL", Title("MG6D")),
    ("SENSITIVEUNUSEDMATERIALSCHEDULE", Title("MG6D")),
    ("SENSITIVEUNUSEDSCHEDULE", Title("MG6D")),
    ("SENSITIVEMATERIALSCHEDULE", Title("MG6D")),
    ("DISCLOSUREOFFICERSREPORT", Title("MG6E")),
    ("DISCLOSUREOFFICERREPORT", Title("MG6E")),
    ("REPORTOFTHEDISCLOSUREOFFICER", Title("MG6E")),
    ("WITNESSNONAVAILABILITY", Title("MG10")),
    ("PROCEEDSOFCRIMEACTREVIEW", Title("MG17")),
    ("PROCEEDSOFCRIMEREVIEW", Title("MG17")),
    ("POCAREVIEW", Title("MG17")),
    ("FURTHEREVIDENCEINFORMATIONREPORT", Title("MG20")),
    ("FURTHEREVIDENCEANDINFORMATIONREPORT", Title("MG20")),
    ("NOTDISCLOSABLE", NotDisclosable),
    ("CHEQUEREDBAND", Filler),
    ("DECISIONLOG", Filler),
    ("ACTIONPLAN", Filler),
    ("PROTECTIVEMARKING", Filler),
    ("SECURITYCLASSIFICATION", Filler),
    ("SECURITYMARKING", Filler),
    ("CLASSIFICATION", Filler),
    ("GPMS", Filler),
    ("GSC", Filler),
    ("HANDLING", Filler),
    ("NOTFORDISCLOSURE", NotDisclosable),
    ("NOTTOBEDISCLOSED", NotDisclosable),
    ("TOPSECRET", HeadingPart::Marking(Marking::TopSecret)),
    ("SECRET", HeadingPart::Marking(Marking::Secret)),
    ("OFFICIALSENSITIVE", HeadingPart::Marking(Marking::OfficialSensitive)),
    ("RESTRICTED", HeadingPart::Marking(Marking::Restricted)),
    ("CONFIDENTIAL", HeadingPart::Marking(Marking::Confidential)),
    ("NONSENSITIVE", Filler),
    ("HIGHLYSENSITIVE", Sensitive),
    ("SENSITIVEUNUSEDMATERIAL", Sensitive),
    ("SENSITIVEMATERIAL", Sensitive),
    ("SENSITIVE", Sensitive),
    ("WHENCOMPLETED", Filler),
    ("WHENCOMPLETE", Filler),
    ("OFFICIAL", Filler),
    ("TOTHEDEFENCE", Filler),
    ("TODEFENCE", Filler),
    ("WITNESSLIST", Filler),
    ("LISTOFWITNESSES", Filler),
    ("FORPOLICEANDPROSECUTIONONLY", Filler),
    ("FORPOLICEANDCPSONLY", Filler),
    ("CONTINUATIONSHEET", Filler),
    ("CONTINUATION", Filler),
    ("CONTINUED", Filler),
    ("CONTD", Filler),
    ("CONT", Filler),
    ("SHEET", Filler),
    ("FORM", Filler),
    ("PAGENO", Filler),
    ("PAGE", Filler),
    ("URN", Filler),
    ("REV", Filler),
    ("VERSION", Filler),
    ("V", Filler),
    ("ISSUE", Filler),
    ("STRAP", Filler),
    ("EYESONLY", Filler),
    ("COMMERCIAL", Filler),
    ("PERSONAL", Filler),
    ("POLICE", Filler),
    ("CPS", Filler),
    ("UK", Filler),
    ("AND", Filler),
    ("COPY", Filler),
    ("DRAFT", Filler),
    ("OF", Filler),
    ("NO", Filler),
];

/// The longest heading that is looked into, in letters and digits.
const LONGEST: usize = 120;

/// The pieces by what they begin with, digits and letters that are mistaken for each other together.
static BY_BEGINNING: LazyLock<[Vec<Spelled>; 128]> = LazyLock::new(|| {
    std::array::from_fn(|letter| {
        let begins = |spelling: &str| {
            let first = spelling.bytes().next();
            first.is_some_and(|first| usize::from(look(first)) == letter)
        };
        let pieces = PIECES.iter().copied();
        pieces.filter(|(spelling, _)| begins(spelling)).collect()
    })
});

/// A piece, and how it is spelled.
type Spelled = (&'static str, HeadingPart);

/// The pieces that a text may begin with.
fn candidates(text: &str) -> &'static [Spelled] {
    let first = text.bytes().next().map_or(0, look);
    BY_BEGINNING.get(usize::from(first)).map_or(&[], Vec::as_slice)
}

/// Whether the letters and digits of a text may begin with a piece: nearly all lines of nearly all pages end here.
pub(super) fn may_begin(text: &str) -> bool {
    if !text.is_ascii() {
        return true;
    }
    let letters = || text.bytes().filter(u8::is_ascii_alphanumeric);
    let looks = || letters().map(|letter| look(letter.to_ascii_uppercase()));
    let (Some(first), Some(beginning)) = (letters().next(), looks().next()) else {
        return false;
    };
    let pieces = BY_BEGINNING.get(usize::from(beginning));
    let begins = |(spelling, _): &Spelled| {
        let mut both = looks().zip(spelling.bytes().map(look));
        both.all(|(one, other)| one == other)
    };
    first.is_ascii_digit() || pieces.into_iter().flatten().any(begins)
}

/// The pieces of a heading; `None` for a line that holds anything else. `text` is squeezed, and
/// `ends_word` says whether a word ends before a position of it.
pub(super) fn pieces(text: &str, ends_word: impl Fn(usize) -> bool) -> Option<Vec<HeadingPart>> {
    if text.is_empty() || text.len() > LONGEST || !text.is_ascii() {
        return None;
    }
    let exactly = |text: &str, spelling: &str| text.starts_with(spelling);
    taken_apart(text, &ends_word, exactly).or_else(|| {
        // Who recognises letters mistakes O for 0, and I and L for 1.
        let is_mixed = text.bytes().any(|byte| byte.is_ascii_digit());
        let taken = is_mixed.then(|| taken_apart(text, &ends_word, looks_like));
        taken.flatten()
    })
}

/// Whether a text begins with something that is spelled so, or looks so.
fn looks_like(text: &str, spelling: &str) -> bool {
    text.len() >= spelling.len()
        && text.bytes().zip(spelling.bytes()).all(|(one, other)| look(one) == look(other))
}

/// One letter for all that are mistaken for each other.
pub(super) fn look(letter: u8) -> u8 {
    match letter {
        b'0' => b'O',
        b'1' | b'L' => b'I',
        letter => letter,
    }
}

fn taken_apart(
    text: &str,
    ends_word: &impl Fn(usize) -> bool,
    begins: fn(&str, &str) -> bool,
) -> Option<Vec<HeadingPart>> {
    let mut taking = HeadingSplit {
        text,
        ends_word,
        begins,
        dead_ends: vec![false; text.len()],
        pieces: Vec::new(),
    };
    taking.goes_on(0).then_some(taking.pieces)
}

/// A text that is being taken apart.
struct HeadingSplit<'t, F> {
    text: &'t str,
    ends_word: &'t F,
    begins: fn(&str, &str) -> bool,
    /// From which positions it is known that the rest cannot be taken apart.
    dead_ends: Vec<bool>,
    pieces: Vec<HeadingPart>,
}

impl<F: Fn(usize) -> bool> HeadingSplit<'_, F> {
    /// Takes what follows a position apart: the longer piece first, digits last.
    fn goes_on(&mut self, start: usize) -> bool {
        let rest = self.text.get(start..).unwrap_or_default();
        if rest.is_empty() {
            return true;
        }
        if self.dead_ends.get(start) == Some(&true) {
            return false;
        }
        for (spelling, piece) in candidates(rest) {
            if self.may_take(start, rest, spelling, *piece)
                && self.take(start, spelling.len(), *piece)
            {
                return true;
            }
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && self.take(start, digits, Filler) {
            return true;
        }
        if let Some(dead_end) = self.dead_ends.get_mut(start) {
            *dead_end = true;
        }
        false
    }

    fn take(&mut self, start: usize, length: usize, piece: HeadingPart) -> bool {
        self.pieces.push(piece);
        let goes_on = self.goes_on(start + length);
        if !goes_on {
            self.pieces.pop();
        }
        goes_on
    }

    fn may_take(&self, start: usize, rest: &str, spelling: &str, piece: HeadingPart) -> bool {
        (self.begins)(rest, spelling) && {
            let after = rest.get(spelling.len()..).unwrap_or_default();
            let another = matches!(piece, Number(_)) && starts_with_digit(after);
            // MG1 with a gap is MG11.
            let may_end = spelling != "MG1" && (self.ends_word)(start + spelling.len());
            !another || may_end
        }
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Vec<HeadingPart>> {
        pieces(text, |_| false)
    }

    #[test]
    fn a_heading_is_told_from_its_neighbours() {
        assert_eq!(of("MG6D"), Some(vec![Number("MG6D")]));
        assert_eq!(of("FORMMG6"), Some(vec![Filler, Number("MG6")]));
        for other in ["MG6C", "MG21", "MG11", "MG5", "SEEMG6D", "MG6DITEM4", "SECRETARY", ""] {
            assert_eq!(of(other), None, "{other}");
        }
        assert_eq!(of("MG61OF3"), None, "MG61, or MG6 page 1");
        assert_eq!(
            pieces("MG61OF3", |at| at == 3).and_then(|pieces| pieces.first().copied()),
            Some(Number("MG6"))
        );
    }

    #[test]
    fn most_lines_are_told_from_headings_by_their_beginning() {
        for text in ["MG 6 D", "mc6e", "12/2021", "  Secret", "- page 3 -", "\u{ff2d}\u{ff27}6D"] {
            assert!(may_begin(text), "{text}");
        }
        for text in ["", " - ", "He walked home", "margin", "Mr Blake said"] {
            assert!(!may_begin(text), "{text}");
        }
    }

    #[test]
    fn the_longer_piece_wins() {
        assert_eq!(
            of("OFFICIALSENSITIVE"),
            Some(vec![HeadingPart::Marking(Marking::OfficialSensitive)])
        );
        assert_eq!(of("NONSENSITIVE"), Some(vec![Filler]));
        assert_eq!(of("TOPSECRET"), Some(vec![HeadingPart::Marking(Marking::TopSecret)]));
    }
}
