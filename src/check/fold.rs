//! One finding in the place of many that say the same of a document.

use std::collections::BTreeSet;

use crate::model::Finding;
use crate::model::words;

/// The findings in their order, those of the same rule and the same words about one document made one, which says how
/// often and on which pages.
pub fn fold(findings: Vec<Finding>) -> Vec<Finding> {
    let mut folded: Vec<(Finding, usize, BTreeSet<u32>)> = Vec::new();
    for finding in findings {
        let on: Vec<u32> = finding.page.iter().chain(&finding.pages).copied().collect();
        match folded.iter_mut().find(|(first, ..)| is_alike(first, &finding)) {
            Some((_, times, pages)) => {
                *times += 1;
                pages.extend(on);
            }
            None => folded.push((finding, 1, on.into_iter().collect())),
        }
    }
    folded.into_iter().map(counted).collect()
}

fn is_alike(one: &Finding, other: &Finding) -> bool {
    let without_page =
        |finding: &Finding| Finding { page: None, pages: Vec::new(), ..finding.clone() };
    one.code == other.code
        && one.message == other.message
        && without_page(one) == without_page(other)
}

fn counted((mut finding, times, pages): (Finding, usize, BTreeSet<u32>)) -> Finding {
    let pages: Vec<u32> = pages.into_iter().collect();
    if times > 1 {
        finding = finding.on_pages(&pages);
        let on = match pages.as_slice() {
            [] => String::new(),
            pages => format!(", on {}", words::pages(pages)),
        };
        finding.message = format!("{} ({times} times{on})", finding.message);
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Code;

    #[test]
    fn equal_findings_become_one_with_a_count_and_their_pages() {
        let link = |page| Finding::new(Code::LinkDropped, "a link was dropped").on_page(page);
        let other = Finding::new(Code::XfaDropped, "left out");
        let twelve = (1..=12).rev().map(link);
        let folded = fold(std::iter::once(other.clone()).chain(twelve).collect());
        let one = Finding::new(Code::LinkDropped, "a link was dropped (12 times, on pages 1-12)");
        let twelve: Vec<u32> = (1..=12).collect();
        assert_eq!(folded, [other, one.on_pages(&twelve)]);
        assert_eq!(fold(vec![link(3)]), [link(3)]);
    }
}
