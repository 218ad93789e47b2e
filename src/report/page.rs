//! What every HTML page has: one file that needs nothing but itself, on screen and on paper.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// A page with its title and the style that is its own.
pub(super) fn page(title: &str, style: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body { main { (body) } }
        }
    };
    page.into_string() + "\n"
}
