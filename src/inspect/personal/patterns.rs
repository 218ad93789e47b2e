//! What personal data looks like in the text of a page: rows end with a line feed, columns with a tab.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::Personal;
use super::numbers::{digits, is_card, is_iban, is_national_insurance_prefix, is_nhs, is_phone};

/// Compiles a pattern of this file; the tests run every one of them.
fn pattern(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

type Pattern = LazyLock<Option<Regex>>;

/// What a detector makes of a match: the part of it that is personal.
type Judge = fn(&Captures<'_>, &str) -> bool;

/// One way in which one kind of data is written. The group `v`, or all of the match, is the value.
struct Detector {
    kind: Personal,
    pattern: &'static Pattern,
    judge: Judge,
}

macro_rules! detectors {
    ($($name:ident: $kind:ident, $pattern:expr, $judge:expr;)+) => {
        $(static $name: Pattern = LazyLock::new(|| pattern($pattern));)+
        /// From the surest to the least sure.
        static DETECTORS: &[Detector] = &[
            $(Detector { kind: Personal::$kind, pattern: &$name, judge: $judge },)+
        ];
    };
}

const MONTH: &str = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

const STREET: &str = r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Way|Court|Ct|LeakPlace|Pl|Terrace|Crescent|Cres|Gardens|Gdns|Grove|Hill|Park|Square|Sq|Walk|Row|Mews|Rise|View|Green|Parade|Gate|Wharf|Quay|Croft|Fold|Garth|Mount|Vale|Bank|Cottages|Buildings|Yard|Heights|Meadows?|Fields?|Heol|Ffordd|Stryd|Rhodfa|Lôn)";

detectors! {
    EMAIL: Email,
        r"(?i)[a-z0-9][a-z0-9._%+'\-]*\s?(?:@|\[at\]|\(at\))[ \n]?[a-z0-9\-]+(?:\.[ \n]?[a-z0-9\-]+)*\.[a-z]{2,24}\b",
        |_, _| true;
    EMAIL_IN_WORDS: Email,
        r"(?i)\b[a-z0-9][a-z0-9._%+'\-]* at [a-z0-9\-]+(?: dot [a-z]{2,24})+\b",
        |_, _| true;
    EMAIL_SPACED: Email,
        r"(?i)\b[a-z0-9][a-z0-9_%+'\-]*(?: ?\. ?[a-z0-9_%+'\-]+)* @ ?[a-z0-9\-]+(?: ?\. ?[a-z0-9\-]+)* ?\. ?(?:com|org|net|uk|eu|ie|info|me|gov|police|nhs)\b",
        |_, _| true;
    EMAIL_MASKED: Email,
        r"(?i)\b[a-z0-9][a-z0-9._%+'\-]* ?[(\[{] ?at ?[)\]}] ?[a-z0-9\-]+(?: ?(?:[(\[{] ?dot ?[)\]}]|\.) ?[a-z0-9\-]+)+\b",
        |_, _| true;
    IBAN: BankAccount,
        r"(?i)\bGB[0-9]{2} ?[A-Z]{4}(?: ?[0-9]){14}\b",
        |found, _| is_iban(whole(found));
    CARD: CardNumber,
        r"\b(?:[0-9]{4}[ \-]?[0-9]{4}[ \-]?[0-9]{4}[ \-]?[0-9]{1,4}(?:[ \-]?[0-9]{3})?|3[47][0-9]{2}[ \-]?[0-9]{6}[ \-]?[0-9]{5}|[0-9]{13,19})\b",
        |found, text| stands_free(found, text) && is_card(&digits(whole(found)));
    SORT_AND_ACCOUNT: BankAccount,
        r"(?i)\b[0-9]{2}[\- ][0-9]{2}[\- ][0-9]{2}\b[^0-9]{1,30}\b[0-9]{8}\b",
        |found, text| stands_free(found, text) && !is_month_list(whole(found));
    SORT_CODE: BankAccount,
        r"(?i)\bsort(?:\s?code[^0-9]{0,20}|: ?)(?P<v>[0-9]{2}[\- ]?[0-9]{2}[\- ]?[0-9]{2})\b",
        |_, _| true;
    ACCOUNT: BankAccount,
        r"(?i)\b(?:account|acct?|a/c)\.?[\s:](?:number|num|no)?\.?[^0-9a-z]{0,8}(?P<v>[0-9]{8}|[0-9]{4} [0-9]{4})\b",
        |_, _| true;
    NATIONAL_INSURANCE: NationalInsurance,
        r"(?i)\b(?P<p>[A-Z] ?[A-Z])(?:[ \-]?[0-9]){6}[ \-]?[A-D]\b",
        |found, text| {
            let letters: String = group(found, "p").chars().filter(|c| !c.is_whitespace()).collect();
            is_national_insurance_prefix(&letters) || follows(found, text, 60, &["national insurance", "ni no", "ni number", "nino"])
        };
    NATIONAL_INSURANCE_NAMED: NationalInsurance,
        r"(?i)\b(?P<p>[A-Z] ?[A-Z])(?:[ \-]?[0-9]){6}\b",
        |found, text| follows(found, text, 40, &["national insurance", "ni no", "ni number", "nino"]);
    BIRTH: DateOfBirth,
        &format!(
            r"(?i)\b(?:d\.? ?o\.? ?b\b\.?|date (?:and place )?of birth|birth ?date|born|dyddiad geni)[^0-9a-z]{{0,40}}(?:(?:on|is|was|as)[ :]{{1,3}}(?:the )?)?(?P<v>[0-9](?:[ \t][0-9]){{5,7}}|[0-9]{{1,2}} ?[/.\- ] ?[0-9]{{1,2}} ?[/.\- ] ?(?:[0-9]{{4}}|[0-9]{{2}})|[0-9]{{4}}[/.\-][0-9]{{2}}[/.\-][0-9]{{2}}|[0-9]{{1,2}}(?:st|nd|rd|th)?[ \n\-]*(?:of )?{MONTH}[,. \n\-]*(?:[0-9]{{4}}|[0-9]{{2}})|{MONTH}[ \n][0-9]{{1,2}}(?:st|nd|rd|th)?,?[ \n][0-9]{{4}})\b"
        ),
        |_, _| true;
    BIRTH_COLUMN: DateOfBirth,
        r"(?i)(?:\t(?:d\.?o\.?b\.?|date of birth)|\b(?:d\.?o\.?b\.?|date of birth)\t)[^\n]{0,80}\n[^\n0-9]{0,60}(?P<v>[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:[0-9]{4}|[0-9]{2}))\b",
        |_, _| true;
    NHS: NhsNumber,
        r"\b[0-9]{3}[ \-]?[0-9]{3}[ \-]?[0-9]{4}\b",
        |found, text| {
            let number = whole(found);
            let grouped = number.len() > 10;
            let named = follows(found, text, 40, &["nhs"]);
            let plausible = number.starts_with(['4', '6', '7', '9']) || grouped;
            stands_free(found, text) && is_nhs(&digits(number)) && (named || (plausible && !number.starts_with('0')))
        };
    PHONE_ABROAD: Phone,
        r"(?:\+|\b00)[ \n]?44[ \n\-]?(?:\(0\)|0)?[ \n\-]?[1-9](?:[ \n\-.]?[0-9]){8,9}\b",
        |found, text| {
            let number = whole(found).replace("(0)", "");
            let number = number.trim_start_matches(['+', '0', ' ', '\n']).trim_start_matches("44");
            let mut national = vec![0];
            national.extend(digits(number).into_iter().skip_while(|digit| *digit == 0));
            ends_free(found, text) && is_phone(&national)
        };
    PHONE_OF_NETWORK: Phone,
        r"\b447[0-9]{9}\b",
        |found, text| stands_free(found, text);
    PHONE_CELLS: Phone,
        r"\b0[0-9]{2,5}(?:[ \t]{1,2}[0-9]{3,7}){1,2}\b",
        |found, text| stands_free(found, text) && is_phone(&digits(whole(found))) && follows(found, text, 30, &["tel", "phone", "mob"]);
    PHONE_GROUPED: Phone,
        r"\(?\b0[0-9]{2,5}\)?(?:[ \n\-.]{1,2}[0-9]{3,7}){1,3}\b",
        |found, text| stands_free(found, text) && is_phone(&digits(whole(found)));
    PHONE_WHOLE: Phone,
        r"\b0[0-9]{9,10}\b",
        |found, text| stands_free(found, text) && is_phone(&digits(whole(found)));
    PHONE_BOXES: Phone,
        r"\b0(?:[ \t][0-9]){9,10}\b",
        |found, text| stands_free(found, text) && is_phone(&digits(whole(found)));
    PHONE_PAIRS: Phone,
        r"\b0(?:[ .\-]{0,2}[0-9]){9,10}\b",
        |found, text| {
            stands_free(found, text)
                && is_phone(&digits(whole(found)))
                && follows(found, text, 40, &["tel", "phone", "mob", "number", "call", "text", "whatsapp", "contact"])
        };
    PHONE_NAMED: Phone,
        r"(?i)\b(?:tel(?:ephone)?|phone|mobile|mob|fax)\.?(?: (?:number|no\.?))?[^0-9a-z\n]{1,10}(?P<v>[0-9]{3}[ \-]?[0-9]{3,4}|[0-9]{5}[ \-][0-9]{6})\b",
        |_, _| true;
    POSTCODE: Postcode,
        r"\b(?:[A-PR-UWYZ][0-9][0-9A-HJKMNPR-Y]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRV-Y]?|ZZ[0-9]{2}|GIR|BFPO)(?P<s>[ \n\t]?)[0-9][ABD-HJLNP-UW-Z]{2}\b",
        |found, text| is_postcode(found, text);
    POSTCODE_BOXES: Postcode,
        r"(?i)\bpost ?code[: \t]*(?P<v>[A-Z](?:[ \t][A-Z])?[ \t][0-9](?:[ \t][0-9A-Z])?[ \t]{1,2}[0-9](?:[ \t][A-Z]){2})\b",
        |_, _| true;
    POSTCODE_SMALL: Postcode,
        r"\b(?i:[a-pr-uwyz][a-hk-y]?[0-9][0-9a-z]?)(?P<s> )(?i:[0-9][abd-hjlnp-uw-z]{2})\b",
        |found, text| is_postcode(found, text);
    POSTCODE_JOINED: Postcode,
        r"\b(?:[a-pr-uwyz][a-hk-y][0-9][0-9a-z]?)(?P<s>)(?:[0-9][abd-hjlnp-uw-z]{2})\b",
        |found, text| is_postcode(found, text);
    BFPO: Postcode,
        r"\bBFPO ?[0-9]{1,4}\b",
        |_, _| true;
    VEHICLE: Vehicle,
        r"\b[A-HJ-PR-Y][A-HJ-PR-Y](?:0[2-9]|[1-4][0-9]|5[1-9]|[67][0-9])[ \t]?[A-HJ-PR-Z]{3}\b",
        |found, text| stands_free(found, text);
    STREET_ADDRESS: Address,
        &format!(
            r"\b(?:(?:Flat|Apartment|Apt|Unit|Room) [0-9]{{1,4}}[A-Za-z]?,? ?[ \n])?[0-9]{{1,4}}[A-Za-z]?(?:-[0-9]{{1,4}})?,?[ \n](?:[A-ZŴŶ][\w'\-]*\.?[ \n]){{1,4}}{STREET}\b"
        ),
        |_, _| true;
    WELSH_ADDRESS: Address,
        r"\b[0-9]{1,4}[A-Za-z]?,? (?:Heol|Ffordd|Stryd|Rhodfa|Lôn|Maes|Cae|Bryn) [A-ZŴŶ][\w'\-]+",
        |_, _| true;
    NAMED_ADDRESS: Address,
        r"\b(?:(?i:home|postal|private|current|correspondence) (?i:address)|Address|ADDRESS|Cyfeiriad)[ \t]*:[ \t\n]*(?P<v>[\w'][^\n\t:]{4,60})",
        |found, _| group(found, "v").chars().filter(|c| c.is_alphabetic()).count() >= 4 && !group(found, "v").contains('@');
}

/// Everything found, from the surest detector to the least sure.
pub(super) fn find(text: &str) -> Vec<(Personal, Range<usize>)> {
    let mut found = Vec::new();
    for detector in DETECTORS {
        let Some(pattern) = detector.pattern.as_ref() else {
            continue;
        };
        found.extend(
            pattern
                .captures_iter(text)
                .filter(|captures| (detector.judge)(captures, text))
                .filter_map(|captures| {
                    let value = captures.name("v").or(captures.get(0))?;
                    Some((detector.kind, value.range()))
                }),
        );
    }
    found
}

static SMALL_ADDRESS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b[0-9]{1,4}[a-z]?(?:[-/][0-9]{1,4}[a-z]?)?,? +(?P<w>(?:[\w'’.\-]+ +){1,4})(?:street|st|road|rd|avenue|ave|lane|ln|close|drive|terrace|crescent|cres|gardens|gdns|grove|square|sq|mews|hill|heol|ffordd|stryd)\b\.?",
    )
});

/// Words that no name of a street has, and many a title.
const NOT_OF_STREETS: &str = " of at from in on by the and to for with at is was pc dc ps ";

/// Addresses as people type them in a hurry. On pages of prose it would find too much.
pub(super) fn find_address_in_small_letters(text: &str) -> Vec<(Personal, Range<usize>)> {
    let Some(pattern) = SMALL_ADDRESS.as_ref() else {
        return Vec::new();
    };
    let is_street = |found: &Captures<'_>| {
        let words = group(found, "w").to_lowercase();
        !words.split_whitespace().any(|word| NOT_OF_STREETS.contains(&format!(" {word} ")))
    };
    pattern
        .captures_iter(text)
        .filter(is_street)
        .filter_map(|found| Some((Personal::Address, found.get(0)?.range())))
        .collect()
}

