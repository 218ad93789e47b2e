use serde::{Deserialize, Serialize};

/// How far the source of a rule can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trust {
    /// Read in the official source named.
    #[serde(rename = "S", alias = "official")]
    Official,
    /// Read in a secondary source.
    #[serde(rename = "S2", alias = "secondary")]
    Secondary,
    /// From memory, not verified: never more than a warning.
    #[serde(rename = "M")]
    Memory,
    /// Nobody's rule: the program's own good practice, or a careful choice.
    #[serde(rename = "I", alias = "proposal")]
    Practice,
    /// From the user's own file.
    #[serde(rename = "own", skip_deserializing)]
    Own,
}

impl Trust {
    /// The tag, as in the data.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Official => "S",
            Self::Secondary => "S2",
            Self::Memory => "M",
            Self::Practice => "I",
            Self::Own => "own",
        }
    }
}
