//! Numbers that are none, such as `277.80277.8`: some readers take them for one number, some for two, some for nothing,
//! and what follows in the same array then moves.

use lopdf::Document as Pdf;
use lopdf::xref::XrefEntry;
use memchr::{memchr_iter, memmem};

use super::tokens::{Token, Tokens};

/// Whether any object that stands in the file by itself holds a number with more than one point.
pub(crate) fn are_doubtful(pdf: &Pdf, body: &[u8]) -> bool {
    let entries = pdf.reference_table.entries.values();
    let mut starts: Vec<usize> = entries
        .filter_map(|entry| match entry {
            XrefEntry::Normal { offset, .. } => usize::try_from(*offset).ok(),
            _ => None,
        })
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([body.len()]);
    let objects = starts.iter().zip(ends);
    objects
        .filter_map(|(start, end)| body.get(*start..end))
        .map(before_data)
        .any(|object| may_hold_one(object) && holds_one(object))
}

/// An object without the data of a stream.
fn before_data(object: &[u8]) -> &[u8] {
    let end = memmem::find(object, b"stream").or_else(|| memmem::find(object, b"endobj"));
    end.and_then(|end| object.get(..end)).unwrap_or(object)
}

/// Whether there are two points with nothing but digits between them, in a text perhaps.
fn may_hold_one(object: &[u8]) -> bool {
    let mut last = None;
    memchr_iter(b'.', object).any(|point| {
        let between = last.replace(point + 1).and_then(|last| object.get(last..point));
        between.is_some_and(|between| between.iter().all(u8::is_ascii_digit))
    })
}

fn holds_one(object: &[u8]) -> bool {
    let mut tokens = Tokens::new(object);
    while let Some(token) = tokens.next_token() {
        if let Token::Word(word, _) = token
            && word.iter().all(|byte| byte.is_ascii_digit() || b"+-.".contains(byte))
            && memchr_iter(b'.', word).count() > 1
        {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_noticed(object: &[u8]) -> bool {
        let object = before_data(object);
        may_hold_one(object) && holds_one(object)
    }

    #[test]
    fn a_number_with_two_points_is_noticed() {
        assert!(is_noticed(b"7 0 obj [277.8 277.80277.8 500] endobj"));
        assert!(is_noticed(b"7 0 obj <</Matrix[1..5 0]>> stream"));
    }

    #[test]
    fn texts_names_and_data_hold_no_numbers() {
        assert!(!is_noticed(b"7 0 obj [.1 .2 0.3] endobj"));
        assert!(!is_noticed(
            b"7 0 obj <</Producer(cairo (1.16.0) 1.2.3)/V1.2.3 1>> % 1.2.3\n endobj"
        ));
        assert!(!is_noticed(b"7 0 obj <</Length 6>> stream\n 1.2.3 \nendstream endobj 1.2.3"));
    }
}
