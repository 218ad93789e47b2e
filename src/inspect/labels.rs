//! Labels of the back page of a witness statement.

use super::LeakKind;
use super::headings::look;

/// Labels of the back page of a witness statement, which no other form has.
const WITNESS_LABELS: [&str; 10] = [
    "WITNESSCONTACTDETAILS",
    "PREFERREDMEANSOFCONTACT",
    "DATESOFWITNESSNONAVAILABILITY",
    "DATESOFWITNESSUNAVAILABILITY",
    "ISTHEWITNESSWILLINGTOATTENDCOURT",
    "WHATCANBEDONETOENSUREATTENDANCE",
    "WITNESSCONSENT",
    "DOESTHEWITNESSREQUIREASPECIALMEASURESASSESSMENT",
    "DOESTHEWITNESSREQUIREASPECIALMEASURESASSESSMENTASAVULNERABLEORINTIMIDATEDWITNESS",
    "DOESTHEWITNESSHAVEANYPARTICULARNEEDS",
];

/// Labels that stand there, and on other forms too.
const CONTACT_LABELS: [&str; 7] = [
    "DATEANDPLACEOFBIRTH",
    "HOMEADDRESS",
    "HOMETELEPHONENUMBER",
    "HOMETELEPHONENO",
    "HOMETELEPHONE",
    "WORKTELEPHONENUMBER",
    "WORKTELEPHONENO",
];

/// Labels of the back page of a witness statement that begin at a word of a line and fill it, or are followed by what
/// follows labels.
pub(super) fn labels(text: &str) -> Vec<LeakKind> {
    let starts = std::iter::once(0).chain(text.match_indices([' ', '\t']).map(|(at, _)| at + 1));
    let at_start = |labels: &[&str]| {
        starts.clone().any(|start| {
            let rest = text.get(start..).unwrap_or_default();
            rest.starts_with(char::is_uppercase) && labels.iter().any(|label| is_label(rest, label))
        })
    };
    if at_start(&WITNESS_LABELS) {
        return vec![LeakKind::BackPage { certain: true }];
    }
    if at_start(&CONTACT_LABELS) {
        return vec![LeakKind::BackPage { certain: false }];
    }
    Vec::new()
}

/// Whether a text begins with a label, and goes on as after one.
fn is_label(text: &str, label: &str) -> bool {
    let mut left = label.chars();
    let mut rest = text.chars();
    while !left.as_str().is_empty() {
        match rest.next() {
            None => return false,
            Some(c) if c.is_alphanumeric() => {
                let is_same = left.next().is_some_and(|letter| looks_like(c, letter));
                if !is_same {
                    return false;
                }
            }
            Some(':' | '.' | ';' | '?') => return false,
            Some(_) => {}
        }
    }
    let rest = rest.as_str();
    let after = rest.trim_start();
    let is_word_end = !rest.starts_with(char::is_alphanumeric);
    is_word_end
        && (after.is_empty()
            || after.starts_with([':', '.', '(', '_', '-', '*', '?', '/', '\u{2026}', '['])
            || text.chars().take(label.len() / 2).all(|c| !c.is_lowercase()))
}

fn looks_like(found: char, letter: char) -> bool {
    let found = found.to_ascii_uppercase();
    match (u8::try_from(found), u8::try_from(letter)) {
        (Ok(found), Ok(letter)) => look(found) == look(letter),
        _ => false,
    }
}
