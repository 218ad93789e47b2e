//! Numbers that prove themselves: by check digits, prefixes and lengths.

/// The digits of a text.
pub(super) fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// An NHS number: ten digits, the last of which checks the others, modulus 11 (NHS Data Dictionary).
pub(super) fn is_nhs(digits: &[u32]) -> bool {
    let [first @ .., check] = digits else {
        return false;
    };
    if first.len() != 9 || digits.iter().all(|digit| Some(digit) == digits.first()) {
        return false;
    }
    let sum: u32 = first.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 11 == *check
}

/// A payment card: 13 to 19 digits that satisfy the Luhn formula (ISO/IEC 7812-1), of a known issuer.
pub(super) fn is_card(digits: &[u32]) -> bool {
    let prefix =
        |length: usize| digits.iter().take(length).fold(0, |number, digit| number * 10 + digit);
    let length = match (digits.first(), prefix(2), prefix(4)) {
        (Some(4), ..) => matches!(digits.len(), 13 | 16 | 19),
        (_, 51..=55, _) | (_, _, 2221..=2720) => digits.len() == 16,
        (_, 34 | 37, _) => digits.len() == 15,
        (_, 50 | 56..=69, _) => (16..=19).contains(&digits.len()),
        _ => false,
    };
    length && luhn(digits)
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(index, digit)| match (index % 2, digit * 2) {
            (0, _) => *digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The letters and digits of a text alone, in capitals.
pub(super) fn squeezed(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_uppercase()).collect()
}

/// A National Insurance number's two letters (HMRC, NIM39110): some are never used.
pub(super) fn is_insurance_prefix(letters: &str) -> bool {
    let mut chars = letters.chars().map(|c| c.to_ascii_uppercase());
    let (Some(first), Some(second)) = (chars.next(), chars.next()) else {
        return false;
    };
    let both = [first, second].iter().collect::<String>();
    !"DFIQUV".contains(first)
        && !"DFIOQUV".contains(second)
        && !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(&both.as_str())
}

/// A telephone number of the United Kingdom: the digits without country code, from the leading 0 on (Ofcom's
/// National Telephone Numbering Plan).
pub(super) fn is_phone(digits: &[u32]) -> bool {
    let [0, second, third, ..] = digits else {
        return false;
    };
    match (second, digits.len()) {
        (1, 10 | 11) => *third >= 1,
        (2, 11) => matches!(third, 0 | 3 | 4 | 8 | 9),
        (3, 11) => matches!(third, 0 | 3 | 4 | 7),
        (5, 11) => matches!(third, 5 | 6),
        (7, 11) | (9, 11) => true,
        (8, 10 | 11) => matches!(third, 0 | 4 | 7),
        _ => false,
    }
}

/// Country codes (ITU-T E.164, list of 2016): of one digit, of two, and of three by their first two.
const CODES_OF_ONE: [u32; 2] = [1, 7];
const CODES_OF_TWO: [u32; 42] = [
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57,
    58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95,
];
const CODES_OF_THREE: [u32; 17] =
    [21, 22, 23, 24, 25, 26, 29, 35, 37, 38, 42, 50, 59, 67, 85, 96, 97];

/// A telephone number with the code of another country: as long as numbers there are, in groups that one sign parts.
pub(super) fn is_phone_of_world(text: &str) -> bool {
    let international =
        text.trim_start_matches(['+', ' ']).trim_start_matches("00").replace("(0)", "");
    let digits = digits(&international);
    let [one, two, ..] = digits.as_slice() else {
        return false;
    };
    let both = one * 10 + two;
    let is_long_enough = match digits.len() {
        11 if *one == 1 => true,
        // Within North America all numbers are as long.
        _ if *one == 1 => false,
        11 if *one == 7 => true,
        length => (9..=13).contains(&length),
    };
    let is_code = CODES_OF_ONE.contains(one)
        || CODES_OF_TWO.contains(&both)
        || CODES_OF_THREE.contains(&both);
    let kinds = [' ', '.', '-'].into_iter().filter(|sign| international.trim().contains(*sign));
    is_code && is_long_enough && !(international.contains('.') && kinds.count() > 1)
}

/// How long an IBAN is by its country (SWIFT, IBAN registry).
const IBAN_LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IS26 IT27 JO30 KW30 KZ20 LB28 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SE24 SI19 SK24 SM27 TN24 TR26 UA29 VG24 XK20";

/// An IBAN (ISO 13616): as long as those of its country, and by its check: letters count from 10 for A, the first four
/// characters stand last, and the remainder by 97 is 1.
pub(super) fn is_iban(text: &str) -> bool {
    let text = squeezed(text);
    let country = text.get(..2).unwrap_or_default();
    let length = IBAN_LENGTHS.split(' ').find_map(|known| known.strip_prefix(country));
    let Some(length) = length.and_then(|length| length.parse::<usize>().ok()) else {
        return false;
    };
    let characters: Vec<u64> = text.chars().filter_map(|c| c.to_digit(36).map(u64::from)).collect();
    let turned = characters.iter().cycle().skip(4).take(characters.len());
    let rest = turned.fold(0, |rest, value| {
        let shift = if *value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    });
    characters.len() == length && rest == 1
}
