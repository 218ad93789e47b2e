//! Whole manifests: what they mean, and what is said about the wrong ones.

use crate::model::Audience;
use std::fmt::Write as _;
use std::time::Instant;

use jiff::civil::{date, time};

use super::reader::SCHEMA;
use super::*;
use crate::model::Severity;

const EXAMPLE: &str = include_str!("../../bundle.example.toml");

fn reading(text: &str) -> Reading {
    let reading = parse(text, Path::new("cases/blake/bundle.toml"));
    let is_fatal = |finding: &Finding| finding.is_error() && finding.code != Code::UnknownForm;
    assert_eq!(reading.case.is_none(), reading.findings.iter().any(is_fatal));
    reading
}

fn valid(text: &str) -> Case {
    let reading = reading(text);
    assert_eq!(reading.findings, []);
    reading.case.unwrap()
}

/// `line:column code message (hint)` of every finding.
fn problems(text: &str) -> Vec<String> {
    let line = |finding: Finding| {
        let hint = finding.hint.map_or(String::new(), |hint| format!(" ({hint})"));
        let (line, column) = (finding.line.unwrap(), finding.column.unwrap());
        format!("{line}:{column} {} {}{hint}", finding.code, finding.message)
    };
    reading(text).findings.into_iter().map(line).collect()
}

