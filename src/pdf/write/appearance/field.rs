//! What a field says of itself and has from those above it (ISO 32000-2, 12.7.4).

use lopdf::{Dictionary, Document as Pdf, Object};

use crate::pdf::syntax::dictionaries::{get, get_array};

pub(super) const MULTILINE: i64 = 1 << 12;
pub(super) const PASSWORD: i64 = 1 << 13;
pub(super) const COMBO: i64 = 1 << 17;
pub(super) const COMB: i64 = 1 << 24;

/// What a field has from those above it.
#[derive(Debug, Clone, Default)]
pub(super) struct Inherited {
    pub(super) kind: Vec<u8>,
    pub(super) flags: i64,
    pub(super) value: Option<Object>,
    pub(super) appearance: Vec<u8>,
    pub(super) alignment: i64,
    pub(super) most: i64,
    pub(super) top: i64,
    pub(super) options: Vec<Object>,
}

impl Inherited {
    pub(super) fn with(&self, pdf: &Pdf, dict: &Dictionary) -> Self {
        let number = |key: &[u8], default: i64| {
            get(pdf, dict, key).and_then(|value| value.as_i64().ok()).unwrap_or(default)
        };
        let options = get_array(pdf, dict, b"Opt");
        Self {
            kind: get(pdf, dict, b"FT")
                .and_then(|kind| kind.as_name().ok())
                .map_or_else(|| self.kind.clone(), <[u8]>::to_vec),
            flags: number(b"Ff", self.flags),
            value: get(pdf, dict, b"V").cloned().or_else(|| self.value.clone()),
            appearance: get(pdf, dict, b"DA")
                .and_then(|text| text.as_str().ok())
                .map_or_else(|| self.appearance.clone(), <[u8]>::to_vec),
            alignment: number(b"Q", self.alignment),
            most: number(b"MaxLen", self.most),
            top: number(b"TI", self.top),
            options: if options.is_empty() { self.options.clone() } else { options.to_vec() },
        }
    }

    /// Text that fills several lines; the flag means something else to a choice.
    pub(super) fn flows(&self) -> bool {
        self.kind == b"Tx" && self.is(MULTILINE)
    }

    pub(super) fn is(&self, flag: i64) -> bool {
        self.flags & flag != 0
    }

    /// A list box, which shows its options whether they are chosen or not.
    pub(super) fn is_list(&self) -> bool {
        self.kind == b"Ch" && !self.is(COMBO)
    }

    /// The options of a list box from the first one in view, a line each.
    pub(super) fn list(&self, pdf: &Pdf) -> String {
        let shown = self.options.iter().skip(usize::try_from(self.top).unwrap_or(0));
        let lines: Vec<String> = shown
            .map(|option| match pdf.dereference(option).map(|(_, option)| option) {
                Ok(Object::Array(pair)) => {
                    pair.get(1).map(|shown| decode(pdf, shown)).unwrap_or_default()
                }
                Ok(option) => decode(pdf, option),
                Err(_) => String::new(),
            })
            .collect();
        lines.join("\n")
    }

    /// The lines of a list box that are chosen, from the first one in view.
    pub(super) fn chosen(&self, pdf: &Pdf) -> Vec<usize> {
        let held: Vec<String> = match &self.value {
            Some(Object::Array(values)) => values.iter().map(|value| decode(pdf, value)).collect(),
            Some(value) => vec![decode(pdf, value)],
            None => Vec::new(),
        };
        let shown = self.options.iter().skip(usize::try_from(self.top).unwrap_or(0)).enumerate();
        shown
            .filter(|(_, option)| match pdf.dereference(option).map(|(_, option)| option) {
                Ok(Object::Array(pair)) => {
                    pair.first().is_some_and(|value| held.contains(&decode(pdf, value)))
                }
                Ok(option) => held.contains(&decode(pdf, option)),
                Err(_) => false,
            })
            .map(|(line, _)| line)
            .collect()
    }

    /// The value in words; what a choice shows may differ from what it holds.
    pub(super) fn text(&self, pdf: &Pdf) -> String {
        let Some(value) = &self.value else {
            return String::new();
        };
        let held = match value {
            Object::Array(values) => {
                values.first().map(|value| decode(pdf, value)).unwrap_or_default()
            }
            Object::Stream(stream) => {
                String::from_utf8_lossy(&stream.get_plain_content().unwrap_or_default())
                    .into_owned()
            }
            value => decode(pdf, value),
        };
        if self.is(PASSWORD) && self.kind == b"Tx" {
            return "*".repeat(held.chars().count());
        }
        self.options
            .iter()
            .find_map(|option| match pdf.dereference(option).ok()?.1 {
                Object::Array(pair) if decode(pdf, pair.first()?) == held => {
                    Some(decode(pdf, pair.get(1)?))
                }
                _ => None,
            })
            .unwrap_or(held)
    }
}

pub(super) fn decode(pdf: &Pdf, text: &Object) -> String {
    let text = pdf.dereference(text).map_or(text, |(_, text)| text);
    lopdf::decode_text_string(text).unwrap_or_default()
}
