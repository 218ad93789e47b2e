//! Files that are there whole or not at all, and the sweeping up after processes that were killed while they wrote.
//!
//! What is being written stands beside its final name, under a name that only this program gives, and under an exclusive
//! lock that the system gives back when the process ends, however it ends. Whoever can take the lock may delete the file.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::system_words::is_held;

const PREFIX: &str = ".courtbundle-";
const SUFFIX: &str = ".part";

/// How often a new file may be swept away between its making and its locking before something else is wrong.
const MAX_TRIES: usize = 100;

/// A file on its way to its final name. Dropped without one, it is gone.
#[derive(Debug)]
pub struct WholeFile(NamedTempFile);

impl WholeFile {
    /// A new, empty, locked file in a folder.
    ///
    /// # Errors
    /// Where the folder cannot be written to.
    pub fn create_in(folder: &Path) -> io::Result<Self> {
        for _ in 0..MAX_TRIES {
            let file = unlocked(folder)?;
            match file.as_file().lock() {
                // A drive that knows no locks: nobody can sweep there either.
                Err(error) if error.kind() == ErrorKind::Unsupported => return Ok(Self(file)),
                Err(error) => return Err(error),
                Ok(()) => {}
            }
            // Before it was locked, somebody may have taken it for a leftover.
            if fs::symlink_metadata(file.path()).is_ok() {
                return Ok(Self(file));
            }
        }
        Err(ErrorKind::ResourceBusy.into())
    }

    /// Where bytes go, and come from again. Only this handle and its clones can read it while it is locked.
    pub fn as_file(&self) -> &File {
        self.0.as_file()
    }

    /// Gives it its name, in place of what had that before.
    ///
    /// # Errors
    /// Where what had the name cannot be replaced; it is untouched then.
    pub fn persist(self, path: &Path) -> io::Result<()> {
        let rename = |file: NamedTempFile| {
            let renamed = file.persist(path).map(drop);
            renamed.map_err(|refused| (refused.error, refused.file))
        };
        until_let_go(self.0, rename, is_held)
    }

    /// Gives it its name, unless something has that already.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`] where something has the name.
    pub fn persist_new(self, path: &Path) -> io::Result<()> {
        self.0.persist_noclobber(path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// How long the other program is waited for, in milliseconds, one try after another: two seconds in all.
const WAITS: [u64; 5] = [50, 150, 300, 500, 1000];

/// Tries something again while another program holds the file.
fn until_let_go<T>(
    mut file: T,
    rename: impl Fn(T) -> Result<(), (io::Error, T)>,
    is_held: impl Fn(&io::Error) -> bool,
) -> io::Result<()> {
    for wait in WAITS {
        match rename(file) {
            Err((error, again)) if is_held(&error) => file = again,
            done => return done.map_err(|(error, _)| error),
        }
        std::thread::sleep(std::time::Duration::from_millis(wait));
    }
    rename(file).map_err(|(error, _)| error)
}

/// Whether a file that is to be replaced cannot be, as another program has it open. Only Windows keeps it from that.
pub fn is_open_elsewhere(path: &Path) -> bool {
    let opened = OpenOptions::new().read(true).write(true).open(path);
    opened.is_err_and(|error| is_held(&error) && error.kind() != ErrorKind::PermissionDenied)
}

fn unlocked(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: what the user's mask allows, not the user alone.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Writes beside the final name, then renames, so that whoever reads sees the old file or the whole new one. A file
/// that is replaced keeps its permissions. What killed processes left in the folder is swept up first.
///
/// # Errors
/// Where the folder cannot be written to, or the drive is full; what was there before is untouched.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<Swept> {
    let swept = sweep(folder_of(path));
    let file = filled(path, bytes)?;
    if let Ok(old) = fs::metadata(path) {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.persist(path)?;
    Ok(swept)
}

/// Writes a file that is not there yet, whole or not at all.
///
/// # Errors
/// As for [`write()`]; [`ErrorKind::AlreadyExists`] where something has the name.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<Swept> {
    let swept = sweep(folder_of(path));
    filled(path, bytes)?.persist_new(path)?;
    Ok(swept)
}

fn filled(path: &Path, bytes: &[u8]) -> io::Result<WholeFile> {
    let file = WholeFile::create_in(folder_of(path))?;
    let mut content = file.as_file();
    content.write_all(bytes)?;
    content.sync_all()?;
    Ok(file)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."))
}

/// What became of the leftovers of killed processes in a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Swept {
    /// The folder.
    pub folder: PathBuf,
    /// How many were deleted.
    pub removed: usize,
    /// The names of those that could not be deleted, or of which nobody can tell whether they are in use.
    pub left: Vec<String>,
}

/// Deletes what processes that are gone left half written in a folder, and leaves alone what others are writing. A folder
/// that is not there or cannot be listed has nothing to sweep.
pub fn sweep(folder: &Path) -> Swept {
    let mut swept = Swept { folder: folder.to_path_buf(), ..Swept::default() };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| is_part(name)) else {
            continue;
        };
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        match remove_if_left(&entry.path()) {
            Ok(true) => swept.removed += 1,
            Ok(false) => {}
            // Another build has swept it, or it has its final name by now.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(_) => swept.left.push(name.to_owned()),
        }
    }
    swept.left.sort();
    swept
}