/// The codes of the findings about a document with these lines.
fn document_codes(lines: &str) -> Vec<Code> {
    let text = format!(
        "case.title = \"R v B\"\n[[section]]\nletter = \"A\"\n[[section.document]]\n{lines}"
    );
    reading(&text).findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn the_reference_is_valid() {
    let case = valid(EXAMPLE);
    assert_eq!(case.manifest, Path::new("cases/blake/bundle.toml"));
    assert_eq!(case.folder, Path::new("cases/blake"));
    assert_eq!(case.urn.as_ref().unwrap().as_str(), "01AB1234526");
    assert_eq!(case.file_standard, None);
    assert_eq!(case.defendants[0].charges[0].custody_start, Some(date(2026, 6, 1)));
    assert_eq!(case.hearing.as_ref().unwrap().time, Some(time(10, 0, 0, 0)));
    assert_eq!(case.bundles[0].output, Path::new("out/01AB1234526 R v Blake trial 2026-11-24.pdf"));
    assert_eq!(case.bundles[0].sections, [0, 1]);
    let prefix = NumberStyle::Prefix { prefix: "BLK".to_owned(), digits: 6 };
    assert_eq!(case.bundles[1].numbering.style, prefix);
    let statement = &case.sections[0].documents[0];
    assert_eq!(statement.form.as_ref().unwrap().as_str(), "MG11");
    assert_eq!(statement.pages.as_ref().unwrap().to_string(), "1-2");
    assert!(case.sections[1].documents[1].expected);
    assert_eq!(case.assessment.unwrap().failures[0].outcome, Some(DisputeOutcome::NotDisputed));
}

#[test]
fn the_reference_holds_every_key() {
    for (table, keys) in SCHEMA {
        for key in *keys {
            let there = EXAMPLE.lines().any(|line| {
                let line = line.trim_start_matches(['#', ' ', '[']);
                let line = line.strip_prefix("numbering.").unwrap_or(line);
                let header = [
                    ".document]",
                    ".allow]",
                    ".charge]",
                    ".numbering]",
                    ".overrides]",
                    ".failures]",
                ];
                let below =
                    header.iter().any(|end| *end == format!(".{key}]") && line.contains(end));
                below || line.strip_prefix(key).is_some_and(|rest| rest.starts_with([' ', ']']))
            });
            assert!(there, "{key} of {table}");
        }
    }
}

#[test]
fn lines_are_those_of_the_headers() {
    let case = valid(EXAMPLE);
    let line_of = |header: &str, nth: usize| {
        let mut lines = EXAMPLE.lines().enumerate().filter(|(_, line)| line.starts_with(header));
        lines.nth(nth).unwrap().0 + 1
    };
    assert_eq!(case.bundles[1].line, Some(line_of("[[bundle]]", 1)));
    assert_eq!(case.sections[1].line, line_of("[[section]]", 1));
    assert_eq!(case.sections[1].documents[0].line, line_of("[[section.document]]", 1));
}

#[test]
fn a_title_is_enough() {
    assert_eq!(valid("bundle = []\ncase.title = 'x'").bundles.len(), 1);
    let case = valid("case.title = ' R v Blake '");
    assert_eq!(case.title, "R v Blake");
    assert_eq!(case.language, Language::English);
    let [bundle] = case.bundles.as_slice() else { panic!("one bundle") };
    assert_eq!((bundle.name.as_str(), bundle.title.as_str()), ("trial", "Trial bundle"));
    assert_eq!((bundle.line, bundle.audience), (None, Audience::Court));
    assert_eq!(bundle.rules, "general-2021");
    assert_eq!(bundle.output, Path::new("out/R v Blake trial.pdf"));
    assert_eq!(bundle.numbering, Numbering::default());
    assert_eq!(
        parse("case.title = 'x'", Path::new("bundle.toml")).case.unwrap().folder,
        Path::new(".")
    );
}

#[test]
fn the_default_bundle_is_for_the_hearing() {
    let case = valid("case.title = 'R v B'\nhearing.kind = 'PTPH'\nhearing.date = '2026-02-03'");
    assert_eq!(case.bundles[0].title, "PTPH bundle");
    assert_eq!(case.bundles[0].output, Path::new("out/R v B ptph 2026-02-03.pdf"));
}

#[test]
fn defendants_name_the_case() {
    let named = |names: &[&str]| {
        let text: String =
            names.iter().map(|name| format!("[[defendant]]\nname = '{name}'\n")).collect();
        valid(&text).title
    };
    assert_eq!(named(&["Jordan Blake"]), "R v Blake");
    assert_eq!(named(&["Jordan Blake", "Siân Ŵyn"]), "R v Blake and Ŵyn");
    assert_eq!(named(&["A Blake", "B Ŵyn", "C Nowak"]), "R v Blake and others");
}

#[test]
fn every_problem_is_told_at_once_where_it_stands() {
    let text = "\
[case]
tittle = \"R v Blake\"
urn = \"01AB123\"
[[defendant]]
name = \"Llŷn Ŵyn\" # ŵŷ
remand = \"jail\"
[hearing]
date = \"3 June 2026\"
time = 25
court = \"Leeds\"
[[section]]
letter = \"b1\"
[[section.document]]
file = \"../x.pdf\"
pages = \"3-1\"
status = \"expcted\"
required = \"yes\"
[[bundle]]
sections = [\"A\", 1]
[bundle.numbering]
position = \"bottom-center\"
digits = 40
";
    let found = problems(text);
    let expected = [
        "2:1 unknown-key unknown key \"tittle\" in [case] (did you mean \"title\"?)",
        "3:7 bad-urn \"01AB123\" is not a URN (a URN is two digits, two letters or digits, then \
         seven digits, such as 01AB1234526, with M, S or /1 after it where the file was split)",
        "6:10 unknown-value unknown remand \"jail\" (did you mean \"bail\"? allowed: bail, \
         conditional-bail, custody, secure-unit)",
        "8:8 bad-date \"date\" must be a date as YYYY-MM-DD, not \"3 June 2026\" (write date = 2026-06-03)",
        "9:8 bad-date \"time\" must be a time of day, not the number 25 (write time = 10:00:00)",
        "10:1 unknown-key unknown key \"court\" in [hearing] (\"court\" belongs in [case])",
        "12:10 bad-value \"b1\" is not a section letter (a section has one or two letters from A to Z)",
        "14:8 outside-path \"../x.pdf\" is outside the folder of the case (move the file beside the \
         manifest and give its path from there, or set allow_outside = true in [case])",
        "15:9 bad-pages \"pages\" cannot be understood: 3-1 runs backwards (write pages = \"1-3, 7, 9-\")",
        "16:10 unknown-value unknown status \"expcted\" (did you mean \"expected\"? allowed: expected)",
        "17:12 wrong-type \"required\" must be true or false, not the text \"yes\"",
        "19:12 wrong-type \"sections\" must be a list of texts, such as [\"A\", \"B\"], not a list",
        "21:12 unknown-value unknown position \"bottom-center\" (did you mean \"bottom-centre\"? allowed: \
         top-left, top-centre, top-right, bottom-left, bottom-centre, bottom-right)",
        "22:1 bad-value \"digits\" only goes with style = \"prefix\" (write style = \"prefix\", or delete \"digits\")",
        "22:10 bad-value \"digits\" must be a whole number from 1 to 12, not 40",
    ];
    assert_eq!(found, expected, "{found:#?}");
}

#[test]
fn columns_count_characters() {
    assert_eq!(
        problems("case = { title = \"Łŷ\", x = 1 }")[0],
        "1:24 unknown-key unknown key \"x\" in [case] (the keys of [case] are: urn, \
         court_case_number, title, court, file_standard, flags, witnesses, police_unit, casework_type, language, allow_outside, password_env, allow)"
    );
}

#[test]
fn syntax_errors_are_told_in_plain_words_and_hide_what_follows_from_them() {
    let text = "[case]\ntitle = R v Blake\ncourt =\nremand = 3/6/2026\ntitle = \"x\"\n[hearing]\ndate = 2026-02-30\nkind = 1\n";
    assert_eq!(
        problems(text),
        [
            "2:9 manifest-syntax a text must stand in straight quotes (write \"R v Blake\")",
            "3:8 manifest-syntax there is no value after the equals sign (write the value in quotes, or delete the line)",
            "4:1 unknown-key unknown key \"remand\" in [case] (\"remand\" belongs in [[defendant]])",
            "4:10 bad-date 3/6/2026 is not a date that exists, written as YYYY-MM-DD (write 2026-06-03)",
            "5:1 manifest-syntax \"title\" is given twice (delete one of the two, or start a new [[section]] or [[section.document]])",
            "7:8 bad-date 2026-02-30 is not a date that exists, written as YYYY-MM-DD (there is no 30 February 2026: write a day that exists as YYYY-MM-DD, such as 2026-02-28)",
            "8:8 wrong-type \"kind\" must be a text in quotes, not the number 1",
        ]
    );
    for text in
        ["[case", "title = \"x", "\u{1}", "{", "= 1", "a 1", "[[section]\n", "x = [1,\n2\n[case]\n"]
    {
        let found = reading(text).findings;
        let syntax = |finding: &Finding| finding.code == Code::ManifestSyntax;
        assert!(found.iter().any(syntax), "{text:?}: {found:?}");
    }
}

#[test]
fn an_empty_manifest_says_how_to_start() {
    for text in ["", "\u{feff}", " \n\n", "# only a remark\n"] {
        let found = problems(text);
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with("1:1 missing-key the manifest is empty (run `courtbundle init`")
        );
    }
    assert!(
        problems("[hearing]\n")[0].starts_with("1:1 missing-key \"title\" is missing from [case]")
    );
    assert_eq!(
        problems("case.title = 'x'\n# \0")[0].split(" (").next(),
        Some("2:3 manifest-unreadable the manifest holds a NUL byte")
    );
    assert_eq!(valid("\u{feff}case.title = 'x'\r\n").title, "x");
}

#[test]
fn tables_of_the_wrong_shape_are_told() {
    let single = "case.title = 'x'\n[section]\nletter = 'A'\ntitel = 'B'\n[[hearing]]\n";
    assert_eq!(
        problems(single),
        [
            "2:1 wrong-type \"section\" must be a list of tables, each starting with [[section]], not a table (write [[section]])",
            "4:1 unknown-key unknown key \"titel\" in [[section]] (did you mean \"title\"?)",
            "5:1 wrong-type \"hearing\" must be a single table, [hearing], not a list (write [hearing])",
        ]
    );
    assert_eq!(
        problems("[[section\nletter = 'A'\n[[section.document]]\nfile = 'x.pdf'\n").len(),
        1
    );
    for (text, code) in [
        ("case = 1", Code::WrongType),
        ("case.title = 'x'\n[section]\nletter = 'A'", Code::WrongType),
        ("case.title = 'x'\nsection = [1]", Code::WrongType),
        ("case.title = ['x']", Code::WrongType),
        ("case.title = 'x'\n[[hearing]]\n", Code::WrongType),
        ("case.title = 'x'\n[[document]]\n", Code::UnknownKey),
    ] {
        assert_eq!(reading(text).findings[0].code, code, "{text}");
    }
}

#[test]
fn duplicates_name_the_line_of_the_first() {
    let text = "\
case.title = 'R v B'
[[section]]
letter = 'A'
document = [
  { file = 'a.pdf', exhibit = 'JS1' },
  { file = './a.pdf', exhibit = 'JS/01' },
  { file = 'b.pdf', pages = '1-2' },
  { file = 'b.pdf', pages = '3-', title = 'Rest' },
  { file = 'b.pdf', pages = 2, title = 'Again' },
]
[[section]]
letter = 'a'
[[bundle]]
name = 'x'
output = 'out/one.pdf'
[[bundle]]
name = 'X'
output = 'OUT/one.PDF'
[[bundle]]
output = 'B.pdf'
";
    let found: Vec<_> =
        problems(text).iter().map(|line| line.split(" (").next().unwrap().to_owned()).collect();
    let expected = [
        "6:12 duplicate-path this file is listed already, at line 5",
        "6:33 duplicate-exhibit exhibit JS/01 is listed already, at line 5",
        "9:12 duplicate-path pages of this file are listed already, at line 7",
        "12:10 duplicate-name section A is there already, at line 3",
        "17:8 duplicate-name a bundle \"X\" is there already, at line 14",
        "18:10 duplicate-output the bundle at line 15 has the same output, \"OUT/one.PDF\"",
        "20:10 output-is-input the output \"B.pdf\" is a listed document, which it would overwrite",
    ];
    assert_eq!(found, expected, "{found:#?}");
    let about = reading(text).findings[2].document.clone().unwrap();
    assert_eq!(
        (about.section.as_str(), about.title.as_str(), about.file.as_deref()),
        ("A", "Again", Some("b.pdf"))
    );
}

#[test]
fn two_entries_on_one_line_are_still_two() {
    let twice = "case.title='x'\nsection=[{letter='A'},{letter='A'}]\nbundle=[{},{}]";
    let codes: Vec<_> = reading(twice).findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::DuplicateName, Code::DuplicateName, Code::DuplicateOutput]);
}

