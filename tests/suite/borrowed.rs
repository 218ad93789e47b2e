//! What something takes from the resources of the page is there in the bundle, and names are equal wherever they stand.

use lopdf::{Dictionary, Document, Object};

use crate::support::case::Case;

/// The entries of a category of the resources of a page.
fn listed(pdf: &Document, page: &Dictionary, category: &[u8]) -> Vec<String> {
    let resources = page.get_deref(b"Resources", pdf).unwrap().as_dict();
    let listed = resources.unwrap().get_deref(category, pdf);
    let Ok(listed) = listed.and_then(Object::as_dict) else {
        return Vec::new();
    };
    let names = listed.iter().map(|(name, _)| String::from_utf8_lossy(name));
    let mut names: Vec<String> = names.map(std::borrow::Cow::into_owned).collect();
    names.sort();
    names
}

#[test]
fn what_is_borrowed_from_a_page_stays_on_it() {
    let case = Case::listing(&[("producers/borrowed.pdf", "")]);
    case.built();
    let pdf = Document::load(case.path("out/test.pdf")).unwrap();
    let pages: Vec<&Dictionary> =
        pdf.page_iter().skip(2).map(|page| pdf.get_dictionary(page).unwrap()).collect();
    let pictures: Vec<Vec<String>> =
        pages.iter().map(|page| listed(&pdf, page, b"XObject")).collect();
    let (form, alone) = (vec!["Fm", "Im1"], vec!["Im1"]);
    let expected = [
        form.clone(),
        form.clone(),
        form,
        alone.clone(),
        vec!["Im1", "Im2"],
        alone.clone(),
        alone.clone(),
        alone,
        // The content, which has a stray Q.
        vec!["CourtbundlePage"],
    ];
    assert_eq!(pictures, expected);
    let fonts = listed(&pdf, pages.last().unwrap(), b"Font");
    assert_eq!(fonts, ["CourtbundleNumber", "F1", "F2"]);
}

#[test]
fn a_name_with_a_sign_is_spelt_alike_in_dictionaries_and_content() {
    let case = Case::listing(&[("producers/name-signs.pdf", "")]);
    case.built();
    let pdf = Document::load(case.path("out/test.pdf")).unwrap();
    let mut spelt = 0;
    for stream in pdf.objects.values().filter_map(|object| object.as_stream().ok()) {
        let Ok(content) = stream.get_plain_content() else {
            continue;
        };
        let has = |name: &[u8]| content.windows(name.len()).any(|window| window == name);
        assert!(!has(b"/F#ke") && !has(b"/I#m"));
        spelt += usize::from(has(b"/F#23ke 18 Tf") || has(b"/F#23ke 24 Tf") || has(b"/I#23m Do"));
    }
    // The page, a form, a letter, the look of a note.
    assert_eq!(spelt, 4);
}
