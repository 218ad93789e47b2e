//! `chase`: what is outstanding, what is recorded, what is written to suppliers.

use std::fs;

use serde_json::Value;

use crate::support::case::{Case, array, assert_keys, program, text};

const TODAY: [&str; 2] = ["--today", "2026-11-20"];

/// An office of three cases: one with a hearing near, one youth case in Wales, one with nothing outstanding.
fn office() -> Case {
    let case = Case::empty();
    case.write(
        "blake/bundle.toml",
        "[case]\nurn = \"01AB1234526\"\ntitle = \"R v Blake\"\ncourt = \"Crown Court at Leeds\"\n\
         [hearing]\ndate = 2026-11-24\ntime = 10:00:00\ncourtroom = \"5\"\n\
         [[section]]\nletter = \"B\"\n\
         [[section.document]]\ntitle = \"Statement of PC Smith\"\nform = \"MG11\"\nstatus = \"expected\"\n\
         file = \"smith.pdf\"\nsupplier = \"police\"\ndue = 2026-11-10\n\
         [[section.document]]\ntitle = \"Statement of Ann Other, 0113 496 0123\"\nform = \"MG11\"\n\
         status = \"expected\"\nsupplier = \"Police\"\ndue = 2026-11-30\n\
         [[section.document]]\ntitle = \"Footwear report\"\nform = \"SFR1\"\nfile = \"sfr.pdf\"\n\
         [[section.document]]\ntitle = \"Indictment\"\nform = \"indictment\"\nfile = \"indictment.pdf\"\n",
    );
    case.copy("fixtures/case-complete/indictment.pdf", "blake/indictment.pdf");
    case.write(
        "young/bundle.toml",
        "[case]\ntitle = \"R v Younger\"\n[[defendant]]\nname = \"Ŵyn Younger\"\nyouth = true\n\
         [[section]]\nletter = \"J\"\n\
         [[section.document]]\ntitle = \"Body-worn video\"\nexhibit = \"JS/1\"\nstatus = \"expected\"\n\
         supplier = \"Heddlu\"\ndue = 2026-11-19\n\
         [[section.document]]\ntitle = \"Something\"\nstatus = \"expected\"\n",
    );
    case
}

fn chase(case: &Case, arguments: &[&str]) -> crate::support::case::Run {
    case.run(&[&["chase"], arguments, &TODAY].concat())
}

fn items(case: &Case) -> Vec<Value> {
    let run = chase(case, &["--format", "json"]);
    run.expect(1);
    array(&run.json(), "items").to_vec()
}

fn of<'v>(items: &'v [Value], document: &str) -> &'v Value {
    let item = items.iter().find(|item| text(item, "document").starts_with(document));
    item.unwrap_or_else(|| panic!("{document} is not in {items:?}"))
}

#[test]
fn the_json_is_the_contract_and_the_order_is_supplier_then_date() {
    let items = items(&office());
    for item in &items {
        assert_keys(
            item,
            &[
                "urn",
                "case",
                "supplier",
                "document",
                "category",
                "state",
                "due",
                "days_overdue",
                "last_chased",
                "next_chase",
                "hearing_date",
                "hearing_time",
                "courtroom",
                "custody_time_limits",
                "manifest",
            ],
        );
    }
    let order: Vec<(&str, Option<&str>, &str)> = items
        .iter()
        .map(|item| (text(item, "document"), item["supplier"].as_str(), text(item, "state")))
        .collect();
    assert_eq!(
        order,
        [
            ("Footwear report", Some("forensic provider"), "pending"),
            ("Body-worn video", Some("Heddlu"), "overdue"),
            ("Statement of PC Smith", Some("police"), "overdue"),
            ("Statement of Ann Other, 0113 496 0123", Some("Police"), "pending"),
            ("Something", None, "pending"),
        ]
    );
}

