//! The allowed word that somebody most likely meant.

/// What to write in place of a word that is none of the options: the likeliest, and all of them.
pub fn hint(word: &str, noun: &str, options: &[&str]) -> String {
    let all = format!("he {noun} are: {}", options.join(", "));
    match likeliest(word, options) {
        Some(near) => format!("did you mean \"{near}\"? T{all}"),
        None => format!("t{all}"),
    }
}

/// The option that `word` most likely stands for: the nearest, or one of which the end was left off.
pub fn likeliest<'o>(word: &str, options: &[&'o str]) -> Option<&'o str> {
    nearest(word, options).or_else(|| beginning(word, options))
}

/// The option nearest to `word`, if one is near enough to be a slip of the fingers.
pub(crate) fn nearest<'o>(word: &str, options: &[&'o str]) -> Option<&'o str> {
    let typed = fold(word);
    // One slip in three letters; anything farther is another word, and a wrong hint is worse
    // than the list.
    let reach = (typed.chars().count() / 3).max(1);
    options
        .iter()
        // What was typed is no help.
        .filter(|&&option| option != word)
        .map(|&option| (strsim::damerau_levenshtein(&typed, &fold(option)), option))
        .filter(|&(distance, _)| distance <= reach)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, option)| option)
}

/// The option that starts with `word`, where somebody left off the end.
fn beginning<'o>(word: &str, options: &[&'o str]) -> Option<&'o str> {
    let typed = fold(word);
    let long_enough = typed.chars().count() >= 4;
    options.iter().copied().find(|option| long_enough && fold(option).starts_with(&typed))
}

/// Case, hyphens, underscores and spaces make no difference to what was meant.
fn fold(word: &str) -> String {
    word.to_lowercase().replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        assert_eq!(nearest("tittle", &["file", "title"]), Some("title"));
        assert_eq!(nearest("police-unit", &["police_unit"]), Some("police_unit"));
        assert_eq!(
            nearest("bottom-center", &["bottom-left", "bottom-centre"]),
            Some("bottom-centre")
        );
        assert_eq!(nearest("Custody", &["bail", "custody"]), Some("custody"));
        let rules = ["crown", "general-2021"];
        assert_eq!(nearest("general", &rules), None);
        assert_eq!(beginning("General", &rules), Some("general-2021"));
        assert_eq!(beginning("g", &rules), None);
        assert_eq!(nearest("weather", &["title", "file"]), None);
    }
}
