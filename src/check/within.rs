//! Whether a file that a manifest names stays within the folder of its case.

use std::fs;
use std::path::{Component, Path};

/// Whether a path, its links followed, stays within a folder.
pub(crate) fn lies_within(path: &Path, folder: &Path) -> bool {
    match (fs::canonicalize(path), fs::canonicalize(folder)) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        // Some drives of Windows, such as those in memory, cannot say where a path leads.
        (Err(_), Err(_)) => goes_straight_down(path, folder),
        _ => false,
    }
}

/// Whether nothing but plain folders leads from a folder to a path below it.
fn goes_straight_down(path: &Path, folder: &Path) -> bool {
    let Ok(way) = path.strip_prefix(folder) else {
        return false;
    };
    let mut place = folder.to_path_buf();
    way.components().all(|part| {
        place.push(part);
        let is_link = fs::symlink_metadata(&place).map(|metadata| metadata.is_symlink());
        matches!(part, Component::Normal(_)) && is_link.is_ok_and(|is_link| !is_link)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_down_has_no_steps_up_and_nothing_that_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        fs::write(folder.path().join("sub/a.pdf"), "a").unwrap();
        let is_straight = |way: &str| goes_straight_down(&folder.path().join(way), folder.path());
        assert!(is_straight("sub/a.pdf"));
        assert!(!is_straight("sub/../sub/a.pdf"));
        assert!(!is_straight("sub/b.pdf"));
        assert!(!goes_straight_down(Path::new("/etc/passwd"), folder.path()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_no_way_down() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/etc", folder.path().join("sub")).unwrap();
        assert!(!goes_straight_down(&folder.path().join("sub/passwd"), folder.path()));
    }
}
