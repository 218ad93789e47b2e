//! Names that the reader of a bundle may not have, on pages that he gets.

use serde_json::Value;

use crate::support::case::{Case, findings, text};
use crate::support::paper;

/// An exhibit that names somebody, and a document of the same person with these lines.
fn case(said: &str, other: &str) -> Case {
    let case = Case::with_manifest(format!(
        "[case]\ntitle = \"R v Test\"\n[[defendant]]\nname = \"Jordan Blake\"\n\
         [[defendant]]\nname = \"Casey Wren\"\nyouth = true\n\
         [[bundle]]\naudience = \"defence\"\ndefendant = \"Jordan Blake\"\noutput = \"out/b.pdf\"\n\
         [[section]]\nletter = \"A\"\n\
         [[section.document]]\ntitle = \"Notes\"\nform = \"exhibit\"\nfile = \"a.pdf\"\ndate = 2026-06-01\n\
         [[section.document]]\ntitle = \"Another\"\nform = \"exhibit\"\nfile = \"b.pdf\"\ndate = 2026-06-01\n{other}\n"
    ));
    case.write("a.pdf", paper::pdf(2, said, 0));
    case.write("b.pdf", paper::pdf(1, "something else", 0));
    case
}

fn names(report: &Value) -> Vec<&str> {
    let told = findings(report, "personal-data").into_iter().map(|one| text(one, "message"));
    told.filter(|message| message.contains("(name)")).collect()
}

#[test]
fn witnesses_and_suppliers_of_what_is_kept_back_are_not_named_elsewhere() {
    for (said, lines) in [
        ("I met Jane Roe", "witness = \"Jane Roe\"\naudiences = [\"prosecution\"]"),
        ("ROE, JANE", "witness = \"Miss Jane Roe\"\nrestricted_to = [\"Casey Wren\"]"),
        ("Dr Jane Roe wrote", "supplier = \"Dr Jane Roe\"\naudiences = [\"prosecution\"]"),
    ] {
        let case = case(said, lines);
        let checked = case.checked(0);
        assert_eq!(names(&checked).len(), 2, "{said}: {checked}");
        assert!(!checked["findings"].to_string().contains("Roe"), "{checked}");
        // Whoever may have a document of hers knows of her, and the court may know all.
        let line = lines.lines().next_back().unwrap();
        case.edit(line, "");
        assert_eq!(names(&case.checked(0)), [""; 0], "{said}");
        case.append(line);
        case.edit("audience = \"defence\"\ndefendant = \"Jordan Blake\"", "audience = \"court\"");
        assert_eq!(names(&case.run(&["check", "--format", "json"]).json()["cases"][0]), [""; 0]);
    }
}

#[test]
fn a_youth_is_not_named_where_documents_are_kept_apart() {
    let kept = case("Wren, Casey was seen", "restricted_to = [\"Casey Wren\"]");
    assert_eq!(names(&kept.checked(0)).len(), 2);
    let open = case("Wren, Casey was seen", "");
    assert_eq!(names(&open.checked(0)), [""; 0]);
}

#[test]
fn offices_and_other_people_are_let_through() {
    for (said, supplier) in [
        ("Exampleton Forensic Services", "Exampleton Forensic Services"),
        ("I met Jane and John Roe", "Jane Roe"),
        ("the police came", "police"),
        ("signed before DC 4417 Jane Roe", "DC 4417 Jane Roe"),
    ] {
        let case = case(said, &format!("supplier = \"{supplier}\"\naudiences = [\"prosecution\"]"));
        assert_eq!(names(&case.checked(0)), [""; 0], "{said}");
    }
}