#[test]
fn absent_values_are_null() {
    let items = items(&office());
    let smith = of(&items, "Statement of PC Smith");
    assert_eq!(smith["days_overdue"], 10);
    assert_eq!(smith["urn"], "01AB1234526");
    assert_eq!(smith["case"], "R v Blake");
    assert_eq!(smith["category"], "statements");
    assert_eq!(smith["hearing_date"], "2026-11-24");
    assert_eq!(smith["courtroom"], "5");
    let other = of(&items, "Something");
    for key in
        ["urn", "supplier", "due", "days_overdue", "last_chased", "hearing_date", "courtroom"]
    {
        assert_eq!(other[key], Value::Null, "{key}");
    }
}

#[test]
fn the_text_groups_by_supplier_and_says_where_a_near_hearing_is() {
    let case = office();
    chase(&case, &[])
        .expect(1)
        .shows("police (2 items, 1 overdue)")
        .shows("overdue 10 days    due 2026-11-10")
        .shows("never chased; next chase 2026-11-20; hearing 2026-11-24 10:00, Crown Court at Leeds, courtroom 5")
        .shows("nobody named (1 item)")
        .shows("5 items outstanding, 2 overdue. 0 received, 0 cancelled.");
    let run = chase(&case, &["--supplier", "POLICE", "--format", "csv"]);
    assert_eq!(run.expect(1).out.lines().count(), 3, "{}", run.out);
    assert!(run.out.starts_with("urn,case,supplier,document,exhibit,category,state,due,"));
    chase(&case, &["--format", "markdown"])
        .expect(1)
        .shows("## police (2 items, 1 overdue)")
        .shows("| 01AB1234526 | Statement of PC Smith | overdue 10 days | 2026-11-10 |");
}

#[test]
fn a_chase_is_remembered_and_what_comes_is_seen() {
    let case = office();
    chase(&case, &["--sent", "--by", "A Caseworker"])
        .expect(1)
        .says("Recorded 5 items as chased on 2026-11-20 by A Caseworker, in 2 ledgers.")
        .shows("last chased 2026-11-20 by A Caseworker");
    let before = case.read("blake/chase.toml");
    assert_eq!(of(&items(&case), "Footwear")["last_chased"], "2026-11-20");
    // The copy has begun and is not there yet.
    case.write("blake/smith.pdf", "");
    assert_eq!(of(&items(&case), "Statement of PC Smith")["state"], "overdue");
    case.copy("fixtures/case-complete/indictment.pdf", "blake/smith.pdf");
    assert_eq!(of(&items(&case), "Statement of PC Smith")["state"], "received");
    chase(&case, &["--received", "js/1", "--by", "AA"]).expect(1);
    chase(&case, &["--cancel", "Something", "--reason", "not needed\nany more", "--by", "AA"])
        .expect(1);
    let after = items(&case);
    assert_eq!(of(&after, "Body-worn")["state"], "received");
    assert_eq!(of(&after, "Something")["state"], "cancelled");
    assert_eq!(of(&after, "Something")["days_overdue"], Value::Null);
    let young = String::from_utf8(case.read("young/chase.toml")).unwrap();
    assert!(young.contains("not needed any more"), "{young}");
    assert_eq!(case.read("blake/chase.toml"), before);
    // What is closed is not chased again.
    chase(&case, &["--sent", "--by", "AA"]).says("Recorded 2 items as chased");
    let grown = case.read("blake/chase.toml");
    assert!(grown.starts_with(&before) && grown.len() > before.len());
    // The ledger is no document that somebody forgot to list.
    let run = case.run(&["check", "blake", "--format", "json"]);
    assert!(!run.out.contains("chase.toml"), "{}", run.out);
}

#[test]
fn nothing_outstanding_is_exit_code_0_and_a_broken_manifest_hides_no_other_case() {
    let case = Case::fixture("case-complete");
    chase(&case, &[]).expect(0).shows("0 items outstanding");
    let office = office();
    office.write("bad/bundle.toml", "[case]\ntitel = 1\n");
    chase(&office, &[])
        .expect(2)
        .says("bad/bundle.toml:2:1: unknown key \"titel\"")
        .shows("5 items outstanding");
}

