//! Which pages the numbers in an index mean, and the index itself.

use std::collections::HashMap;

use super::ReadPage;
use crate::pdf::page::Line;
use crate::verify::index::{self, FrontPage, ReadRow};
use crate::verify::margin::{self, PrintedName};

/// Which page a number means: the page of a label; failing that, of a place.
#[derive(Debug)]
pub(super) struct LabelledPages {
    labels: HashMap<String, usize>,
    pages: usize,
}

impl LabelledPages {
    pub(super) fn of(pages: &[ReadPage]) -> Self {
        let mut labels = HashMap::with_capacity(pages.len());
        // Where labels are wrong the printed number is what the index means.
        for (index, page) in pages.iter().enumerate() {
            let expected = || PrintedName { place: index + 1, label: &page.label };
            let printed = page.number.as_ref().map(|number| &number.label);
            if let Some(printed) = printed
                && expected().is_place(printed)
                && !expected().is_label(printed)
            {
                labels.entry(margin::squeezed(printed)).or_insert(index);
            }
        }
        for (index, page) in pages.iter().enumerate() {
            labels.entry(margin::squeezed(&page.label)).or_insert(index);
        }
        Self { labels, pages: pages.len() }
    }

    pub(super) fn page(&self, name: &str) -> Option<usize> {
        let by_label = self.labels.get(&margin::squeezed(name)).copied();
        by_label.or_else(|| {
            let place = usize::try_from(margin::number(name)?).ok()?;
            let expected = PrintedName { place, label: "" };
            ((1..=self.pages).contains(&place) && expected.is_place(name)).then(|| place - 1)
        })
    }
}

pub(super) fn find_index(
    pages: &[ReadPage],
    lines: &[Vec<Line>],
    names: &LabelledPages,
) -> Option<(Vec<usize>, Vec<ReadRow>)> {
    let front: Vec<FrontPage<'_>> = pages
        .iter()
        .zip(lines)
        .enumerate()
        .map(|(index, (page, lines))| FrontPage {
            lines,
            size: page.size,
            number: page.number.as_ref().map(|number| number.extent),
            links: page
                .links
                .iter()
                .filter(|(_, link)| link.target.is_some_and(|target| target.page != index))
                .count(),
        })
        .collect();
    let named = |name: &str| names.page(name);
    let names = index::RowContext {
        named: &named,
        is_label: &|text| names.labels.contains_key(&margin::squeezed(text)),
        borne_out: &|row| named(&row.first).filter(|page| is_borne_out(pages, row, *page)),
        total: pages.len(),
    };
    index::find(&front, &names)
}

/// Whether a link of a row leads to the page that it names, or where it has none the page bears the number.
fn is_borne_out(pages: &[ReadPage], row: &ReadRow, named: usize) -> bool {
    let on_row = pages.get(row.page).map(|page| row.links(&page.links));
    let mut on_row = on_row.into_iter().flatten().peekable();
    if on_row.peek().is_some() {
        return on_row.any(|link| link.target.is_some_and(|target| target.page == named));
    }
    let number = pages.get(named).and_then(|page| page.number.as_ref());
    number.is_some_and(|number| margin::squeezed(&number.label) == margin::squeezed(&row.first))
}
