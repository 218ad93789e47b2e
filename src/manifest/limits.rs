//! What a file may ask of the machine.

/// How much one file may take of the machine before it is refused, so that no file can hang the
/// program or fill the memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Megabytes that a compressed part of a file may unpack to.
    pub decompressed_mb: u32,
    /// How many objects it may hold.
    pub objects: u32,
    /// Seconds for reading it, and for looking at each of its pages.
    pub seconds: u32,
    /// How deep its page tree may be.
    pub nesting: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { decompressed_mb: 512, objects: 4_000_000, seconds: 60, nesting: 1_000 }
    }
}
