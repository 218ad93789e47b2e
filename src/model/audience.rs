//! Whom a bundle may reach.

/// Whom a bundle may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// The prosecution's own working copy.
    Prosecution,
    /// The judge or bench.
    Court,
    /// The defence.
    Defence,
    /// The jury.
    Jury,
    /// The Legal Aid Agency, with a claim for payment by the page.
    Laa,
}

impl Audience {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Prosecution, Self::Court, Self::Defence, Self::Jury, Self::Laa];

    /// Its word in manifests.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prosecution => "prosecution",
            Self::Court => "court",
            Self::Defence => "defence",
            Self::Jury => "jury",
            Self::Laa => "laa",
        }
    }

    /// Whom it is, as messages say it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Prosecution => "the prosecution",
            Self::Court => "the court",
            Self::Defence => "the defence",
            Self::Jury => "the jury",
            Self::Laa => "the Legal Aid Agency",
        }
    }

    /// Whether a bundle for it leaves the prosecution.
    pub fn is_served(self) -> bool {
        self != Self::Prosecution
    }
}
