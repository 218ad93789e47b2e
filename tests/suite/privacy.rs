//! What leaves the office beside a bundle: records, lists, letters, calendars, and what reaches a terminal.

use std::fs;

use crate::support::case::{Case, array, codes, findings, text};
use crate::support::look::{open, words};
use crate::support::paper;

const TODAY: [&str; 2] = ["--today", "2026-11-20"];

/// A case against a youth whose name is everywhere.
fn young() -> Case {
    let case = Case::empty();
    case.write(
        "casey-wyn-ddu/bundle.toml",
        "[case]\ntitle = \"R v Wyn Ddu\"\nurn = \"01AB1234526\"\ncourt = \"Leeds Youth Court\"\n\
         [[defendant]]\nname = \"Casey Ŵyn-Ddu\"\nyouth = true\nheld_at = \"home of CASEY, 12 High St, Otley LS21 3AA\"\n\
         [[defendant.charge]]\noffence = \"Burglary with casey wynddu\"\n\
         [hearing]\ndate = 2026-11-24\ntime = 10:00:00\ncourtroom = \"5\"\n\
         [[section]]\nletter = \"A\"\n\
         [[section.document]]\ntitle = \"MG6D about WynDdu\"\nform = \"MG6D\"\nstatus = \"expected\"\n\
         supplier = \"PC Smith, 12 High St, 07700 900123\"\ndue = 2026-11-21\n\
         [[section.document]]\ntitle = \"School report, 07700 900456\"\nstatus = \"expected\"\n\
         supplier = \"PC Smith, 4 Mill Lane\"\ndue = 2026-11-10\n\
         [[section.document]]\ntitle = \"Letter of Caseÿ’s mother\"\nstatus = \"expected\"\nsupplier = \"Mrs Wyn-Ddu\"\n",
    );
    case
}

const NAMES: [&str; 6] = ["casey", "caseÿ", "ŵyn", "wyn", "ddu", "wynddu"];
const PLACES: [&str; 6] = ["07700", "900123", "900456", "High St", "LS21", "Mill Lane"];

#[track_caller]
fn gives_nothing_away(what: &str, shown: &str) {
    let small = shown.to_lowercase();
    for name in NAMES {
        assert!(!small.contains(name), "{what} names {name}:\n{shown}");
    }
    for place in PLACES {
        assert!(!shown.contains(place), "{what} shows {place}:\n{shown}");
    }
}

#[test]
fn no_list_board_letter_or_calendar_names_a_youth_or_says_where_somebody_lives() {
    let case = young();
    for arguments in [
        &["list", "--format", "csv"] as &[&str],
        &["list", "--format", "html"],
        &["check", "--hearing", "2026-11-24"],
        &["check", "--format", "html"],
        &["chase"],
        &["chase", "--format", "csv"],
        &["chase", "--format", "markdown"],
        &["chase", "--format", "ics"],
    ] {
        let run = case.run(&[arguments, &TODAY].concat());
        assert!(run.out.len() > 50, "{arguments:?}: {}", run.err);
        let shown = run.out.replace("\r\n ", "");
        gives_nothing_away(&format!("{arguments:?}"), &shown);
    }
}

