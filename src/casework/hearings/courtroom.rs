//! What courtrooms and courts are called, and when hearings in them take place.

/// The words for a courtroom that stand before its number.
const ROOM: [&str; 10] =
    ["court", "courtroom", "court-room", "room", "ct", "crt", "rm", "no", "number", "nr"];

/// `Courtroom 5`, `Court 05`, `Ct. 5` and `5` are one room.
pub(crate) fn room_key(room: &str) -> String {
    let lower = short_room(room).to_lowercase();
    let digits = lower.trim_start_matches('0');
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number { digits.to_owned() } else { lower }
}

/// The name of a room without the word for it.
pub(crate) fn short_room(room: &str) -> String {
    let words: Vec<&str> = room.split_whitespace().collect();
    match words.as_slice() {
        [word, rest @ ..] if !rest.is_empty() && is_word(word) => short_room(&rest.join(" ")),
        [one] => {
            let number = number_of(one).unwrap_or(one);
            // A spreadsheet makes 5.0 of 5.
            number.strip_suffix(".0").unwrap_or(number).to_owned()
        }
        words => words.join(" "),
    }
}

fn is_word(word: &str) -> bool {
    ROOM.contains(&word.trim_end_matches(['.', ':']).to_lowercase().as_str())
}

/// `5` of `Court5`, `CT.5`.
fn number_of(word: &str) -> Option<&str> {
    let at = word.find(|c: char| c.is_ascii_digit())?;
    let (name, number) = word.split_at(at);
    is_word(name).then_some(number)
}

/// Whether a text is the number of a courtroom, with or without a word for it.
pub(crate) fn is_room(text: &str) -> bool {
    let key = room_key(text);
    let digits = key.trim_end_matches(|c: char| c.is_ascii_lowercase());
    (1..=3).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && key.len() <= digits.len() + 1
}

/// The words of a court's name that tell it from others, in one order.
fn court_words(court: &str) -> Vec<String> {
    let lower = court.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| {
        !["", "s", "the", "at", "in", "of", "court", "courts", "hmcts"].contains(word)
    });
    let mut words: Vec<String> =
        words.map(|word| word.strip_suffix('s').unwrap_or(word).to_owned()).collect();
    words.sort();
    words.dedup();
    words
}

/// Whether two names can be of one court: `Leeds Crown Court` is the `Crown Court at Leeds`, and so may `Leeds` be.
pub(crate) fn is_court(one: &str, other: &str) -> bool {
    let (one, other) = (court_words(one), court_words(other));
    let holds = |all: &[String], some: &[String]| some.iter().all(|word| all.contains(word));
    holds(&one, &other) || holds(&other, &one)
}

/// The name of a court as it is compared.
pub(crate) fn court_key(court: &str) -> String {
    court_words(court).join(" ")
}

/// A stretch of a day: the minutes since midnight at which it begins and ends, the end not included.
pub(crate) type Span = (u32, u32);

/// The usual sessions: 10:00 to 13:00, and 14:00 to 17:00.
pub(crate) const SESSIONS: [Span; 2] = [(600, 780), (840, 1020)];

/// When a hearing takes place that begins at `start`, in minutes since midnight, inside of the sessions or not: over lunch
/// it stops, and after the last session it goes on another day.
pub(crate) fn spread(
    start: u32,
    minutes: u32,
    sessions: impl IntoIterator<Item = Span>,
) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut left = minutes;
    let mut from = start;
    for (opens, closes) in sessions {
        if from >= closes || left == 0 {
            continue;
        }
        // Before the session opens only what is listed there takes place.
        let begin = if spans.is_empty() { from } else { opens.max(from) };
        let end = closes.min(begin.saturating_add(left));
        spans.push((begin, end));
        left = left.saturating_sub(end - begin);
        from = end;
    }
    if spans.is_empty() {
        spans.push((start, start.saturating_add(minutes).min(24 * 60).max(start + 1)));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_room_has_many_spellings() {
        for room in [
            "7",
            "07",
            "Courtroom 7",
            "court 7",
            "Court No. 7",
            "Ct 7",
            "CT.7",
            "Crt 07",
            "Room: 7",
            "7.0",
            "Court7",
        ] {
            assert_eq!(room_key(room), "7", "{room}");
        }
        assert_eq!(short_room("Court 7A"), "7A");
        assert_eq!(room_key("Court 7a"), room_key("7A"));
        assert_eq!(short_room("Court of Appeal"), "of Appeal");
        assert_eq!(short_room("Court"), "Court");
        assert!(
            is_room("Court 12") && is_room("3a") && !is_room("Leeds") && !is_room("Crown Court 5")
        );
    }

    #[test]
    fn one_court_has_several_names() {
        let leeds = "Crown Court at Leeds";
        for other in ["Leeds Crown Court", "THE CROWN COURT AT LEEDS", "Leeds"] {
            assert!(is_court(leeds, other), "{other}");
        }
        for other in ["Crown Court at Cardiff", "Leeds Magistrates' Court", "Leeds County Court"] {
            assert!(!is_court(leeds, other), "{other}");
        }
        assert!(is_court("Leeds Magistrates' Court", "Leeds Magistrates Court"));
    }

    #[test]
    fn a_hearing_stops_over_lunch() {
        assert_eq!(spread(720, 90, SESSIONS), [(720, 780), (840, 870)]);
        assert_eq!(spread(540, 61, SESSIONS), [(540, 601)]);
        assert_eq!(spread(1100, 30, SESSIONS), [(1100, 1130)]);
    }
}
