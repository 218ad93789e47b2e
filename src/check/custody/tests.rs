use jiff::civil::date;
use proptest::prelude::*;

use super::super::calendar::is_working_day;
use super::*;

fn charge() -> Charge {
    Charge {
        offence: "Burglary".to_owned(),
        custody_stage: Some(CustodyStage::Crown),
        custody_start: Some(date(2026, 6, 1)),
        custody_days_served: 0,
        custody_time_limit: None,
        custody_extended_to: None,
        no_custody_limit: None,
    }
}

fn ends(charge: &Charge) -> CustodyTimeLimit {
    match limit(charge) {
        Limit::Ends(limit) => limit,
        other => panic!("{other:?}"),
    }
}

fn held(charges: Vec<Charge>) -> Defendant {
    Defendant {
        name: "Jordan Blake".to_owned(),
        remand: Some(RemandStatus::Custody),
        held_at: None,
        by_link: false,
        youth: false,
        charges,
    }
}

/// The second is an example that the CPS publishes.
#[test]
fn the_published_vectors_are_met() {
    let start = date(2017, 1, 2);
    for (days, expires) in [
        (56, date(2017, 2, 27)),
        (182, date(2017, 7, 3)),
        (70, date(2017, 3, 13)),
        (112, date(2017, 4, 24)),
    ] {
        assert_eq!(expiry(start, days, 0), expires, "{days}");
    }
}

#[test]
fn a_limit_ends_on_the_working_day_before() {
    // 56 days end on Saturday 28 November.
    assert_eq!(expiry(date(2026, 10, 3), 56, 0), date(2026, 11, 27));
    // On Easter Monday, after Good Friday: back to Maundy Thursday.
    assert_eq!(expiry(date(2026, 2, 9), 56, 0), date(2026, 4, 2));
    // On the Monday off for Boxing Day: back past Christmas.
    assert_eq!(expiry(date(2026, 11, 2), 56, 0), date(2026, 12, 24));
}

#[test]
fn earlier_custody_is_taken_off_before_weekends_are_looked_at() {
    // 182 - 30 = 152 days from 1 June end on Saturday 31 October.
    assert_eq!(expiry(date(2026, 6, 1), 182, 30), date(2026, 10, 30));
    // More than the limit: it ended before it began.
    assert!(expiry(date(2026, 6, 1), 56, 100) < date(2026, 6, 1));
}

#[test]
fn what_the_court_recorded_beats_the_calculation_and_an_extension_both() {
    let mut charge = charge();
    let calculated = ends(&charge);
    assert_eq!(calculated.expires, date(2026, 11, 30));
    assert_eq!(calculated.basis, Basis::Calculated);
    charge.custody_time_limit = Some(date(2026, 11, 28));
    let recorded = ends(&charge);
    assert_eq!((recorded.expires, recorded.basis), (date(2026, 11, 28), Basis::Recorded));
    charge.custody_extended_to = Some(date(2027, 1, 15));
    let extended = ends(&charge);
    assert_eq!((extended.expires, extended.basis), (date(2027, 1, 15), Basis::Recorded));
    assert_eq!(extended.days, Some(182));
}

#[test]
fn nothing_is_guessed() {
    let mut charge = charge();
    charge.custody_stage = None;
    assert_eq!(limit(&charge), Limit::Unknown(Unknown::NoStage));
    charge.custody_start = None;
    assert_eq!(limit(&charge), Limit::Unknown(Unknown::NoStart));
    charge.custody_time_limit = Some(date(2026, 11, 30));
    let recorded = ends(&charge);
    assert_eq!((recorded.days, recorded.stage), (None, None));
}

#[test]
fn where_none_runs_dates_do_not_count() {
    let reason = "held on another matter".to_owned();
    let charge = Charge { no_custody_limit: Some(reason.clone()), ..charge() };
    assert_eq!(limit(&charge), Limit::NotRunning(&reason));
    let defendant = held(vec![charge]);
    let limits = of_defendant(&defendant, Some(date(2027, 3, 1)));
    assert_eq!(limits[0].state(date(2027, 1, 1)), CustodyState::None);
    assert_eq!(limits[0].words(date(2027, 1, 1)), "none runs: held on another matter");
}

