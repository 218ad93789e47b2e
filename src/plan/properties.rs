//! What holds for any plan and any page.

use proptest::collection::vec;
use proptest::prelude::*;

use super::place::{LOWEST, NARROWEST};
use super::*;
use crate::manifest::Position;
use crate::model::geometry::{PageBox, Rect, Rotation};

fn style() -> impl Strategy<Value = NumberStyle> {
    prop_oneof![
        Just(NumberStyle::Continuous),
        Just(NumberStyle::Section),
        ("[A-Z0-9/-]{0,4}", 1u8..8)
            .prop_map(|(prefix, digits)| NumberStyle::Prefix { prefix, digits }),
    ]
}

/// Sections of documents, each of so many pages; none for a placeholder.
fn contents() -> impl Strategy<Value = Contents> {
    vec(vec(0u32..70, 1..4), 1..4).prop_map(|sections| Contents {
        sections: sections
            .iter()
            .enumerate()
            .map(|(section, documents)| contents::ContentSection {
                section,
                letter: char::from(b'A' + u8::try_from(section).unwrap()).to_string(),
                documents: documents
                    .iter()
                    .enumerate()
                    .map(|(document, pages)| {
                        let content = match pages {
                            0 => Content::Placeholder,
                            pages => Content::Source((0..*pages).map(SourcePage).collect()),
                        };
                        (DocumentId { section, document }, content)
                    })
                    .collect(),
            })
            .collect(),
        left_out: Vec::new(),
    })
}

fn page() -> impl Strategy<Value = PageBox> {
    let size = 5.0..3000.0;
    let turn = prop_oneof![
        Just(Rotation::None),
        Just(Rotation::Quarter),
        Just(Rotation::Half),
        Just(Rotation::ThreeQuarters)
    ];
    (-500.0..500.0, -500.0..500.0, size.clone(), size, turn, 0.2..5.0).prop_map(
        |(left, bottom, width, height, rotation, user_unit)| {
            let crop = Rect::new(left, bottom, left + width, bottom + height);
            PageBox { media: crop, crop, rotation, user_unit }
        },
    )
}

fn position() -> impl Strategy<Value = Position> {
    proptest::sample::select(PLACES.to_vec())
}

/// Whether one rectangle lies in another, but for rounding.
fn lies_in(inner: Rect, outer: Rect) -> bool {
    let slack = 1e-6;
    inner.left > outer.left - slack
        && inner.right < outer.right + slack
        && inner.bottom > outer.bottom - slack
        && inner.top < outer.top + slack
}

proptest! {
    #![proptest_config(crate::properties())]

    #[test]
    fn label_ranges_expand_to_the_printed_numbers(
        contents in contents(), style in style(), dividers: bool, index in 1u32..4,
    ) {
        let numbering = Numbering { style, ..Numbering::default() };
        let plan = Plan::new(&contents, &numbering, dividers, index);
        let ranges = label_ranges(&plan);
        prop_assert_eq!(ranges.first().map(|range| range.first), Some(0));
        for (page, planned) in plan.pages.iter().enumerate() {
            let range = ranges.iter().rev().find(|range| range.first <= page).unwrap();
            let label = range.label(u32::try_from(page - range.first).unwrap());
            prop_assert_eq!(&label, &planned.label);
        }
    }

    #[test]
    fn every_page_of_a_plan_belongs_to_one_thing(
        contents in contents(), dividers: bool, index in 1u32..4,
    ) {
        let plan = Plan::new(&contents, &Numbering::default(), dividers, index);
        let mut next = BundlePage::from_index(plan.front_pages as usize);
        for section in &plan.sections {
            prop_assert_eq!(section.first, next);
            next = BundlePage::from_index(next.index() + usize::from(dividers));
            for document in &section.documents {
                prop_assert_eq!(document.first, next);
                next = BundlePage::from_index(document.last.index() + 1);
            }
            prop_assert_eq!(section.last.number() + 1, next.number());
        }
        prop_assert_eq!(next.index(), plan.pages.len());
    }

    #[test]
    fn displayed_corners_come_from_the_crop_box(page in page()) {
        let (width, height) = page.displayed_size();
        let corners = page.displayed_to_user().apply_to_rect(Rect::new(0.0, 0.0, width, height));
        prop_assert!(lies_in(corners, page.crop) && lies_in(page.crop, corners), "{corners:?}");
    }

    #[test]
    fn the_number_of_an_enlarged_page_hides_nothing_of_it(
        page in page(), position in position(), width in 19.0..92.0,
    ) {
        let after = enlarge(page, position);
        let frame = stamp_rect(after, position, width);
        let (displayed_width, displayed_height) = after.displayed_size();
        let whole = Rect::new(0.0, 0.0, displayed_width, displayed_height);
        prop_assert!(lies_in(frame, whole), "{frame:?} in {whole:?}");
        let frame = after.displayed_to_user().apply_to_rect(frame);
        prop_assert!(frame.intersection(page.crop).is_none(), "{frame:?} on {:?}", page.crop);
        prop_assert!(lies_in(page.crop, after.crop));
        let (before_width, before_height) = page.displayed_size();
        let grew = before_height < LOWEST || before_width < NARROWEST;
        let alike = |a: f64, b: f64| (a - b).abs() < 1e-6 * a.max(1.0);
        prop_assert!(
            grew || alike(before_width, displayed_width) && alike(before_height, displayed_height)
        );
    }
}
