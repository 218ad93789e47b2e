//! `check`: is each case ready?

use courtbundle::casework::hearings::listing::{Listed, Unread};
use courtbundle::report::{
    BoardWords, CaseReport, CheckReport, board_html, board_text, cases_text, check_text,
    for_people, github_text, junit_xml, unread_text,
};
use jiff::civil::Date;

use super::examine::{ExamineScope, ExaminedCase, examine};
use super::{Outcome, discover, standards};
use crate::cli::console::Console;
use crate::cli::{Check, CheckFormat};

pub(crate) fn run(check: &Check, today: Date, console: &Console) -> anyhow::Result<Outcome> {
    let (manifests, found) = discover::manifests(&check.paths, console);
    let days = check.hearing.map(|hearing| hearing.seen_from(today));
    let standards = standards::known(check.standards_file.as_deref())?;
    let (days_of, allow_damaged) = (days.as_ref(), check.allow_damaged);
    let look = ExamineScope { days: days_of, allow_damaged, standards: &standards, today };
    let examined = examine(&manifests, look, console);
    let outcome = examined.iter().map(|examined| examined.outcome).fold(found, Outcome::max);
    match (check.format, days) {
        (CheckFormat::Json, _) => {
            let report = CheckReport { version: 1, cases: reports(examined) };
            console.result(&(serde_json::to_string_pretty(&report)? + "\n"))?;
        }
        (CheckFormat::Github, _) => console.result(&github_text(&reports(examined)))?,
        (CheckFormat::Junit, _) => console.result(&junit_xml(&reports(examined))?)?,
        (CheckFormat::Text, None) => print_cases(&examined, console)?,
        (CheckFormat::Text, days @ Some(_)) => {
            let (listed, unread) = sorted(examined);
            console.result(&board_text(
                &BoardWords { today, days },
                &listed,
                &unread,
                |readiness, text| console.paint_readiness(readiness, text),
            ))?;
        }
        (CheckFormat::Html, days) => {
            let (listed, unread) = sorted(examined);
            console.result(&board_html(&BoardWords { today, days }, &listed, &unread))?;
        }
    }
    Ok(outcome)
}

fn reports(examined: Vec<ExaminedCase>) -> Vec<CaseReport> {
    examined.into_iter().map(|one| one.report).collect()
}

/// The cases, and the manifests that could not be read.
pub(super) fn sorted(examined: Vec<ExaminedCase>) -> (Vec<Listed>, Vec<Unread>) {
    let (mut listed, mut unread) = (Vec::new(), Vec::new());
    for one in examined {
        match one.result {
            Ok(case) => listed.push(case),
            Err(case) => unread.push(case),
        }
    }
    (listed, unread)
}

/// Each case with its documents and findings.
fn print_cases(examined: &[ExaminedCase], console: &Console) -> anyhow::Result<()> {
    for (index, one) in examined.iter().enumerate() {
        if index > 0 {
            console.result("\n")?;
        }
        print_case(one, console)?;
    }
    if examined.len() > 1 {
        let all: Vec<_> = examined.iter().map(|one| one.report.readiness).collect();
        console.result(&format!("\n{}\n", cases_text(&all)))?;
    }
    Ok(())
}

fn print_case(examined: &ExaminedCase, console: &Console) -> anyhow::Result<()> {
    let listed = match &examined.result {
        Ok(listed) => listed,
        Err(unread) => {
            unread.findings.iter().for_each(|finding| console.finding(&unread.manifest, finding));
            console.result(&unread_text(&examined.report))?;
            return Ok(());
        }
    };
    console.result(&check_text(&listed.case, &examined.report, |state, text| {
        console.paint_state(state, text)
    }))?;
    let (told, more) = for_people(&listed.findings);
    if !told.is_empty() {
        console.result("\n")?;
    }
    for finding in &told {
        console.finding_result(&finding.with_entries_shown())?;
    }
    for more in more {
        console.result(&format!("{more}\n"))?;
    }
    Ok(())
}
