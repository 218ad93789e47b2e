//! Everything that knows what a PDF is made of, a floor each: `syntax`, [`source`], [`page`], `write`.

pub mod page;
pub mod source;
pub(crate) mod syntax;
pub(crate) mod write;
