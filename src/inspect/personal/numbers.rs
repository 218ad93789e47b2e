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

/// A National Insurance number's two letters (HMRC, NIM39110): some are never used.
pub(super) fn is_national_insurance_prefix(letters: &str) -> bool {
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

/// An IBAN's check (ISO 13616): letters count from 10 for A, the first four characters stand last, and the remainder
/// by 97 is 1.
pub(super) fn is_iban(text: &str) -> bool {
    let characters: Vec<u64> = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .filter_map(|c| c.to_digit(36).map(u64::from))
        .collect();
    let turned = characters.iter().cycle().skip(4).take(characters.len());
    let rest = turned.fold(0, |rest, value| {
        let shift = if *value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    });
    characters.len() >= 15 && rest == 1
}
