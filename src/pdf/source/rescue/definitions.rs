//! Where the objects of a file stand, whatever its table says.

use std::collections::HashMap;

use memchr::memmem::Finder;

use super::tolerant::decimal;

/// Where an object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pdf::source) struct Definition {
    pub(in crate::pdf::source) number: u32,
    pub(in crate::pdf::source) generation: u32,
    /// The first digit of its number.
    pub(super) at: usize,
}

/// Where every object outside of streams starts, by its number; the last one where there are several: a file is
/// changed by adding to it.
pub(in crate::pdf::source) fn definitions(body: &[u8]) -> HashMap<u32, Definition> {
    let mut found = HashMap::new();
    let mut objects = Ahead::new(body, b"obj");
    let mut streams = Ahead::new(body, b"stream");
    let mut at = 0;
    while let Some(object) = objects.from(at) {
        // Whatever stands between `stream` and `endstream` is somebody's text.
        if let Some(stream) = streams.from(at).filter(|stream| *stream < object) {
            at = stream + b"stream".len();
            let is_start = matches!(body.get(at), Some(b'\r' | b'\n' | b' '))
                && !body.get(..stream).is_some_and(|head| head.ends_with(b"end"));
            if is_start && let Some(end) = end_of_stream(body, &mut streams, at) {
                at = end;
            }
            continue;
        }
        let definition = body.get(..object).and_then(header);
        found.extend(definition.map(|definition| (definition.number, definition)));
        at = object + b"obj".len();
    }
    found
}

/// Behind the next `endstream`.
fn end_of_stream(body: &[u8], streams: &mut Ahead<'_>, mut at: usize) -> Option<usize> {
    while let Some(stream) = streams.from(at) {
        at = stream + b"stream".len();
        if body.get(..stream)?.ends_with(b"end") {
            return Some(at);
        }
    }
    None
}

/// The object that some bytes begin that end in `12 0 `.
pub(super) fn header(head: &[u8]) -> Option<Definition> {
    let start = head.len().saturating_sub(24);
    let mut rest = head.get(start..)?;
    let mut integer = || {
        rest = rest.trim_ascii_end();
        let digits = rest.iter().rev().take_while(|byte| byte.is_ascii_digit());
        let (before, digits) = rest.split_at_checked(rest.len() - digits.count())?;
        rest = before;
        decimal(digits)
    };
    let generation = integer()?;
    let number = integer()?;
    Some(Definition { number, generation, at: start + rest.len() })
}

/// Looks for something again and again from later places on, and looks at every byte once.
struct Ahead<'a> {
    body: &'a [u8],
    finder: Finder<'static>,
    next: Option<usize>,
    known_from: usize,
}

impl<'a> Ahead<'a> {
    fn new(body: &'a [u8], what: &'static [u8]) -> Self {
        let finder = Finder::new(what);
        Self { body, next: finder.find(body), finder, known_from: 0 }
    }

    /// The first place from here on.
    fn from(&mut self, at: usize) -> Option<usize> {
        if self.next.is_some_and(|next| next < at) && at >= self.known_from {
            let rest = self.body.get(at..)?;
            self.next = self.finder.find(rest).map(|found| at + found);
            self.known_from = at;
        }
        self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_outside_of_streams_and_the_last_one_counts() {
        let body = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n2 0 obj<</Length 9>>stream\n7 0 obj 1\nendstream\nendobj\n\
            1 0 obj 5 endobj 13  0\nobj[]endobj xobj 1 obj";
        let found = definitions(body);
        let mut numbers: Vec<_> = found.keys().copied().collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 13]);
        let starts = |number, text: &str| body[found[&number].at..].starts_with(text.as_bytes());
        assert!(starts(1, "1 0 obj 5"));
        assert!(starts(2, "2 0 obj<<"));
        assert!(starts(13, "13  0\nobj[]"));
    }

    #[test]
    fn a_stream_without_an_end_hides_nothing() {
        let found = definitions(b"1 0 obj<<>>stream\nabc endobj\n2 0 obj 5 endobj");
        assert_eq!(found.len(), 2);
    }
}
