//! What must hold of a text that looks like personal data: check digits, prefixes, areas, and what stands beside it.

use std::collections::BTreeSet;

use regex::Captures;
use serde::Deserialize;

use super::numbers::{
    digits, is_card, is_iban, is_insurance_prefix, is_nhs, is_phone, is_phone_of_world, squeezed,
};

/// A check by its name in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Check {
    /// No digits, letters or joints stand right beside it.
    Free,
    Iban,
    Card,
    AccountPair,
    Insurance,
    InsurancePairs,
    NoItem,
    Nhs,
    NhsAlone,
    Phone,
    PhoneOfUk,
    PhoneOfWorld,
    Postcode,
    PostcodeSpaced,
    Plate,
    Consonants,
    Street,
    TypedStreet,
    Written,
    Contact,
}

impl Check {
    pub(super) fn holds(self, found: &Captures<'_>, text: &str) -> bool {
        let whole = whole(found);
        let number = || digits(whole);
        match self {
            Self::Free => stands_free(found, text),
            Self::Iban => is_iban(whole),
            Self::Card => has_one_break(whole) && stands_free(found, text) && is_card(&number()),
            Self::AccountPair => stands_free(found, text) && !ends_with_year(whole),
            Self::Insurance => stands_free(found, text) && is_insurance(found),
            Self::InsurancePairs => {
                stands_free(found, text) && is_insurance(found) && !is_in_numbers(found, text)
            }
            Self::NoItem => !is_item(found, text),
            Self::Nhs => stands_free(found, text) && is_nhs(&number()),
            Self::NhsAlone => stands_free(found, text) && is_nhs(&number()) && is_nhs_alone(whole),
            Self::Phone => stands_free(found, text) && is_phone(&number()),
            Self::PhoneOfUk => ends_free(found, text) && is_phone(&national(whole)),
            Self::PhoneOfWorld => {
                starts_number(found, text) && ends_free(found, text) && is_phone_of_world(whole)
            }
            Self::Postcode => is_postcode(found, text),
            Self::PostcodeSpaced => !ends_with_ordinal(whole) && is_postcode(found, text),
            Self::Plate => stands_free(found, text) && !is_word(whole),
            Self::Consonants => {
                stands_free(found, text) && !ABBREVIATIONS.contains(&group(found, "p"))
            }
            Self::Street => has_one_break(whole) && !is_court(whole) && !is_year(found, text),
            Self::TypedStreet => !has_small_word(group(found, "w")),
            Self::Contact => is_contact(found, text),
            Self::Written => {
                let value = group(found, "v");
                value.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !value.contains('@')
            }
        }
    }
}

fn whole<'t>(found: &Captures<'t>) -> &'t str {
    found.get(0).map_or("", |found| found.as_str())
}

fn group<'t>(found: &Captures<'t>, name: &str) -> &'t str {
    found.name(name).map_or("", |found| found.as_str())
}

fn before<'t>(found: &Captures<'_>, text: &'t str) -> &'t str {
    let start = found.get(0).map_or(0, |found| found.start());
    text.get(..start).unwrap_or_default()
}

fn after<'t>(found: &Captures<'_>, text: &'t str) -> &'t str {
    let end = found.get(0).map_or(0, |found| found.end());
    text.get(end..).unwrap_or_default()
}

fn stands_free(found: &Captures<'_>, text: &str) -> bool {
    let mut before = before(found, text).chars().rev();
    let joined = match before.next() {
        Some('-' | '/' | '.' | '_' | '#') => before.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    !joined && ends_free(found, text)
}

fn ends_free(found: &Captures<'_>, text: &str) -> bool {
    let mut after = after(found, text).chars();
    match after.next() {
        Some('-' | '/' | '.' | '_') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => !c.is_alphanumeric(),
        None => true,
    }
}

/// Whether a plus stands before a number, and not between two.
fn starts_number(found: &Captures<'_>, text: &str) -> bool {
    let before = before(found, text).chars().next_back();
    before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '+' | '.' | '-' | '='))
}

