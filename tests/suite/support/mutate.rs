//! Ways of damaging a PDF, each decided by a seed alone.

/// A small generator (SplitMix64), so that the same seed gives the same damage for ever.
pub struct Random(u64);

impl Random {
    /// Seeded by a text (FNV-1a).
    pub fn new(seed: &str) -> Self {
        Self(seed.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
        }))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound that is not 0.
    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        (!from.is_empty()).then(|| from[self.below(from.len())])
    }
}

/// How a file is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// Some bytes anywhere have other values.
    Flipped,
    /// The end is missing.
    Cut,
    /// A stretch is zeros, as on a disk that failed.
    Zeroed,
    /// A stretch in the middle is missing.
    Lost,
    /// A `/Length` says something else.
    Length,
    /// An offset of the cross-reference table, or that of the table itself, says something else.
    Offset,
    /// An object is missing, and what follows has moved.
    Dropped,
    /// An object is blank, and everything else stands where it was.
    Blanked,
    /// Two names have changed places.
    Swapped,
    /// A number within an object outside of streams has another digit.
    Digit,
}

impl Damage {
    pub const ALL: [Self; 10] = [
        Self::Flipped,
        Self::Cut,
        Self::Zeroed,
        Self::Lost,
        Self::Length,
        Self::Offset,
        Self::Dropped,
        Self::Blanked,
        Self::Swapped,
        Self::Digit,
    ];

    /// A damaged copy; `None` where there is nothing to damage in this way.
    pub fn of(self, whole: &[u8], random: &mut Random) -> Option<Vec<u8>> {
        let mut bytes = whole.to_vec();
        match self {
            Self::Flipped => {
                for _ in 0..=random.below(8) {
                    let place = random.below(bytes.len());
                    bytes[place] ^= 1 << random.below(8);
                }
            }
            Self::Cut => bytes.truncate(random.below(bytes.len())),
            Self::Zeroed => {
                let start = random.below(bytes.len());
                let end = (start + 1 + random.below(600)).min(bytes.len());
                bytes[start..end].fill(0);
            }
            Self::Lost => {
                let start = random.below(bytes.len());
                let end = (start + 1 + random.below(600)).min(bytes.len());
                bytes.drain(start..end);
            }
            Self::Length => {
                let place = random.pick(&places(whole, b"/Length "))? + 8;
                change_digit(&mut bytes, place, random)?;
            }
            Self::Offset => {
                let mut offsets = places(whole, b" 00000 n");
                offsets.iter_mut().for_each(|place| *place = place.saturating_sub(4));
                offsets.extend(places(whole, b"startxref").iter().map(|place| place + 10));
                let place = random.pick(&offsets)?;
                change_digit(&mut bytes, place, random)?;
            }
            Self::Dropped => {
                bytes.drain(object(whole, random)?);
            }
            Self::Blanked => bytes[object(whole, random)?].fill(b' '),
            Self::Swapped => swap_names(&mut bytes, random)?,
            Self::Digit => {
                let object = object(whole, random)?;
                let digits: Vec<usize> = outside_streams(whole, object)
                    .filter(|place| whole[*place].is_ascii_digit())
                    .collect();
                let place = random.pick(&digits)?;
                change_digit(&mut bytes, place, random)?;
            }
        }
        (bytes != whole).then_some(bytes)
    }
}

fn places(bytes: &[u8], what: &[u8]) -> Vec<usize> {
    let windows = bytes.windows(what.len()).enumerate();
    windows.filter(|(_, window)| *window == what).map(|(place, _)| place).collect()
}

/// One digit, or the next that follows, becomes another.
fn change_digit(bytes: &mut [u8], from: usize, random: &mut Random) -> Option<()> {
    let rest = bytes.get_mut(from..)?;
    let digit = rest.iter_mut().find(|byte| byte.is_ascii_digit())?;
    *digit = b'0' + (*digit - b'0' + 1 + random.below(9) as u8) % 10;
    Some(())
}

/// An object, from its number to behind its `endobj`.
fn object(bytes: &[u8], random: &mut Random) -> Option<std::ops::Range<usize>> {
    let place = random.pick(&places(bytes, b" 0 obj"))?;
    let digits = bytes[..place].iter().rev();
    let start = place - digits.take_while(|byte| byte.is_ascii_digit()).count();
    let end = places(&bytes[place..], b"endobj").first()? + place + 6;
    Some(start..end)
}

/// The positions of an object that are not data of its stream.
fn outside_streams(bytes: &[u8], object: std::ops::Range<usize>) -> impl Iterator<Item = usize> {
    let data = places(&bytes[object.clone()], b"stream");
    let end = data.first().map_or(object.end, |data| object.start + data);
    object.start..end
}

fn swap_names(bytes: &mut Vec<u8>, random: &mut Random) -> Option<()> {
    let first = object(bytes, random)?;
    let second = object(bytes, random)?;
    let (a, b) = (name(bytes, first, random)?, name(bytes, second, random)?);
    let (a, b) = if a.start < b.start { (a, b) } else { (b, a) };
    if a.end > b.start {
        return None;
    }
    let (one, other) = (bytes[a.clone()].to_vec(), bytes[b.clone()].to_vec());
    bytes.splice(b, one);
    bytes.splice(a, other);
    Some(())
}

fn name(
    bytes: &[u8],
    object: std::ops::Range<usize>,
    random: &mut Random,
) -> Option<std::ops::Range<usize>> {
    let slashes: Vec<usize> =
        outside_streams(bytes, object).filter(|place| bytes[*place] == b'/').collect();
    let start = random.pick(&slashes)?;
    let letters = bytes[start + 1..].iter();
    let length = letters.take_while(|byte| byte.is_ascii_alphanumeric());
    Some(start..start + 1 + length.count())
}
