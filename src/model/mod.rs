//! The words that every floor uses: findings and their codes, ids, hashes, geometry. Imports nothing of ours.

pub mod atomic_write;
pub(crate) mod audience;
pub(crate) mod codes;
pub(crate) mod finding;
pub(crate) mod finding_row;
pub mod geometry;
pub(crate) mod hash;
pub(crate) mod ids;
mod lookalikes;
mod mark;
pub(crate) mod memory_budget;
pub(crate) mod names;
pub mod nearest;
pub(crate) mod system_words;
pub(crate) mod trust;
pub(crate) mod words;
pub use audience::Audience;
pub use codes::Code;
pub use finding::{DocumentRef, Finding, Severity};
pub use finding_row::FindingRow;
pub use hash::Sha256Hash;
pub use ids::DocumentId;
pub(crate) use lookalikes::latin;
pub use mark::Mark;
pub use system_words::in_words;
pub use trust::Trust;
