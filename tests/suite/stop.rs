//! Readers that go away, and users who change their mind.

#![cfg(unix)]

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::case::{Case, program};
use crate::paper;

/// Runs the program with nobody at the other end of stdout, and hands back exit code and stderr.
fn run_unread(case: &Case, arguments: &[&str]) -> (Option<i32>, String) {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = program(case.folder())
        .args(arguments)
        .stdout(writer)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn a_reader_who_goes_away_is_no_error() {
    let case = Case::fixture("case-complete");
    for arguments in [
        &["check"] as &[&str],
        &["check", "--format", "json"],
        &["build", "--quiet"],
        &["build", "--quiet", "--dry-run"],
        &["build", "--quiet", "--format", "json"],
        &["--help"],
    ] {
        assert_eq!(
            run_unread(&case, arguments),
            (Some(0), String::new()),
            "{arguments:?}"
        );
    }
    let case = Case::fixture("case-missing");
    assert_eq!(run_unread(&case, &["check"]), (Some(1), String::new()));
    let case = Case::fixture("to-init");
    assert_eq!(
        run_unread(&case, &["init", "--quiet", "--stdout"]),
        (Some(0), String::new())
    );
}

#[test]
fn messages_that_nobody_reads_change_nothing() {
    let case = Case::fixture("case-missing");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = program(case.folder())
        .arg("build")
        .stderr(writer)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("Refused")
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_result_that_cannot_be_written_is_an_error() {
    let case = Case::fixture("case-complete");
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = program(case.folder())
        .arg("check")
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.starts_with("error: ") && !message.contains("panicked"),
        "{message}"
    );
}

#[test]
fn ctrl_c_leaves_the_last_bundle_and_nothing_half_written() {
    let documents = 30;
    let mut manifest = String::from(
        "[case]\ntitle = \"R v Large\"\n[[bundle]]\noutput = \"out/large.pdf\"\n[[section]]\nletter = \"A\"\n",
    );
    for number in 1..=documents {
        manifest.push_str(&format!("[[section.document]]\nfile = \"{number}.pdf\"\n"));
    }
    let case = Case::with_manifest(manifest);
    case.write("1.pdf", paper::pdf(40, "Page", 30_000));
    for number in 2..=documents {
        fs::hard_link(case.path("1.pdf"), case.path(&format!("{number}.pdf"))).unwrap();
    }
    case.write("out/large.pdf", "the last bundle");
    case.write("out/large.pdf.json", "its record");
    let before = case.files();

    let mut child = program(case.folder())
        .arg("build")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while case.files() == before {
        assert_eq!(
            child.try_wait().unwrap(),
            None,
            "it ended before it began to write"
        );
        assert!(
            started.elapsed() < Duration::from_secs(120),
            "it never began to write"
        );
        std::thread::sleep(Duration::from_millis(2));
    }
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.contains("stopped; nothing was written"),
        "{message}"
    );
    assert_eq!(case.files(), before);
    assert_eq!(case.read("out/large.pdf"), b"the last bundle");
    assert_eq!(case.read("out/large.pdf.json"), b"its record");
}
