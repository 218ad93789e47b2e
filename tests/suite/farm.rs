//! `build --shard` and `report merge`: many computers build what one would.

use std::fs;

use serde_json::{Value, json};

use crate::list::TODAY;
use crate::support::case::{Case, Run, array, assert_keys, text};

/// An office below a folder, so that reports stand outside of it.
fn office() -> Case {
    let (fixture, case) = (Case::fixture("office"), Case::empty());
    fs::rename(fixture.folder(), case.path("cases")).unwrap();
    fs::create_dir(fixture.folder()).unwrap();
    case
}

/// Builds the office in shards, as `reports/shard-K.json`.
fn build_in_shards(case: &Case, of: u32, arguments: &[&str]) -> Vec<Value> {
    let reports = (1..=of).map(|index| {
        let shard = format!("{index}/{of}");
        let run = case
            .run(&[&["build", "cases", "--format", "json", "--shard", &shard], arguments].concat());
        case.write(&format!("reports/shard-{index}.json"), &run.out);
        let report = run.json();
        assert_eq!(report["shard"], json!({"index": index, "of": of}));
        assert_eq!(report["exit_code"], run.code.unwrap());
        report
    });
    reports.collect()
}

fn merge(case: &Case, arguments: &[&str]) -> Run {
    case.run(&[&["report", "merge"], arguments].concat())
}

/// What tells the bundles of a report apart.
fn manifests(report: &Value) -> Vec<&str> {
    let bundles = array(report, "bundles").iter();
    bundles.map(|row| text(row, "manifest")).collect()
}

#[test]
fn the_shards_together_are_what_one_build_is() {
    let (whole, case) = (office(), office());
    let alone = whole.run(&["build", "cases", "--format", "json"]);
    let shards = build_in_shards(&case, 4, &[]);
    assert!(shards.iter().all(|shard| !array(shard, "bundles").is_empty()));
    let files: Vec<String> = (1..=4).map(|index| format!("reports/shard-{index}.json")).collect();
    let mut files: Vec<&str> = files.iter().map(String::as_str).collect();
    let merged = merge(&case, &[&["--format", "json"], &files[..]].concat());
    merged.expect(2);
    assert_eq!(merged.err, "");
    assert_eq!(merged.out, alone.expect(2).out);
    let report = merged.json();
    assert_keys(&report, &["version", "shard", "exit_code", "problems", "bundles"]);
    files.reverse();
    assert_eq!(merge(&case, &[&["--format", "json"], &files[..]].concat()).out, merged.out);
    // As text it is the table that the build of all ends with.
    let table = merge(&case, &files).expect(2).out.clone();
    assert!(table.contains("\n\n35 built, 6 refused.\n"), "{table}");
    let forced = whole.run(&["build", "cases", "--force"]);
    assert!(forced.out.ends_with(&format!("\n\n{table}")), "{}", forced.out);
}

#[test]
fn shards_know_the_days_and_what_is_up_to_date() {
    let case = office();
    let flags = ["--hearing", "today", "--today", TODAY];
    let first = build_in_shards(&case, 3, &flags);
    let again = build_in_shards(&case, 3, &flags);
    let count = |reports: &[Value], state: &str| {
        let rows = reports.iter().flat_map(|report| array(report, "bundles"));
        rows.filter(|row| row["state"] == state).count()
    };
    assert_eq!((count(&first, "built"), count(&first, "up-to-date")), (22, 0));
    assert_eq!((count(&again, "built"), count(&again, "up-to-date")), (0, 22));
    assert_eq!(count(&again, "refused"), 5);
}

#[test]
fn the_folder_in_which_the_cases_stand_does_not_decide_their_shard() {
    let case = office();
    let shard = |from: &str, path: &str| {
        let run =
            case.run_in(from, &["build", "--dry-run", "--format", "json", "--shard", "2/3", path]);
        let report = run.json();
        let ends = |manifest: &str| manifest.rsplit('/').nth(1).unwrap().to_owned();
        Vec::from_iter(manifests(&report).into_iter().map(ends))
    };
    let from_above = shard("", "cases");
    assert!(from_above.len() > 5, "{from_above:?}");
    assert_eq!(shard("cases", "."), from_above);
    assert_eq!(shard("cases/leeds", ".."), from_above);
    assert_eq!(shard("", case.path("cases").to_str().unwrap()), from_above);
}

