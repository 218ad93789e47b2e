//! Reads a content stream (ISO 32000-2, 7.8.2) just far enough to see what it leaves open.

use super::named::{Category, NamesUsed};
use crate::pdf::syntax::{Token, Tokens};

/// What a page's content leaves behind, and what must be said to put it back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Ending {
    /// `q` without a `Q`.
    pub(super) open_states: usize,
    /// `BMC` or `BDC` without an `EMC`.
    pub(super) open_marks: usize,
    /// `BT` without an `ET`.
    pub(super) in_text: bool,
    /// Positions of each `Q` without a `q`: readers pass over them, so they must not undo ours.
    pub(super) stray_restores: Vec<usize>,
    /// Whether there is anything that is no operator: readers may stop there, and then see nothing
    /// of what stands behind. Or a picture whose end readers find by what follows it.
    pub(super) foreign: bool,
    /// The names of all that is taken from resources.
    pub(super) used: NamesUsed,
    /// What closes a string, array or dictionary that is cut off.
    pub(super) closing: Vec<u8>,
}

impl Ending {
    /// The operators that close what is open.
    pub(super) fn close(&self) -> Vec<u8> {
        let mut operators = vec![b'\n'];
        operators.extend(&self.closing);
        if !self.closing.is_empty() {
            operators.push(b'\n');
        }
        if self.in_text {
            operators.extend(b"ET\n");
        }
        (0..self.open_marks).for_each(|_| operators.extend(b"EMC\n"));
        (0..self.open_states).for_each(|_| operators.extend(b"Q\n"));
        operators
    }
}

/// Reads a whole content stream, its parts joined by white space.
pub(super) fn read_ending(content: &[u8]) -> Ending {
    let mut reader = Tokens::new(content);
    let mut ending = Ending::default();
    // What closes each array and dictionary that is open.
    let mut open: Vec<&[u8]> = Vec::new();
    let mut last_name: &[u8] = &[];
    // Where in the stack of states each open text object or mark does not matter: readers keep them
    // apart.
    loop {
        let start = reader.skip_white();
        let Some(token) = reader.next_token() else {
            break;
        };
        let read = content.get(start..reader.position()).unwrap_or_default();
        match token {
            Token::Unclosed(closing) => {
                ending.foreign |= is_stray(read);
                ending.closing = closing;
            }
            Token::Open(close) => open.push(close),
            Token::Close => ending.foreign |= open.pop().is_none(),
            Token::Word(word, start) => {
                // Readers differ in where they take such an array to end.
                ending.foreign |= !(is_value(word) || open.is_empty() && is_operator(word));
                match word {
                    b"q" => ending.open_states += 1,
                    b"Q" if ending.open_states == 0 => ending.stray_restores.push(start),
                    b"Q" => ending.open_states -= 1,
                    b"BT" => ending.in_text = true,
                    b"ET" => ending.in_text = false,
                    b"BMC" | b"BDC" => ending.open_marks += 1,
                    b"EMC" => ending.open_marks = ending.open_marks.saturating_sub(1),
                    b"BI" => {
                        ending.closing = reader.skip_inline_image().unwrap_or_default();
                        let picture = content.get(start..reader.position()).unwrap_or_default();
                        add_colours(&mut ending.used, picture);
                    }
                    _ => {}
                }
                if let Some(category) = Category::of_operator(word) {
                    ending.used.add(category, last_name);
                }
            }
            Token::Name(name) => last_name = name,
            Token::Other => ending.foreign |= is_stray(read),
        }
    }
    ending.foreign |= reader.is_doubtful();
    for close in open.iter().rev() {
        ending.closing.extend(b"\n");
        ending.closing.extend(*close);
    }
    ending
}

/// Adds the names that an inline picture may have its colours by.
fn add_colours(used: &mut NamesUsed, picture: &[u8]) {
    let mut tokens = Tokens::new(picture);
    while let Some(token) = tokens.next_token() {
        match token {
            Token::Name(name) => used.add(Category::Colours, name),
            Token::Word(b"ID", _) => break,
            _ => {}
        }
    }
}

/// Whether what was read is the end of a text that never began, or no number where one should be.
fn is_stray(read: &[u8]) -> bool {
    match read {
        b")" | b">" => true,
        [b'<', digits @ ..] => {
            let digits = digits.strip_suffix(b">").unwrap_or(digits);
            let is_digit = |byte: &u8| byte.is_ascii_hexdigit() || b"\0\t\n\x0C\r ".contains(byte);
            !digits.iter().all(is_digit)
        }
        _ => false,
    }
}

