//! The court rules that a bundle will be held against, as far as the manifest alone says.

use std::fs;

use super::display;
use crate::manifest::{Bundle, Case};
use crate::model::{Code, Finding, in_words};
use crate::verify::{NumbersBy, Profile, Profiles};

/// The profile of a bundle, as far as it holds for its audience, with what the court has ordered instead.
///
/// # Errors
///
/// A finding where the user's own rules cannot be read, or have no profile of the name.
pub(crate) fn profile(case: &Case, bundle: &Bundle) -> Result<Profile, Box<Finding>> {
    let unreadable = |message: String| Box::new(Finding::new(Code::RulesUnreadable, message));
    let mut profiles = Profiles::built_in().map_err(|error| unreadable(error.to_string()))?;
    if let Some(file) = &bundle.rules_file {
        let name = display(file);
        let text = fs::read_to_string(case.folder.join(file)).map_err(|error| {
            let (why, hint) = in_words(&error);
            Box::new(unreadable(format!("{name}: {why}")).hint(hint))
        })?;
        profiles = profiles.with(&text).map_err(|error| unreadable(format!("{name}: {error}")))?;
    }
    let profile = profiles.get(&bundle.rules).cloned().ok_or_else(|| {
        let names: Vec<&str> = profiles.iter().map(|profile| profile.name.as_str()).collect();
        let finding = unreadable(format!("there are no rules named \"{}\"", bundle.rules));
        Box::new(finding.hint(format!("the profiles are: {}", names.join(", "))))
    })?;
    Ok(profile.overridden(&bundle.overrides).for_audience(bundle.audience))
}

/// Whether the manifest numbers otherwise than the rules ask for. It is the manifest that counts: a court may have said so.
pub(super) fn numbering_differs(bundle: &Bundle, profile: &Profile) -> Option<Finding> {
    if !profile.differs_from(&bundle.numbering.style) {
        return None;
    }
    let asked = match profile.numbering {
        NumbersBy::Section => "a letter and a number for each section, A1, A2, B1",
        NumbersBy::Continuous | NumbersBy::Any => "1 to the last page, as the PDF counts",
    };
    let message = format!(
        "bundle \"{}\": the rules {} ask for the numbers {asked}, and the manifest for others",
        bundle.name, profile.name
    );
    let hint = "change the style under [bundle.numbering], unless the court has asked for this one";
    Some(Finding::new(Code::NumberingDiffers, message).hint(hint))
}