#[test]
fn a_document_needs_a_file_unless_it_is_expected() {
    assert_eq!(document_codes("title = 'x'"), [Code::MissingKey]);
    assert_eq!(document_codes("status = 'expected'"), [Code::MissingKey]);
    assert_eq!(document_codes("title = 'x'\nstatus = 'expected'"), []);
    assert_eq!(document_codes("file = 'x.pdf'\nstatus = 'expected'"), []);
    assert_eq!(document_codes(""), [Code::MissingKey]);
}

#[test]
fn paths_and_texts_that_cannot_be_used_are_refused() {
    for (line, code) in [
        (r#"file = "a\b.pdf""#, Code::BadValue),
        (r#"file = """#, Code::BadValue),
        (r"file = 'C:\a.pdf'", Code::OutsidePath),
        ("file = 'a.pdf'\ntitle = \"a\\nb\"", Code::BadValue),
        ("file = 'a.pdf'\nwitness = ''", Code::BadValue),
        ("file = 'a.pdf'\ndate = 2026-06-01T10:00:00", Code::BadDate),
        ("file = 'a.pdf'\ndate = 10:00:00", Code::BadDate),
        ("file = 'a.pdf'\ndue = 'soon'", Code::BadDate),
        ("file = 'a.pdf'\npages = -1", Code::WrongType),
        ("file = 'a.pdf'\npages = 0", Code::BadPages),
    ] {
        assert_eq!(document_codes(line), [code], "{line}");
    }
    assert_eq!(document_codes(r"file = 'sub\a.pdf'"), []);
    let allowed = "case.title='x'\ncase.allow_outside=true\n[[section]]\nletter='A'\ndocument=[{file='../a.pdf'}]";
    assert_eq!(
        valid(allowed).sections[0].documents[0].file.as_deref(),
        Some(Path::new("../a.pdf"))
    );
}

#[test]
fn odd_references_are_kept_with_a_warning() {
    let text = "[case]\ntitle='x'\ncourt_case_number='7BX123'\nurn='01AB1234527'\n[hearing]\ndate=2026-01-01\n\
                [[section]]\nletter='A'\ndocument=[{file='a.pdf',exhibit='Exhibit one'}]";
    let reading = reading(text);
    let codes: Vec<_> = reading.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::BadValue, Code::FutureUrn, Code::BadValue]);
    assert!(reading.findings.iter().all(|finding| finding.severity == Severity::Warning));
    let case = reading.case.unwrap();
    assert_eq!(case.court_case_number.unwrap().as_str(), "7BX123");
    assert_eq!(case.sections[0].documents[0].exhibit.as_ref().unwrap().as_str(), "Exhibit one");
}

