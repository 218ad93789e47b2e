//! Who is heard where and when, and whether the file is ready for it. The other products stand on this.

pub(crate) mod courtroom;
pub mod heard;
pub mod listing;
pub mod privacy;
pub mod readiness;
