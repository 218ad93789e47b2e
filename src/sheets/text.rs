//! Text as it can be drawn: known characters only, measured, wrapped into lines.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::FrontError;
use super::canvas::Palette;
use super::fonts::{Face, Measures};

/// The smallest size that text is set in to make it fit.
const SMALLEST: f32 = 6.0;

const NO_BREAK_SPACE: char = '\u{a0}';

/// What of a text does not stand on a page as it is meant; each character once, in order.
///
/// What the fonts lack is drawn as the replacement character, so a page says that something is not there; what it was only
/// a finding can say. The rest is drawn letter by letter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Unset {
    /// Characters that the built-in fonts lack.
    pub lacking: Vec<char>,
    /// Characters that would have to be joined, placed or ordered by the rules of their script.
    pub unshaped: Vec<char>,
}

impl Unset {
    /// What of a text cannot be set.
    pub(crate) fn of(text: &str) -> Self {
        let mut unset = Self::default();
        // Fonts that cannot be read are reported by whoever sets text.
        let Ok(measures) = Face::Regular.measures() else {
            return unset;
        };
        for c in text.nfc() {
            let list = match drawn(measures, c) {
                GlyphChoice::Lacking => &mut unset.lacking,
                _ if needs_shaping(c) => &mut unset.unshaped,
                _ => continue,
            };
            if !list.contains(&c) {
                list.push(c);
            }
        }
        unset
    }

    /// Whether all of it can be set.
    pub(crate) fn is_empty(&self) -> bool {
        self.lacking.is_empty() && self.unshaped.is_empty()
    }
}

impl fmt::Display for Unset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = |c: &char| match c.is_control() || is_invisible(*c) {
            true => format!("U+{:04X}", u32::from(*c)),
            false => format!("\"{c}\" (U+{:04X})", u32::from(*c)),
        };
        let signs = |list: &[char]| list.iter().map(sign).collect::<Vec<_>>().join(", ");
        let mut parts = Vec::new();
        if !self.lacking.is_empty() {
            let lacking = signs(&self.lacking);
            parts.push(format!("cannot show {lacking}; a replacement sign stands there"));
        }
        if !self.unshaped.is_empty() {
            let unshaped = signs(&self.unshaped);
            parts.push(format!("cannot join, place or order {unshaped} as its script needs"));
        }
        f.write_str(&parts.join(", and "))
    }
}

/// Whether a character stands right only when it is joined to others, placed over them, or set from right to left: marks
/// that no letter has taken up, scripts from the right, marks that turn the direction, scripts of India and beyond.
fn needs_shaping(c: char) -> bool {
    is_combining_mark(c)
        || matches!(c,
            '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{0900}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{1cd0}'..='\u{1cff}'
            | '\u{a8e0}'..='\u{a8ff}')
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GlyphChoice {
    As(char),
    Nothing,
    Lacking,
}

/// What stands on the page for a character.
fn drawn(measures: &Measures, c: char) -> GlyphChoice {
    match c {
        NO_BREAK_SPACE | '\u{2007}' | '\u{202f}' => GlyphChoice::As(NO_BREAK_SPACE),
        c if c.is_whitespace() => GlyphChoice::As(' '),
        // The fonts have one hyphen, and these two look like it.
        '\u{2010}' | '\u{2011}' => GlyphChoice::As('-'),
        c if is_invisible(c) => GlyphChoice::Nothing,
        c if measures.glyph(c).is_some() => GlyphChoice::As(c),
        _ => GlyphChoice::Lacking,
    }
}

/// Whether a character has by its nature nothing to show: joiners, marks of direction, soft
/// hyphens, variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// The text with every character replaced by what is drawn for it. Composed first, because
/// nothing places a loose accent over its letter.
pub(super) fn clean(measures: &Measures, text: &str) -> String {
    let replacement = match measures.glyph('\u{fffd}') {
        Some(_) => '\u{fffd}',
        None => '?',
    };
    text.nfc()
        .filter_map(|c| match drawn(measures, c) {
            GlyphChoice::As(c) => Some(c),
            GlyphChoice::Nothing => None,
            GlyphChoice::Lacking => Some(replacement),
        })
        .collect()
}

/// How text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) ink: Palette,
    measures: &'static Measures,
}

