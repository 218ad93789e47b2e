//! The casework desk: what the day's work needs to know of many cases at once: who is heard where and when, what a file must
//! hold, what is to be chased, how good files are. Pure but for the ledger of chases, which is a file beside each manifest; whatever
//! counts days is told which day it is.

pub mod allocate;
pub mod chase;
pub mod hearings;
pub mod list;
pub mod quality;
