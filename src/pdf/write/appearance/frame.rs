//! The background and border of a widget.

use lopdf::{Dictionary, Document as Pdf};

use crate::pdf::syntax::dictionaries::{get, get_array, get_dict};

/// The background and border of a widget (`/MK`, `/BS`).
pub(super) struct Frame {
    background: Vec<f64>,
    border: Vec<f64>,
    pub(super) width: f64,
}

impl Frame {
    pub(super) fn read(pdf: &Pdf, widget: &Dictionary) -> Self {
        let look = get_dict(pdf, widget, b"MK").cloned().unwrap_or_default();
        let colour = |key: &[u8]| -> Vec<f64> {
            get_array(pdf, &look, key)
                .iter()
                .filter_map(|part| part.as_float().ok().map(f64::from))
                .collect()
        };
        let width =
            get_dict(pdf, widget, b"BS").and_then(|style| get(pdf, style, b"W")?.as_float().ok());
        Self {
            background: colour(b"BG"),
            border: colour(b"BC"),
            width: width.map_or(1.0, f64::from),
        }
    }

    pub(super) fn operators(&self, width: f64, height: f64) -> Vec<u8> {
        let mut content = String::new();
        if let Some(colour) = set_colour(&self.background, ["g", "rg", "k"]) {
            content.push_str(&format!("q {colour}\n0 0 {width:.3} {height:.3} re f Q\n"));
        }
        if let Some(colour) = set_colour(&self.border, ["G", "RG", "K"])
            && self.width > 0.0
        {
            let (line, half) = (self.width, self.width / 2.0);
            content.push_str(&format!(
                "q {colour}\n{line} w {half} {half} {:.3} {:.3} re S Q\n",
                width - line,
                height - line
            ));
        }
        content.into_bytes()
    }
}

fn set_colour(parts: &[f64], operators: [&str; 3]) -> Option<String> {
    let [grey, rgb, cmyk] = operators;
    let operator = match parts.len() {
        1 => grey,
        3 => rgb,
        4 => cmyk,
        _ => return None,
    };
    let parts: Vec<String> = parts.iter().map(|part| format!("{part:.3}")).collect();
    Some(format!("{} {operator}", parts.join(" ")))
}
