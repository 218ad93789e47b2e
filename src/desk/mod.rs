//! The casework desk: what the day's work needs to know of many cases at once: who is heard where and when, what a file must
//! hold, what is to be chased, how good files are. Pure but for the ledger of chases, which is a file beside each manifest; whatever
//! counts days is told which day it is.

pub mod allocate;
pub mod calendar;
pub mod chase;
pub mod conflicts;
pub mod court_csv;
mod courtroom;
pub mod custody;
pub mod hearings;
pub mod listing;
pub mod privacy;
pub mod quality;
pub mod readiness;
pub mod standard;
