//! Damaged copies of the fixtures: each is refused, or built so that it looks as before. None panics
//! or hangs, and none looks otherwise in silence.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use courtbundle::model::Code;
use rayon::prelude::*;

use crate::support::alone::{Outcome, Watchdog, build, quiet_threads};
use crate::support::case::repository;
use crate::support::mutate::{Damage, Random};
use crate::support::sheets::{Sheet, compare, sheets};

/// Evidence of the example by producers or in ways that are not among the fixtures.
const EVIDENCE: [&str; 4] = [
    "exhibits/PS-2 Search record.pdf",
    "exhibits/AD-2 Plans of Merrowdale Lodge (A3).pdf",
    "expert/MG22 SFR1 footwear and tool marks.pdf",
    "statements/10 Statement of Aoife Dunmarrow.pdf",
];

/// The only reason for which a mutant may be refused.
const UNREADABLE: Code = Code::DocumentUnreadable;

/// A fixture as it is, and as hayro draws it.
struct Whole {
    name: String,
    bytes: Vec<u8>,
    sheets: Vec<Option<Sheet>>,
}

/// What became of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Built,
    Repaired,
    Refused,
}

#[test]
fn every_mutant_is_refused_or_built_as_it_looks() {
    let watchdog = Watchdog::new(Duration::from_secs(60));
    let rounds = rounds();
    let ends: Vec<Result<(Damage, End), String>> = quiet_threads().install(|| {
        let wholes: Vec<Whole> = files().into_par_iter().map(whole).collect();
        let mutants = wholes.par_iter().flat_map_iter(|whole| {
            let damages = Damage::ALL.into_iter();
            let seeds =
                damages.flat_map(move |damage| (0..rounds).map(move |round| (damage, round)));
            seeds.filter_map(move |(damage, round)| {
                let name = match round {
                    0 => format!("{} {damage:?}", whole.name),
                    round => format!("{} {damage:?} {round}", whole.name),
                };
                let mutant = damage.of(&whole.bytes, &mut Random::new(&name))?;
                Some((whole, damage, name, mutant))
            })
        });
        mutants
            .map(|(whole, damage, name, mutant)| {
                try_mutant(whole, damage, &name, &mutant, &watchdog)
            })
            .collect()
    });
    let faults: Vec<&String> = ends.iter().filter_map(|end| end.as_ref().err()).collect();
    print(ends.iter().flatten());
    assert!(ends.len() > 500, "only {} mutants", ends.len());
    assert!(
        faults.is_empty(),
        "{} mutants:\n{}",
        faults.len(),
        faults.iter().map(|fault| fault.as_str()).collect::<Vec<_>>().join("\n")
    );
}

/// How many mutants there are of each file for each kind of damage.
fn rounds() -> u32 {
    let rounds = std::env::var("COURTBUNDLE_ROUNDS");
    rounds.map_or(1, |rounds| rounds.parse().expect("COURTBUNDLE_ROUNDS is a number"))
}

fn files() -> Vec<String> {
    let mut files: Vec<String> = fs::read_dir(repository("fixtures/producers"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| format!("fixtures/producers/{name}"))
        .collect();
    files.extend(EVIDENCE.map(|name| format!("examples/r-v-blake/{name}")));
    files.sort();
    files
}

fn whole(name: String) -> Whole {
    let bytes = fs::read(repository(&name)).unwrap();
    Whole { sheets: sheets(&bytes), name, bytes }
}

fn try_mutant(
    whole: &Whole,
    damage: Damage,
    name: &str,
    mutant: &[u8],
    watchdog: &Watchdog,
) -> Result<(Damage, End), String> {
    if let Some(folder) = std::env::var_os("COURTBUNDLE_MUTANTS") {
        let file = name.replace('/', "_") + ".pdf";
        fs::write(std::path::Path::new(&folder).join(file), mutant).unwrap();
    }
    match watchdog.over(name, || build(mutant)).0 {
        Outcome::Panicked(said) => Err(format!("{name}: panics: {said}")),
        Outcome::Refused(errors) if errors.is_empty() => {
            Err(format!("{name}: refused without a finding"))
        }
        Outcome::Refused(errors) if errors.iter().any(|(code, _)| *code != UNREADABLE) => {
            Err(format!("{name}: not for the document's sake: {errors:?}"))
        }
        Outcome::Refused(_) => Ok((damage, End::Refused)),
        Outcome::Built(bundle) if bundle.is_told() => {
            Ok((damage, if bundle.is_repaired() { End::Repaired } else { End::Built }))
        }
        Outcome::Built(bundle) => {
            let drawing = format!("drawing {name}");
            let compare = || compare(&bundle, &[&whole.sheets, &sheets(mutant)]);
            let compared = watchdog.over(&drawing, compare).0;
            match compared.different.first() {
                None => Ok((damage, End::Built)),
                Some((page, why)) => Err(format!("{name}: page {page} differs in silence: {why}")),
            }
        }
    }
}

#[allow(clippy::print_stdout, reason = "the table is what a run is for")]
fn print<'a>(ends: impl Iterator<Item = &'a (Damage, End)>) {
    let mut counts: BTreeMap<(Damage, End), usize> = BTreeMap::new();
    ends.for_each(|end| *counts.entry(*end).or_default() += 1);
    println!("damage     built repaired refused");
    for damage in Damage::ALL {
        let of = |end| counts.get(&(damage, end)).copied().unwrap_or_default();
        println!(
            "{:10} {:5} {:8} {:7}",
            format!("{damage:?}"),
            of(End::Built),
            of(End::Repaired),
            of(End::Refused)
        );
    }
}