#[test]
fn numbering_keys_go_together() {
    let codes = |lines: &str| -> Vec<Code> {
        let text = format!("case.title = 'x'\n[[bundle]]\n[bundle.numbering]\n{lines}");
        reading(&text).findings.iter().map(|finding| finding.code).collect()
    };
    assert_eq!(codes("style = 'section'\nposition = 'top-centre'"), []);
    assert_eq!(codes("style = 'prefix'\nprefix = 'BLK '"), []);
    assert_eq!(codes("style = 'prefix'"), [Code::MissingKey]);
    assert_eq!(codes("prefix = 'BLK'"), [Code::BadValue]);
    assert_eq!(codes("style = 'prefx'\nprefix = 'BLK'"), [Code::UnknownValue]);
    assert_eq!(codes("style = 'prefix'\nprefix = 'ŵ'"), [Code::BadValue]);
    assert_eq!(codes("style = 'prefix'\nprefix = ''"), [Code::BadValue]);
}

#[test]
fn bundles_name_their_sections() {
    let text = "case.title='x'\nsection=[{letter='A'},{letter='b'}]\n[[bundle]]\nsections=";
    assert_eq!(valid(&format!("{text}['B','a']")).bundles[0].sections, [1, 0]);
    assert_eq!(
        problems(&format!("{text}['C','A','a']")),
        [
            "4:11 unknown-section there is no section \"C\" (the sections are: A, B)",
            "4:19 bad-value section a is listed twice",
        ]
    );
    assert_eq!(reading(&format!("{text}[]")).findings[0].code, Code::BadValue);
}