#[test]
fn a_youth_of_one_case_goes_unnamed_in_another_of_another_day() {
    let case = young();
    case.write(
        "other/bundle.toml",
        "[case]\ntitle = \"R v WYN DDU and Ash\"\nurn = \"01AB1234626\"\ncourt = \"Leeds\"\n\
         [[defendant]]\nname = \"Wynʼ-Ddu, Casey\"\n[[defendant]]\nname = \"Ann Ash\"\n\
         [hearing]\ndate = 2026-11-25\n[[section]]\nletter = \"A\"\n\
         [[section.document]]\ntitle = \"Interview of C. Wŷn–Ddu\"\nform = \"MG15\"\nstatus = \"expected\"\n\
         [assessment]\nassessed_on = 2026-11-02\nfailures = [{ code = \"E13\", disputed = true }]\n",
    );
    case.copy("examples/rooms.toml", "rooms.toml");
    case.write("court.csv", "URN,Date,Time,Courtroom\n01AB1234626,2026-11-25,10:30,3\n");
    for arguments in [
        &["list", "--date", "2026-11-25", "--format", "csv"] as &[&str],
        &["check", "--hearing", "2026-11-25"],
        &["chase"],
        &["list", "--import", "court.csv"],
        &["quality", "--format", "html"],
        &["allocate", ".", "--rooms", "rooms.toml", "--date", "2026-11-25"],
    ] {
        let run = case.run(&[arguments, &TODAY].concat());
        gives_nothing_away(&format!("{arguments:?}"), &run.out);
        assert!(run.out.contains("R v a youth and Ash"), "{arguments:?}: {}", run.out);
    }
}

#[test]
fn a_sheet_for_a_door_has_neutral_words_and_the_office_sees_names() {
    let case = young();
    case.run(&[&["list", "--format", "pdf", "--output", "list.pdf"], &TODAY[..]].concat());
    let pages: Vec<String> = open(&case.path("list.pdf")).pages().iter().map(words).collect();
    let sheet = pages.join("\n");
    gives_nothing_away("the sheet for the door", &sheet);
    assert!(sheet.contains("a youth") && sheet.contains("document (PC Smith"), "{sheet}");
    let page = case.run(&[&["list", "--format", "html"], &TODAY[..]].concat()).out;
    assert!(
        !sheet.contains("MG6D") && !page.contains("MG6D"),
        "{sheet}
{page}"
    );
    // Prosecutors have to know who is young, and nobody has to know where.
    let screen = case.run(&[&["list"], &TODAY[..]].concat()).out;
    assert!(screen.contains("Casey Ŵyn-Ddu (youth)"), "{screen}");
    assert!(!PLACES.iter().any(|place| screen.contains(place)), "{screen}");
}

#[test]
fn letters_and_their_names_give_nothing_away() {
    let case = young();
    let run = case.run(&[&["chase", "--letters", "letters"], &TODAY[..]].concat());
    gives_nothing_away("chase", &run.out);
    let letters: Vec<String> =
        case.files().into_iter().filter(|file| file.starts_with("letters/")).collect();
    assert_eq!(
        letters,
        [
            "letters/2026-11-20 Mrs a youth.eml",
            "letters/2026-11-20 PC Smith (2).eml",
            "letters/2026-11-20 PC Smith.eml"
        ]
    );
    for letter in &letters {
        let message = String::from_utf8(case.read(letter)).unwrap();
        gives_nothing_away(letter, &message.replace("=\r\n", ""));
    }
    // JSON is the office's own.
    for arguments in [["list", "--format", "json"], ["chase", "--format", "json"]] {
        let run = case.run(&[&arguments[..], &TODAY].concat());
        assert!(run.out.contains("07700") || run.out.contains("Casey"), "{}", run.out);
    }
}

#[test]
fn a_manifest_that_cannot_be_read_names_no_youth_on_a_board() {
    let case = young();
    let path = "casey-wyn-ddu/bundle.toml";
    case.edit_at(path, "urn = \"01AB1234526\"", "urn = \"Casey\"");
    let board = case.run(&[&["check", "--format", "html"], &TODAY[..]].concat());
    assert!(board.out.contains("Not read"), "{}", board.out);
    gives_nothing_away("the board", &board.out);
}