#[test]
fn two_cases_of_one_output_are_found_though_they_are_in_different_shards() {
    let case = Case::fixture("two-cases");
    for name in ["one", "two"] {
        let manifest = format!("{name}/bundle.toml");
        case.edit_at(&manifest, "[case]\n", "[case]\nallow_outside = true\n");
        let output = "out/{urn} {case} {bundle} {hearing_date}.pdf";
        case.edit_at(&manifest, output, "../out/shared.pdf");
    }
    let mut found = 0;
    for index in 1..=16 {
        let run = case.run(&["build", "--shard", &format!("{index}/16"), "--format", "json"]);
        found += array(&run.json(), "bundles").len();
        if run.code == Some(2) {
            run.says("has the same output");
            assert_eq!(array(&run.json(), "bundles").len(), 1, "the other is elsewhere");
        }
    }
    assert_eq!(found, 2);
    assert!(!case.path("out").exists());
}

#[test]
fn an_empty_shard_is_no_failure() {
    let case = Case::fixture("case-complete");
    let runs = (1..=2).map(|index| case.run(&["build", "--shard", &format!("{index}/2")]));
    let mut outs: Vec<String> = runs.map(|run| run.expect(0).out.clone()).collect();
    outs.sort();
    assert!(outs[0].starts_with("Built R v Example"), "{outs:?}");
    assert!(outs[1].starts_with("No case in shard "), "{outs:?}");
    for (shard, why) in [
        ("0/4", "the shards of 4 are 1/4 to 4/4"),
        ("5/4", "the shards of 4 are 1/4 to 4/4"),
        ("1/0", "there is at least 1 shard"),
        ("four", "write K/N, two whole numbers such as 3/16"),
    ] {
        case.run(&["build", "--shard", shard]).expect(2).says(why);
    }
}

#[test]
fn what_keeps_reports_from_being_all_of_one_run_is_told() {
    let case = Case::fixture("two-cases");
    let report = |name: &str, shard: &str| {
        let run = case.run(&["build", "--quiet", "--format", "json", "--shard", shard]);
        case.write(name, run.expect(0).out.as_bytes());
    };
    report("1.json", "1/2");
    report("2.json", "2/2");
    merge(&case, &["1.json", "2.json"]).expect(0);
    let whole = case.run(&["build", "--format", "json"]);
    case.write("whole.json", &whole.out);
    merge(&case, &["whole.json"]).expect(0).shows("2 up to date.");
    merge(&case, &["1.json"]).expect(2).says("error: shard 2 of 2 is missing\n");
    case.write("again.json", case.read("1.json"));
    merge(&case, &["1.json", "again.json", "2.json"])
        .expect(2)
        .says("error: again.json: shard 1/2 is there already, in 1.json, which is taken\n");
    merge(&case, &["1.json", "2.json", "whole.json"])
        .expect(2)
        .says("whole.json: the bundle \"trial\" of one/bundle.toml is there already, in ")
        .shows("\n\n2 ");
    let checked = case.run(&["check", "--format", "json"]).out;
    case.write("check.json", checked);
    let half = case.read("2.json");
    case.write("half.json", &half[..half.len() / 2]);
    let run = merge(&case, &["1.json", "check.json", "half.json", "none.json"]);
    run.expect(2)
        .says("check.json: not what `build --format json` writes, or not all of it: missing field")
        .says("half.json: not what `build --format json` writes, or not all of it: EOF")
        .says("none.json: cannot be read: ")
        .says("shard 2 of 2 is missing");
    let run = merge(&case, &["1.json", "half.json", "--format", "json"]);
    let report = run.expect(2).json();
    assert_eq!(report["exit_code"], 2);
    assert_eq!(array(&report, "problems").len(), 2, "{report}");
    merge(&case, &[]).expect(2).says("<FILE>...");
}

/// What administrators are given runs as it is.
#[cfg(unix)]
mod scripts {
    use std::path::Path;
    use std::process::Command;

    use super::*;
    use crate::support::case::repository;

