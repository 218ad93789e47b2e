//! The field's own terms, each checked when it is made.

use std::fmt;

macro_rules! text_newtype {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(super) String);

        impl $name {
            /// The text in its normal form.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

text_newtype! {
    /// The unique reference number that police and CPS share, in the form of the CPS's own
    /// validation: 11 characters, then an optional `M`, `(M)`, `S` or `(S)`, then `/n`.
    Urn;
    /// The court's own case number, such as `T20260123`.
    CourtCaseNumber;
    /// An exhibit reference: the producer's initials and a number, `JS/1`.
    ExhibitRef;
    /// A form or class of document, such as `MG11`.
    Form;
    /// The letter of a section: one or two capitals.
    SectionLetter;
}
