//! Huffman codes of a JPEG (ITU T.81, annexes C and F), read from a table of what the next bits mean.

use std::cell::RefCell;
use std::rc::Rc;

/// How many tables are kept from picture to picture: scanners write the same ones into each.
const KEPT: usize = 8;

thread_local! {
    static RECENT: RefCell<Vec<Rc<Codes>>> = const { RefCell::new(Vec::new()) };
}

/// How many bits are looked up at once.
const WINDOW: u32 = 13;

/// How many windows there are.
const WINDOWS: usize = 1 << WINDOW;

/// The longest code (ITU T.81, C.2).
const LONGEST: u32 = 16;

/// One Huffman table.
#[derive(Debug)]
pub(super) struct Codes {
    counts: Vec<u8>,
    /// For each window that begins with a short code: its length in bits, then its symbol.
    short: Box<[u16; WINDOWS]>,
    /// For each length: one more than its last code, left-aligned to 16 bits; the place of the symbol
    /// of code 0 of that length.
    ends: [u32; 17],
    offsets: [i32; 17],
    symbols: Vec<u8>,
    /// For each window: what can be passed over at once; see [`Stride`].
    strides: Box<[Stride; WINDOWS]>,
}

/// Several coefficients that end or begin within a window: their bits, and how far they lead in the order of coefficients.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stride(u16);

/// How many coefficients a block has.
pub(super) const BLOCK: u32 = 64;

/// What a stride leads on where the block ends behind it: out of reach of one that does not end it.
pub(super) const END: u32 = 2 * BLOCK;

impl Stride {
    /// Nothing can be passed over: a step that leads out of every block.
    const NONE: Self = Self(64 << 5);

    fn new(bits: u32, coefficients: u32, ends: bool) -> Self {
        // Thirteen bits of a window and fifteen of a value fit into five bits, steps into eight.
        let step = coefficients + if ends { END } else { 0 };
        u16::try_from(bits | step << 5).map_or(Self::NONE, Self)
    }

    pub(super) fn bits(self) -> u32 {
        u32::from(self.0 & 31)
    }

    pub(super) fn step(self) -> u32 {
        u32::from(self.0 >> 5)
    }
}

impl Codes {
    /// A table as a file states it: how many codes there are of each length, and their symbols.
    pub(super) fn of(counts: &[u8], symbols: &[u8]) -> Option<Rc<Self>> {
        RECENT.with_borrow_mut(|recent| {
            let is_same = |codes: &Rc<Self>| codes.counts == counts && codes.symbols == symbols;
            if let Some(place) = recent.iter().position(is_same) {
                return recent.get(place).map(Rc::clone);
            }
            let codes = Rc::new(Self::new(counts, symbols)?);
            if recent.len() >= KEPT {
                recent.remove(0);
            }
            recent.push(Rc::clone(&codes));
            Some(codes)
        })
    }

    fn new(counts: &[u8], symbols: &[u8]) -> Option<Self> {
        let mut codes = Self {
            counts: counts.to_vec(),
            short: Box::new([0; WINDOWS]),
            ends: [0; 17],
            offsets: [0; 17],
            symbols: symbols.to_vec(),
            strides: Box::new([Stride::NONE; WINDOWS]),
        };
        let mut short = [0u16; WINDOWS];
        let (mut code, mut place) = (0u32, 0usize);
        for (length, count) in (1u32..).zip(counts) {
            let at = length as usize;
            *codes.offsets.get_mut(at)? = i32::try_from(place).ok()? - i32::try_from(code).ok()?;
            for _ in 0..*count {
                let symbol = *symbols.get(place)?;
                if length <= WINDOW {
                    let from = (code << (WINDOW - length)) as usize;
                    let to = from + (1 << (WINDOW - length));
                    short
                        .get_mut(from..to)?
                        .fill(u16::try_from(length).ok()? << 8 | u16::from(symbol));
                }
                code += 1;
                place += 1;
            }
            if code > 1 << length {
                return None;
            }
            *codes.ends.get_mut(at)? = code << (LONGEST - length);
            code <<= 1;
        }
        codes.strides = Box::new(strides(&short));
        codes.short = Box::new(short);
        Some(codes)
    }

    /// The code that some bits, left-aligned, begin with: its length and its symbol.
    #[inline(always)]
    pub(super) fn first(&self, bits: u64) -> Option<(u32, u8)> {
        let short = *self.short.get(window(bits))?;
        if short != 0 {
            let [length, symbol] = short.to_be_bytes();
            return Some((u32::from(length), symbol));
        }
        self.long(bits)
    }

    /// The same for a code that is longer than a window.
    #[cold]
    fn long(&self, bits: u64) -> Option<(u32, u8)> {
        let ahead = u32::try_from(bits >> 48).ok()?;
        let (length, _) =
            (0u32..).zip(&self.ends).skip(WINDOW as usize + 1).find(|(_, end)| ahead < **end)?;
        let code = i32::try_from(ahead >> (LONGEST - length)).ok()?;
        let place = usize::try_from(code + self.offsets.get(length as usize)?).ok()?;
        Some((length, *self.symbols.get(place)?))
    }

    /// What of some bits, left-aligned, can be passed over at once.
    #[inline(always)]
    pub(super) fn stride(&self, bits: u64) -> Stride {
        let stride = self.strides.get(window(bits)).copied();
        stride.unwrap_or(Stride::NONE)
    }
}

#[allow(clippy::cast_possible_truncation, reason = "thirteen bits")]
#[inline(always)]
fn window(bits: u64) -> usize {
    (bits >> (64 - WINDOW)) as usize
}

/// For every window, as many coefficients of a block as are told by it.
fn strides(short: &[u16; WINDOWS]) -> [Stride; WINDOWS] {
    let stride = |window: usize| {
        let (mut bits, mut coefficients, mut ends) = (0, 0, false);
        while bits < WINDOW && !ends {
            let rest = window << bits & ((1 << WINDOW) - 1);
            let [length, symbol] = short.get(rest).copied().unwrap_or(0).to_be_bytes();
            let length = u32::from(length);
            if length == 0 || bits + length > WINDOW {
                break;
            }
            let (run, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
            let step = match (run, size) {
                (0, 0) => 0,
                // Nothing that the baseline process knows, and what is too far is left to others.
                (1..15, 0) => break,
                _ => run + 1,
            };
            if coefficients + step > 63 || bits + length + size > 31 {
                break;
            }
            ends = (run, size) == (0, 0);
            bits += length + size;
            coefficients += step;
        }
        if bits == 0 {
            return Stride::NONE;
        }
        Stride::new(bits, coefficients, ends)
    };
    std::array::from_fn(stride)
}
