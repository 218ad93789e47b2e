//! What a bundle takes of a document of which it takes one page: nothing that belongs to the other, by whatever key of
//! the page, its annotations, fields and pictures it can be reached.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::support::case::Case;
use crate::support::reader::Reader;

fn string(words: &str) -> Object {
    Object::string_literal(words)
}

fn place() -> Vec<Object> {
    vec![50.into(), 500.into(), 150.into(), 550.into()]
}

/// A file of two pages; everything of the second says "left out" and what it is.
struct Two {
    pdf: Document,
    tree: ObjectId,
    font: ObjectId,
    pages: [ObjectId; 2],
    comments: [ObjectId; 2],
    windows: [ObjectId; 2],
    link: ObjectId,
    fields: [ObjectId; 2],
    widgets: [ObjectId; 2],
    looks: [ObjectId; 2],
    contents: [ObjectId; 2],
    layers: [ObjectId; 2],
    form: ObjectId,
}

fn annotation(kind: &str, more: &Dictionary) -> Dictionary {
    let mut annotation = dictionary! { "Type" => "Annot", "Subtype" => kind, "Rect" => place() };
    annotation.extend(more);
    annotation
}

impl Two {
    fn new() -> Self {
        let mut pdf = Document::with_version("1.7");
        let mut id = || pdf.new_object_id();
        let [tree, font, link, form] = [id(), id(), id(), id()];
        let mut two = Self {
            tree,
            font,
            link,
            form,
            pages: [id(), id()],
            comments: [id(), id()],
            windows: [id(), id()],
            fields: [id(), id()],
            widgets: [id(), id()],
            looks: [id(), id()],
            contents: [id(), id()],
            layers: [id(), id()],
            pdf,
        };
        for (at, whose) in ["taken", "left out"].into_iter().enumerate() {
            two.page(at, whose);
            two.annotations(at, whose);
        }
        two.shared();
        let catalog = dictionary! {
            "Type" => "Catalog", "Pages" => tree, "OCProperties" => two.layers(),
            "AcroForm" => dictionary! { "Fields" => two.fields.map(Object::from).to_vec() },
        };
        let catalog = two.pdf.add_object(catalog);
        two.pdf.trailer.set("Root", catalog);
        two
    }

    fn add(&mut self, id: ObjectId, object: impl Into<Object>) {
        self.pdf.objects.insert(id, object.into());
    }

    fn page(&mut self, at: usize, whose: &str) {
        let content =
            format!("/OC /L{at} BDC BT /F 12 Tf 50 700 Td ({whose} content) Tj ET EMC q /X Do Q");
        let stream = Stream::new(dictionary! {}, content.into());
        self.add(self.contents[at], stream);
        let layer = dictionary! { "Type" => "OCG", "Name" => string(&format!("{whose} layer")) };
        self.add(self.layers[at], layer);
        let mut annotations =
            [self.comments, self.windows, self.widgets].map(|both| Object::from(both[at])).to_vec();
        annotations.extend((at == 0).then_some(Object::from(self.link)));
        let page = dictionary! {
            "Type" => "Page", "Parent" => self.tree, "Contents" => self.contents[at],
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()], "Annots" => annotations,
        };
        self.add(self.pages[at], page);
    }

    fn annotations(&mut self, at: usize, whose: &str) {
        let says = |what: &str| string(&format!("{whose} {what}"));
        let look = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => place(),
            "Resources" => dictionary! { "Font" => dictionary! { "F" => self.font } },
        };
        let drawn = format!("BT /F 12 Tf 55 510 Td ({whose} look) Tj ET");
        self.add(self.looks[at], Stream::new(look, drawn.into()));
        let looks = dictionary! { "N" => self.looks[at] };
        let comment = dictionary! {
            "Contents" => says("comment"), "T" => says("author"), "Popup" => self.windows[at],
            "P" => self.pages[at], "AP" => looks.clone(),
        };
        self.add(self.comments[at], annotation("Text", &comment));
        let window = dictionary! { "Parent" => self.comments[at], "Contents" => says("window") };
        self.add(self.windows[at], annotation("Popup", &window));
        let field = dictionary! {
            "FT" => "Tx", "T" => says("field"), "V" => says("value"),
            "Kids" => vec![self.widgets[at].into()],
        };
        self.add(self.fields[at], field);
        let widget =
            dictionary! { "Parent" => self.fields[at], "P" => self.pages[at], "AP" => looks };
        self.add(self.widgets[at], annotation("Widget", &widget));
    }

    /// What both pages use: above all one list of resources.
    fn shared(&mut self) {
        self.add(self.link, annotation("Link", &dictionary! {}));
        let font =
            dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
        self.add(self.font, font);
        let form = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => place(), "Resources" => dictionary! {},
        };
        self.add(self.form, Stream::new(form, b"q Q".to_vec()));
        let resources = dictionary! {
            "Font" => dictionary! { "F" => self.font },
            "XObject" => dictionary! { "X" => self.form },
            "Properties" => dictionary! { "L0" => self.layers[0], "L1" => self.layers[1] },
        };
        let tree = dictionary! {
            "Type" => "Pages", "Kids" => self.pages.map(Object::from).to_vec(), "Count" => 2,
            "Resources" => resources,
        };
        self.add(self.tree, tree);
    }

    fn layers(&mut self) -> Dictionary {
        let [first, second] = self.layers.map(Object::from);
        let heading = vec![string("left out heading"), second.clone()];
        let heading = self.pdf.add_object(heading).into();
        let both = vec![first.clone(), second];
        let event = dictionary! {
            "Event" => "View", "Category" => vec!["View".into()], "OCGs" => both.clone(),
        };
        let default = dictionary! {
            "Order" => vec![first, heading], "RBGroups" => vec![both.clone().into()],
            "AS" => vec![event.into()], "Locked" => both.clone(), "Name" => string("left out set"),
        };
        dictionary! { "OCGs" => both, "D" => default }
    }

    fn dict(&mut self, id: ObjectId) -> &mut Dictionary {
        match self.pdf.objects.get_mut(&id).unwrap() {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &mut stream.dict,
            _ => panic!("no dictionary"),
        }
    }

    fn bytes(mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.pdf.save_to(&mut bytes).unwrap();
        bytes
    }
}