#[test]
fn an_item_must_be_named_exactly_and_once() {
    let case = office();
    chase(&case, &["--received", "Statement", "--by", "AA"])
        .expect(2)
        .says("no item is called \"Statement\"");
    case.write("again/bundle.toml", case.read("young/bundle.toml"));
    chase(&case, &["--received", "Something", "--by", "AA"])
        .expect(2)
        .says("2 items are called \"Something\": in again/bundle.toml, young/bundle.toml");
    chase(&case, &["--cancel", "Something", "--by", "AA"]).expect(2).says("--reason");
    assert!(!case.files().iter().any(|file| file.ends_with("chase.toml")));
}

#[test]
fn a_ledger_that_cannot_be_written_does_not_keep_the_others_from_it() {
    let case = office();
    // A folder has its name.
    case.write("blake/chase.toml/in-the-way", "");
    chase(&case, &["--supplier", "Heddlu", "--sent", "--by", "AA"])
        .expect(2)
        .says("blake/chase.toml: cannot be read")
        .shows("last chased 2026-11-20 by AA");
    assert!(case.files().contains(&"young/chase.toml".to_owned()));
}

#[test]
fn a_torn_last_line_is_told_and_the_lines_before_it_count() {
    let case = office();
    chase(&case, &["--sent", "--by", "AA"]).expect(1);
    let whole = case.read("blake/chase.toml");
    case.write("blake/chase.toml", &whole[..whole.len() - 9]);
    chase(&case, &[])
        .expect(1)
        .says("blake/chase.toml:4: the last line was cut short")
        .shows("last chased 2026-11-20 by AA");
    let run = chase(&case, &["--sent", "--by", "BB"]);
    run.expect(1);
    let again = chase(&case, &[]);
    assert_eq!(again.expect(1).err, "");
    let text = String::from_utf8(case.read("blake/chase.toml")).unwrap();
    assert_eq!(text.lines().count(), 6, "{text}");
    case.write("blake/chase.toml", text.replace("\n2 = ", "\ntwo - "));
    chase(&case, &[]).expect(2).says("blake/chase.toml:3: cannot be read as an entry");
}

#[cfg(unix)]
#[test]
fn a_ledger_survives_any_kill() {
    let case = office();
    for round in 0..20 {
        let mut child = program(case.folder())
            .args(["chase", "--sent", "--by", "AA", "--quiet"])
            .args(TODAY)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(round));
        let _ = child.kill();
        child.wait().unwrap();
    }
    let run = chase(&case, &["--sent", "--by", "BB"]);
    assert!(!run.expect(1).err.contains("cannot be read"), "{}", run.err);
    for folder in ["blake", "young"] {
        let text = String::from_utf8(case.read(&format!("{folder}/chase.toml"))).unwrap();
        assert!(text.ends_with("}\n"), "{text}");
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            assert!(line.ends_with('}'), "{line}");
        }
    }
}

