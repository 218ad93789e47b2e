//! The casework desk: what a file must hold, what is to be chased, how good files are. Pure but for the
//! ledger of chases, which is a file beside each manifest.

pub mod chase;
pub mod quality;
pub mod standard;
