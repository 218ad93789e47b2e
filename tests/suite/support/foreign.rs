//! A bundle as another program might have made it: an index on the first page, documents of typed text, numbers in the
//! foot, bookmarks; each part can be altered before it is written.

use std::fmt::Write as _;

/// The name under which the rules want such a bundle.
pub const NAME: &str = "R v Doe 2026-03-02.pdf";

/// A row of the index.
#[derive(Clone)]
pub struct Row {
    pub title: String,
    /// The pages, as written.
    pub pages: String,
    /// The page that its link leads to, from 1.
    pub leads: usize,
}

/// A page: what is drawn on it, and what is drawn in its foot.
#[derive(Clone)]
pub struct Page {
    pub content: String,
    pub number: String,
    /// Whether a scan lies below it: light paper with dark lines, the foot left free.
    pub scan: bool,
    /// What is drawn last, over the number.
    pub over: String,
}

/// A bundle before it is written.
#[derive(Clone)]
pub struct Foreign {
    pub rows: Vec<Row>,
    /// Titles, and pages from 1.
    pub bookmarks: Vec<(String, usize)>,
    /// The pages behind the index.
    pub pages: Vec<Page>,
    /// The number of the page of the index.
    pub index_number: String,
}

/// Draws the scan.
pub const SCAN: &str = "q 595 0 0 842 0 0 cm /Scan Do Q\n";

/// Titles of documents with what they say.
pub const DOCUMENTS: [(&str, &str); 5] = [
    (
        "Statement of Alma Quill",
        "My name is Alma Quill and I keep the bakery in Harbour Street. On Tuesday evening a man came to the counter, \
         asked for two loaves and left without paying. He wore a green coat and carried an umbrella. I called after him",
    ),
    (
        "Report on the umbrella",
        "The laboratory received one umbrella with a wooden handle. Fibres of green wool were found between the ribs. \
         The handle was swabbed for comparison and the samples were sent to the forensic provider in a sealed bag",
    ),
    (
        "Record of interview with Perry Doe",
        "The interview began at ten in the morning with a solicitor present. Asked where he had been that evening Doe \
         answered that he had been at the cinema with his sister. He denied that he had ever owned a coat of that kind",
    ),
    (
        "Bank records of March",
        "The account was opened in the spring and shows weekly payments of wages, a standing order for rent, and card \
         payments at several shops. No payment to a bakery is recorded in the period that the officer asked about",
    ),
    (
        "Map of Harbour Street",
        "The sketch was drawn by the officer on the day after the theft and shows the shop, the crossing beside it and \
         the place where the camera hangs. Distances were paced and are given to the nearest yard for the jury",
    ),
];

impl Foreign {
    /// Five documents of two pages behind one page of index, without a fault.
    pub fn clean() -> Self {
        let mut bundle = Self {
            rows: Vec::new(),
            bookmarks: vec![("Index [1]".to_owned(), 1)],
            pages: Vec::new(),
            index_number: "Page 1 of 11".to_owned(),
        };
        for (title, says) in DOCUMENTS {
            let first = bundle.pages.len() + 2;
            bundle.rows.push(Row {
                title: title.to_owned(),
                pages: format!("{first}-{}", first + 1),
                leads: first,
            });
            bundle.bookmarks.push((format!("{title} [{first}]"), first));
            let further = format!("continued. {says} and so on.");
            bundle.pages.push(Page::typed(title, says, first));
            bundle.pages.push(Page::typed("", &further, first + 1));
        }
        bundle
    }

    /// Numbers of another kind on every page, by the place of the page from 1.
    pub fn numbered(mut self, number: impl Fn(usize) -> String) -> Self {
        self.index_number = number(1);
        for (page, place) in self.pages.iter_mut().zip(2..) {
            page.number = number(place);
        }
        self
    }

