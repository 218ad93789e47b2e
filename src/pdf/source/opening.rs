//! What a file is opened with.

use std::fmt;

use crate::manifest::Limits;

/// How a file is to be opened.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    /// The password, where there is one.
    pub password: Option<Password>,
    /// Whether what is left of a damaged file is taken.
    pub allow_damaged: bool,
    /// How much of the machine it may take.
    pub limits: Limits,
}

/// A password and where it comes from. It is never printed: `Debug` shows the origin only.
#[derive(Clone, PartialEq, Eq)]
pub struct Password {
    text: String,
    origin: PasswordOrigin,
}

/// Where a password comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordOrigin {
    /// The environment variable of this name.
    Variable(String),
    /// Somebody typed it when asked.
    Typed,
}

impl fmt::Display for PasswordOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) => write!(f, "in the environment variable {name}"),
            Self::Typed => f.write_str("typed"),
        }
    }
}

impl Password {
    /// A password.
    pub fn new(text: String, origin: PasswordOrigin) -> Self {
        Self { text, origin }
    }

    /// What an environment variable holds; nothing where it is not set, or is empty.
    pub fn from_variable(name: &str) -> Option<Self> {
        let text = std::env::var(name).ok().filter(|text| !text.is_empty())?;
        Some(Self::new(text, PasswordOrigin::Variable(name.to_owned())))
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn origin(&self) -> &PasswordOrigin {
        &self.origin
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Password").field("origin", &self.origin).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let password = Password::new("letmein".to_owned(), PasswordOrigin::Typed);
        let opening = Opening { password: Some(password), ..Opening::default() };
        let shown = format!("{opening:?} {opening:#?}");
        assert!(!shown.contains("letmein"), "{shown}");
        assert!(shown.contains("Typed"), "{shown}");
    }
}