#[test]
fn letters_are_drafts_by_supplier_without_anybody_s_telephone() {
    let case = office();
    case.write(
        "book.toml",
        "[sender]\nname = \"Siân Example\"\nemail = \"sian@cps.example\"\nlines = [\"Casework, Leeds\"]\n\
         [[supplier]]\nname = \"police\"\nto = [\"file.unit@police.example\"]\ncc = [\"oic@police.example\"]\n\
         greeting = \"File Unit\"\n\
         [[supplier]]\nname = \"Heddlu Gogledd Cymru\"\naliases = [\"heddlu\"]\nto = [\"uned@heddlu.example\"]\nlanguage = \"cy\"\n",
    );
    let arguments = ["--letters", "out", "--address-book", "book.toml"];
    let run = chase(&case, &arguments);
    run.expect(1)
        .says("the address book has no address for \"forensic provider\"")
        .says("1 item in no letter");
    let names: Vec<String> =
        case.files().into_iter().filter(|file| file.starts_with("out/")).collect();
    assert_eq!(
        names,
        [
            "out/2026-11-20 Heddlu Gogledd Cymru.eml",
            "out/2026-11-20 forensic provider.eml",
            "out/2026-11-20 police.eml"
        ]
    );
    let letter = |name: &str| {
        decoded(&fs::read_to_string(case.path(&format!("out/2026-11-20 {name}.eml"))).unwrap())
    };
    let police = letter("police");
    for part in [
        "To: <file.unit@police.example>",
        "Cc: <oic@police.example>",
        "X-Unsent: 1",
        "Subject: Outstanding material: 2 items, 1 overdue",
        "Dear File Unit,",
        "01AB1234526, hearing on 24 November 2026 at 10:00, Crown Court at Leeds, courtroom 5",
        "- Statement of PC Smith; due on 10 November 2026 (10 days overdue)",
        "- Statement of Ann Other, […]; due on 30 November 2026",
        "Siân Example",
    ] {
        assert!(police.contains(part), "{part}\nis not in\n{police}");
    }
    assert!(!police.contains("0113") && !police.contains("Blake"), "{police}");
    let welsh = letter("Heddlu Gogledd Cymru");
    for part in [
        "Annwyl gydweithiwr,",
        "young/bundle.toml",
        "Body-worn video (JS/1); i ddod erbyn 19 Tachwedd 2026 (1 diwrnod yn hwyr)",
    ] {
        assert!(welsh.contains(part), "{part}\nis not in\n{welsh}");
    }
    assert!(!welsh.contains("Younger"), "{welsh}");
    // Neither the clock nor chance is in it, and nothing was recorded.
    let first = case.read("out/2026-11-20 police.eml");
    chase(&case, &arguments).expect(1);
    assert_eq!(case.read("out/2026-11-20 police.eml"), first);
    assert!(!case.files().iter().any(|file| file.ends_with("chase.toml")));
}

#[test]
fn the_example_of_an_address_book_can_be_used() {
    let case = office();
    case.copy("examples/address-book.toml", "book.toml");
    let run =
        chase(&case, &["--supplier", "police", "--letters", "out", "--address-book", "book.toml"]);
    run.expect(1).says("Wrote 1 letter to out");
    assert!(!run.err.contains("warning"), "{}", run.err);
    case.write("book.toml", "[[supplier]]\nname = 'police'\nto = ['nobody']\n");
    let run = chase(&case, &["--letters", "out", "--address-book", "book.toml"]);
    run.expect(2).says("\"nobody\" is no e-mail address");
}

/// A message with its body readable, whichever way it was made fit for the post.
fn decoded(message: &str) -> String {
    let (head, body) = message.split_once("\r\n\r\n").unwrap();
    let bytes = if head.contains("base64") {
        use base64::Engine as _;
        let text: String = body.split_whitespace().collect();
        base64::engine::general_purpose::STANDARD.decode(text).unwrap()
    } else if head.contains("quoted-printable") {
        let joined = body.replace("=\r\n", "");
        let mut bytes = Vec::new();
        let mut rest = joined.as_bytes();
        while let [first, after @ ..] = rest {
            if *first == b'=' {
                let code = std::str::from_utf8(&after[..2]).unwrap();
                bytes.push(u8::from_str_radix(code, 16).unwrap());
                rest = &after[2..];
            } else {
                bytes.push(*first);
                rest = after;
            }
        }
        bytes
    } else {
        body.as_bytes().to_vec()
    };
    format!("{head}\n\n{}", String::from_utf8(bytes).unwrap().replace("\r\n", "\n"))
}

