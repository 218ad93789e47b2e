//! Every key of a manifest, by the table it belongs in.

/// What lets personal data pass in a title, which has no pages.
const TITLE_ALLOW: &[&str] = &["kind", "field", "mark", "item", "reason", "initials"];

/// The tables by their header as typed, each with its keys in the order of the reference.
pub(in crate::manifest) const SCHEMA: &[(&str, &[&str])] = &[
    (
        "the manifest",
        &[
            "case",
            "defendant",
            "hearing",
            "bundle",
            "section",
            "not_applicable",
            "assessment",
            "limits",
        ],
    ),
    (
        "[case]",
        &[
            "urn",
            "court_case_number",
            "title",
            "court",
            "file_standard",
            "flags",
            "witnesses",
            "police_unit",
            "casework_type",
            "language",
            "allow_outside",
            "password_env",
            "allow",
        ],
    ),
    ("[[case.allow]]", TITLE_ALLOW),
    ("[[defendant]]", &["name", "remand", "held_at", "by_link", "youth", "charge"]),
    (
        "[[defendant.charge]]",
        &[
            "offence",
            "custody_stage",
            "custody_start",
            "custody_days_served",
            "custody_time_limit",
            "custody_extended_to",
            "custody_limit",
            "custody_reason",
        ],
    ),
    (
        "[hearing]",
        &["kind", "date", "time", "courtroom", "prosecutor", "session", "estimate", "needs"],
    ),
    (
        "[[bundle]]",
        &[
            "name",
            "title",
            "audience",
            "defendant",
            "rules",
            "rules_file",
            "output",
            "sections",
            "version",
            "dividers",
            "numbering",
            "overrides",
            "allow",
        ],
    ),
    ("[[bundle.allow]]", TITLE_ALLOW),
    ("[bundle.overrides]", &["page_limit", "ordered_on"]),
    ("[bundle.numbering]", &["style", "position", "prefix", "digits"]),
    ("[[section]]", &["letter", "title", "order", "document", "allow"]),
    ("[[section.allow]]", TITLE_ALLOW),
    (
        "[[section.document]]",
        &[
            "title",
            "file",
            "pages",
            "date",
            "form",
            "form_reason",
            "initials",
            "audiences",
            "restricted_to",
            "served_by",
            "served_on",
            "redacted_by",
            "redacted_on",
            "comments",
            "hidden",
            "allow",
            "witness",
            "exhibit",
            "items",
            "supplier",
            "due",
            "required",
            "status",
            "password_env",
            "allow_damaged",
        ],
    ),
    (
        "[[section.document.allow]]",
        &[
            "kind",
            "page",
            "field",
            "mark",
            "item",
            "not_form",
            "pages",
            "reason",
            "initials",
            "second_initials",
        ],
    ),
    ("[[not_applicable]]", &["item", "reason", "initials"]),
    ("[assessment]", &["eligible", "assessed_on", "deadline", "failures"]),
    ("[[assessment.failures]]", &["code", "disputed", "outcome"]),
    ("[limits]", &["decompressed_mb", "objects", "seconds", "nesting"]),
];

/// The keys of a table.
pub(super) fn keys_of(table: &str) -> &'static [&'static str] {
    SCHEMA.iter().find(|(name, _)| *name == table).map_or(&[], |(_, keys)| keys)
}

/// The one other table that has this key; `None` if there is none, or more than one.
pub(super) fn home_of(key: &str) -> Option<&'static str> {
    let mut homes = SCHEMA.iter().filter(|(_, keys)| keys.contains(&key));
    match (homes.next(), homes.next()) {
        (Some((name, _)), None) => Some(name),
        _ => None,
    }
}
