//! Paths as typed in a manifest, brought into one form without touching the disk.

use std::path::PathBuf;

use super::reader::{Problem, quoted};
use crate::model::Code;

/// The path in its one form: `/` between parts, no `.`, no `..` but at the start.
///
/// Whether a path stays in the folder of the case is decided by its text alone, so that the same
/// manifest means the same everywhere. `allow_outside` is what the manifest says about that.
pub(super) fn normalise(key: &str, typed: &str, allow_outside: bool) -> Result<PathBuf, Problem> {
    let bad = |what: &str| Problem::new(Code::BadValue, format!("\"{key}\" {what}"));
    if typed.trim().is_empty() {
        return Err(bad("is empty").hint("give a path relative to the manifest"));
    }
    if let Some(control) = typed.chars().find(|c| c.is_control()) {
        let message = format!("holds the control character {}", control.escape_unicode());
        return Err(bad(&message).hint("write paths with / or in single quotes"));
    }
    let slashed = typed.replace('\\', "/");
    let root = root_of(&slashed);
    let (parts, climbs) = resolve(slashed.get(root.len()..).unwrap_or(""));
    let outside = climbs > 0 || !root.is_empty();
    if outside && !allow_outside {
        let message = format!("{} is outside the folder of the case", quoted(typed));
        return Err(Problem::new(Code::OutsidePath, message).hint(
            "move the file beside the manifest and give its path from there, \
             or set allow_outside = true in [case]",
        ));
    }
    if parts.is_empty() {
        return Err(bad("names a folder, not a file").hint("give the path of one file"));
    }
    Ok(PathBuf::from(format!("{root}{}{}", "../".repeat(climbs), parts.join("/"))))
}

/// Whether a manifest can hold this path, relative to its folder, exactly as it is.
pub(crate) fn can_hold(path: &str) -> bool {
    normalise("file", path, false).is_ok_and(|normal| normal.as_os_str() == path)
}

/// What makes a path absolute: a leading slash, a share, a drive letter.
fn root_of(slashed: &str) -> &str {
    let bytes = slashed.as_bytes();
    let drive = bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) == Some(&b':');
    let length = match () {
        () if drive => 2 + usize::from(bytes.get(2) == Some(&b'/')),
        () if slashed.starts_with("//") => 2,
        () => usize::from(slashed.starts_with('/')),
    };
    slashed.get(..length).unwrap_or("")
}

/// The parts that remain, and how many folders the path climbs above its start.
fn resolve(path: &str) -> (Vec<&str>, usize) {
    let (mut parts, mut climbs) = (Vec::new(), 0);
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => climbs += 1,
            ".." => {}
            part => parts.push(part),
        }
    }
    (parts, climbs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(typed: &str) -> Result<String, Code> {
        let path = normalise("file", typed, false).map_err(|problem| problem.code)?;
        Ok(path.to_str().unwrap().to_owned())
    }

    #[test]
    fn one_file_has_one_path() {
        for typed in ["a/b.pdf", "./a//b.pdf", r"a\b.pdf", "a/./x/../b.pdf", "a/b.pdf/"] {
            assert_eq!(inside(typed).as_deref(), Ok("a/b.pdf"), "{typed}");
        }
        assert_eq!(inside(" leading space.pdf").as_deref(), Ok(" leading space.pdf"));
        assert_eq!(inside("Llŷn…/..b..pdf").as_deref(), Ok("Llŷn…/..b..pdf"));
    }

    #[test]
    fn a_path_that_leaves_the_case_is_refused_unless_allowed() {
        for (typed, path) in [
            ("../b.pdf", "../b.pdf"),
            ("a/../../b.pdf", "../b.pdf"),
            ("/etc/b.pdf", "/etc/b.pdf"),
            (r"C:\case\b.pdf", "C:/case/b.pdf"),
            ("C:b.pdf", "C:b.pdf"),
            (r"\\server\share\b.pdf", "//server/share/b.pdf"),
        ] {
            assert_eq!(inside(typed), Err(Code::OutsidePath), "{typed}");
            let allowed = normalise("file", typed, true).unwrap();
            assert_eq!(allowed.to_str(), Some(path), "{typed}");
        }
    }

    #[test]
    fn a_manifest_holds_what_it_leaves_alone() {
        for path in ["a.pdf", "a b/ŵ \"c\".pdf", " a.pdf ", "..a.pdf"] {
            assert!(can_hold(path), "{path}");
        }
        for path in [r"a\b.pdf", "A: b.pdf", "a\tb.pdf", "../a.pdf", "/a.pdf"] {
            assert!(!can_hold(path), "{path}");
        }
    }

    #[test]
    fn a_path_names_a_file() {
        for typed in ["", " ", ".", "a/..", "a\u{0}.pdf", "a\n.pdf"] {
            assert_eq!(inside(typed), Err(Code::BadValue), "{typed:?}");
        }
    }
}