/// Whether a name is one that this program gives to what it is writing.
fn is_part(name: &str) -> bool {
    name.strip_prefix(PREFIX)
        .and_then(|rest| rest.strip_suffix(SUFFIX))
        .is_some_and(|middle| !middle.is_empty() && middle.chars().all(|c| c.is_alphanumeric()))
}

/// Deletes a file that nobody writes to; `false` where somebody does.
fn remove_if_left(path: &Path) -> io::Result<bool> {
    // Some drives give an exclusive lock only to those who may write.
    let file = match OpenOptions::new().read(true).write(true).open(path) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => File::open(path)?,
        file => file?,
    };
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(false),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    // Under the lock: whoever made the file and waits for it then sees that it is gone, and makes another.
    fs::remove_file(path)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_being_written_stays_and_what_was_left_goes() {
        let folder = tempfile::tempdir().unwrap();
        let live = WholeFile::create_in(folder.path()).unwrap();
        let others = [".courtbundle-.part", "courtbundle-a.part", ".courtbundle-a.b.part"];
        for name in [".courtbundle-abc123.part", ".courtbundle-XYZ.part"].iter().chain(&others) {
            fs::write(folder.path().join(name), "evidence").unwrap();
        }
        fs::create_dir(folder.path().join(".courtbundle-dir.part")).unwrap();
        let swept = sweep(folder.path());
        assert_eq!((swept.removed, swept.left), (2, Vec::new()));
        for name in others {
            assert!(folder.path().join(name).exists(), "{name}");
        }
        live.persist(&folder.path().join("it")).unwrap();
        assert!(folder.path().join("it").exists());
        assert_eq!(sweep(folder.path()).removed, 0);
        assert_eq!(sweep(&folder.path().join("not there")).removed, 0);
    }

    #[test]
    fn no_new_file_is_lost_to_those_who_sweep() {
        let folder = tempfile::tempdir().unwrap();
        let done = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            let sweeping = scope.spawn(|| {
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    assert_eq!(sweep(folder.path()).left, Vec::<String>::new());
                }
            });
            for number in 0..500 {
                let path = folder.path().join(number.to_string());
                write_new(&path, b"whole").unwrap();
                assert_eq!(fs::read(&path).unwrap(), b"whole");
            }
            done.store(true, std::sync::atomic::Ordering::Relaxed);
            sweeping.join().unwrap();
        });
    }

    #[test]
    fn who_holds_a_file_is_waited_for_and_others_are_told() {
        let tries = std::cell::Cell::new(0);
        let rename = |held_for: u32, kind: ErrorKind| {
            tries.set(0);
            let rename = |()| {
                tries.set(tries.get() + 1);
                if tries.get() > held_for { Ok(()) } else { Err((kind.into(), ())) }
            };
            until_let_go((), rename, |error| error.kind() == ErrorKind::ResourceBusy)
        };
        assert!(rename(2, ErrorKind::ResourceBusy).is_ok());
        assert_eq!(tries.get(), 3);
        assert!(rename(2, ErrorKind::StorageFull).is_err());
        assert_eq!(tries.get(), 1);
    }

    #[test]
    fn a_name_that_is_taken_stays_with_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("it");
        write_new(&path, b"first").unwrap();
        let error = write_new(&path, b"second").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        write(&path, b"third").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"third");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
