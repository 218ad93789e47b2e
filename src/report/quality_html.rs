//! The page of `quality`: figures, reasons, groups, and a chart of the months. It needs nothing but itself.

use maud::{Markup, PreEscaped, html};
use plotters::prelude::*;

use super::page::page;
use super::quality::{
    OPEN, PUBLISHED, PUBLISHED_ASSESSED, PUBLISHED_MET, WHAT, deadline, dispute, grouping,
    in_words, key, period, ratio,
};
use crate::casework::hearings::privacy::Youths;
use crate::casework::quality::{Counted, Family, Figures, Grouping, OpenFailure, Quality, Ratio};

const STYLE: &str = "
:root { color-scheme: light; }
body { font: 16px/1.45 'Noto Sans', 'Segoe UI', Arial, sans-serif; color: #1a1a1a; background: #fff; margin: 2rem auto; max-width: 64rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #c8c8c8; }
figure { margin: 1rem 0; } figure svg { max-width: 100%; min-width: 36rem; height: auto; } figcaption, .source { color: #4f4f4f; font-size: .9rem; }
@media print { figure svg { min-width: 0; } .scroll { overflow: visible; } body { margin: 0; max-width: none; } tr, figure { break-inside: avoid; } h2 { break-after: avoid; } }
";

const SIZE: (u32, u32) = (760, 340);
const MET: RGBColor = RGBColor(29, 79, 145);
const AFTER: RGBColor = RGBColor(122, 74, 0);
const REFERENCE: RGBColor = RGBColor(90, 90, 90);

/// The page. `youths` are named nowhere on it.
pub fn quality_html(
    quality: &Quality,
    open: &[OpenFailure<'_>],
    youths: &Youths,
) -> Result<String, String> {
    let months: Vec<&Counted> = quality
        .groups
        .iter()
        .filter(|group| group.by == Grouping::Month && group.key.is_some())
        .collect();
    let chart = match months.is_empty() {
        true => None,
        false => Some(chart(&months)?),
    };
    let title = format!("File quality, {}", period(quality));
    let body = html! {
        h1 { (title) }
        p { (WHAT) }
        (summary(quality))
        @if let Some(chart) = &chart {
            h2 { "By month" }
            figure {
                // On a phone it is moved sideways, so that its words stay large enough to be read.
                div.scroll tabindex="0" role="region" aria-label="Chart of the rates by month" {
                    div role="img" aria-label="Chart of the rates by month; the table below has the same figures" { (PreEscaped(chart)) }
                }
                figcaption { "Circles and the full line: met. Triangles and the second line: met after disputes. Level lines: the first and the last of the published figures, " (PUBLISHED_MET.0) " % and " (PUBLISHED_MET.1) " %." }
            }
        }
        @if !quality.all.failures.is_empty() { (failures(&quality.all)) }
        @if !open.is_empty() { (undecided(open, youths)) }
        @for by in [Grouping::Month, Grouping::PoliceUnit, Grouping::CaseworkType] { (groups(quality, by)) }
        p.source { (PUBLISHED) }
    };
    Ok(page(&title, STYLE, &body))
}

fn summary(quality: &Quality) -> Markup {
    let all = &quality.all;
    let published = |(first, last): (usize, usize)| format!("{first} % to {last} %");
    html! {
        div.scroll tabindex="0" role="region" aria-label="Rates" { table {
            thead { tr { th scope="col" { "Rate" } th scope="col" { "Files" } th scope="col" { "Published, national" } } }
            tbody {
                tr { th scope="row" { "Assessed, of those eligible" } td { (ratio(all.assessed_rate())) } td { (published(PUBLISHED_ASSESSED)) } }
                tr { th scope="row" { "Met, of those assessed" } td { (ratio(all.met_rate())) } td { (published(PUBLISHED_MET)) } }
                tr { th scope="row" { "Met after disputes" } td { (ratio(all.met_after_disputes_rate())) } td { "not published" } }
            }
        } }
        p { "Left out: " (quality.not_eligible) " not eligible, " (quality.without) " without an assessment." }
    }
}

fn failures(figures: &Figures) -> Markup {
    html! {
        h2 { "Fix first" }
        div.scroll tabindex="0" role="region" aria-label="Reasons" { table {
            thead { tr { th scope="col" { "Code" } th scope="col" { "Reason" } th scope="col" { "Family" } th scope="col" { "Files" } } }
            tbody { @for failure in &figures.failures {
                tr {
                    th scope="row" { (failure.code) }
                    td { (in_words(&failure.code)) }
                    td { (failure.family.map_or("", Family::as_str)) }
                    td { (failure.count) }
                }
            } }
        } }
    }
}

/// Titles without the names of youths, as the page may be handed on.
fn undecided(open: &[OpenFailure<'_>], youths: &Youths) -> Markup {
    html! {
        h2 { "Outcomes to record" }
        p { (OPEN) }
        div.scroll tabindex="0" role="region" aria-label="Outcomes to record" { table {
            thead { tr { th scope="col" { "Case" } th scope="col" { "Reason" } th scope="col" { "Dispute" } th scope="col" { "Deadline" } } }
            tbody { @for one in open {
                tr {
                    th scope="row" { (youths.masked(one.case).case_title(&one.case.title))
                        @if let Some(urn) = &one.case.urn { " (" (urn) ")" }
                    }
                    td { (one.failure.code) ", " (in_words(&one.failure.code)) }
                    td { (dispute(one)) }
                    td { @if one.presses() { strong { (deadline(one)) } } @else { (deadline(one)) } }
                }
            } }
        } }
    }
}

fn groups(quality: &Quality, by: Grouping) -> Markup {
    html! {
        h2 { "Figures by " (grouping(by)) }
        div.scroll tabindex="0" role="region" aria-label=(format!("Figures by {}", grouping(by))) { table {
            thead { tr { th scope="col" { (grouping(by)) } th scope="col" { "Assessed" } th scope="col" { "Met" } th scope="col" { "Met after disputes" } } }
            tbody { @for group in quality.groups.iter().filter(|group| group.by == by) {
                tr {
                    th scope="row" { (key(group)) }
                    td { (ratio(group.figures.assessed_rate())) }
                    td { (ratio(group.figures.met_rate())) }
                    td { (ratio(group.figures.met_after_disputes_rate())) }
                }
            } }
        } }
    }
}

/// The rates of the months as SVG.
fn chart(months: &[&Counted]) -> Result<String, String> {
    let mut svg = String::new();
    let failed = |error: &dyn std::fmt::Display| format!("the chart cannot be drawn: {error}");
    draw(&mut svg, months).map_err(|error| failed(&error))?;
    Ok(svg)
}

fn draw(svg: &mut String, months: &[&Counted]) -> Result<(), Box<dyn std::error::Error>> {
    let last = i32::try_from(months.len())? - 1;
    let root = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    // Half a month of room on each side, so that a single month is in the middle.
    let mut chart = ChartBuilder::on(&root)
        .margin(12)
        .x_label_area_size(34)
        .y_label_area_size(52)
        .build_cartesian_2d(-0.5..f64::from(last) + 0.5, 0.0..100.0)?;
    let name = |place: &f64| label(months, *place);
    let per_cent = |value: &f64| format!("{value:.0} %");
    chart
        .configure_mesh()
        .disable_x_mesh()
        .max_light_lines(1)
        .x_labels(months.len().min(12) * 2 + 1)
        .y_labels(6)
        .x_label_formatter(&name)
        .y_label_formatter(&per_cent)
        .label_style(("sans-serif", 13))
        .draw()?;
    for percent in [PUBLISHED_MET.0, PUBLISHED_MET.1] {
        let height = f64::from(u32::try_from(percent)?);
        let level = [(-0.5, height), (f64::from(last) + 0.5, height)];
        chart.draw_series(DashedLineSeries::new(level, 4, 4, REFERENCE.stroke_width(1)))?;
    }
    let met = points(months, Figures::met_rate);
    let after = points(months, Figures::met_after_disputes_rate);
    chart.draw_series(LineSeries::new(after.clone(), AFTER.stroke_width(1)))?;
    chart.draw_series(LineSeries::new(met.clone(), MET.stroke_width(3)))?;
    let triangle = |point: &(f64, f64)| TriangleMarker::new(*point, 6, AFTER.filled());
    chart.draw_series(after.iter().map(triangle))?;
    let circle = |point: &(f64, f64)| Circle::new(*point, 5, MET.filled());
    chart.draw_series(met.iter().map(circle))?;
    root.present()?;
    Ok(())
}

fn points(months: &[&Counted], rate: fn(&Figures) -> Ratio) -> Vec<(f64, f64)> {
    (0_i32..)
        .zip(months)
        .filter_map(|(place, month)| {
            let fraction = rate(&month.figures).fraction()?;
            Some((f64::from(place), fraction * 100.0))
        })
        .collect()
}

/// The month at a place of the axis; nothing between two.
fn label(months: &[&Counted], place: f64) -> String {
    let found = (0_i32..).zip(months).find(|(number, _)| (f64::from(*number) - place).abs() < 0.01);
    found.map_or(String::new(), |(_, month)| key(month).to_owned())
}