/// Whether every pattern could be compiled; told by the tests.
#[cfg(test)]
pub(super) fn all_compile() -> bool {
    DETECTORS.iter().all(|detector| detector.pattern.as_ref().is_some()) && SMALL_ADDRESS.is_some()
}

fn whole<'t>(found: &Captures<'t>) -> &'t str {
    found.get(0).map_or("", |found| found.as_str())
}

fn group<'t>(found: &Captures<'t>, name: &str) -> &'t str {
    found.name(name).map_or("", |found| found.as_str())
}

/// Whether no further digits, letters or joints stand right beside a number.
fn stands_free(found: &Captures<'_>, text: &str) -> bool {
    let start = found.get(0).map_or(0, |found| found.start());
    let before = text.get(..start).unwrap_or_default();
    let mut before = before.chars().rev();
    let joined = match before.next() {
        Some('-' | '/' | '.' | '_' | '#') => before.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    !joined && ends_free(found, text)
}

fn ends_free(found: &Captures<'_>, text: &str) -> bool {
    let end = found.get(0).map_or(0, |found| found.end());
    let mut after = text.get(end..).unwrap_or_default().chars();
    match after.next() {
        Some('-' | '/' | '.' | '_') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => !c.is_alphanumeric(),
        None => true,
    }
}

/// Whether one of some words stands not far before.
fn follows(found: &Captures<'_>, text: &str, within: usize, words: &[&str]) -> bool {
    let start = found.get(0).map_or(0, |found| found.start());
    let before: String = text.get(..start).unwrap_or_default().chars().rev().take(within).collect();
    let before: String = before.chars().rev().collect::<String>().to_lowercase();
    words.iter().any(|word| before.contains(word))
}

/// Three pairs of digits and eight more can be two dates.
fn is_month_list(text: &str) -> bool {
    let eight: String = text.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
    eight.starts_with("19") || eight.starts_with("20")
}

/// The areas of postcodes (Royal Mail), and ZZ, which stands for no fixed place.
const AREAS: &str = " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE ZZ ";

fn is_postcode(found: &Captures<'_>, text: &str) -> bool {
    let code = whole(found).to_uppercase();
    if code.starts_with("GIR") {
        return code.ends_with("0AA");
    }
    let area: String = code.chars().take_while(char::is_ascii_alphabetic).collect();
    let known = area == "BFPO" || AREAS.contains(&format!(" {area} "));
    known
        && stands_free(found, text)
        && !follows(found, text, 12, &["exhibit ", "item ", "ref ", "urn "])
}
