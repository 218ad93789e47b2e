//! One of several parts of all cases, so that several computers build them together without a word between them.

use std::fmt;
use std::num::NonZeroU32;
use std::path::{Component, Path};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// The part `index` of `of`, counted from 1: `3/16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "TypedShard")]
pub struct Shard {
    index: NonZeroU32,
    of: NonZeroU32,
}

/// A shard as somebody writes it.
#[derive(Deserialize)]
struct TypedShard {
    index: u32,
    of: u32,
}

impl Shard {
    /// Part `index` of `of`, both from 1.
    ///
    /// # Errors
    /// Where there is no such part.
    pub fn new(index: u32, of: u32) -> Result<Self, String> {
        let of = NonZeroU32::new(of).ok_or("there is at least 1 shard: write 1/1 for all cases")?;
        NonZeroU32::new(index)
            .filter(|index| *index <= of)
            .map(|index| Self { index, of })
            .ok_or_else(|| format!("the shards of {of} are 1/{of} to {of}/{of}"))
    }

    /// Which part, from 1.
    pub fn index(self) -> u32 {
        self.index.get()
    }

    /// How many parts there are.
    pub fn of(self) -> u32 {
        self.of.get()
    }

    /// Whether the case of this key is in this part. Every key is in exactly one of the parts.
    pub fn holds(self, key: &CaseKey) -> bool {
        let hash: [u8; 32] = Sha256::digest(key.0.as_bytes()).into();
        let [a, b, c, d, e, f, g, h, ..] = hash;
        let number = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
        number % u64::from(self.of()) == u64::from(self.index() - 1)
    }
}

impl TryFrom<TypedShard> for Shard {
    type Error = String;

    fn try_from(typed: TypedShard) -> Result<Self, String> {
        Self::new(typed.index, typed.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| {
            let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u32>().ok().filter(|_| digits)
        };
        match text.split_once('/').map(|(k, n)| (number(k), number(n))) {
            Some((Some(index), Some(of))) => Self::new(index, of),
            _ => Err("write K/N, two whole numbers such as 3/16".to_owned()),
        }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

/// What a case is called wherever its folder is mounted: the path of its manifest below the folder searched, or as
/// typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseKey(String);

impl CaseKey {
    /// The key of a path below the folder searched: the same on every system, which write `\` or `/`, and letters with
    /// their accents as one sign or as two.
    pub fn of(path: &Path) -> Self {
        let parts: Vec<String> = path
            .components()
            .filter(|part| *part != Component::CurDir)
            .map(|part| part.as_os_str().to_string_lossy().nfc().collect())
            .collect();
        Self(parts.join("/"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn shard(text: &str) -> Shard {
        text.parse().unwrap()
    }

    #[test]
    fn a_shard_is_typed_as_two_numbers_of_which_the_first_is_not_the_larger() {
        assert_eq!((shard("3/16").index(), shard("3/16").of()), (3, 16));
        assert_eq!(shard("1/1").to_string(), "1/1");
        for (text, why) in [
            ("0/16", "the shards of 16 are 1/16 to 16/16"),
            ("17/16", "the shards of 16 are 1/16 to 16/16"),
            ("1/0", "there is at least 1 shard: write 1/1 for all cases"),
            ("3", "write K/N, two whole numbers such as 3/16"),
            ("+3/16", "write K/N, two whole numbers such as 3/16"),
            ("3/16/2", "write K/N, two whole numbers such as 3/16"),
            ("3/99999999999", "write K/N, two whole numbers such as 3/16"),
            ("", "write K/N, two whole numbers such as 3/16"),
        ] {
            assert_eq!(text.parse::<Shard>().unwrap_err(), why, "{text}");
        }
        let json = serde_json::to_string(&shard("3/16")).unwrap();
        assert_eq!(json, r#"{"index":3,"of":16}"#);
        assert_eq!(serde_json::from_str::<Shard>(&json).unwrap(), shard("3/16"));
        assert!(serde_json::from_str::<Shard>(r#"{"index":4,"of":3}"#).is_err());
    }

    #[test]
    fn the_shard_of_a_case_never_changes() {
        // By `printf 'leeds/01-ready/bundle.toml' | sha256sum | cut -c-16`, divided by Python.
        let of_16 = |path: &str| {
            let key = CaseKey::of(Path::new(path));
            (1..=16).find(|index| Shard::new(*index, 16).unwrap().holds(&key))
        };
        assert_eq!(of_16("leeds/01-ready/bundle.toml"), Some(9));
        assert_eq!(of_16("./cardiff/306/bundle.toml"), Some(14));
        assert_eq!(of_16("Llŷn/bundle.toml"), Some(9));
        assert_eq!(of_16("Lly\u{302}n/bundle.toml"), Some(9));
    }

    proptest! {
        #![proptest_config(crate::properties())]

        #[test]
        fn every_case_is_in_exactly_one_shard(parts in vec("[^/\0]{1,12}", 1..5), of in 1_u32..100) {
            let key = CaseKey::of(Path::new(&parts.join("/")));
            let shards = (1..=of).filter(|index| Shard::new(*index, of).unwrap().holds(&key));
            prop_assert_eq!(shards.count(), 1);
        }
    }

    #[test]
    fn cases_are_spread_evenly() {
        let keys: Vec<CaseKey> = (0..10_000)
            .map(|number| CaseKey::of(Path::new(&format!("{number}/bundle.toml"))))
            .collect();
        for index in 1..=16 {
            let shard = Shard::new(index, 16).unwrap();
            let held = keys.iter().filter(|key| shard.holds(key)).count();
            assert!((500..750).contains(&held), "{held} in {shard}");
        }
    }
}
