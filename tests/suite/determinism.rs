//! The same input gives the same bytes.

use crate::support::case::{Case, text};

/// The bundle and the record beside it, and then they are gone.
fn take(case: &Case, output: &str) -> (Vec<u8>, Vec<u8>) {
    let record = format!("{output}.json");
    let taken = (case.read(output), case.read(&record));
    std::fs::remove_file(case.path(output)).unwrap();
    std::fs::remove_file(case.path(&record)).unwrap();
    taken
}

#[test]
fn the_example_gives_the_same_bytes_however_it_is_built() {
    let case = Case::example();
    let record = case.build(&[], 0);
    let output = text(&record, "output");
    let first = take(&case, output);
    let folder = case.folder().to_str().unwrap();
    for (from, arguments) in [
        ("", vec!["build"]),
        ("", vec!["build", "--jobs", "1"]),
        ("", vec!["build", "--jobs", "2", "bundle.toml"]),
        ("exhibits", vec!["build", ".."]),
        ("..", vec!["build", folder]),
    ] {
        case.run_in(from, &arguments).expect(0);
        let (bundle, record) = take(&case, output);
        assert!(bundle == first.0, "the bundle of {arguments:?} in {from:?}");
        assert!(record == first.1, "the record of {arguments:?} in {from:?}");
    }
}

#[test]
fn a_copy_of_the_case_elsewhere_gives_the_same_bytes() {
    let documents = [
        ("producers/form-clash-1.pdf", ""),
        ("producers/form-clash-2.pdf", ""),
        ("producers/layers-off.pdf", ""),
        ("producers/dests-new.pdf", ""),
        ("producers/enc-aes-256-r6.pdf", ""),
        ("producers/unbalanced-restore.pdf", ""),
    ];
    let [one, two] = [Case::listing(&documents), Case::listing(&documents)];
    for case in [&one, &two] {
        case.run(&["build"]).expect(0);
    }
    assert!(take(&one, "out/test.pdf") == take(&two, "out/test.pdf"));
}

#[test]
fn a_folder_of_cases_gives_the_same_report_and_bytes_with_any_number_of_jobs() {
    let case = Case::fixture("two-cases");
    let outputs = [
        "one/out/01AB0000626 R v Firstly trial 2026-11-24.pdf",
        "two/out/01AB0000726 R v Secondly trial 2026-11-24.pdf",
    ];
    let mut before = None;
    for jobs in ["1", "2", "7"] {
        let run = case.run(&["build", "--format", "json", "--jobs", jobs]);
        run.expect(0);
        let built = (run.out, outputs.map(|output| take(&case, output)));
        if let Some(before) = &before {
            assert!(built == *before, "{jobs} jobs");
        }
        before = Some(built);
    }
}

#[test]
fn a_dated_file_or_a_touched_one_changes_nothing() {
    let case = Case::fixture("case-complete");
    let record = case.build(&[], 0);
    let output = text(&record, "output");
    let first = take(&case, output);
    for file in ["indictment.pdf", "bundle.toml"] {
        let bytes = case.read(file);
        std::fs::remove_file(case.path(file)).unwrap();
        case.write(file, bytes);
    }
    case.run(&["build"]).expect(0);
    assert!(take(&case, output) == first);
}

#[test]
fn bundles_built_together_are_the_same_as_each_by_itself() {
    let case = Case::listing(&[
        ("producers/corners.pdf", "form = \"exhibit\""),
        ("producers/rotate-90.pdf", "form = \"exhibit\"\nhidden = \"drop\""),
        ("producers/page-labels.pdf", "form = \"exhibit\"\naudiences = [\"court\"]"),
    ]);
    case.edit("audience = \"prosecution\"\n", "name = \"test\"\naudience = \"court\"\n");
    for (name, more) in [
        ("defence", "numbering.position = \"top-left\""),
        ("jury", "numbering.style = \"prefix\"\nnumbering.prefix = \"BLACKBIRD\""),
        ("prosecution", ""),
    ] {
        case.append(&format!(
            "[[bundle]]\nname = \"{name}\"\naudience = \"{name}\"\noutput = \"out/{name}.pdf\"\n{more}\n"
        ));
    }
    case.run(&["build"]).expect(0);
    let names = ["test", "defence", "jury", "prosecution"];
    let together = names.map(|name| take(&case, &format!("out/{name}.pdf")));
    for (name, together) in names.iter().zip(together) {
        case.run(&["build", "--bundle", name]).expect(0);
        assert!(take(&case, &format!("out/{name}.pdf")) == together, "{name}");
    }
}
