//! Everything that knows what a PDF is made of, a floor each: `syntax`, [`source`], [`page`], `write`.

pub(crate) mod page;
pub(crate) mod source;
pub(crate) mod syntax;
pub(crate) mod write;