#[test]
fn lines_of_a_calendar_have_75_octets_and_no_character_is_cut() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v X\"\n[[section]]\nletter = \"A\"\n[[section.document]]\n\
         title = \"Adroddiad ŵŷŵŷŵŷŵŷ meddygol hir iawn gyda llawer o eiriau ŵŷŵŷŵŷŵŷŵŷŵŷŵŷŵŷŵŷŵŷŵŷŵŷŵŷ a 王小明王小明王小明王小明王小明王小明王小明\"\nstatus = \"expected\"\n",
    );
    let run = case.run(&["chase", "--format", "ics"]);
    let lines: Vec<&str> = run.out.split_terminator("\r\n").collect();
    assert!(lines.iter().all(|line| line.len() <= 75), "{lines:#?}");
    assert!(lines.iter().any(|line| line.len() >= 73), "{lines:#?}");
    assert!(run.out.replace("\r\n ", "").contains("王小明王小明王小明王小明王小明王小明王小明"));
}

#[test]
fn a_placeholder_shows_neither_telephone_nor_address() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v X\"\n[[bundle]]\naudience = \"court\"\noutput = \"out/b.pdf\"\n[[section]]\nletter = \"A\"\n\
         [[section.document]]\ntitle = \"Report\"\nform = \"exhibit\"\nstatus = \"expected\"\nsupplier = \"PC Smith, 12 high st, Otley LS21 3AA, 07700 900123\"\n",
    );
    case.run(&["build", "--allow-missing"]).expect(1);
    let pages: Vec<String> = open(&case.path("out/b.pdf")).pages().iter().map(words).collect();
    let sheet = pages.last().unwrap();
    assert!(sheet.contains("PC Smith"), "{sheet}");
    for place in ["high st", "LS21", "Otley", "07700"] {
        assert!(!sheet.contains(place), "{sheet}");
    }
}

#[test]
fn the_record_beside_a_served_bundle_names_files_without_their_folders() {
    let manifest = "[case]\ntitle = \"R v X\"\n[[bundle]]\naudience = \"court\"\noutput = \"out/b.pdf\"\n[[section]]\nletter = \"A\"\n\
         [[section.document]]\ntitle = \"Log\"\nform = \"exhibit\"\nfile = \"CHIS Heron/log.pdf\"\n\
         [[section.document]]\ntitle = \"Log\"\nform = \"exhibit\"\nfile = \"CHIS Wren/log.pdf\"\n";
    let case = Case::with_manifest(manifest);
    case.write("CHIS Heron/log.pdf", paper::pdf(1, "heron", 0));
    case.write("CHIS Wren/log.pdf", paper::pdf(2, "wren", 0));
    let built = case.build(&[], 0);
    let beside = String::from_utf8(case.read("out/b.pdf.json")).unwrap();
    assert!(beside.contains("\"log.pdf\"") && !beside.contains("CHIS"), "{beside}");
    let files = |record: &serde_json::Value| -> Vec<String> {
        let documents = array(record, "documents").iter();
        documents.map(|one| text(one, "file").to_owned()).collect()
    };
    assert_eq!(files(&built), ["CHIS Heron/log.pdf", "CHIS Wren/log.pdf"]);
    let kept = case.build(&[], 0);
    assert_eq!(kept["state"], "up-to-date", "{kept}");
    assert_eq!(files(&kept), files(&built));
    assert_eq!(kept["findings"], built["findings"]);
    case.write("CHIS Wren/log.pdf", paper::pdf(2, "another", 0));
    assert_eq!(case.build(&[], 0)["state"], "built");
    // The prosecution's own keeps them.
    case.edit("\"court\"", "\"prosecution\"");
    case.build(&[], 0);
    let beside = String::from_utf8(case.read("out/b.pdf.json")).unwrap();
    assert!(beside.contains("CHIS Heron/log.pdf"), "{beside}");
}

