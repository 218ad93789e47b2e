//! The HTML page of `verify`: a table for each file, with small pictures of the pages concerned.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};

use super::count;
use super::page::page;
use super::verify::{FileReport, ResultRow, cited, totals, verdict};
use crate::model::words::page_list;
use crate::pdf::page::Thumbnail;
use crate::verify::Status;

const STYLE: &str = "
:root { color-scheme: light; }
body { font: 16px/1.45 'Noto Sans', 'Segoe UI', Arial, sans-serif; color: #1a1a1a; background: #fff; margin: 2rem auto; max-width: 64rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #c8c8c8; }
td code { white-space: nowrap; }
.verdict { font-weight: 600; white-space: nowrap; }
.error { color: #9b1c1c; } .warning { color: #7a4a00; } .note { color: #1d4f91; } .pass { color: #1e6b32; } .na { color: #4f4f4f; }
.source { color: #4f4f4f; font-size: .9rem; }
figure { display: inline-block; margin: .3rem .6rem .3rem 0; text-align: center; font-size: .85rem; }
figure img { border: 1px solid #8c8c8c; display: block; }
@media print { body { margin: 0; max-width: none; } tr, figure { break-inside: avoid; } }
";

/// How many pages of one rule are shown.
const MAX: usize = 12;

/// One page that needs nothing but itself. Each file comes with the pictures of its pages.
pub fn verify_html(files: &[(FileReport, BTreeMap<u32, Thumbnail>)]) -> String {
    let body = html! {
        h1 { "Court rules" }
        @for (report, thumbnails) in files { (file(report, thumbnails)) }
        p.source {
            "Held against the profiles named. This is no legal advice; the court’s own direction beats every profile."
        }
    };
    let title = format!("Court rules: {}", count(files.len(), "file"));
    page(&title, STYLE, &body)
}

fn file(report: &FileReport, thumbnails: &BTreeMap<u32, Thumbnail>) -> Markup {
    let pages =
        report.pages.map_or_else(|| "cannot be read".to_owned(), |pages| count(pages, "page"));
    html! {
        section {
            h2 { (report.file) }
            p { (pages) ", held against " code { (report.rules) } ". " strong { (totals(report)) } }
            div.scroll tabindex="0" role="region" aria-label=(format!("Rules for {}", report.file)) {
                table {
                    thead { tr {
                        th scope="col" { "Result" }
                        th scope="col" { "Rule" }
                        th scope="col" { "What was found" }
                    } }
                    tbody {
                        @for row in &report.results { (rule(row, thumbnails)) }
                    }
                }
            }
        }
    }
}

fn rule(row: &ResultRow, thumbnails: &BTreeMap<u32, Thumbnail>) -> Markup {
    let verdict = verdict(row);
    let class = if verdict == "n/a" { "na" } else { verdict };
    html! {
        tr {
            td { span class={ "verdict " (class) } { (verdict) } }
            td { code { (row.code) } }
            td {
                @if let Some(message) = &row.message {
                    (message)
                    @if !row.pages.is_empty() { " (" (page_list(&row.pages)) ")" }
                }
                div.source { (cited(row)) }
                @if row.status == Status::Fail { (figures(row, thumbnails)) }
            }
        }
    }
}

fn figures(row: &ResultRow, thumbnails: &BTreeMap<u32, Thumbnail>) -> Markup {
    let shown = row.pages.iter().filter_map(|page| Some((page, thumbnails.get(page)?))).take(MAX);
    html! {
        @for (page, thumbnail) in shown {
            figure {
                img src={ "data:image/png;base64," (STANDARD.encode(&thumbnail.png)) }
                    width=(thumbnail.width) height=(thumbnail.height)
                    alt={ "Page " (page) ", small" };
                figcaption { "page " (page) }
            }
        }
    }
}

/// The pages that [`verify_html`] would show of a file, from 1.
pub fn pages_to_show(report: &FileReport) -> std::collections::BTreeSet<u32> {
    let failed = report.results.iter().filter(|row| row.status == Status::Fail);
    failed.flat_map(|row| row.pages.iter().copied().take(MAX)).collect()
}