/// A bundle of some files, of each its first page.
fn first_pages(files: Vec<Vec<u8>>) -> Reader {
    let listed: Vec<(&str, &str)> =
        files.iter().map(|_| ("producers/dark.pdf", "pages = \"1\"")).collect();
    let case = Case::listing(&listed);
    for (number, file) in (1..).zip(files) {
        case.write(&format!("{number} dark.pdf"), file);
    }
    case.built().1
}

/// Every key that can name a page or an annotation, and some that nobody knows.
const KEYS: [&str; 36] = [
    "P",
    "Parent",
    "Popup",
    "IRT",
    "Kids",
    "Next",
    "Prev",
    "Dest",
    "A",
    "AA",
    "PA",
    "T",
    "D",
    "SD",
    "Dests",
    "Annotation",
    "Annot",
    "Annots",
    "Obj",
    "Pg",
    "Ref",
    "Reference",
    "B",
    "Thumb",
    "Trans",
    "PresSteps",
    "SpiderInfo",
    "ExData",
    "StructParent",
    "Beads",
    "Threads",
    "Movie",
    "TemplateInstantiated",
    "Unknown",
    "DPart",
    "Metadata",
];

/// What a key says that leads to an object of the page left out.
fn leading(key: &str, to: Object) -> Object {
    match key {
        "A" | "AA" | "PA" => dictionary! {
            "S" => "GoTo", "D" => vec![to.clone(), "Fit".into()], "Next" => to.clone(),
            "Annotation" => to.clone(), "T" => to,
        }
        .into(),
        "Kids" | "Dest" | "Annots" | "B" | "Next" | "Beads" | "Threads" => {
            vec![to, "Fit".into()].into()
        }
        _ => to,
    }
}

/// A file of which all that stands on its first page leads to something of the second by a key.
fn led_by(key: &str, target: impl Fn(&Two) -> ObjectId) -> Vec<u8> {
    let mut two = Two::new();
    let value = leading(key, target(&two).into());
    let [page, comment, window, widget, field] =
        [two.pages, two.comments, two.windows, two.widgets, two.fields].map(|both| both[0]);
    for holder in [page, comment, window, widget, field, two.link, two.form] {
        let is_own = match key {
            // The way to the value of the field, and to the page's own annotations.
            "Parent" => [widget, page, field].contains(&holder),
            "Annots" => holder == page,
            "T" | "Kids" => holder == field,
            _ => false,
        };
        if !is_own {
            two.dict(holder).set(key, value.clone());
        }
    }
    two.bytes()
}

#[test]
fn nothing_of_a_page_left_out_comes_along_by_any_key() {
    let targets: [fn(&Two) -> ObjectId; 6] = [
        |two| two.pages[1],
        |two| two.comments[1],
        |two| two.windows[1],
        |two| two.widgets[1],
        |two| two.looks[1],
        |two| two.contents[1],
    ];
    let files = KEYS.iter().flat_map(|key| targets.map(|target| led_by(key, target)));
    let reader = first_pages(files.collect());
    for what in ["content", "comment", "value", "look", "layer"] {
        assert!(reader.holds(&format!("taken {what}")), "{what}");
    }
    for what in [
        "content", "look", "comment", "author", "window", "value", "field", "layer", "heading",
        "set",
    ] {
        assert!(!reader.holds(&format!("left out {what}")), "{what}");
    }
}

