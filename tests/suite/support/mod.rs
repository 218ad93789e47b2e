//! What the tests stand on: cases in folders of their own, readers that did not write the bundle, damage done on purpose.

pub mod agreement;
pub mod alone;
pub mod case;
pub mod dump;
pub mod foreign;
pub mod look;
pub mod mutate;
pub mod paper;
pub mod reader;
pub mod same_findings;
pub mod sheets;
pub mod written;
