//! The court rules that a bundle will be held against, as far as the manifest alone says.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::{Evidence, display};
use crate::manifest::{Bundle, Case};
use crate::model::text_file::decoded;
use crate::model::{Code, Finding, Sha256Hash, in_words};
use crate::verify::{NumbersBy, Profile, Profiles};

/// A file of rules that bundles of a case name, as it was read for all of them.
#[derive(Debug, Clone)]
pub(crate) struct RulesFile {
    /// The hash of the file, where it could be read.
    pub(crate) sha256: Option<Sha256Hash>,
    profiles: Result<Profiles, Box<Finding>>,
}

impl RulesFile {
    /// Those that the bundles of a case name, each read once.
    pub(super) fn of(case: &Case) -> Vec<(PathBuf, Self)> {
        let mut files: Vec<&PathBuf> =
            case.bundles.iter().filter_map(|bundle| bundle.rules_file.as_ref()).collect();
        files.sort();
        files.dedup();
        files.into_iter().map(|file| (file.clone(), Self::read(case, file))).collect()
    }

    fn read(case: &Case, file: &Path) -> Self {
        let name = display(file);
        let of_system = |error: &io::Error| {
            let (why, hint) = in_words(error);
            Box::new(unreadable(format!("{name}: {why}")).hint(hint))
        };
        match fs::read(case.folder.join(file)) {
            Err(error) => Self { sha256: None, profiles: Err(of_system(&error)) },
            Ok(bytes) => Self {
                sha256: Some(Sha256Hash::of(&bytes)),
                profiles: decoded(bytes).map_err(|error| of_system(&error)).and_then(|text| {
                    let profiles = Profiles::built_in().and_then(|built_in| built_in.with(&text));
                    profiles.map_err(|error| Box::new(unreadable(format!("{name}: {error}"))))
                }),
            },
        }
    }
}

fn unreadable(message: String) -> Finding {
    Finding::new(Code::RulesUnreadable, message)
}

/// The profile of a bundle, as far as it holds for its audience, with what the court has ordered instead.
///
/// # Errors
///
/// A finding where the user's own rules cannot be read, or have no profile of the name.
pub(crate) fn profile(evidence: &Evidence, bundle: &Bundle) -> Result<Profile, Box<Finding>> {
    let profiles = match &bundle.rules_file {
        None => Profiles::built_in().map_err(|error| unreadable(error.to_string()))?,
        Some(file) => match evidence.rules.get(file) {
            None => return Err(Box::new(unreadable(format!("{}: not read", display(file))))),
            Some(own) => own.profiles.clone()?,
        },
    };
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