#[test]
fn the_value_of_a_field_survives_its_places_on_other_pages() {
    // One field with a place on each page.
    let mut one = Two::new();
    let [field, other] = one.fields;
    let widgets = one.widgets;
    one.dict(field).set("Kids", widgets.map(Object::from).to_vec());
    one.dict(widgets[1]).set("Parent", field);
    one.pdf.objects.remove(&other);
    // A field that is its own place on the page left out, and has another on the page taken.
    let mut merged = Two::new();
    let [place, holder] = merged.widgets;
    merged.dict(place).set("Parent", holder);
    merged.dict(holder).remove(b"Parent");
    let own = dictionary! {
        "FT" => "Tx", "T" => string("merged"), "V" => string("merged value"), "Kids" => vec![place.into()],
    };
    merged.dict(holder).extend(&own);
    let catalog = merged.pdf.catalog_mut().unwrap();
    catalog.set("AcroForm", dictionary! { "Fields" => vec![holder.into()] });
    let reader = first_pages(vec![one.bytes(), merged.bytes()]);
    let fields = reader.fields();
    let values: Vec<&str> = fields.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(values, ["taken value", "merged value"]);
    for word in ["left out look", "left out value", "left out comment"] {
        assert!(!reader.holds(word), "{word}");
    }
}

#[test]
fn fields_that_no_list_names_bring_none_of_another_page() {
    let mut two = Two::new();
    let parent = two.pdf.add_object(dictionary! {
        "T" => string("both"), "Kids" => two.fields.map(Object::from).to_vec(),
    });
    for field in two.fields {
        two.dict(field).set("Parent", parent);
    }
    let other = two.pdf.add_object(dictionary! { "FT" => "Tx", "T" => string("listed") });
    let catalog = two.pdf.catalog_mut().unwrap();
    catalog.set("AcroForm", dictionary! { "Fields" => vec![other.into()] });
    let reader = first_pages(vec![two.bytes()]);
    assert!(reader.holds("taken value"));
    assert!(!reader.holds("left out field") && !reader.holds("left out value"));
}

#[test]
fn bookmarks_and_names_of_pages_left_out_stay_behind() {
    let mut two = Two::new();
    let [first, second] = two.pages.map(|page| vec![page.into(), "Fit".into()]);
    let [root, above, below] = [(); 3].map(|()| two.pdf.new_object_id());
    let objects = [
        (root, dictionary! { "Type" => "Outlines", "First" => above, "Last" => above }),
        (
            above,
            dictionary! {
                "Title" => string("left out bookmark"), "Parent" => root, "Dest" => second.clone(),
                "First" => below, "Last" => below,
            },
        ),
        (
            below,
            dictionary! {
                "Title" => string("taken bookmark"), "Parent" => above, "Dest" => first.clone(),
            },
        ),
    ];
    two.pdf.objects.extend(objects.map(|(id, dict)| (id, dict.into())));
    let names = vec![string("left out name"), second.into(), string("taken name"), first.into()];
    let catalog = two.pdf.catalog_mut().unwrap();
    catalog.set("Outlines", root);
    catalog.set("Names", dictionary! { "Dests" => dictionary! { "Names" => names } });
    let reader = first_pages(vec![two.bytes()]);
    assert!(reader.holds("taken bookmark") && reader.holds("taken name"));
    assert!(!reader.holds("left out bookmark") && !reader.holds("left out name"));
}

#[test]
fn a_layer_that_a_link_switches_comes_along_with_its_own_page_only() {
    let mut two = Two::new();
    let (link, layers) = (two.link, two.layers);
    let state = vec!["Toggle".into(), layers[0].into(), layers[1].into()];
    two.dict(link).set("A", dictionary! { "S" => "SetOCGState", "State" => state });
    let reader = first_pages(vec![two.bytes()]);
    assert_eq!(reader.layers(), [("taken layer".to_owned(), false)]);
    assert!(!reader.holds("left out layer"));
}

#[test]
fn a_comment_taken_off_its_page_does_not_come_back_by_an_answer_to_it() {
    let mut two = Two::new();
    let [page, comment] = [two.pages[0], two.comments[0]];
    let deleted =
        two.pdf.add_object(annotation("Text", &dictionary! { "Contents" => string("deleted") }));
    two.dict(comment).set("IRT", deleted);
    two.dict(page).set("Annots", vec![comment.into()]);
    let case = Case::listing(&[("producers/dark.pdf", "")]);
    case.write("1 dark.pdf", two.bytes());
    let reader = case.built().1;
    assert!(reader.holds("taken comment") && !reader.holds("deleted"));
}
