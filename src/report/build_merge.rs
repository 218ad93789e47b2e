//! Joins what several runs of `build` say, as of the shards of a farm, into one report.

use std::collections::{BTreeMap, BTreeSet};

use super::{BuildReport, BundleRow};
use crate::bundle::Shard;

/// The exit code of what could not be done.
const IMPOSSIBLE: u8 = 2;

/// The exit code of a build that the user stopped.
const STOPPED: u8 = 130;

/// A report, or why it is none, by the name of its file.
pub type NamedReport = (String, Result<BuildReport, String>);

/// One report of all, sorted by manifest and bundle, with the worst exit code; whatever keeps it from being the report
/// of every case once is among its problems, and makes that 2. Of what is there twice the first is taken.
pub fn merged(mut reports: Vec<NamedReport>) -> BuildReport {
    reports.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut problems = Vec::new();
    let mut sound: Vec<(String, BuildReport)> = Vec::new();
    for (name, report) in reports {
        match report.and_then(understood) {
            Ok(report) => sound.push((name, report)),
            Err(why) => problems.push(format!("{name}: {why}")),
        }
    }
    let sound = without_repeated_shards(sound, &mut problems);
    problems.extend(missing_shards(&sound));
    let worst = sound.iter().map(|(_, report)| report.exit_code).max();
    let bundles = bundles(sound, &mut problems);
    let of_bundles = bundles.iter().map(|row| row.exit_code).max();
    let of_problems = (!problems.is_empty()).then_some(IMPOSSIBLE);
    let exit_code = [worst, of_bundles, of_problems];
    BuildReport {
        version: 1,
        shard: None,
        exit_code: exit_code.into_iter().flatten().max().unwrap_or(0),
        problems,
        bundles,
    }
}

/// Refuses what looks like a report and is of another form.
fn understood(report: BuildReport) -> Result<BuildReport, String> {
    if report.version != 1 {
        let version = report.version;
        return Err(format!("the report has version {version}, and this program knows version 1"));
    }
    let mut codes = report.bundles.iter().map(|row| row.exit_code);
    let is_unknown = |code| code > IMPOSSIBLE && code != STOPPED;
    if is_unknown(report.exit_code) || codes.any(is_unknown) {
        return Err("the report has an exit code other than 0, 1, 2 and 130".to_owned());
    }
    Ok(report)
}

/// The reports, of each shard the first.
fn without_repeated_shards(
    reports: Vec<(String, BuildReport)>,
    problems: &mut Vec<String>,
) -> Vec<(String, BuildReport)> {
    let mut seen: BTreeMap<Shard, String> = BTreeMap::new();
    let mut kept = Vec::new();
    for (name, report) in reports {
        if let Some(shard) = report.shard {
            if let Some(first) = seen.get(&shard) {
                problems.push(format!(
                    "{name}: shard {shard} is there already, in {first}, which is taken"
                ));
                continue;
            }
            seen.insert(shard, name.clone());
        }
        kept.push((name, report));
    }
    kept
}

/// What is wrong with the shards that there are: those that are not there, and different numbers of them.
fn missing_shards(reports: &[(String, BuildReport)]) -> Vec<String> {
    let mut by_number: BTreeMap<u32, (&str, BTreeSet<u32>)> = BTreeMap::new();
    for (name, report) in reports {
        if let Some(shard) = report.shard {
            let (_, indexes) = by_number.entry(shard.of()).or_insert((name, BTreeSet::new()));
            indexes.insert(shard.index());
        }
    }
    let mut problems = Vec::new();
    if by_number.len() > 1 {
        let numbers: Vec<String> =
            by_number.iter().map(|(of, (name, _))| format!("{name} is one of {of}")).collect();
        let numbers = numbers.join(", ");
        problems.push(format!("the shards are not of one run: {numbers}"));
    }
    for (of, (_, indexes)) in &by_number {
        let missing: Vec<u32> = (1..=*of).filter(|index| !indexes.contains(index)).collect();
        if !missing.is_empty() {
            problems.push(missing_words(*of, &missing));
        }
    }
    problems
}

/// `shard 3 of 16 is missing`, `shards 3, 4 and 9 of 16 are missing`.
fn missing_words(of: u32, missing: &[u32]) -> String {
    /// Whoever forgot a folder of reports knows by then.
    const MAX: usize = 8;
    let names: Vec<String> = missing.iter().take(MAX).map(u32::to_string).collect();
    match (names.as_slice(), missing.len().saturating_sub(MAX)) {
        ([one], _) => format!("shard {one} of {of} is missing"),
        ([first @ .., last], 0) => {
            format!("shards {} and {last} of {of} are missing", first.join(", "))
        }
        (names, more) => format!("shards {} and {more} more of {of} are missing", names.join(", ")),
    }
}

