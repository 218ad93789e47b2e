//! The index: its rows in order, its pages counted, its links.

use super::*;

#[test]
fn index_rows_come_back_in_order_and_whole() {
    let rows = vec![section("A"), document(1, HARD, "12–15"), document(3, "Expert report", "16")];
    let front = set(&[Sheet::Index(rows)], &setting()).unwrap();
    let text = text_of(&front.pdf, [1]);
    let want = format!(
        "Index No Document Date Reference Pages A Witness statements \
         1 {HARD} 30 September 2026 JS/1 12–15 \
         3 Expert report 30 September 2026 JS/3 16 to follow"
    );
    assert!(text.ends_with(&want), "{text}");
}

#[test]
fn every_page_of_the_index_says_what_it_is() {
    let front = set(&[Sheet::Index(rows(60, "1"))], &setting()).unwrap();
    assert!(front.pages > 3);
    for page in 2..=u32::try_from(front.pages).unwrap() {
        let text = text_of(&front.pdf, [page]);
        let head = "R v Blake · Trial bundle Index (continued) No Document Date Reference Pages";
        assert!(text.starts_with(head), "{text}");
    }
}

#[test]
fn the_count_does_not_depend_on_the_numbers() {
    for widest in ["1188–1200", "BLAKE-000001–BLAKE-000999", ""] {
        let setting = Setting { widest_pages: widest.to_owned(), ..setting() };
        for count in [0, 1, 13, 29, 120] {
            let counted = count_index_pages(&rows(count, ""), &setting).unwrap();
            for pages in ["7", "1188–1200", "BLAKE-000001–BLAKE-000999"] {
                let sheet = Sheet::Index(rows(count, pages));
                let front = set(&[sheet], &setting).unwrap();
                assert_eq!(front.pages, counted, "{count} rows, {pages}, {widest}");
                let doc = Document::load_mem(&front.pdf).unwrap();
                assert_eq!(doc.get_pages().len(), counted);
            }
        }
    }
}

#[test]
fn links_cover_every_row_and_never_overlap() {
    let rows = rows(120, "12–15");
    let front = set(&[Sheet::Cover(cover()), Sheet::Index(rows.clone())], &setting()).unwrap();
    assert_eq!(front.first_page, [0, 1]);
    let linked: BTreeSet<usize> = front.links.iter().map(|link| link.row).collect();
    assert_eq!(linked, (0..rows.len()).collect());
    for link in &front.links {
        let [left, bottom, right, top] = link.rect;
        assert!(link.page >= 1 && link.page < front.pages);
        assert!(left >= 45.0 && right <= canvas::WIDTH - 45.0 && right - left > 480.0);
        assert!(bottom >= 45.0 && top <= canvas::HEIGHT - 45.0 && top - bottom > 14.0);
    }
    for pair in front.links.windows(2) {
        let (above, below) = (&pair[0], &pair[1]);
        let apart = below.page > above.page || below.rect[3] <= above.rect[1] + 0.01;
        assert!(apart, "{above:?} {below:?}");
    }
}

#[test]
fn only_the_row_higher_than_a_page_has_two_links() {
    let rows = rows(60, "1");
    let front = set(&[Sheet::Index(rows.clone())], &setting()).unwrap();
    let twice = front.links.windows(2).filter(|p| p[0].row == p[1].row);
    let broken: BTreeSet<usize> = twice.map(|pair| pair[0].row).collect();
    let broken: Vec<_> = broken.into_iter().map(|row| &rows[row]).collect();
    let [IndexRow::Document { number: 30, .. }] = broken[..] else {
        panic!("{broken:?}");
    };
}

#[test]
fn no_section_heading_is_the_last_on_its_page() {
    let rows = rows(300, "1");
    let front = set(&[Sheet::Index(rows.clone())], &setting()).unwrap();
    for pair in front.links.windows(2) {
        if matches!(rows[pair[0].row], IndexRow::Section { .. }) {
            assert_eq!(pair[0].page, pair[1].page);
        }
    }
}

#[test]
fn ten_thousand_rows_are_set_without_delay() {
    let rows: Vec<_> = (1..=10_000).map(|n| document(n, HARD, "12–15")).collect();
    let start = std::time::Instant::now();
    let counted = count_index_pages(&rows, &setting()).unwrap();
    let front = set(&[Sheet::Index(rows)], &setting()).unwrap();
    assert_eq!(front.pages, counted);
    // Ten times what it takes: only work that grows with the square would be slower.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