#[test]
fn the_calendar_has_a_day_for_each_item_and_is_the_same_each_time() {
    let case = office();
    let run = chase(&case, &["--format", "ics"]);
    run.expect(1);
    assert!(run.out.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "{}", run.out);
    assert_eq!(run.out.matches("BEGIN:VEVENT").count(), 5);
    run.shows("DTSTART;VALUE=DATE:20261120").shows("DTSTAMP:20261120T000000Z");
    assert!(run.out.split("\r\n").all(|line| line.len() <= 75), "{}", run.out);
    assert_eq!(chase(&case, &["--format", "ics"]).out, run.out);
}

#[test]
fn what_was_recorded_last_is_taken_back_by_a_line_more() {
    let case = office();
    let state = |document: &str| text(of(&items(&case), document), "state").to_owned();
    chase(&case, &["--undo", "--by", "AA"])
        .expect(2)
        .says("nothing is recorded that could be taken back");
    chase(&case, &["--sent", "--by", "AA"]).expect(1);
    let before = case.read("young/chase.toml");
    chase(&case, &["--received", "js/1", "--by", "AA"]).expect(1);
    assert_eq!(state("Body-worn"), "received");
    // Both ledgers have something of this day.
    chase(&case, &["--undo", "--by", "BB"])
        .expect(2)
        .says("nobody can tell which was the last: in blake/chase.toml, young/chase.toml");
    chase(&case, &["young", "--undo", "--by", "BB"])
        .expect(1)
        .says("Took back what AA had recorded on 2026-11-20: 1 item as received, in 1 ledger.");
    assert_eq!(state("Body-worn"), "overdue");
    let after = case.read("young/chase.toml");
    assert!(after.starts_with(&before) && after.len() > before.len());
    let last = String::from_utf8(after).unwrap();
    assert!(
        last.lines().last().unwrap().contains("what = \"undone\", on = 2026-11-20, by = \"BB\""),
        "{last}"
    );
    // All of one chase goes together.
    assert_eq!(of(&items(&case), "Footwear")["last_chased"], "2026-11-20");
    chase(&case, &["--undo", "--by", "BB"]).expect(1).says("5 items as chased, in 2 ledgers");
    for document in ["Footwear", "Body-worn", "Something"] {
        assert_eq!(of(&items(&case), document)["last_chased"], Value::Null, "{document}");
    }
}

#[test]
fn what_is_mistyped_on_the_command_line_is_an_error_with_the_nearest() {
    let case = office();
    for (arguments, message) in [
        (
            &["chase", "--supplier", "polcie"] as &[&str],
            "nothing is to come from \"polcie\"\n  hint: did you mean \"police\"? The suppliers are: ",
        ),
        (&["chase", "--supplier", "Hedlu"], "did you mean \"Heddlu\"?"),
        (&["check", "--hearing", "tomorow"], "did you mean tomorrow?"),
        (&["list", "--hearing", "31/02/2026"], "there is no 31 February 2026"),
        (&["list", "--today", "24.11.2026"], "this day is written 2026-11-24"),
        (&["list", "--today", "soon"], "write a date such as 2026-11-24"),
        (&["rules", "famly"], "did you mean \"family\"?"),
        (&["verify", "--rules", "crwn", "x.pdf"], "did you mean \"crown\"?"),
        (&["standards", "trail"], "did you mean \"trial\"? The standards are: pre-charge"),
        (&["build", "--bundle", "trail"], "did you mean \"trial\"? The bundles are: trial"),
        (&["chase", "--cancel", "x", "--reason", "..."], "say in words why it is no longer wanted"),
        (&["chase", "--sent", "--by", " "], "give a name or initials"),
    ] {
        case.run(arguments).expect(2).says(message);
    }
    // A supplier from whom nothing is outstanding is none that was mistyped.
    chase(&case, &["--supplier", "Forensic  Provider", "blake"]).expect(1);
    chase(&case, &["--supplier", "counsel", "young"]).expect(0);
}
