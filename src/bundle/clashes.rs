//! Bundles that would be written to one file: the second would replace the first without a word.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::check::display;
use crate::manifest::{Bundle, Case};
use crate::model::{Code, Finding};

/// For each bundle the finding that another has the same output, if one has. Within one manifest the
/// paths are compared when it is read; here links are followed, and cases compared.
pub fn shared_outputs(bundles: &[(&Case, &Bundle)]) -> Vec<Option<Finding>> {
    let places: Vec<String> =
        bundles.iter().map(|(case, bundle)| place(&case.folder.join(&bundle.output))).collect();
    let mut owners: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, place) in places.iter().enumerate() {
        owners.entry(place).or_default().push(index);
    }
    let other = |index: usize, place: &String| {
        let owners = owners.get(place.as_str())?;
        let other = owners.iter().find(|owner| **owner != index)?;
        let ((_, bundle), (other_case, other)) = (bundles.get(index)?, bundles.get(*other)?);
        let message = format!(
            "the bundle \"{}\" of {} has the same output, \"{}\"",
            other.name,
            display(&other_case.manifest),
            display(&bundle.output)
        );
        let hint = "put {urn}, {case} or {bundle} into the output, or give each bundle its own";
        Some(Finding::new(Code::DuplicateOutput, message).hint(hint))
    };
    places.iter().enumerate().map(|(index, place)| other(index, place)).collect()
}

/// Where a path leads, as far as it exists, in small letters, as not every disk tells them apart. A
/// link in place of the file itself is replaced, so it is not followed.
fn place(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut place = PathBuf::new();
    let folder = path.parent().unwrap_or(&path);
    // One question where the folder is there; on a share each takes its time.
    let known = fs::canonicalize(folder).ok();
    let unknown = known.is_none().then(|| folder.components()).into_iter().flatten();
    place.extend(known);
    for part in unknown {
        if part == Component::ParentDir {
            place.pop();
            continue;
        }
        place.push(part);
        if let Ok(real) = fs::canonicalize(&place) {
            place = real;
        }
    }
    place.push(path.file_name().unwrap_or_default());
    display(&place).to_lowercase()
}
