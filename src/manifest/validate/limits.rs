//! `[limits]`: how much of the machine one file may take.

use crate::manifest::Limits;
use crate::manifest::reader::Table;

pub(super) fn read(root: &mut Table<'_>) -> Limits {
    let default = Limits::default();
    let Some(mut table) = root.table("limits", "[limits]") else {
        return default;
    };
    let limits = Limits {
        decompressed_mb: table
            .number("decompressed_mb", 1..=1_000_000)
            .unwrap_or(default.decompressed_mb),
        objects: table.number("objects", 1..=1_000_000_000).unwrap_or(default.objects),
        seconds: table.number("seconds", 1..=86_400).unwrap_or(default.seconds),
        nesting: table.number("nesting", 1..=1_000_000).unwrap_or(default.nesting),
    };
    table.finish();
    limits
}