/// One line of text that can be drawn, and its width.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) style: Style,
    pub(super) width: f32,
}

impl Style {
    pub(super) fn new(face: Face, size: f32, ink: Palette) -> Result<Self, FrontError> {
        let measures = face.measures()?;
        Ok(Self { face, size, ink, measures })
    }

    /// The distance between baselines.
    pub(super) fn leading(self) -> f32 {
        self.size * 1.34
    }

    /// How far below the top of a line its baseline is, so that capitals stand in its middle.
    pub(super) fn drop(self) -> f32 {
        let caps = f32::from(self.measures.cap_height) / f32::from(self.measures.units_per_em);
        (self.leading() + caps * self.size) / 2.0
    }

    /// The text on one line, however long.
    pub(super) fn run(self, text: &str) -> Run {
        self.finish(&clean(self.measures, text))
    }

    /// The text on one line, set smaller if it would be wider than `width`; cut off with an
    /// ellipsis where it would become too small to read.
    pub(super) fn fit(self, text: &str, width: f32) -> Run {
        let run = self.run(text);
        if run.width <= width {
            return run;
        }
        let size = self.size * width / run.width;
        if size >= SMALLEST {
            return Self { size, ..self }.run(text);
        }
        let smallest = Self { size: SMALLEST, ..self };
        let mut lines = smallest.wrap_most(text, width, 1);
        lines.pop().unwrap_or(run)
    }