/// Of a limit that ends on 30 November 2026: today, the hearing, the state and its words.
#[test]
fn the_state_turns_at_the_last_day_at_fourteen_days_and_at_the_hearing() {
    let day = |month, day| date(2026, month, day);
    for (today, hearing, state, words) in [
        (day(11, 15), None, CustodyState::Running, "2026-11-30, 15 days left"),
        (day(11, 16), None, CustodyState::Near, "!! 2026-11-30, 14 days left"),
        (day(11, 30), None, CustodyState::Near, "!! 2026-11-30, ENDS TODAY"),
        (day(12, 1), None, CustodyState::Passed, "!! 2026-11-30, PASSED 1 day ago"),
        (day(10, 1), Some(day(11, 27)), CustodyState::Running, "2026-11-30, 60 days left"),
        (day(10, 1), Some(day(9, 30)), CustodyState::Running, "2026-11-30, 60 days left"),
        (
            day(10, 1),
            Some(day(11, 30)),
            CustodyState::Near,
            "!! 2026-11-30, 60 days left, THE DAY OF THE HEARING",
        ),
        (
            day(10, 1),
            Some(day(12, 1)),
            CustodyState::BeforeHearing,
            "!! 2026-11-30, 60 days left, BEFORE THE HEARING",
        ),
        (day(12, 1), Some(day(12, 1)), CustodyState::Passed, "!! 2026-11-30, PASSED 1 day ago"),
        // The hearing is over, and the limit is still to come.
        (day(11, 20), Some(day(11, 19)), CustodyState::Near, "!! 2026-11-30, 10 days left"),
    ] {
        let defendant = held(vec![charge()]);
        let limits = of_defendant(&defendant, hearing);
        assert_eq!(limits[0].state(today), state, "{today} {hearing:?}");
        assert_eq!(limits[0].words(today), format!("{words} (calculated, not agreed)"));
        assert_eq!(state.stops(), words.contains("PASSED") || words.contains("BEFORE"));
    }
}

#[test]
fn a_hearing_for_sentence_asks_for_nothing() {
    for (kind, is_it) in [
        ("sentence", true),
        ("sentencing", true),
        ("sentence-hearing", true),
        ("deferred-sentence", true),
        ("sentence-indication", false),
        ("trial", false),
        ("hearing", false),
    ] {
        assert_eq!(is_sentence(kind), is_it, "{kind}");
    }
}

#[test]
fn only_somebody_in_custody_has_a_limit() {
    let told = |remand, charges: Vec<Charge>| {
        let defendant = Defendant { remand, ..held(charges) };
        let limits = of_defendant(&defendant, None);
        limits.iter().map(|one| one.reason().map(str::to_owned)).collect::<Vec<_>>()
    };
    let undated = || Charge { custody_start: None, ..charge() };
    let why = |unknown: Unknown| Some(unknown.why().to_owned());
    assert_eq!(told(Some(RemandStatus::Bail), vec![charge()]), []);
    assert_eq!(
        told(Some(RemandStatus::Custody), vec![charge(), undated()]),
        [None, why(Unknown::NoStart)]
    );
    assert_eq!(told(Some(RemandStatus::SecureUnit), Vec::new()), [why(Unknown::NoCharge)]);
    assert_eq!(told(None, vec![charge(), undated()]), [None]);
}

proptest! {
    #![proptest_config(crate::properties())]

    #[test]
    fn a_limit_is_a_working_day_and_never_later_than_the_days_allow(
        offset in 0i32..40_000,
        days in prop::sample::select(vec![56u16, 70, 112, 182]),
        served in 0u32..200,
    ) {
        let start = date(1990, 1, 1).saturating_add(offset.days());
        let expires = expiry(start, days, served);
        let allowed = i64::from(days) - i64::from(served);
        let latest = start.saturating_add(allowed.days());
        prop_assert!(is_working_day(expires) && expires <= latest);
        let mut skipped = expires.saturating_add(1.day());
        while skipped <= latest {
            prop_assert!(!is_working_day(skipped));
            skipped = skipped.saturating_add(1.day());
        }
        // Four days in a row, as at Easter, are the longest gap.
        prop_assert!(days_between(expires, latest) <= 4);
    }

    #[test]
    fn earlier_custody_never_gives_more_time(offset in 0i32..40_000, served in 0u32..182) {
        let start = date(1990, 1, 1).saturating_add(offset.days());
        prop_assert!(expiry(start, 182, served + 1) <= expiry(start, 182, served));
    }
}
