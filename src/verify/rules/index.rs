//! The index and its links.

use super::outcome::shortened;
use super::{Outcome, Subject};
use crate::verify::index::ReadRow;

impl Subject<'_> {
    pub(super) fn index_found(&self) -> Outcome {
        match &self.reading.index {
            None => Outcome::of_file("no page is headed Index or Contents"),
            Some((pages, rows)) if rows.is_empty() => Outcome::of_pages(pages.clone(), |_| {
                "the index has no rows that name a page, or they cannot be read as text".to_owned()
            }),
            Some(_) => Outcome::Pass,
        }
    }

    pub(super) fn rows(&self) -> &[ReadRow] {
        self.reading.index.as_ref().map_or(&[], |(_, rows)| rows)
    }

    pub(super) fn index_links(&self) -> Outcome {
        if self.rows().is_empty() {
            return Outcome::NotApplicable("there is no index with rows");
        }
        let faults = self.rows().iter().filter_map(|row| Some((row.page, self.fault_of_row(row)?)));
        Outcome::of_faults(faults.collect())
    }

    pub(super) fn fault_of_row(&self, row: &ReadRow) -> Option<String> {
        let name = shortened(&row.title);
        let page = self.reading.pages.get(row.page)?;
        let mut on_row = row.links(&page.links).peekable();
        let Some(meant) = self.reading.named(&row.first) else {
            return Some(format!("\"{name}\" names page {}, which is not there", row.first));
        };
        if on_row.peek().is_none() {
            return Some(format!("\"{name}\" has no link"));
        }
        let mut elsewhere = None;
        for link in on_row {
            match link.target {
                Some(target) if target.page == meant => return None,
                Some(target) => elsewhere = Some(target.page),
                None => {}
            }
        }
        Some(match elsewhere {
            Some(page) => format!(
                "\"{name}\" names page {} and leads to page {}",
                row.first,
                self.called(page)
            ),
            None => format!("the link of \"{name}\" leads nowhere"),
        })
    }
}
