//! The entropy-coded part of a JPEG (ITU T.81, annex F), bit by bit.

use super::ZIGZAG;
use super::codes::{BLOCK, Codes, END};
use super::entropy::{AHEAD, Entropy};

/// Bits as they come; zeros behind the end of a run.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    /// Where this run and those behind it end.
    ends: &'a [usize],
    /// Which byte comes behind those of which a bit is counted.
    at: usize,
    /// The next bits, left-aligned. Behind those counted stand some that will be put there again.
    buffer: u64,
    /// At most 63.
    count: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(entropy: &'a Entropy) -> Self {
        Self { bytes: &entropy.bytes, ends: &entropy.ends, at: 0, buffer: 0, count: 0 }
    }

    /// Has at least 56 bits ready: more than a code with its value takes.
    #[inline(always)]
    fn fill(&mut self) {
        let ahead = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk);
        self.buffer |= ahead.map_or(0, |bytes| u64::from_be_bytes(*bytes)) >> self.count;
        self.at += ((63 - self.count) >> 3) as usize;
        self.count |= 56;
    }

    #[inline(always)]
    fn take(&mut self, bits: u32) {
        self.buffer <<= bits;
        self.count = self.count.saturating_sub(bits);
    }

    /// How many bits of the run are left; `None` where more than it has were read.
    fn left(&self) -> Option<usize> {
        let read = (self.at * 8).checked_sub(self.count as usize)?;
        (self.ends.first()? * 8).checked_sub(read)
    }

    /// Whether everything read so far stands in the file.
    pub(super) fn is_sound(&self) -> bool {
        self.left().is_some()
    }

    /// Goes on behind a restart marker (ITU T.81, E.2.4).
    pub(super) fn restart(&mut self) -> Option<()> {
        // Less than a byte may be left before the marker.
        (self.left()? < 8).then_some(())?;
        let (end, others) = self.ends.split_first()?;
        (!others.is_empty()).then_some(())?;
        *self = Self { bytes: self.bytes, ends: others, at: end + AHEAD, buffer: 0, count: 0 };
        Some(())
    }

    /// A value of so many bits (ITU T.81, F.2.2.1).
    #[inline(always)]
    fn value(&mut self, size: u32) -> i32 {
        if size == 0 {
            return 0;
        }
        let bits = i32::try_from(self.buffer >> (64 - size)).unwrap_or(0);
        self.take(size);
        if bits < 1 << (size - 1) { bits - (1 << size) + 1 } else { bits }
    }

    /// How far the first coefficient of a block is from that of the one before.
    #[inline(always)]
    pub(super) fn difference(&mut self, codes: &Codes) -> Option<i32> {
        self.fill();
        let (length, size) = codes.first(self.buffer)?;
        self.take(length);
        (size <= 11).then(|| self.value(size.into()))
    }

    /// Passes over a block but for what [`Bits::difference`] gives.
    #[inline]
    pub(super) fn pass_over(&mut self, first: &Codes, others: &Codes) -> Option<i32> {
        // A copy of its own stays in registers.
        let mut bits = Self { ..*self };
        let difference = bits.difference(first)?;
        let mut next = 1;
        while next < BLOCK {
            bits.fill();
            let stride = others.stride(bits.buffer);
            let behind = next + stride.step();
            if behind < BLOCK {
                bits.take(stride.bits());
                next = behind;
            } else if (END..END + BLOCK).contains(&behind) {
                bits.take(stride.bits());
                next = BLOCK;
            } else {
                match bits.step(others)? {
                    None => next = BLOCK,
                    Some((step, _)) => next += step,
                }
            }
        }
        *self = bits;
        (next == BLOCK).then_some(difference)
    }

    /// Reads the other coefficients of a block into their places.
    pub(super) fn read(&mut self, codes: &Codes, block: &mut [i32; 64]) -> Option<()> {
        let mut next = 1;
        while next < 64 {
            self.fill();
            let Some((step, value)) = self.step(codes)? else {
                return Some(());
            };
            next += step;
            let place = ZIGZAG.get(next as usize - 1)?;
            *block.get_mut(usize::from(*place))? = value;
        }
        Some(())
    }

    /// One coefficient: how far on it is, and its value; the inner `None` ends the block.
    #[allow(clippy::option_option, reason = "the outer one is a fault in the file")]
    fn step(&mut self, codes: &Codes) -> Option<Option<(u32, i32)>> {
        let (length, symbol) = codes.first(self.buffer)?;
        self.take(length);
        match (u32::from(symbol >> 4), u32::from(symbol & 15)) {
            (0, 0) => Some(None),
            (1..15, 0) => None,
            (run, size) => Some(Some((run + 1, self.value(size)))),
        }
    }
}