    /// A script that finds the program as a user's shell does.
    fn script(interpreter: &str, case: &Case, script: &Path) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_courtbundle"));
        let mut folders = vec![program.parent().unwrap().to_path_buf()];
        folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
        let mut command = Command::new(interpreter);
        command
            .arg(script)
            .env("PATH", std::env::join_paths(folders).unwrap())
            .current_dir(case.folder());
        command
    }

    fn run(command: &mut Command) -> Run {
        let output = command.output().unwrap();
        Run {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// A script of the repository with other folders in it.
    fn moved(case: &Case, text: &str, folders: &[(&str, &str)]) -> String {
        folders.iter().fold(text.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, case.path(to).to_str().unwrap())
        })
    }

    #[test]
    #[ignore = "needs GNU parallel"]
    fn gnu_parallel_builds_the_office() {
        let case = office();
        fs::rename(case.path("cases"), case.path("the cases")).unwrap();
        let path = repository("examples/farm/parallel.sh");
        let build = |flags: &[&str]| {
            let mut command = script("bash", &case, &path);
            command.args(["the cases", "the reports", "5"]).args(flags);
            run(&mut command)
        };
        let first = build(&[]);
        first.expect(2).shows("\n\n35 built, 6 refused.\n");
        first
            .says("the cases/leeds/22-broken-manifest/bundle.toml:3:7: \"01AB00122\" is not a URN");
        let today = ["--hearing", "today", "--today", TODAY];
        build(&today).expect(2).shows("\n\n22 up to date, 5 refused.\n");
        let reports = case.files().into_iter().filter(|file| file.starts_with("the reports/"));
        assert_eq!(reports.count(), 5);
        // Without what cannot be read, there are gaps and no more.
        for folder in ["leeds/22-broken-manifest", "leeds/18-unreadable"] {
            fs::remove_dir_all(case.path(&format!("the cases/{folder}"))).unwrap();
        }
        build(&today).expect(1);
        let mut command = script("bash", &case, &path);
        run(command.args(["the cases", "the reports", "2", "--no-such-flag"]))
            .expect(2)
            .says("not what `build --format json` writes");
        run(&mut script("bash", &case, &path)).expect(2).says("usage: ");
    }

    #[test]
    fn the_slurm_script_builds_its_shard_and_merges() {
        let case = office();
        fs::create_dir(case.path("reports")).unwrap();
        let text = fs::read_to_string(repository("examples/farm/slurm.sbatch")).unwrap();
        let folders = [("/srv/cases", "cases"), ("/srv/bundles/reports", "reports")];
        let text = moved(&case, &text, &folders);
        // The office has its own day.
        case.write("slurm", text.replace("next-working-day", TODAY));
        for index in 1..=3 {
            let mut command = script("bash", &case, &case.path("slurm"));
            command.env("SLURM_ARRAY_TASK_ID", index.to_string());
            let code = run(command.env("SLURM_ARRAY_TASK_COUNT", "3")).code;
            assert!(matches!(code, Some(0 | 2)), "1 is no failure: {code:?}");
        }
        let mut command = script("bash", &case, &case.path("slurm"));
        run(command.arg("merge")).expect(2).shows("\n\n22 built, 5 refused.\n");
        fs::remove_file(case.path("reports/shard-2.json")).unwrap();
        let mut command = script("bash", &case, &case.path("slurm"));
        run(command.arg("merge")).expect(2).says("shard 2 of 3 is missing");
    }

    #[test]
    fn the_pods_of_kubernetes_build_their_shards() {
        let case = office();
        let text = fs::read_to_string(repository("examples/farm/kubernetes.yaml")).unwrap();
        let block = text.split("            - |\n").nth(1).unwrap();
        let lines = block.lines().map_while(|line| line.strip_prefix("              "));
        let body = moved(&case, &lines.collect::<Vec<_>>().join("\n"), &[("/cases", "cases")]);
        case.write("pod", body.replace("next-working-day", TODAY));
        let shards = text.split("value: \"").nth(1).unwrap();
        let shards: u32 = shards.split('"').next().unwrap().parse().unwrap();
        assert!(text.contains(&format!("completions: {shards}\n")));
        for index in 0..shards {
            let mut command = script("sh", &case, &case.path("pod"));
            command.env("JOB_COMPLETION_INDEX", index.to_string());
            run(command.env("SHARDS", shards.to_string())).expect(0);
        }
        let reports: Vec<String> =
            (1..=shards).map(|shard| format!("cases/.reports/shard-{shard}.json")).collect();
        let reports: Vec<&str> = reports.iter().map(String::as_str).collect();
        merge(&case, &reports).expect(2).shows("\n\n22 built, 5 refused.\n");
        // Nothing is reported where nothing was built.
        let mut command = script("sh", &case, &case.path("pod"));
        command.env("JOB_COMPLETION_INDEX", "20");
        run(command.env("SHARDS", "8")).expect(2);
        assert!(!case.path("cases/.reports/shard-21.json").exists());
    }
}