/// The operators of ISO 32000-2, annex A.
pub(super) fn is_operator(word: &[u8]) -> bool {
    const OPERATORS: [&[u8]; 73] = [
        b"b", b"B", b"b*", b"B*", b"BDC", b"BI", b"BMC", b"BT", b"BX", b"c", b"cm", b"CS", b"cs",
        b"d", b"d0", b"d1", b"Do", b"DP", b"EI", b"EMC", b"ET", b"EX", b"f", b"F", b"f*", b"G",
        b"g", b"gs", b"h", b"i", b"ID", b"j", b"J", b"K", b"k", b"l", b"m", b"M", b"MP", b"n",
        b"q", b"Q", b"re", b"RG", b"rg", b"ri", b"s", b"S", b"SC", b"sc", b"SCN", b"scn", b"sh",
        b"T*", b"Tc", b"Td", b"TD", b"Tf", b"Tj", b"TJ", b"TL", b"Tm", b"Tr", b"Ts", b"Tw", b"Tz",
        b"v", b"w", b"W", b"W*", b"y", b"'", b"\"",
    ];
    OPERATORS.contains(&word)
}

pub(super) fn is_value(word: &[u8]) -> bool {
    let in_number = |byte: &u8| byte.is_ascii_digit() || b"+-.".contains(byte);
    matches!(word, b"true" | b"false" | b"null") || word.iter().all(in_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn balanced_content_leaves_nothing_open() {
        let content = b"q 1 0 0 1 5 5 cm BT /Q 12 Tf (q \\) q (nested)) Tj ET /OC /L BDC EMC Q % q";
        let used = NamesUsed::default();
        assert_eq!(Ending { used, ..read_ending(content) }, Ending::default());
    }

    #[test]
    fn names_are_told_with_what_they_are_taken_from() {
        let content =
            b"/F#31 9 Tf /G gs /C cs /P scn /S sh /X Do /OC /L BDC EMC BI /CS /I /W 1 ID a\nEI ";
        let used = read_ending(content).used;
        for (category, name) in [
            (Category::Fonts, b"F1".as_slice()),
            (Category::States, b"G"),
            (Category::Colours, b"C"),
            (Category::Patterns, b"P"),
            (Category::Shadings, b"S"),
            (Category::XObjects, b"X"),
            (Category::Properties, b"L"),
            (Category::Colours, b"I"),
        ] {
            assert!(used.has(category, name), "{category:?}");
        }
        assert!(!used.has(Category::Fonts, b"G"));
    }

    #[test]
    fn a_picture_that_holds_what_looks_like_its_end_is_foreign() {
        assert!(!read_ending(b"BI /W 4 ID aEIa \nEI\nQ").foreign);
        assert!(read_ending(b"BI /W 4 ID aaEI aazz\nEI\n").foreign);
    }

    #[test]
    fn what_is_left_open_is_closed_in_order() {
        let ending = read_ending(b"q q /OC /Hidden BDC BT (text) Tj");
        assert_eq!(ending.close(), b"\nET\nEMC\nQ\nQ\n");
    }

    #[test]
    fn a_stray_restore_is_found_where_it_stands() {
        let ending = read_ending(b"2 0 0 2 0 0 cm Q q Q Q");
        assert_eq!(ending.stray_restores, [15, 21]);
        assert_eq!(ending.open_states, 0);
    }

    #[test]
    fn a_string_that_is_cut_off_is_closed() {
        assert_eq!(read_ending(b"BT (never ( closed").close(), b"\n))\nET\n");
        assert_eq!(read_ending(b"BT <0041").close(), b"\n>\nET\n");
    }

    #[test]
    fn what_is_no_operator_is_noticed() {
        for content in [
            "q nonsense Q",
            "q { Q",
            "1 0 0 1 0 0 cmQ",
            "q ) Q",
            "q > Q",
            "q ] Q",
            "q >> Q",
            "BT <0!1> Tj ET",
        ] {
            assert!(read_ending(content.as_bytes()).foreign, "{content}");
        }
        assert!(!read_ending(b"BT <00 4f\n1> Tj ET").foreign);
        assert!(!read_ending(b"/GS gs [1.5 -.3]0 d BT(a)' ET /Name<</A true>>BDC EMC").foreign);
    }

    #[test]
    fn an_array_that_is_cut_off_is_closed() {
        assert_eq!(read_ending(b"BT [(a) 3 (b").close(), b"\n)\n]\nET\n");
        assert_eq!(read_ending(b"/OC <</A [1").close(), b"\n\n]\n>>\n");
        assert!(!read_ending(b"BT [(a) 3").foreign);
        assert!(read_ending(b"BT [(a) 3 Q").foreign);
    }

    #[test]
    fn an_inline_image_that_is_cut_off_is_ended() {
        assert_eq!(read_ending(b"q BI /W 1 ID abc").close(), b"\n\nEI\nQ\n");
        assert_eq!(read_ending(b"BI /W 1").close(), b"\n\nID \nEI\n");
        assert_eq!(read_ending(b"BI /A (").close(), b"\n)\nID \nEI\n");
    }

    #[test]
    fn the_data_of_an_inline_image_is_not_read() {
        let content = b"q BI /W 2 /H 2 /BPC 8 ID q q EIx\xFF EI \x80 Q q\nEI Q";
        let doubtful = Ending { foreign: true, ..Ending::default() };
        let used = NamesUsed::default();
        assert_eq!(Ending { used, ..read_ending(content) }, doubtful);
    }
}