#[test]
fn ten_thousand_documents_are_quick() {
    let mut text = "case.title = 'R v B'\n[[section]]\nletter = 'A'\n".to_owned();
    for number in 1..=10_000 {
        let _ = writeln!(
            text,
            "[[section.document]]\ntitle = 'D{number}'\nfile = 'all.pdf'\npages = {number}\ndate = 2026-01-01\nexhibit = 'AB/{number}'\ntypo = 1"
        );
    }
    let start = Instant::now();
    let reading = reading(&text);
    // Ten times what a debug build takes; a check of every pair would take minutes.
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
    assert_eq!(
        reading.findings.iter().filter(|finding| finding.code == Code::UnknownKey).count(),
        10_000
    );
}

/// Damage of every kind, the same in every run: nothing may panic, and every finding has a place.
#[test]
fn a_damaged_manifest_is_told_and_never_breaks_the_reader() {
    let mut seed = 11_u64;
    let mut below = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % limit
    };
    let scraps = [
        "\"",
        "'",
        "[",
        "]",
        "{",
        "}",
        "=",
        "\n",
        "#",
        ".",
        ",",
        "-1",
        "ŵ",
        "\u{202e}",
        "\"\"\"",
        "[[section]]\n",
    ];
    for _ in 0..400 {
        let mut text: Vec<char> = EXAMPLE.chars().collect();
        for _ in 0..=below(4) {
            let at = below(text.len());
            match below(3) {
                0 => drop(text.drain(at..(at + below(40)).min(text.len()))),
                1 => drop(text.splice(at..at, scraps[below(scraps.len())].chars())),
                _ => {
                    let other = below(text.len());
                    text.swap(at, other);
                }
            }
        }
        let text: String = text.into_iter().collect();
        let lines = text.split('\n').count();
        for finding in reading(&text).findings {
            assert!(finding.line.unwrap() <= lines && finding.column.unwrap() >= 1, "{finding:?}");
            assert!(!finding.message.is_empty());
        }
    }
}

#[test]
fn nesting_without_end_is_a_syntax_error() {
    for text in [
        format!("x = {}", "[".repeat(100_000)),
        format!("x = {}", "{a=".repeat(100_000)),
        format!("{}a = 1", "a.".repeat(100_000)),
    ] {
        assert!(reading(&text).case.is_none());
    }
}
