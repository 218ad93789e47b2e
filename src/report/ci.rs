//! What `check` tells build servers: annotations of GitHub, and the XML of JUnit that most others read.

use std::fmt::Write;
use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::{CaseReport, DocumentRow};
use crate::check::State;
use crate::model::{FindingRow, Severity};

/// A workflow command for each finding.
pub fn github_text(cases: &[CaseReport]) -> String {
    let mut text = String::new();
    for (case, finding) in
        cases.iter().flat_map(|case| case.findings.iter().map(move |finding| (case, finding)))
    {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let mut place = format!("file={}", property(&case.manifest));
        if let Some(line) = finding.line {
            let _ = write!(place, ",line={line}");
        }
        if let Some(column) = finding.column {
            let _ = write!(place, ",col={column}");
        }
        let title = property(&finding.code);
        let _ = writeln!(text, "::{command} {place},title={title}::{}", data(&said(finding)));
    }
    text
}

/// The whole of what a finding says.
fn said(finding: &FindingRow) -> String {
    let document = match (&finding.section, &finding.document) {
        (Some(section), Some(document)) => Some(format!("section {section}, \"{document}\"")),
        _ => None,
    };
    let page = finding.page_to_name().map(|page| format!("page {page}"));
    let places: Vec<String> = document.into_iter().chain(page).collect();
    let mut text = match places.is_empty() {
        true => String::new(),
        false => format!("{}: ", places.join(", ")),
    };
    text.push_str(&finding.message);
    if let Some(hint) = &finding.hint {
        let _ = write!(text, "\nhint: {hint}");
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A suite for each case, a test for each document and for each error that is about none.
pub fn junit_xml(cases: &[CaseReport]) -> io::Result<String> {
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 2);
    let suites: Vec<(&CaseReport, Vec<JunitCase>)> =
        cases.iter().map(|case| (case, tests(case))).collect();
    let failed = |tests: &[JunitCase]| tests.iter().filter(|one| one.failure.is_some()).count();
    let all: usize = suites.iter().map(|(_, tests)| tests.len()).sum();
    let failures: usize = suites.iter().map(|(_, tests)| failed(tests)).sum();
    out.create_element("testsuites")
        .with_attribute(("name", "courtbundle check"))
        .with_attribute(("tests", all.to_string().as_str()))
        .with_attribute(("failures", failures.to_string().as_str()))
        .write_inner_content(|out| {
            for (case, tests) in &suites {
                out.create_element("testsuite")
                    .with_attribute(("name", name(case).as_str()))
                    .with_attribute(("tests", tests.len().to_string().as_str()))
                    .with_attribute(("failures", failed(tests).to_string().as_str()))
                    .write_inner_content(|out| {
                        tests.iter().try_for_each(|test| write_test(out, case, test))?;
                        write_notes(out, case)
                    })?;
            }
            Ok(())
        })?;
    let text = String::from_utf8_lossy(&out.into_inner()).into_owned();
    Ok(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n"))
}

struct JunitCase {
    name: String,
    failure: Option<(String, String)>,
    skipped: bool,
}

fn name(case: &CaseReport) -> String {
    let title = case.title.as_deref().unwrap_or(&case.manifest);
    let urn = case.urn.as_ref();
    urn.map_or(title.to_owned(), |urn| format!("{title} ({urn})"))
}

fn tests(case: &CaseReport) -> Vec<JunitCase> {
    let errors: Vec<&FindingRow> =
        case.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    let is_about = |finding: &FindingRow, row: &DocumentRow| {
        finding.document.as_deref() == Some(&row.title)
            && finding.section.as_deref() == Some(&row.section)
    };
    let of_documents = case.documents.iter().map(|row| {
        let about = errors.iter().filter(|finding| is_about(finding, row));
        let mut lines: Vec<String> = about.map(|finding| said(finding)).collect();
        if lines.is_empty() && row.required && row.state == State::Expected {
            lines.push("not yet held".to_owned());
        }
        let kind = row.state.as_str().to_owned();
        JunitCase {
            name: format!("{} {}", row.section, row.title),
            skipped: lines.is_empty() && row.state != State::Present,
            failure: (!lines.is_empty()).then(|| (kind, lines.join("\n"))),
        }
    });
    let others = errors
        .iter()
        .filter(|finding| !case.documents.iter().any(|row| is_about(finding, row)))
        .map(|finding| JunitCase {
            name: finding.code.to_string(),
            failure: Some((finding.code.to_string(), said(finding))),
            skipped: false,
        });
    of_documents.chain(others).collect()
}

/// What stands in nobody's way, below the tests.
fn write_notes(out: &mut Writer<Vec<u8>>, case: &CaseReport) -> io::Result<()> {
    let notes = case.findings.iter().filter(|finding| finding.severity != Severity::Error);
    let line = |finding: &FindingRow| {
        let word = if finding.severity == Severity::Warning { "warning" } else { "note" };
        format!("{word}: {}: {}", finding.code, said(finding))
    };
    let lines: Vec<String> = notes.map(line).collect();
    if !lines.is_empty() {
        let text = lines.join("\n");
        out.create_element("system-out").write_text_content(BytesText::new(&text))?;
    }
    Ok(())
}

fn write_test(out: &mut Writer<Vec<u8>>, case: &CaseReport, test: &JunitCase) -> io::Result<()> {
    let element = out
        .create_element("testcase")
        .with_attribute(("classname", case.manifest.as_str()))
        .with_attribute(("name", test.name.as_str()));
    match &test.failure {
        Some((kind, text)) => element.write_inner_content(|out| {
            out.create_element("failure")
                .with_attribute(("type", kind.as_str()))
                .with_attribute(("message", text.lines().next().unwrap_or_default()))
                .write_text_content(BytesText::new(text))?;
            Ok(())
        })?,
        None if test.skipped => element.write_inner_content(|out| {
            out.create_element("skipped").write_empty()?;
            Ok(())
        })?,
        None => element.write_empty()?,
    };
    Ok(())
}
