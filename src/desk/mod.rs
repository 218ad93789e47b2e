//! The casework desk: what the day's work needs to know of many cases at once. Pure; whatever counts
//! days is told which day it is.

pub mod calendar;
pub mod conflicts;
pub mod court_csv;
pub mod custody;
pub mod hearings;
pub mod listing;
pub mod privacy;
pub mod readiness;
