//! File and folder names made readable.

/// Words that stay small inside a title.
const SMALL: [&str; 16] = [
    "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "re", "the", "to", "v",
    "with",
];

/// Words of the field that are always in capitals.
const CAPITALS: [&str; 47] = [
    "abe", "anpr", "atm", "bwv", "cad", "cctv", "cnoi", "cps", "csi", "ctl", "dc", "dci", "di",
    "dna", "dob", "ds", "dvla", "dvsa", "gp", "hmcts", "iopc", "id", "mg", "mme", "nhs", "pc",
    "pcso", "pii", "pnc", "poca", "ps", "ptph", "roti", "rovi", "sdn", "sfr", "sim", "sms", "soco",
    "tdc", "uk", "urn", "usb", "viper", "vps", "vrm", "wpc",
];

/// The readable form of the name of a file, with or without its folder and ending.
pub(crate) fn of_file(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.eq_ignore_ascii_case("pdf") => stem,
        _ => name,
    };
    let title = readable(stem);
    if title.is_empty() { name.chars().filter(|c| !is_unprintable(*c)).collect() } else { title }
}

/// The readable form of a name: words apart, capitals where a title has them.
pub(crate) fn readable(name: &str) -> String {
    let words = words(name);
    // Somebody who mixed capitals and small letters chose them.
    let typed_with_care = mixes_case(&words);
    let mut title = String::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            title.push(' ');
        }
        title.push_str(&dressed(word, index == 0, typed_with_care));
    }
    title
}

/// Control characters, and the invisible marks that turn the order of letters round.
pub(super) fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// Whether a word of the field is always in capitals, and so is nobody's initials.
pub(crate) fn is_capitals(word: &str) -> bool {
    CAPITALS.contains(&word.to_lowercase().as_str())
}

fn words(name: &str) -> Vec<&str> {
    let apart = |c: char| c.is_whitespace() || is_unprintable(c) || c == '_' || c == '+';
    // Where other marks part the words, a hyphen belongs to one; in numbers it always does.
    let hyphens_join = name.trim().contains(apart) || !name.contains(char::is_alphabetic);
    name.split(|c| apart(c) || (c == '-' && !hyphens_join))
        .map(|word| word.trim_matches(['-', ',', ';']))
        .filter(|word| !word.is_empty())
        .collect()
}

fn mixes_case(words: &[&str]) -> bool {
    let plain =
        words.iter().filter(|word| !is_capitals(word) && word.chars().all(|c| !c.is_numeric()));
    let letters: String = plain.copied().collect();
    letters.chars().any(char::is_uppercase) && letters.chars().any(char::is_lowercase)
}

fn dressed(word: &str, first: bool, typed_with_care: bool) -> String {
    let lower = word.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if CAPITALS.contains(&bare) {
        return word.to_uppercase();
    }
    // References such as JS1 and MG11 are never changed.
    if word.chars().any(char::is_numeric) {
        return word.to_owned();
    }
    match (typed_with_care, first) {
        (true, true) => capitalised(word),
        (true, false) => word.to_owned(),
        (false, false) if SMALL.contains(&lower.as_str()) => lower,
        (false, _) => lower.split('-').map(capitalised).collect::<Vec<_>>().join("-"),
    }
}

/// The word with a capital at its start, and after the apostrophe of O'Brien.
fn capitalised(word: &str) -> String {
    let mut start = true;
    let mut letters = 0;
    let mut out = String::new();
    for c in word.chars() {
        if start && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            start = false;
        } else {
            out.push(c);
        }
        letters += usize::from(c.is_alphabetic());
        start |= letters == 1 && matches!(c, '\'' | '’');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_titles() {
        for (name, title) in [
            ("statement_of_pc_jones", "Statement of PC Jones"),
            ("STATEMENT OF PC JONES", "Statement of PC Jones"),
            ("Statement of Jones", "Statement of Jones"),
            ("forensic-report-on-glass", "Forensic Report on Glass"),
            ("r_v_blake", "R v Blake"),
            ("cctv stills", "CCTV Stills"),
            ("MG11_smith", "MG11 Smith"),
            ("llŷn_o’brien_smith-jones", "Llŷn O’Brien Smith-Jones"),
            ("świadek_łukasz", "Świadek Łukasz"),
            ("Custody record – page 1", "Custody record – page 1"),
            ("the_id_parade", "The ID Parade"),
            ("anti-social behaviour", "Anti-Social Behaviour"),
            ("Anti-social behaviour", "Anti-social behaviour"),
        ] {
            assert_eq!(readable(name), title, "{name}");
        }
    }

    #[test]
    fn a_file_always_has_a_title() {
        assert_eq!(of_file("statements/mg11_smith.PDF"), "mg11 Smith");
        assert_eq!(of_file("a/___.pdf"), "___.pdf");
        assert_eq!(of_file(".pdf"), ".pdf");
        assert_eq!(of_file("\u{202e}.pdf"), ".pdf");
        assert_eq!(of_file("v1.2 plan"), "v1.2 Plan");
    }
}