    /// The file.
    pub fn write(&self) -> Vec<u8> {
        let mut objects = Objects::default();
        let first_page = 5;
        let all = self.pages.len() + 1;
        let page_id = |place: usize| first_page + place - 1;
        let first_content = first_page + all;
        let first_bookmark = first_content + all;
        let kids: Vec<String> = (1..=all).map(|place| format!("{} 0 R", page_id(place))).collect();
        objects.add(&format!(
            "<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R/OpenAction[{} 0 R/XYZ null null 1]>>",
            page_id(1)
        ));
        objects.add(&format!("<</Type/Pages/Kids[{}]/Count {all}>>", kids.join(" ")));
        objects.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
        objects.add(&format!(
            "<</Type/Outlines/First {first_bookmark} 0 R/Last {} 0 R/Count {}>>",
            first_bookmark + self.bookmarks.len() - 1,
            self.bookmarks.len()
        ));
        let scan = first_bookmark + self.bookmarks.len();
        for place in 1..=all {
            let links = match place {
                1 => self.links(page_id),
                _ => String::new(),
            };
            objects.add(&format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Annots[{links}]\
                 /Resources<</Font<</F 3 0 R>>/XObject<</Scan {scan} 0 R>>>>>>",
                first_content + place - 1
            ));
        }
        objects.add_stream("", self.index().as_bytes());
        for page in &self.pages {
            objects.add_stream("", page.draw().as_bytes());
        }
        self.add_bookmarks(&mut objects, first_bookmark, page_id);
        objects.add_stream(PICTURE, &paper());
        objects.finish()
    }

    fn add_bookmarks(&self, objects: &mut Objects, first: usize, page_id: impl Fn(usize) -> usize) {
        for (at, (title, page)) in self.bookmarks.iter().enumerate() {
            let id = first + at;
            let mut links = String::new();
            if at > 0 {
                write!(links, "/Prev {} 0 R", id - 1).unwrap();
            }
            if at + 1 < self.bookmarks.len() {
                write!(links, "/Next {} 0 R", id + 1).unwrap();
            }
            objects.add(&format!(
                "<</Title({})/Parent 4 0 R/Dest[{} 0 R/XYZ null null 0]{links}>>",
                escaped(title),
                page_id(*page)
            ));
        }
    }

    fn links(&self, page_id: impl Fn(usize) -> usize) -> String {
        let link = |(row, y): (&Row, i32)| {
            format!(
                "<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect[60 {} 540 {}]/Dest[{} 0 R/XYZ null null 0]>>",
                y - 4,
                y + 14,
                page_id(row.leads)
            )
        };
        self.rows.iter().zip((0..).map(row_height)).map(link).collect()
    }

    fn index(&self) -> String {
        let mut content = String::new();
        show(&mut content, 60, 780, 16, "Index");
        show(&mut content, 60, 740, 11, "Document");
        show(&mut content, 480, 740, 11, "Pages");
        for (row, y) in self.rows.iter().zip((0..).map(row_height)) {
            show(&mut content, 60, y, 11, &row.title);
            show(&mut content, 480, y, 11, &row.pages);
        }
        show(&mut content, 265, 30, 11, &self.index_number);
        content
    }
}

const PICTURE: &str =
    "/Type/XObject/Subtype/Image/Width 100/Height 141/ColorSpace/DeviceGray/BitsPerComponent 8";

/// Light paper with dark lines.
fn paper() -> Vec<u8> {
    (0..141)
        .flat_map(|y| (0..100).map(move |x| (x, y)))
        .map(|(x, y)| match y % 8 == 0 && y < 120 && (10..90).contains(&x) {
            true => 40,
            false => 240,
        })
        .collect()
}

fn row_height(row: i32) -> i32 {
    715 - 25 * row
}

impl Page {
    /// A page of typed text under a heading.
    pub fn typed(heading: &str, says: &str, place: usize) -> Self {
        let mut content = String::new();
        show(&mut content, 60, 780, 16, heading);
        let words: Vec<&str> = says.split_whitespace().collect();
        for (line, y) in words.chunks(10).zip((0..).map(|line| 740 - 18 * line)) {
            show(&mut content, 60, y, 11, &line.join(" "));
        }
        Self { content, number: format!("Page {place} of 11"), scan: false, over: String::new() }
    }

    fn draw(&self) -> String {
        let mut content = String::new();
        if self.scan {
            content.push_str(SCAN);
        }
        content.push_str(&self.content);
        show(&mut content, 265, 30, 11, &self.number);
        content.push_str(&self.over);
        content
    }
}

/// Appends a line of text.
pub fn show(content: &mut String, x: i32, y: i32, size: i32, text: &str) {
    if !text.is_empty() {
        writeln!(content, "BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({}) Tj ET", escaped(text)).unwrap();
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)")
}

/// The objects of a file as they are written.
#[derive(Default)]
struct Objects {
    bytes: Vec<u8>,
    places: Vec<usize>,
}

impl Objects {
    fn add(&mut self, object: &str) {
        self.begin();
        self.bytes.extend(object.as_bytes());
        self.bytes.extend(b"\nendobj\n");
    }

    fn add_stream(&mut self, keys: &str, data: &[u8]) {
        self.begin();
        self.bytes.extend(format!("<<{keys}/Length {}>>\nstream\n", data.len()).bytes());
        self.bytes.extend(data);
        self.bytes.extend(b"\nendstream\nendobj\n");
    }

    fn begin(&mut self) {
        if self.bytes.is_empty() {
            self.bytes.extend(b"%PDF-1.7\n");
        }
        self.places.push(self.bytes.len());
        let number = self.places.len();
        self.bytes.extend(format!("{number} 0 obj\n").bytes());
    }

    fn finish(mut self) -> Vec<u8> {
        let start = self.bytes.len();
        let size = self.places.len() + 1;
        let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for place in &self.places {
            writeln!(table, "{place:010} 00000 n ").unwrap();
        }
        write!(table, "trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").unwrap();
        self.bytes.extend(table.bytes());
        self.bytes
    }
}
