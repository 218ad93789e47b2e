//! Readers that go away, and users who change their mind.

#![cfg(unix)]

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::case::{Case, program};
use crate::support::paper;

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
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
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
        assert_eq!(run_unread(&case, arguments), (Some(0), String::new()), "{arguments:?}");
    }
    let case = Case::fixture("case-missing");
    assert_eq!(run_unread(&case, &["check"]), (Some(1), String::new()));
    let case = Case::fixture("to-init");
    assert_eq!(run_unread(&case, &["init", "--quiet", "--stdout"]), (Some(0), String::new()));
}

#[test]
fn messages_that_nobody_reads_change_nothing() {
    let case = Case::fixture("case-missing");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = program(case.folder()).arg("build").stderr(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stdout).unwrap().contains("Refused"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_result_that_cannot_be_written_is_an_error() {
    let case = Case::fixture("case-complete");
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = program(case.folder()).arg("check").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.starts_with("error: ") && !message.contains("panicked"), "{message}");
}

/// A case whose bundle takes a while to write, with a title for its one section.
fn large(title: &str) -> (Case, String) {
    let documents = 12;
    let mut manifest = format!(
        "[case]\ntitle = \"R v Large\"\n[[bundle]]\naudience = \"prosecution\"\noutput = \"out/large.pdf\"\n[[section]]\nletter = \"A\"\ntitle = \"{title}\"\n"
    );
    for number in 1..=documents {
        manifest.push_str(&format!("[[section.document]]\nfile = \"{number}.pdf\"\n"));
    }
    let case = Case::with_manifest(&manifest);
    for number in 1..=documents {
        case.write(&format!("{number}.pdf"), paper::pdf(20, &format!("Page {number}"), 20_000));
    }
    (case, manifest)
}

fn part_names(case: &Case) -> Vec<String> {
    let files = case.files().into_iter();
    files.filter(|file| file.ends_with(".part")).collect()
}

fn parts(case: &Case) -> usize {
    part_names(case).len()
}

fn start(case: &Case) -> std::process::Child {
    program(case.folder())
        .args(["build", "--quiet", "--force"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Waits until something is being written, and kills.
fn kill_while_it_writes(case: &Case) {
    let before = part_names(case);
    let mut child = start(case);
    let started = Instant::now();
    while part_names(case).iter().all(|name| before.contains(name)) {
        assert!(
            child.try_wait().unwrap().is_none() && started.elapsed() < Duration::from_secs(120),
            "it never began to write"
        );
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn killed_at_any_moment_it_leaves_the_old_bundle_or_the_new_and_the_next_build_sweeps_up() {
    let (case, first) = large("The first");
    case.build(&[], 0);
    let started = Instant::now();
    case.build(&["--force"], 0);
    let whole = u64::try_from(started.elapsed().as_millis()).unwrap();
    let second = first.replace("The first", "The second");
    let old = case.read("out/large.pdf");
    case.write("bundle.toml", &second);
    case.build(&[], 0);
    let new = case.read("out/large.pdf");
    assert_ne!(old, new);

    let kills = std::env::var("COURTBUNDLE_KILLS").map_or(12, |kills| kills.parse().unwrap());
    let mut random: u64 = 11;
    for kill in 0..kills {
        case.write("bundle.toml", [&first, &second][kill % 2]);
        // Numerical Recipes' generator: the moments are the same each time, as far as a clock goes.
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut child = start(&case);
        std::thread::sleep(Duration::from_millis((random >> 33) % whole));
        child.kill().unwrap();
        child.wait().unwrap();
        let there = case.read("out/large.pdf");
        assert!(there == old || there == new, "neither old nor new: {kill}");
    }
    kill_while_it_writes(&case);
    assert!(parts(&case) > 0);
    case.write("bundle.toml", &first);
    let run = case.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("half-written file") && run.err.contains("deleted"), "{}", run.err);
    assert_eq!(parts(&case), 0);
    assert_eq!(case.read("out/large.pdf"), old);
}

#[test]
fn leftovers_go_also_where_the_bundle_is_up_to_date_and_what_another_writes_stays() {
    let (case, _) = large("The first");
    case.build(&[], 0);
    kill_while_it_writes(&case);
    assert_eq!(parts(&case), 1);
    let live = fs::File::create(case.path("out/.courtbundle-abc123.part")).unwrap();
    live.lock().unwrap();
    let planned = case.run(&["build", "--dry-run"]);
    assert_eq!((planned.code, parts(&case)), (Some(0), 2));
    let run = case.run(&["build"]);
    assert!(run.out.contains("p to date"), "{}", run.out);
    run.says("out: 1 half-written file of builds that were cut off deleted");
    assert_eq!((parts(&case), case.path("out/.courtbundle-abc123.part").exists()), (1, true));
    drop(live);
    case.build(&[], 0);
    assert_eq!(parts(&case), 0);
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
        assert_eq!(child.try_wait().unwrap(), None, "it ended before it began to write");
        assert!(started.elapsed() < Duration::from_secs(120), "it never began to write");
        std::thread::sleep(Duration::from_millis(2));
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("stopped; nothing was written"), "{message}");
    assert!(message.ends_with("Stopped.\n"), "{message}");
    assert_eq!(case.files(), before);
    assert_eq!(case.read("out/large.pdf"), b"the last bundle");
    assert_eq!(case.read("out/large.pdf.json"), b"its record");
}

#[test]
#[cfg(target_os = "linux")]
fn ctrl_c_stops_the_other_commands_at_once() {
    let case = Case::empty();
    // It waits for whoever writes into a pipe, so that it is stopped while it works.
    let made = Command::new("mkfifo").arg(case.path("rooms.toml")).status();
    assert!(made.unwrap().success());
    let mut child = program(case.folder())
        .args(["allocate", ".", "--rooms", "rooms.toml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let pid = child.id().to_string();
    let started = Instant::now();
    // Before it has asked to be told, the signal ends it without a word.
    let watches = || {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let caught = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        caught.is_none_or(|mask| mask & 0b10 != 0)
    };
    while !watches() {
        assert!(started.elapsed() < Duration::from_secs(120), "it never watched");
        std::thread::sleep(Duration::from_millis(2));
    }
    assert_eq!(child.try_wait().unwrap(), None);
    let sent = Command::new("kill").args(["-INT", &pid]).status();
    assert!(sent.unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "Stopped.\n");
}
