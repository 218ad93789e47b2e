//! The output: written beside its final name, then renamed, so that there is either the old file or
//! the whole new one.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::{BuildError, Request};
use crate::check::audit_record;
use crate::check::display;
use crate::model::atomic_write::{WholeFile, is_open_elsewhere};
use crate::model::{Code, Finding, in_words};
use crate::pdf::write::{PdfError, Written};

/// A bundle on its way to its final name.
pub(super) struct Output {
    name: String,
    path: PathBuf,
    file: WholeFile,
}

impl Output {
    /// Makes the folder and a nameless file beside the final one.
    pub(super) fn create(request: &Request<'_>) -> Result<Self, BuildError> {
        let path = request.case.folder.join(&request.bundle.output);
        let name = display(&request.bundle.output);
        refuse_inputs(request, &path, &name)?;
        if [path.clone(), audit_record(&path)].iter().any(|path| path.is_dir()) {
            return Err(unwritable(
                &name,
                "a folder of this name, or of that of the record beside it, is in the way"
                    .to_owned(),
                "rename the folder, or give the bundle another output",
            ));
        }
        // Told before the work is done and not after.
        if [path.clone(), audit_record(&path)].iter().any(|path| is_open_elsewhere(path)) {
            return Err(unwritable(
                &name,
                "it, or the record beside it, is open in another program".to_owned(),
                "close it there, also in the preview of Explorer, and build again",
            ));
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        let file = fs::create_dir_all(folder)
            .and_then(|()| WholeFile::create_in(folder))
            .map_err(|error| from_io(&name, &error))?;
        Ok(Self { name, path, file })
    }

    /// Where the bytes go.
    pub(super) fn writer(&self) -> Result<File, BuildError> {
        self.file.as_file().try_clone().map_err(|error| from_io(&self.name, &error))
    }

    /// What has been written, read back from disk: its structure in full, zeros in place of long
    /// streams, so that memory does not grow with the bundle.
    pub(super) fn read_back(&self, written: &Written) -> Result<Vec<u8>, BuildError> {
        let failed = |error| from_io(&self.name, &error);
        let mut file = self.writer()?;
        if file.metadata().map_err(failed)?.len() != written.bytes {
            let finding =
                Finding::new(Code::ProofFailed, "what is on the drive is not what was written")
                    .hint("check the drive, and build again");
            return Err(BuildError::Unproven(vec![finding]));
        }
        let length = usize::try_from(written.bytes)
            .map_err(|_| PdfError::Internal("the bundle is larger than memory can address"))?;
        // Zeros that are never written to take no memory.
        let mut structure = vec![0; length];
        let streams = written.long_streams.iter().map(place);
        let mut start = 0;
        for stream in streams {
            read_at(&mut file, &mut structure, start..stream.start).map_err(failed)?;
            start = stream.end;
        }
        read_at(&mut file, &mut structure, start..length).map_err(failed)?;
        Ok(structure)
    }

    /// What was read back with some of the long streams in their places, others still zeros.
    pub(super) fn read_streams(
        &self,
        structure: &[u8],
        written: &Written,
        wanted: &BTreeSet<usize>,
    ) -> Result<Vec<u8>, BuildError> {
        let failed = |error: &io::Error| from_io(&self.name, error);
        let mut bytes = vec![0; structure.len()];
        let mut copy = |range: Range<usize>| {
            let part = bytes.get_mut(range.clone()).zip(structure.get(range));
            part.into_iter().for_each(|(part, read)| part.copy_from_slice(read));
        };
        let ranges = written.long_streams.iter().map(place).collect::<Vec<_>>();
        let ends = [0].into_iter().chain(ranges.iter().map(|range| range.end));
        let starts = ranges.iter().map(|range| range.start);
        ends.zip(starts.chain([structure.len()])).for_each(|(start, end)| copy(start..end));
        let mut file = self.writer()?;
        for range in wanted.iter().filter_map(|index| ranges.get(*index)) {
            read_at(&mut file, &mut bytes, range.clone()).map_err(|error| failed(&error))?;
        }
        Ok(bytes)
    }

    /// Waits until the bundle is on the drive.
    pub(super) fn keep(&self) -> Result<(), BuildError> {
        let file = self.file.as_file();
        file.sync_all().map_err(|error| from_io(&self.name, &error))
    }

    /// Gives the bundle, which is kept by now, its name, and the audit record its own beside it.
    pub(super) fn publish(self, record: &str) -> Result<(), BuildError> {
        let failed = |error: &io::Error| from_io(&self.name, error);
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let audit = WholeFile::create_in(folder).map_err(|error| failed(&error))?;
        let mut content = audit.as_file();
        content
            .write_all(record.as_bytes())
            .and_then(|()| audit.as_file().sync_all())
            .map_err(|error| failed(&error))?;
        self.file.persist(&self.path).map_err(|error| failed(&error))?;
        audit.persist(&audit_record(&self.path)).map_err(|error| failed(&error))?;
        Ok(())
    }
}

/// Where a stream stands among the bytes of a file that fits into memory.
fn place(range: &Range<u64>) -> Range<usize> {
    let place = |position| usize::try_from(position).unwrap_or(usize::MAX);
    place(range.start)..place(range.end)
}

fn read_at(file: &mut File, bytes: &mut [u8], range: Range<usize>) -> io::Result<()> {
    file.seek(SeekFrom::Start(range.start as u64))?;
    let part = bytes.get_mut(range).ok_or(io::ErrorKind::UnexpectedEof)?;
    file.read_exact(part)
}

/// An input is never overwritten, by whatever name it goes.
fn refuse_inputs(request: &Request<'_>, path: &Path, name: &str) -> Result<(), BuildError> {
    let outputs = [path.to_path_buf(), audit_record(path)];
    let inputs = request
        .case
        .sections
        .iter()
        .flat_map(|section| &section.documents)
        .filter_map(|document| document.file.as_ref())
        .map(|file| request.case.folder.join(file))
        .chain([request.case.folder.join(request.case.manifest.file_name().unwrap_or_default())]);
    let inputs: Vec<PathBuf> = inputs.filter_map(|input| fs::canonicalize(input).ok()).collect();
    let is_input =
        |output: &PathBuf| fs::canonicalize(output).is_ok_and(|output| inputs.contains(&output));
    if outputs.iter().any(is_input) {
        return Err(BuildError::OverInput(name.to_owned()));
    }
    Ok(())
}

pub(super) fn from_io(name: &str, error: &io::Error) -> BuildError {
    let (why, hint) = in_words(error);
    let hint = match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "choose a folder that you may write to, with output = under [[bundle]]"
        }
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "choose another output, with output = under [[bundle]]"
        }
        _ => hint,
    };
    unwritable(name, format!("cannot be written: {why}"), hint)
}

fn unwritable(name: &str, reason: String, hint: &'static str) -> BuildError {
    BuildError::Output { path: name.to_owned(), reason, hint }
}