#[test]
fn words_that_a_bundle_prints_are_searched_like_its_pages() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v X, 07700 900001\"\n[[bundle]]\naudience = \"defence\"\ntitle = \"Bundle for 12 High Street\"\noutput = \"out/b.pdf\"\n\
         [[section]]\nletter = \"A\"\ntitle = \"JK123456D\"\n\
         [[section.document]]\ntitle = \"Call to 07700 900123\"\nform = \"exhibit\"\nfile = \"a.pdf\"\nsupplier = \"Ann, LS1 4BT\"\ndate = 2026-06-01\n",
    );
    case.write("a.pdf", paper::pdf(1, "page", 0));
    let checked = case.checked(0);
    let said: Vec<&str> =
        findings(&checked, "personal-data").iter().map(|one| text(one, "message")).collect();
    assert_eq!(
        said,
        [
            "the title of the case shows personal data: a telephone number (phone)",
            "the title of bundle \"trial\" shows personal data: a street address (address)",
            "the title of section A shows personal data: a National Insurance number (national-insurance)",
            "its title shows personal data: a telephone number (phone)",
            "its supplier shows personal data: a postcode (postcode)",
        ]
    );
    assert_eq!(findings(&case.build(&[], 0), "personal-data").len(), 5);
    case.append(
        "[[section.document.allow]]\nkind = \"phone\"\nfield = \"title\"\nreason = \"the number called\"\ninitials = \"AA\"\n\
         [[section.document.allow]]\nkind = \"phone\"\nfield = \"supplier\"\nreason = \"r\"\ninitials = \"AA\"\n",
    );
    let checked = case.checked(0);
    assert_eq!(findings(&checked, "personal-data").len(), 4);
    assert!(codes(&checked).contains(&"personal-data-allowed"));
    assert!(codes(&checked).contains(&"allow-unmatched"));
    // Titles of the case, of a bundle and of a section have the same way.
    for (table, kind) in
        [("case", "phone"), ("bundle", "address"), ("section", "national-insurance")]
    {
        case.append(&format!(
            "[[{table}.allow]]\nkind = \"{kind}\"\nfield = \"title\"\nreason = \"r\"\ninitials = \"AA\"\n"
        ));
    }
    let report = case.build(&[], 0);
    let left = findings(&report, "personal-data");
    assert_eq!(left.len(), 1, "{report}");
    assert!(text(left[0], "message").starts_with("its supplier"));
    assert_eq!(findings(&report, "personal-data-allowed").len(), 4);
    case.edit("\"defence\"", "\"court\"");
    assert!(findings(&case.checked(0), "personal-data").is_empty());
}

#[test]
#[cfg(unix)]
fn no_order_in_a_foreign_text_reaches_a_terminal() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v \u{202e}X\u{9b}31m\"\n[[section]]\nletter = \"A\"\n[[section.document]]\ntitle = \"a\u{2066}b\"\nfile = \"gone.pdf\"\n",
    );
    fs::write(case.path("go\u{1b}]0;x\u{7}\u{9b}2J.pdf"), paper::pdf(1, "x", 0)).unwrap();
    fs::create_dir(case.path("d\u{1b}[31m")).unwrap();
    for arguments in [
        &["check"] as &[&str],
        &["check", "--color", "always"],
        &["check", "--format", "json"],
        &["build"],
        &["chase"],
        &["list"],
        &["verify", "go\u{1b}]0;x\u{7}\u{9b}2J.pdf"],
        &["verify", "no\u{1b}[2Jne.pdf"],
        &["init", "--stdout", "."],
        &["init", "d\u{1b}[31m"],
        &["standards", "no\u{1b}[2Jne"],
    ] {
        let run = case.run(arguments);
        let shown = [run.out, run.err].concat();
        let colours = [
            "\u{1b}[0m",
            "\u{1b}[1m",
            "\u{1b}[31m",
            "\u{1b}[32m",
            "\u{1b}[33m",
            "\u{1b}[34m",
            "\u{1b}[36m",
        ];
        let plain = match arguments.contains(&"always") {
            true => colours.iter().fold(shown, |text, colour| text.replace(colour, "")),
            false => shown,
        };
        let order = plain.chars().find(|c| {
            (c.is_control() && !"\n\t".contains(*c)) || ('\u{202a}'..='\u{2069}').contains(c)
        });
        assert_eq!(order, None, "{arguments:?}: {plain:?}");
    }
}
