//! Rules: what a case must satisfy, and the findings when it does not. Pure; needs no disk.

mod codes;
mod finding;

pub use codes::Code;
pub use finding::{DocumentRef, Finding, Severity};