/// Whether it is broken over two rows at the most: what stands in more is a column.
fn has_one_break(text: &str) -> bool {
    text.matches('\n').count() <= 1
}

/// Three pairs of digits and eight more can be two dates.
fn ends_with_year(text: &str) -> bool {
    let digits = digits(text);
    matches!(digits.last_chunk::<8>(), Some([1, 9, ..] | [2, 0, ..]))
}

/// Words that begin a row of numbers, and could be the letters of a National Insurance number.
const WORDS_OF_TWO: [&str; 15] =
    ["ON", "AT", "BY", "AN", "AS", "OR", "AM", "PM", "PC", "PS", "SC", "WE", "HE", "MY", "NO"];

fn is_insurance(found: &Captures<'_>) -> bool {
    let prefix = found.name("p").map_or(0..0, |prefix| prefix.range());
    let letters = squeezed(group(found, "p"));
    let start = found.get(0).map_or(0, |found| found.start());
    let next =
        whole(found).get(prefix.end.saturating_sub(start)..).and_then(|rest| rest.chars().next());
    let is_word =
        next.is_some_and(|next| !next.is_ascii_digit()) && WORDS_OF_TWO.contains(&letters.as_str());
    is_insurance_prefix(&letters) && !is_word
}

/// Whether more numbers stand in the same row beside it.
fn is_in_numbers(found: &Captures<'_>, text: &str) -> bool {
    let before = before(found, text).trim_end_matches([' ', '\t']).chars().next_back();
    let after = after(found, text).trim_start_matches([' ', '\t']).chars().next();
    [before, after].into_iter().flatten().any(|c| c.is_ascii_digit())
}

/// Whether a letter begins a point of a list, of which another stands above.
fn is_item(found: &Captures<'_>, text: &str) -> bool {
    let before = before(found, text);
    let begins = whole(found).starts_with('\n') || before.is_empty() || before.ends_with('\n');
    let lines = before.lines().rev().take(12);
    let is_first = |line: &str| {
        ["a.", "a)", "a ", "(a)", "A.", "A)"].iter().any(|sign| line.trim_start().starts_with(sign))
    };
    begins && lines.into_iter().any(is_first)
}

/// A number that nobody names is grouped, or one of the ranges in use.
fn is_nhs_alone(number: &str) -> bool {
    let is_grouped = number.len() > 10;
    (is_grouped || number.starts_with(['4', '6', '7', '9'])) && !number.starts_with('0')
}

/// The digits of a number with the country code of the United Kingdom, as they are dialled within it.
fn national(number: &str) -> Vec<u32> {
    let number = number.replace("(0)", "");
    let number = number.trim_start_matches(['+', '0', ' ', '\n']).trim_start_matches("44");
    let rest = digits(number).into_iter().skip_while(|digit| *digit == 0);
    std::iter::once(0).chain(rest).collect()
}

/// The areas of postcodes (Royal Mail), and ZZ, which stands for no fixed place.
const AREAS: &str = " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE ZZ ";

fn is_postcode(found: &Captures<'_>, text: &str) -> bool {
    let code = squeezed(whole(found));
    if code.starts_with("GIR") {
        return code.ends_with("0AA");
    }
    let area: String = code.chars().take_while(char::is_ascii_alphabetic).collect();
    let known = area == "BFPO" || AREAS.contains(&format!(" {area} "));
    known
        && stands_free(found, text)
        && !code.chars().rev().take(2).any(|c| "CIKMOV".contains(c))
        && !follows_reference(found, text)
}

/// Whether it is the number of an exhibit or the like.
fn follows_reference(found: &Captures<'_>, text: &str) -> bool {
    let before = before(found, text).to_lowercase();
    let near: String =
        before.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
    ["exhibit ", "item ", "ref ", "urn "].iter().any(|word| near.contains(word))
}

/// `2ND`, which is no half of a postcode where its letters stand apart.
fn ends_with_ordinal(text: &str) -> bool {
    let code = squeezed(text);
    let last = code.get(code.len().saturating_sub(3)..).unwrap_or_default();
    matches!(
        last.as_bytes(),
        [b'1', b'S', b'T']
            | [b'2', b'N', b'D']
            | [b'3', b'R', b'D']
            | [b'0' | b'4'..=b'9', b'T', b'H']
    )
}