/// The bundles of all reports, each once, sorted by manifest and name.
fn bundles(reports: Vec<(String, BuildReport)>, problems: &mut Vec<String>) -> Vec<BundleRow> {
    let mut rows: BTreeMap<(String, Option<String>), (String, BundleRow)> = BTreeMap::new();
    for (name, report) in reports {
        problems.extend(report.problems.iter().map(|problem| format!("{name}: {problem}")));
        for row in report.bundles {
            let key = (row.record.manifest.clone(), row.record.name.clone());
            if let Some((first, _)) = rows.get(&key) {
                let bundle = match &key.1 {
                    Some(bundle) => format!("the bundle \"{bundle}\" of {}", key.0),
                    None => key.0.clone(),
                };
                problems
                    .push(format!("{name}: {bundle} is there already, in {first}, which is taken"));
                continue;
            }
            rows.insert(key, (name.clone(), row));
        }
    }
    rows.into_values().map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::Record;
    use crate::report::BuildState;

    fn row(manifest: &str, exit_code: u8) -> BundleRow {
        BundleRow {
            state: BuildState::Built,
            exit_code,
            urn: None,
            title: None,
            record: Record {
                name: Some("trial".to_owned()),
                ..Record::refused(manifest.to_owned(), None, Vec::new())
            },
        }
    }

    /// A report of a file `{name}.json`.
    fn report(name: &str, shard: Option<(u32, u32)>, bundles: &[BundleRow]) -> NamedReport {
        let report = BuildReport {
            version: 1,
            shard: shard.map(|(index, of)| Shard::new(index, of).unwrap()),
            exit_code: bundles.iter().map(|row| row.exit_code).max().unwrap_or(0),
            problems: Vec::new(),
            bundles: bundles.to_vec(),
        };
        (format!("{name}.json"), Ok(report))
    }

    fn manifests(report: &BuildReport) -> Vec<&str> {
        let rows = report.bundles.iter();
        rows.map(|row| row.record.manifest.as_str()).collect()
    }

    #[test]
    fn shards_are_joined_whatever_their_order_and_the_worst_code_counts() {
        let one = report("one", Some((1, 2)), &[row("b", 0), row("d", 1)]);
        let two = report("two", Some((2, 2)), &[row("c", 0), row("a", 0)]);
        let merged_1 = merged(vec![one.clone(), two.clone()]);
        let merged_2 = merged(vec![two, one]);
        assert_eq!(merged_1, merged_2);
        assert_eq!(manifests(&merged_1), ["a", "b", "c", "d"]);
        assert_eq!((merged_1.exit_code, merged_1.shard), (1, None));
        assert!(merged_1.problems.is_empty());
    }

    #[test]
    fn a_run_that_failed_counts_though_no_bundle_says_so() {
        let (name, one) = report("one", None, &[row("a", 0)]);
        let one = one.map(|one| BuildReport { exit_code: 2, ..one });
        assert_eq!(merged(vec![(name, one)]).exit_code, 2);
    }

    #[test]
    fn whole_runs_are_joined_too() {
        let merged = merged(vec![
            report("south", None, &[row("s", 0)]),
            report("north", None, &[row("n", 0)]),
        ]);
        assert_eq!((manifests(&merged), merged.exit_code), (vec!["n", "s"], 0));
    }

    #[test]
    fn whatever_is_missing_twice_or_no_report_is_told() {
        let problems = |reports| {
            let merged = merged(reports);
            assert_eq!(merged.exit_code, 2);
            merged.problems
        };
        let a = || report("a", Some((1, 3)), &[row("a", 0)]);
        assert_eq!(problems(vec![a()]), ["shards 2 and 3 of 3 are missing"]);
        assert_eq!(
            problems(vec![a(), report("b", Some((3, 3)), &[])]),
            ["shard 2 of 3 is missing"]
        );
        let twelfth = report("b", Some((12, 12)), &[]);
        assert_eq!(
            problems(vec![twelfth]),
            ["shards 1, 2, 3, 4, 5, 6, 7, 8 and 3 more of 12 are missing"]
        );
        let whole = |name| report(name, Some((1, 1)), &[row("a", 0)]);
        assert_eq!(
            problems(vec![whole("b"), whole("a")]),
            ["b.json: shard 1/1 is there already, in a.json, which is taken"]
        );
        assert_eq!(
            problems(vec![
                whole("a"),
                report("b", Some((1, 2)), &[]),
                report("c", Some((2, 2)), &[])
            ]),
            ["the shards are not of one run: a.json is one of 1, b.json is one of 2"]
        );
        assert_eq!(
            problems(vec![whole("a"), report("b", None, &[row("a", 0)])]),
            ["b.json: the bundle \"trial\" of a is there already, in a.json, which is taken"]
        );
        let broken = ("b.json".to_owned(), Err("cannot be read".to_owned()));
        assert_eq!(problems(vec![whole("a"), broken]), ["b.json: cannot be read"]);
        let (name, other) = whole("a");
        let other = other.map(|other| BuildReport { version: 2, ..other });
        assert_eq!(
            problems(vec![(name, other)]),
            ["a.json: the report has version 2, and this program knows version 1"]
        );
    }

    #[test]
    fn problems_of_what_was_merged_before_stay() {
        let first = merged(vec![report("a", Some((1, 2)), &[row("a", 0)])]);
        let again = merged(vec![("first.json".to_owned(), Ok(first))]);
        assert_eq!(again.problems, ["first.json: shard 2 of 2 is missing"]);
        assert_eq!(again.exit_code, 2);
    }
}
