//! A case in a temporary folder, and runs of the program there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::reader::Reader;
use crate::support::same_findings::assert_same_findings;

/// A folder that goes when the test ends.
pub struct Case {
    folder: TempDir,
}

/// What a run of the program left behind.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// A path inside the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The program, ready to be run in a folder.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_courtbundle"));
    command.current_dir(folder).stdin(Stdio::null());
    command
}

impl Case {
    pub fn empty() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A copy of `fixtures/<name>`.
    pub fn fixture(name: &str) -> Self {
        let case = Self::empty();
        copy_folder(&repository("fixtures").join(name), case.folder.path());
        case
    }

    /// A copy of the example case.
    pub fn example() -> Self {
        let case = Self::empty();
        copy_folder(&repository("examples/r-v-blake"), case.folder.path());
        case
    }

    /// A case that has this manifest and nothing else.
    pub fn with_manifest(manifest: impl AsRef<[u8]>) -> Self {
        let case = Self::empty();
        case.write("bundle.toml", manifest);
        case
    }

    /// A case of one section "A" that lists some fixtures, each under its own file name, with more
    /// lines for its entry. Its bundle is for the prosecution, and so holds anything.
    pub fn listing(documents: &[(&str, &str)]) -> Self {
        let mut manifest = String::from("[case]\ntitle = \"R v Test\"\n\n");
        manifest.push_str("[[bundle]]\naudience = \"prosecution\"\noutput = \"out/test.pdf\"\n\n");
        manifest.push_str("[[section]]\nletter = \"A\"\ntitle = \"Documents\"\n");
        let case = Self::empty();
        for (index, (fixture, lines)) in documents.iter().enumerate() {
            let name = fixture.rsplit('/').next().unwrap();
            let number = index + 1;
            manifest.push_str(&format!(
                "\n[[section.document]]\ntitle = \"Document {number}\"\nfile = \"{number} {name}\"\n{lines}\n"
            ));
            case.copy(&format!("fixtures/{fixture}"), &format!("{number} {name}"));
        }
        case.write("bundle.toml", manifest);
        case
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Copies a file of the repository into the case.
    pub fn copy(&self, from: &str, to: &str) {
        let bytes = fs::read(repository(from)).unwrap_or_else(|error| panic!("{from}: {error}"));
        self.write(to, bytes);
    }

    /// The manifest with a part of its text replaced, which must be there.
    pub fn edit(&self, from: &str, to: &str) {
        let text = String::from_utf8(self.read("bundle.toml")).unwrap();
        assert!(text.contains(from), "{from} is not in the manifest");
        self.write("bundle.toml", text.replace(from, to));
    }

    /// A file with a part of its text replaced, which must be there.
    pub fn edit_at(&self, path: &str, from: &str, to: &str) {
        let text = String::from_utf8(self.read(path)).unwrap();
        assert!(text.contains(from), "{from} is not in {path}");
        self.write(path, text.replace(from, to));
    }

    pub fn append(&self, text: &str) {
        let manifest = String::from_utf8(self.read("bundle.toml")).unwrap();
        self.write("bundle.toml", manifest + text);
    }

    /// Every file below the folder, sorted, with `/` between the parts of a path.
    pub fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        list(self.folder.path(), "", &mut files);
        files.sort();
        files
    }

    /// Runs the program in the folder of the case.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_in("", arguments)
    }

    /// Runs the program in a folder below that of the case.
    pub fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        let output = program(&self.path(folder)).args(arguments).output().unwrap();
        Run {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Builds, hands back what the JSON says of the only bundle, and holds that against what `verify` says.
    pub fn build(&self, arguments: &[&str], code: i32) -> Value {
        let record = self.build_only(arguments, code);
        let manifest = String::from_utf8_lossy(&self.read("bundle.toml")).into_owned();
        assert_same_findings(self.folder(), &manifest, &record);
        record
    }

    /// The same without `verify`, for files of which a build does not look at every page.
    pub fn build_only(&self, arguments: &[&str], code: i32) -> Value {
        let run = self.run(&[&["build", "--format", "json"], arguments].concat());
        run.expect(code);
        let mut report = run.json();
        let bundles = report["bundles"].as_array_mut().unwrap();
        assert_eq!(bundles.len(), 1);
        bundles.remove(0)
    }

    /// Builds the only bundle and opens it.
    pub fn built(&self) -> (Value, Reader) {
        let record = self.build(&[], 0);
        let reader = Reader::open(&self.path(record["output"].as_str().unwrap()));
        (record, reader)
    }

    /// What `check` says of the only case.
    pub fn checked(&self, code: i32) -> Value {
        let run = self.run(&["check", "--format", "json"]);
        run.expect(code);
        let mut report = run.json();
        let cases = report["cases"].as_array_mut().unwrap();
        assert_eq!(cases.len(), 1);
        cases.remove(0)
    }
}

impl Run {
    /// Asserts the exit code.
    #[track_caller]
    pub fn expect(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// Asserts that a text stands somewhere on stderr.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(self.err.contains(text), "{text}\nis not in:\n{}", self.err);
        self
    }

    /// Asserts that a text stands somewhere on stdout.
    #[track_caller]
    pub fn shows(&self, text: &str) -> &Self {
        assert!(self.out.contains(text), "{text}\nis not in:\n{}", self.out);
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        let value: Value = serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error} in:\n{}", self.out));
        assert_eq!(value["version"], 1);
        value
    }
}

/// The codes among some findings, each as often as it is there.
pub fn codes(report: &Value) -> Vec<&str> {
    array(report, "findings").iter().map(|finding| text(finding, "code")).collect()
}

/// The findings of one code.
pub fn findings<'a>(report: &'a Value, code: &str) -> Vec<&'a Value> {
    array(report, "findings").iter().filter(|finding| finding["code"] == code).collect()
}

pub fn array<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("{key} is no array in {value}"))
}

pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is no text in {value}"))
}

pub fn number(value: &Value, key: &str) -> usize {
    let number = value[key].as_u64();
    number.unwrap_or_else(|| panic!("{key} is no number in {value}")) as usize
}

/// Asserts that an object has these keys and no other.
#[track_caller]
pub fn assert_keys(value: &Value, keys: &[&str]) {
    let mut found: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let mut keys = keys.to_vec();
    found.sort_unstable();
    keys.sort_unstable();
    assert_eq!(found, keys);
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if !entry.file_type().unwrap().is_dir() {
            fs::copy(entry.path(), target).unwrap();
        } else if entry.file_name() != "out" {
            copy_folder(&entry.path(), &target);
        }
    }
}

fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            list(&entry.path(), &format!("{name}/"), files);
        } else {
            files.push(name);
        }
    }
}
