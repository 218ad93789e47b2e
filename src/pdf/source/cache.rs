//! Sources as a survey opened them, kept in memory for the bundles that take their pages.

use std::mem;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};

use lopdf::{Dictionary, Document as Pdf, Object};

use super::Source;

/// So many bytes of the process hold sources that several bundles take. Measured on three bundles of 307 MB: 460 to 500 MB at
/// the peak, without it 200 to 240, and 600 to 700 with twice as much and copies made ahead.
const MAX: u64 = 128 << 20;

/// So many hold those that one takes: small cases. With 32 MB a bundle of 307 MB took 35 MB more at the peak, one of 900 small
/// files 240 MB more, and neither less time.
const MAX_TAKEN_ONCE: u64 = 4 << 20;

/// How often what small objects hold is taken in memory, with all between that nothing else fits into: with 900 files of text
/// between three and eight times.
const SPREAD: u64 = 6;

/// What the sources in a cache take together.
#[derive(Debug, Default)]
struct CachedBytes(AtomicU64);

static OF_PROCESS: CachedBytes = CachedBytes(AtomicU64::new(0));

impl CachedBytes {
    /// Takes room for some bytes where there is any.
    fn take(&'static self, bytes: u64, most: u64) -> Option<CachedRoom> {
        let more = |taken: u64| taken.checked_add(bytes).filter(|taken| *taken <= most);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok()?;
        Some(CachedRoom { taken: self, bytes })
    }
}

/// Room that is given back when this is dropped.
#[derive(Debug)]
struct CachedRoom {
    taken: &'static CachedBytes,
    bytes: u64,
}

impl Drop for CachedRoom {
    fn drop(&mut self) {
        self.taken.0.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// A source that is handed out as often as was foretold, and is gone then.
#[derive(Debug)]
pub(crate) struct CachedSource(Mutex<Option<Cached>>);

#[derive(Debug)]
struct Cached {
    source: Arc<Source>,
    uses: usize,
    _room: CachedRoom,
}

impl CachedSource {
    /// The source for one of its uses, its objects without its bytes; `None` after the last.
    pub(crate) fn take(&self) -> Option<Source> {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let cached = place.as_mut()?;
        cached.uses -= 1;
        let source = match cached.uses {
            0 => place.take()?.source,
            _ => Arc::clone(&cached.source),
        };
        drop(place);
        // Copied while others may have theirs.
        Some(Arc::try_unwrap(source).unwrap_or_else(|source| (*source).clone()))
    }
}

impl Source {
    /// Lets go of the objects, as whoever looks at pages reads the bytes; keeps them for so many uses where there is
    /// room.
    pub(crate) fn put_away_objects(&mut self, uses: usize) -> Option<CachedSource> {
        self.put_away(uses, &OF_PROCESS)
    }

    fn put_away(&mut self, uses: usize, taken: &'static CachedBytes) -> Option<CachedSource> {
        let pdf = mem::replace(&mut self.pdf, Pdf::new());
        let most = match uses {
            0 => return None,
            1 => MAX_TAKEN_ONCE,
            _ => MAX,
        };
        let room = taken.take(weight(&pdf), most)?;
        let source = Self {
            bytes: Arc::default(),
            password: self.password.clone(),
            pages: self.pages.clone(),
            facts: self.facts.clone(),
            pdf,
        };
        let cached = Cached { source: Arc::new(source), uses, _room: room };
        Some(CachedSource(Mutex::new(Some(cached))))
    }
}

/// About how many bytes of memory the objects of a file take.
fn weight(pdf: &Pdf) -> u64 {
    let objects = pdf.objects.values();
    let streams = objects.clone().filter_map(|object| object.as_stream().ok());
    let content: usize = streams.map(|stream| stream.content.len()).sum();
    let small: usize = objects.map(|object| ENTRY + of_object(object)).sum();
    content as u64 + SPREAD * small as u64
}

/// What a place in a map takes beside its value, and an allocation beside its bytes.
const ENTRY: usize = 48;

fn of_object(object: &Object) -> usize {
    let within = match object {
        Object::Name(bytes) | Object::String(bytes, _) => ENTRY + bytes.len(),
        Object::Array(values) => values.iter().map(of_object).sum(),
        Object::Dictionary(dict) => of_dict(dict),
        Object::Stream(stream) => of_dict(&stream.dict),
        _ => 0,
    };
    size_of::<Object>() + within
}

fn of_dict(dict: &Dictionary) -> usize {
    dict.iter().map(|(key, value)| ENTRY + key.len() + of_object(value)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        let path = std::path::Path::new("fixtures/case-complete/indictment.pdf");
        Source::from_bytes(std::fs::read(path).unwrap()).unwrap()
    }

    fn taken() -> &'static CachedBytes {
        Box::leak(Box::default())
    }

    #[test]
    fn a_source_is_handed_out_as_often_as_foretold_and_gives_back_its_room() {
        let (mut opened, whole, taken) = (source(), source(), taken());
        let cached = opened.put_away(2, taken).unwrap();
        assert!(opened.pdf.objects.is_empty());
        assert!(
            taken.0.load(Ordering::Relaxed) >= whole.stream_lengths().iter().sum::<usize>() as u64
        );
        for _ in 0..2 {
            let again = cached.take().unwrap();
            assert_eq!(again.pdf.objects, whole.pdf.objects);
            assert_eq!(again.facts, whole.facts);
        }
        assert!(cached.take().is_none());
        assert_eq!(taken.0.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn what_finds_no_room_is_opened_again() {
        let taken = taken();
        let full = taken.take(MAX_TAKEN_ONCE, MAX).unwrap();
        assert!(source().put_away(1, taken).is_none());
        assert!(source().put_away(2, taken).is_some());
        drop(full);
        assert!(source().put_away(1, taken).is_some());
        assert!(source().put_away(0, taken).is_none());
        assert_eq!(taken.0.load(Ordering::Relaxed), 0);
    }
}
