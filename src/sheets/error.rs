//! What can go wrong while the sheets are set.

/// Why no sheets came about. None of these depends on the case: the fonts are part of the program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrontError {
    /// A built-in font could not be read or cut down.
    #[error("the built-in font {font} cannot be used: {reason}")]
    Font {
        /// The PostScript name of the font.
        font: &'static str,
        /// What the font library said.
        reason: String,
    },
    /// The pages could not be written.
    #[error("the cover and index pages cannot be written: {reason}")]
    Write {
        /// What the PDF library said.
        reason: String,
    },
}
