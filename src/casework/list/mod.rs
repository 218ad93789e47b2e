//! The court list: conflicts in it, and the court's own list read in.

pub mod conflicts;
pub mod court_csv;