    /// The text in lines no wider than `width`. A word wider than that is broken.
    pub(super) fn wrap(self, text: &str, width: f32) -> Vec<Run> {
        let text = clean(self.measures, text);
        let space = self.sum(" ");
        let mut lines = Vec::new();
        let mut line = String::new();
        let mut reach = 0;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let mut word = word;
            let mut wide = self.sum(word);
            if !line.is_empty() && self.points(reach + space + wide) <= width {
                line.push(' ');
                line.push_str(word);
                reach += space + wide;
                continue;
            }
            if !line.is_empty() {
                lines.push(self.finish(&std::mem::take(&mut line)));
            }
            while self.points(wide) > width {
                let (head, tail) = self.break_word(word, width);
                lines.push(self.finish(head));
                word = tail;
                wide -= self.sum(head);
            }
            line.push_str(word);
            reach = wide;
        }
        if !line.is_empty() {
            lines.push(self.finish(&line));
        }
        lines
    }

    /// As [`Style::wrap`], but at most `most` lines; what is left out shows as an ellipsis.
    pub(super) fn wrap_most(self, text: &str, width: f32, most: usize) -> Vec<Run> {
        let mut lines = self.wrap(text, width);
        if lines.len() <= most {
            return lines;
        }
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let mut text = last.text.clone();
            while self.width(&text) + self.width("…") > width && text.pop().is_some() {}
            *last = self.finish(&format!("{}…", text.trim_end()));
        }
        lines
    }

    /// The part of a word that fits, at least one letter, and the rest. A break after a mark
    /// such as `/` is better than one inside a name, unless it wastes half the line.
    fn break_word(self, word: &str, width: f32) -> (&str, &str) {
        let mut reach = 0;
        let (mut end, mut good) = (0, 0);
        for (at, c) in word.char_indices() {
            let next = reach + self.measures.thousandths(c);
            if self.points(next) > width && at > 0 && !is_combining_mark(c) {
                break;
            }
            reach = next;
            end = at + c.len_utf8();
            if "/\\-_–.,;:@&".contains(c) && self.points(reach) > width / 2.0 {
                good = end;
            }
        }
        let cut = if good > 0 && end < word.len() { good } else { end };
        word.split_at_checked(cut).unwrap_or((word, ""))
    }

    /// Whole thousandths of the size: sums of these are exact, however long the text.
    fn sum(self, text: &str) -> u32 {
        text.chars().map(|c| self.measures.thousandths(c)).sum()
    }

    // Lines stay far below the 2^24 up to which a float counts exactly.
    fn points(self, sum: u32) -> f32 {
        sum as f32 * self.size / 1000.0
    }

    fn width(self, text: &str) -> f32 {
        self.points(self.sum(text))
    }

    /// A no-break space has done its work once the lines are made; on the page it would only
    /// hide the words around it from a search.
    fn finish(self, text: &str) -> Run {
        let text = text.replace(NO_BREAK_SPACE, " ");
        Run { width: self.width(&text), text, style: self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style() -> Style {
        Style::new(Face::Regular, 11.0, Palette::Text).unwrap()
    }

    fn texts(lines: &[Run]) -> Vec<&str> {
        lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn lines_are_no_wider_than_asked_and_lose_no_word() {
        let text = "Statement of PC 1234 Smith about the arrest of Jordan Blake at Llŷn Road";
        for width in [40.0, 75.5, 120.0, 200.0, 1000.0] {
            let lines = style().wrap(text, width);
            assert!(lines.iter().all(|line| line.width <= width), "{width}");
            let joined = texts(&lines).join(" ");
            assert_eq!(joined.replace(' ', ""), text.replace(' ', ""));
        }
        assert_eq!(style().wrap(text, 1000.0).len(), 1);
        assert!(style().wrap("  \n ", 100.0).is_empty());
    }

    #[test]
    fn a_long_word_breaks_at_a_mark_or_else_anywhere() {
        let lines = style().wrap("see evidence_of_the_phone_download_2026.pdf", 120.0);
        assert_eq!(texts(&lines), ["see", "evidence_of_the_", "phone_download_", "2026.pdf"]);
        let lines = style().wrap(&"W".repeat(100), 60.0);
        assert!(lines.iter().all(|line| line.width <= 60.0));
        assert_eq!(texts(&lines).concat().len(), 100);
        assert_eq!(style().wrap("WWW", 1.0).len(), 3);
    }

    #[test]
    fn a_no_break_space_keeps_two_words_together() {
        let wide = style().run("seen by PC").width;
        let lines = style().wrap("seen by PC\u{a0}1234", wide);
        assert_eq!(texts(&lines), ["seen by", "PC 1234"]);
    }

    #[test]
    fn lines_left_out_show_as_an_ellipsis() {
        let lines = style().wrap_most("one two three four five six seven", 60.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].text.ends_with('…'));
        assert!(lines[1].width <= 60.0);
    }

    #[test]
    fn what_the_fonts_lack_is_listed_and_replaced() {
        assert!(Unset::of("Llŷn Łódź ’x’ “y” €950\tok\n").is_empty());
        assert_eq!(Unset::of("a世b😀世").lacking, ['世', '😀']);
        assert_eq!(style().run("a世b").text, "a\u{fffd}b");
        assert_eq!(style().run("x\u{200b}y\u{2011}z").text, "xy-z");
        assert_eq!(
            Unset::of("x\u{1}").to_string(),
            "cannot show U+0001; a replacement sign stands there"
        );
    }

    #[test]
    fn loose_accents_are_joined_to_their_letters() {
        assert_eq!(style().run("Lly\u{302}n").text, "Llŷn");
        assert!(Unset::of("w\u{302}").is_empty());
    }

    #[test]
    fn what_would_have_to_be_shaped_is_listed() {
        for (text, lacking, unshaped) in [
            ("q\u{303}", "", "\u{303}"),
            ("R v \u{202e}Doe", "", "\u{202e}"),
            ("अब", "अब", ""),
            ("של", "של", ""),
            ("عربي", "عربي", ""),
            ("Ωmega Жук", "", ""),
        ] {
            let unset = Unset::of(text);
            let told = |list: &[char]| list.iter().collect::<String>();
            assert_eq!(told(&unset.lacking), lacking, "{text}");
            assert_eq!(told(&unset.unshaped), unshaped, "{text}");
        }
    }

    #[test]
    fn text_too_wide_is_set_smaller() {
        let run = style().fit("1188–1200", 30.0);
        assert!(run.width <= 30.0 + 0.01 && run.style.size < 11.0);
        let run = style().fit(&"x".repeat(1000), 30.0);
        assert!(run.width <= 30.0 && run.text.ends_with('…'));
        let size = style().fit("1", 30.0).style.size;
        assert!((size - 11.0).abs() < f32::EPSILON);
    }
}
