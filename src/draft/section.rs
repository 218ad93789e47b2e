//! The parts of a trial bundle, and which of them a name belongs to.

use super::references;

/// A part of a trial bundle, in its usual order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum SectionKind {
    /// Indictment and charges.
    Indictment,
    /// Witness statements.
    Statements,
    /// Exhibits.
    Exhibits,
    /// Records of interview.
    Interview,
    /// Expert reports.
    Expert,
    /// Unused material.
    Unused,
    /// Whatever no name explains.
    Other,
}

impl SectionKind {
    /// The heading in the index.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Indictment => "Indictment and charges",
            Self::Statements => "Witness statements",
            Self::Exhibits => "Exhibits",
            Self::Interview => "Interview record",
            Self::Expert => "Expert reports",
            Self::Unused => "Unused material",
            Self::Other => "Other documents",
        }
    }
}

/// Statements that no witness makes.
const NOT_OF_A_WITNESS: [&str; 6] = ["defence", "bank", "opening", "case", "financial", "skeleton"];

/// The part that the name of a file or folder speaks of.
pub(super) fn kind_of(name: &str) -> SectionKind {
    if let Some(kind) = references::form(name).and_then(|form| kind_of_form(form.value.as_str())) {
        return kind;
    }
    let lower = name.to_lowercase();
    let words: Vec<_> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let statement = has(&["statement", "statements"]) && !has(&NOT_OF_A_WITNESS);
    if has(&["indictment", "charge", "charges", "chargesheet"]) {
        SectionKind::Indictment
    } else if has(&["unused", "disclosure"]) {
        SectionKind::Unused
    } else if has(&["interview", "interviews", "roti", "rovi", "sdn", "cnoi"]) {
        SectionKind::Interview
    } else if statement {
        SectionKind::Statements
    } else if has(&["report", "reports", "expert", "experts", "forensic", "forensics", "sfr"]) {
        SectionKind::Expert
    } else if has(&["exhibit", "exhibits"]) || !references::exhibits(name).is_empty() {
        SectionKind::Exhibits
    } else {
        SectionKind::Other
    }
}

fn kind_of_form(form: &str) -> Option<SectionKind> {
    match form {
        "MG4" | "MG4D" | "MG4E" => Some(SectionKind::Indictment),
        "MG11" | "MG11(R)" => Some(SectionKind::Statements),
        "MG12" => Some(SectionKind::Exhibits),
        "MG15" => Some(SectionKind::Interview),
        "MG6C" | "MG6D" | "MG6E" => Some(SectionKind::Unused),
        "MG22" => Some(SectionKind::Expert),
        _ => None,
    }
}

/// What a form is called, for a file that is named by its number alone.
pub(super) fn form_title(form: &str) -> Option<&'static str> {
    Some(match form {
        "MG4" => "Charge sheet",
        "MG5" => "Police report",
        "MG6C" => "Schedule of non-sensitive unused material",
        "MG6D" => "Schedule of sensitive unused material",
        "MG6E" => "Disclosure officer's report",
        "MG9" => "Witness list",
        "MG10" => "Witness non-availability",
        "MG11" => "Witness statement",
        "MG12" => "Exhibit list",
        "MG15" => "Interview record",
        "MG18" => "Offences taken into consideration",
        "MG22" => "Streamlined forensic report",
        _ => return None,
    })
}

/// The form that a title begins with the name of, for a file whose name gives no number.
pub(super) fn form_named(title: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 12] = [
        ("charge sheet", "MG4"),
        ("charge sheets", "MG4"),
        ("case summary", "MG5"),
        ("police report", "MG5"),
        ("remand application", "MG7"),
        ("witness list", "MG9"),
        ("list of witnesses", "MG9"),
        ("exhibit list", "MG12"),
        ("list of exhibits", "MG12"),
        ("record of interview", "MG15"),
        ("interview record", "MG15"),
        ("streamlined forensic report", "MG22"),
    ];
    let title = title.to_lowercase();
    let begins = |name: &str| {
        let rest = title.strip_prefix(name);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let found = NAMES.iter().find(|(name, _)| begins(name));
    found.map(|(_, form)| *form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_its_form() {
        for (title, form) in [
            ("Charge sheet", Some("MG4")),
            ("Charge sheets: Jordan Blake and Łukasz Świątek", Some("MG4")),
            ("Record of interview, Jordan Blake", Some("MG15")),
            ("Witness listing", None),
            ("Note on the charge sheet", None),
            ("Defence case summary", None),
        ] {
            assert_eq!(form_named(title), form, "{title}");
        }
    }

    #[test]
    fn a_name_says_where_it_belongs() {
        for (name, kind) in [
            ("Indictment", SectionKind::Indictment),
            ("MG4 charge sheet", SectionKind::Indictment),
            ("mg11_smith", SectionKind::Statements),
            ("statement_of_pc_jones", SectionKind::Statements),
            ("JB-1 photographs", SectionKind::Exhibits),
            ("Statement of Brown producing JB1", SectionKind::Statements),
            ("MG12", SectionKind::Exhibits),
            ("ROTI Blake", SectionKind::Interview),
            ("MG15", SectionKind::Interview),
            ("Expert report on glass", SectionKind::Expert),
            ("MG6C", SectionKind::Unused),
            ("MG6E disclosure report", SectionKind::Unused),
            ("Defence statement", SectionKind::Other),
            ("bank statements", SectionKind::Other),
            ("JB3 bank statements", SectionKind::Exhibits),
            ("restatement", SectionKind::Other),
        ] {
            assert_eq!(kind_of(name), kind, "{name}");
        }
    }
}