/// Words of three letters that stand after a number in many texts.
const WORDS_OF_THREE: &str = " THE AND FOR NOT WAS HAS HAD ALL BUT PER ARE HER HIS HIM SHE WHO WHY HOW TOO TWO MEN MAN GBP USD EUR JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC MON TUE WED THU FRI SAT SUN DAY DAYS LTD PLC PDF USA ETC YES ANY OUT OFF NEW OLD NOW AGE ONE SEE VAT EST BST GMT HRS MPH RPM KMS KGS LBS KHZ MHZ DPI NET TAX PAY RUN GET GOT SET USE WAY APT CAR VAN ROW SEC END TEN ";

fn is_word(plate: &str) -> bool {
    let letters = squeezed(plate);
    let runs = letters.split(|c: char| c.is_ascii_digit());
    runs.filter(|run| run.len() == 3).any(|run| WORDS_OF_THREE.contains(&format!(" {run} ")))
        || WORDS_OF_TWO.contains(&letters.get(..2).unwrap_or_default())
            && plate.chars().nth(2).is_some_and(char::is_whitespace)
}

/// Abbreviations without a vowel that stand after a number.
const ABBREVIATIONS: [&str; 14] = [
    "LTD", "PLC", "RPM", "MPH", "KHZ", "MHZ", "HRS", "LBS", "KMS", "KGS", "GBP", "GMT", "BST",
    "PDF",
];

/// A hall of justice has a year or a number before it in many headings, and is no street.
fn is_court(street: &str) -> bool {
    const COURTS: &str = " CROWN HIGH COUNTY SUPREME DISTRICT YOUTH FAMILY MAGISTRATES MAGISTRATES' APPEAL APPEALS FEDERAL CIRCUIT STATES OFFICIAL JUSTICE CRIMINAL ";
    let street = street.to_uppercase();
    let words: Vec<&str> = street.split([' ', '\n', '-']).collect();
    matches!(words.as_slice(), [.., kind, last] if ["COURT", "CT"].contains(last) && COURTS.contains(&format!(" {kind} ")))
}

/// Whether the number is the year of a date, and not that of a house: `06/2015`, `3 May, 2016`.
fn is_year(found: &Captures<'_>, text: &str) -> bool {
    let number = group(found, "n");
    let last = number.rsplit(['/', '-']).next().unwrap_or_default();
    let before = before(found, text).trim_end_matches(' ').chars().next_back();
    let is_dated = last.len() < number.len()
        || before.is_some_and(|c| "/-.,".contains(c) || c.is_ascii_digit());
    is_dated && last.len() == 4 && (last.starts_with("19") || last.starts_with("20"))
}

/// How far the contact details of somebody stand below the name, in characters.
const CONTACT: usize = 200;

/// Whether a name heads contact details, and is not that of a file or the like.
fn is_contact(found: &Captures<'_>, text: &str) -> bool {
    const LABELS: [&str; 12] = [
        "telephone",
        "tel:",
        "tel no",
        "mobile",
        "home address",
        "address:",
        "e-mail",
        "email",
        "postcode",
        "phone",
        "cyfeiriad",
        "ffôn",
    ];
    let line = before(found, text).rsplit(['\n', '\t']).next().unwrap_or_default();
    let below: String = after(found, text).chars().take(CONTACT).collect::<String>().to_lowercase();
    line.trim().is_empty() && LABELS.iter().any(|label| below.contains(label))
}

/// Words that no name of a street has, and many a title.
const NOT_OF_STREETS: &str = " of at from in on by the and to for with is was pc dc ps ";

fn has_small_word(words: &str) -> bool {
    let words: BTreeSet<String> = words.split_whitespace().map(str::to_lowercase).collect();
    words.iter().any(|word| NOT_OF_STREETS.contains(&format!(" {word} ")))
}
