//! File standards: checklists of the material that a file must hold. Pure.

mod assess;
mod crossed;
mod data;
mod findings;
#[cfg(test)]
mod tests;

pub use assess::{MaterialStanding, Requirement, flags, requirements};
pub use crossed::check_crossed;
pub use data::{AskedItem, Material, Necessity, Standard, StandardError, Standards, Whose};
pub use findings::check_standard;
