//! Names that are not printed on a copy that others may see: those of defendants under 18
//! (Children and Young Persons Act 1933, sections 39 and 49; Youth Justice and Criminal Evidence Act
//! 1999, section 45).

use regex::{Regex, RegexBuilder};

use crate::manifest::{Case, Defendant};

/// What stands in place of a name.
pub const YOUTH: &str = "a youth";

/// Takes the names of the youths of a case out of texts.
#[derive(Debug, Clone)]
pub struct Masked {
    names: Option<Regex>,
}

impl Masked {
    /// For the youths of one case.
    pub fn of(case: &Case) -> Self {
        Self::of_all(std::iter::once(case))
    }

    /// For the youths of several cases.
    pub fn of_all<'c>(cases: impl IntoIterator<Item = &'c Case>) -> Self {
        let youths = cases.into_iter().flat_map(|case| &case.defendants);
        let mut words: Vec<String> = youths
            .filter(|defendant| defendant.youth)
            .flat_map(|youth| youth.name.split_whitespace())
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            // An initial alone is a letter of many other words.
            .filter(|word| word.chars().count() > 1)
            .map(regex::escape)
            .collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.dedup();
        if words.is_empty() {
            return Self { names: None };
        }
        let word = words.join("|");
        let pattern = format!(r"\b(?:{word})(?:[\s,.]+(?:{word}))*\b");
        let names = RegexBuilder::new(&pattern).case_insensitive(true).build();
        Self { names: names.ok() }
    }

    /// A text without the names.
    pub fn text(&self, text: &str) -> String {
        match &self.names {
            Some(names) => names.replace_all(text, YOUTH).into_owned(),
            None => text.to_owned(),
        }
    }
}

/// A defendant's name as it may be printed for others.
pub fn public_name(defendant: &Defendant) -> &str {
    if defendant.youth {
        YOUTH
    } else {
        &defendant.name
    }
}

#[cfg(test)]
mod tests {
    use super::super::listing::tests::listed;
    use super::*;

    fn masked(defendants: &str) -> Masked {
        let manifest = format!("[case]\ntitle = \"R v X\"\n{defendants}");
        Masked::of(&listed("bundle.toml", &manifest).case)
    }

    #[test]
    fn every_part_of_a_youths_name_goes_and_no_more() {
        let masked = masked(
            "[[defendant]]\nname = \"Casey Ŵyn-Ddu\"\nyouth = true\n[[defendant]]\nname = \"Ann Ash\"\n",
        );
        for (text, public) in [
            ("R v Ŵyn-Ddu", "R v a youth"),
            ("R v ŴYN-DDU and Ash", "R v a youth and Ash"),
            (
                "Statement of Casey Ŵyn-Ddu's mother",
                "Statement of a youth's mother",
            ),
            ("Ŵyn-Ddu, Casey: interview", "a youth: interview"),
            ("Caseyville report", "Caseyville report"),
        ] {
            assert_eq!(masked.text(text), public);
        }
    }

    #[test]
    fn without_a_youth_nothing_is_changed() {
        let masked = masked("[[defendant]]\nname = \"Ann Ash\"\n");
        assert_eq!(masked.text("R v Ash"), "R v Ash");
    }
}
