//! What courtrooms are called.

/// `Courtroom 5`, `Court 05` and `5` are one room.
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
        [word, rest @ ..]
            if !rest.is_empty()
                && ["court", "courtroom", "room"].contains(&word.to_lowercase().as_str()) =>
        {
            short_room(&rest.join(" "))
        }
        words => words.join(" "),
    }
}
