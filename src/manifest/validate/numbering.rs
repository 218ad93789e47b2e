//! `[bundle.numbering]`.

use serde::Deserialize;

use crate::manifest::reader::{Problem, Table, quoted};
use crate::manifest::{NumberStyle, Numbering};
use crate::model::Code;

const DEFAULT_DIGITS: u8 = 6;
const LONGEST_PREFIX: usize = 20;

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum TypedStyle {
    Continuous,
    Section,
    Prefix,
}

pub(super) fn numbering(bundle: &mut Table<'_>) -> Numbering {
    let Some(mut table) = bundle.table("numbering", "[bundle.numbering]") else {
        return Numbering::default();
    };
    let style = table.choice::<TypedStyle>("style").map(|style| style.value);
    // Of a style that cannot be read nothing is known, so nothing is asked of its other keys.
    let unreadable = style.is_none() && table.has("style");
    let position = table.choice("position").map(|position| position.value).unwrap_or_default();
    let prefix = table.raw("prefix");
    let prefix = prefix
        .and_then(|raw| table.checked(raw.at, checked_prefix(&raw.value).map(|()| raw.value)));
    let digits = table.number("digits", 1..=12);
    if style == Some(TypedStyle::Prefix) && !table.has("prefix") {
        table.missing("prefix", "give the text before the digits: prefix = \"BLK\"");
    }
    for key in ["prefix", "digits"] {
        if style != Some(TypedStyle::Prefix) && !unreadable && table.has(key) {
            let message = format!("\"{key}\" only goes with style = \"prefix\"");
            let problem = Problem::new(Code::BadValue, message);
            let hint = format!("write style = \"prefix\", or delete \"{key}\"");
            table.log().report(table.key_at(key), problem.hint(hint));
        }
    }
    table.finish();
    let style = match style {
        None | Some(TypedStyle::Continuous) => NumberStyle::Continuous,
        Some(TypedStyle::Section) => NumberStyle::Section,
        Some(TypedStyle::Prefix) => NumberStyle::Prefix {
            prefix: prefix.map(|prefix| prefix.value).unwrap_or_default(),
            digits: digits.unwrap_or(DEFAULT_DIGITS),
        },
    };
    Numbering { style, position }
}

/// A prefix goes onto every page, so it is kept to what every font and search box can hold.
fn checked_prefix(prefix: &str) -> Result<(), Problem> {
    let printable = prefix.bytes().all(|b| (0x20..0x7f).contains(&b));
    if printable && !prefix.trim().is_empty() && prefix.len() <= LONGEST_PREFIX {
        return Ok(());
    }
    Err(Problem::new(Code::BadValue, format!("{} cannot be a prefix", quoted(prefix)))
        .hint(format!("use 1 to {LONGEST_PREFIX} plain letters, digits and signs, such as BLK")))
}
