//! File quality: what people recorded of each file, in figures; and what of it the program sees itself. Pure.

mod deadlines;
mod figures;
mod month;
mod reasons;
mod signs;

pub use deadlines::{OpenFailure, USUAL_DAYS, open_failures};
pub use figures::{Counted, FailureCount, Figures, Grouping, Quality, Ratio, quality};
pub use month::Month;
pub use reasons::{Family, Reason, Test, reason, reasons};
pub use signs::{signs, signs_of};
