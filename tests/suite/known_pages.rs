//! Documents are treated as what their pages are.

use serde_json::{Value, json};

use crate::support::case::{Case, array, codes, findings, text};
use crate::support::written;

const PNC: &str = "THIS PRINTOUT IS PRODUCED FOR THE USE OF PROSECUTORS ONLY\n\
                   AND MUST NOT BE DISCLOSED TO ANY OTHER PARTY\n\
                   NAME SAMPLE, ADAM PNCID 00/0000000\nCONVICTIONS";

const SERVED: &str = "served_by = \"A Advocate\"\nserved_on = 2026-06-20";

/// A case with one exhibit of these pages for the defence.
fn exhibit(pages: &[&str], lines: &str) -> Case {
    let case = Case::with_manifest(format!(
        "[case]\ntitle = \"R v Test\"\n[[bundle]]\naudience = \"defence\"\noutput = \"out/test.pdf\"\n\
         [[section]]\nletter = \"A\"\n[[section.document]]\ntitle = \"The document\"\nfile = \"it.pdf\"\n\
         date = 2026-06-01\nform = \"exhibit\"\n{lines}\n"
    ));
    case.write("it.pdf", written::pdf(pages));
    case
}

fn not_form(form: &str, more: &str) -> String {
    format!(
        "[[section.document.allow]]\nnot_form = [\"{form}\"]\nreason = \"a novel\"\ninitials = \"AA\"\n{more}"
    )
}

fn pages_of(report: &Value, code: &str) -> Vec<Value> {
    findings(report, code).iter().map(|finding| finding["page"].clone()).collect()
}

#[test]
fn what_a_prosecutor_decides_is_asked_of_pages_whatever_they_are_called() {
    let log = "INCIDENT LOG\nIncident number: 1881\nCall sign: XX1\nDispatched 01/06/2026 22:10:11";
    let checklist = "DOMESTIC ABUSE EVIDENTIAL CHECKLIST\nDoes victim wish to retract? No";
    let crime = "CRIME REPORT\nCrime number: 13/1\nReported by: A Sample\nModus operandi: none";
    for page in [PNC, log, checklist, crime] {
        let case = exhibit(&["A plan of the shop", page], "");
        let report = case.checked(1);
        assert_eq!(pages_of(&report, "serve-undecided"), [json!(2)], "{page}");
        case.build(&[], 1);
        assert_eq!(codes(&exhibit(&[page], SERVED).checked(0)), Vec::<&str>::new(), "{page}");
        assert_eq!(
            pages_of(&exhibit(&["A plan", page], "pages = \"1\"").checked(0), "serve-undecided"),
            [] as [Value; 0]
        );
    }
}

#[test]
fn somebody_may_say_that_pages_are_none_and_it_is_told() {
    let case = exhibit(&[PNC], &not_form("PNC", "pages = \"1\""));
    let report = case.checked(0);
    assert_eq!(codes(&report), ["not-form"]);
    assert_eq!(text(findings(&report, "not-form")[0], "message"), "AA says that page 1 is not pnc");
    let record = case.build(&[], 0);
    assert!(codes(&record).contains(&"not-form"));
    let other = exhibit(&["A plan of the shop"], &not_form("PNC", ""));
    assert_eq!(codes(&other.checked(0)), ["allow-unmatched"]);
}

#[test]
fn every_page_of_a_form_that_is_never_served_is_known() {
    let pages = [
        "WEST EXAMPLE POLICE\nREPORT TO CROWN PROSECUTOR FOR CHARGING DECISION\nPage 1 of 3\nSuspect 1",
        "Page 2 of 3\nThe suspect was seen near the shop, and said nothing.",
        "Page 3 of 3\nNo more is known.",
        "Page 1 of 1\nA plan of the shop",
    ];
    let case = exhibit(&pages, "");
    assert_eq!(pages_of(&case.checked(1), "never-serve-content"), [json!(1), json!(2), json!(3)]);
    let last = exhibit(&pages, "pages = \"2-4\"");
    assert_eq!(pages_of(&last.checked(1), "never-serve-content"), [json!(2), json!(3)]);
    last.run(&["check"]).shows("the page belongs to the MG3 on page 1");
    assert_eq!(codes(&exhibit(&pages, "pages = \"4\"").checked(0)), Vec::<&str>::new());
    let denied = not_form("MG3", "second_initials = \"BB\"");
    assert_eq!(codes(&exhibit(&pages, &denied).checked(0)), ["not-form"]);
    exhibit(&pages, &not_form("MG3", "")).run(&["check"]).expect(2).says("second_initials");
}

#[test]
fn lists_and_mentions_of_forms_are_none() {
    let index = "INDEX\n1 MG6D schedule 3\n2 MG11 Smith 4\n3 MG15 Blake 9";
    let letter = "Dear Sir\nMG6D item 4 is enclosed.\nPlease see the MG3 and the MG6D.";
    let guidance = "MG6D\nThe purpose of this form is to name what is sensitive.";
    let report = exhibit(&[index, letter, guidance], "").checked(0);
    assert_eq!(array(&report, "findings"), &[] as &[Value]);
}
