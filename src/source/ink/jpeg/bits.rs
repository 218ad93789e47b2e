//! The entropy-coded part of a JPEG (ITU T.81, annex F), bit by bit.

use super::ZIGZAG;
use super::codes::Codes;

/// Bits as they come, without stuffed bytes; zeros behind a marker or the end.
pub(super) struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    /// The next bits, left-aligned.
    buffer: u64,
    count: u32,
    /// How many of the bits in the buffer are not in the file.
    padding: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self {
            data,
            at: 0,
            buffer: 0,
            count: 0,
            padding: 0,
        }
    }

    /// Has at least 32 bits ready: more than a code with its value takes.
    #[inline(always)]
    fn fill(&mut self) {
        if self.count < 32 && !self.fill_at_once() {
            self.fill_slowly();
        }
    }

    /// Takes four bytes of which none needs a closer look.
    #[inline(always)]
    fn fill_at_once(&mut self) -> bool {
        let Some(bytes) = self.data.get(self.at..).and_then(<[u8]>::first_chunk) else {
            return false;
        };
        let bytes = u32::from_be_bytes(*bytes);
        // Whether a byte is 0xFF: its complement is zero, and zero alone borrows.
        let inverse = !bytes;
        if inverse.wrapping_sub(0x0101_0101) & bytes & 0x8080_8080 != 0 {
            return false;
        }
        self.buffer |= u64::from(bytes) << (32 - self.count);
        self.count += 32;
        self.at += 4;
        true
    }

    #[cold]
    #[inline(never)]
    fn fill_slowly(&mut self) {
        while self.count <= 56 {
            let byte = match (self.data.get(self.at), self.data.get(self.at + 1)) {
                (Some(0xFF), Some(0)) => {
                    self.at += 2;
                    0xFF
                }
                (Some(0xFF) | None, _) => {
                    self.padding += 8;
                    0
                }
                (Some(byte), _) => {
                    self.at += 1;
                    *byte
                }
            };
            self.buffer |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    #[inline(always)]
    fn take(&mut self, bits: u32) {
        self.buffer <<= bits;
        self.count = self.count.saturating_sub(bits);
    }

    /// Whether everything read so far stands in the file.
    pub(super) fn is_sound(&self) -> bool {
        self.padding <= self.count
    }

    /// Goes on behind a restart marker (ITU T.81, E.2.4).
    pub(super) fn restart(&mut self) -> Option<()> {
        // Less than a byte may be left before the marker.
        if !self.is_sound() || self.count - self.padding >= 8 {
            return None;
        }
        match self.data.get(self.at..self.at + 2) {
            Some([0xFF, 0xD0..=0xD7]) => {
                *self = Self {
                    at: self.at + 2,
                    ..Self::new(self.data)
                };
                Some(())
            }
            _ => None,
        }
    }

    /// A value of so many bits (ITU T.81, F.2.2.1).
    #[inline(always)]
    fn value(&mut self, size: u32) -> i32 {
        if size == 0 {
            return 0;
        }
        let bits = i32::try_from(self.buffer >> (64 - size)).unwrap_or(0);
        self.take(size);
        if bits < 1 << (size - 1) {
            bits - (1 << size) + 1
        } else {
            bits
        }
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
        while next < 64 {
            bits.fill();
            let stride = others.stride(bits.buffer);
            let behind = next + stride.coefficients();
            if stride.is_some() && behind < 64 {
                bits.take(stride.bits());
                next = behind;
                if stride.ends_block() {
                    next = 64;
                }
            } else {
                match bits.step(others)? {
                    None => next = 64,
                    Some((step, _)) => next += step,
                }
            }
        }
        *self = bits;
        (next == 64).then_some(difference)
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
