//! What a terminal takes for an order: none but the program's own colours reaches it. Titles, names of files and errors come
//! from others.

use std::hash::{BuildHasher, RandomState};

use anstyle::Style;

/// Tells the program's own colours from what only looks like them.
pub(crate) struct Escapes {
    /// Stands before and behind a colour of the program's own until it is printed; different in each run, so that no file can
    /// hold it.
    mark: String,
}

impl Escapes {
    pub(crate) fn new() -> Self {
        let number = RandomState::new().hash_one(0);
        Self { mark: format!("\u{fdd0}{number:016x}\u{fdd1}") }
    }

    /// A text in a style, to be printed.
    pub(crate) fn painted(&self, text: &str, style: Style) -> String {
        let mark = &self.mark;
        format!("{mark}{style}{mark}{text}{mark}{style:#}{mark}")
    }

    /// A text as it is printed: the program's own colours, and the rest without control characters and without what turns the
    /// direction of reading. What stands for one is read in JSON as the character that it was.
    pub(crate) fn printed(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for (index, part) in text.split(self.mark.as_str()).enumerate() {
            match index % 2 {
                1 => out.push_str(part),
                _ => escape(part, &mut out),
            }
        }
        out
    }
}

fn escape(text: &str, out: &mut String) {
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let ends_line = c == '\r' && characters.peek() == Some(&'\n');
        match c {
            '\n' | '\t' => out.push(c),
            _ if ends_line => out.push(c),
            _ if is_order(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
}

/// Whether a terminal obeys a character instead of showing it.
fn is_order(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fdd0}'..='\u{fdef}'
        )
}

#[cfg(test)]
mod tests {
    use anstyle::AnsiColor;

    use super::*;

    #[test]
    fn only_the_programs_own_colours_are_obeyed() {
        let escapes = Escapes::new();
        let style = AnsiColor::Red.on_default();
        let painted = escapes.painted("error\u{1b}[2J", style);
        let text =
            format!("{painted}: \u{1b}]0;x\u{7}\u{9b}1m \u{202e}fdp\u{fdd0}\r\n\ta\rb\u{7f} ŵ");
        assert_eq!(
            escapes.printed(&text),
            format!(
                "{style}error\\u001b[2J{style:#}: \\u001b]0;x\\u0007\\u009b1m \\u202efdp\\ufdd0\r\n\ta\\u000db\\u007f ŵ"
            )
        );
    }
}
