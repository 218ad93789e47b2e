//! The pages of a file as hayro draws them, small, to be compared with those of a bundle.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro::RenderCache;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::Number;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::Affine;

use crate::support::alone::Bundle;
use crate::support::look::{Frame, Picture, draw_with, initial};

/// Pixels for a point: 30 to the inch.
const SCALE: f64 = 30.0 / 72.0;

/// No page is drawn larger, in pixels.
const LARGEST: f64 = 800.0;

/// One page as its file has it.
pub struct Sheet {
    /// Width and height on paper, in points.
    size: (f64, f64),
    scale: f64,
    transform: Affine,
    picture: Picture,
}

/// Every page of a file; `None` where a page cannot be drawn. No pages where it cannot be opened.
pub fn sheets(bytes: &[u8]) -> Vec<Option<Sheet>> {
    let drawn = catch_unwind(|| {
        let Ok(pdf) = Pdf::new(Arc::new(bytes.to_vec())) else {
            return Vec::new();
        };
        let cache = RenderCache::new();
        let pages = pdf.pages().iter();
        pages.map(|page| catch_unwind(AssertUnwindSafe(|| sheet(page, &cache))).ok()).collect()
    });
    drawn.unwrap_or_default()
}

fn sheet<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>) -> Sheet {
    let (width, height) = page.render_dimensions();
    let scale = SCALE.min(LARGEST / f64::from(width.max(height)));
    let transform = Affine::scale(scale) * initial(page);
    Sheet {
        size: size(page),
        scale,
        transform,
        picture: draw_with(
            page,
            cache,
            transform,
            // Whole pixels only: what an edge leaves of one depends on how it is clipped.
            whole_pixels(width, scale),
            whole_pixels(height, scale),
        ),
    }
}

fn whole_pixels(length: f32, scale: f64) -> u16 {
    (f64::from(length) * scale + 1e-3).floor().max(1.0) as u16
}

fn size(page: &Page<'_>) -> (f64, f64) {
    let unit = page.raw().get::<Number>("UserUnit").map_or(1.0, |unit| unit.as_f64());
    let (width, height) = page.render_dimensions();
    (f64::from(width) * unit, f64::from(height) * unit)
}

/// What came of a comparison.
pub struct Compared {
    /// Pages of the document in the bundle.
    pub pages: usize,
    /// Those, from 1, that look as in none of the files, and in what way.
    pub different: Vec<(usize, String)>,
}

/// Compares each page of a bundle with the same page of each of some files; it must look as in one of
/// them.
pub fn compare(bundle: &Bundle, files: &[&[Option<Sheet>]]) -> Compared {
    let pdf = Pdf::new(Arc::new(bundle.bytes.clone())).unwrap();
    let cache = RenderCache::new();
    let pages = &pdf.pages()[bundle.first..];
    let mut different: Vec<(usize, String)> = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let number = bundle.numbers[index];
        let mut reasons = Vec::new();
        let alike = files.iter().any(|file| {
            // A renderer that counts fewer pages may pass over one that is listed twice.
            let same_count = file.len() == pages.len();
            let own = same_count.then(|| std::slice::from_ref(&file[index]));
            let candidates = own.unwrap_or(*file);
            candidates.iter().any(|sheet| {
                let found = match sheet {
                    Some(sheet) => differs(sheet, page, &cache, number),
                    None => Some("cannot be drawn".to_owned()),
                };
                reasons.extend(found.clone());
                found.is_none()
            })
        });
        let drawable = files.iter().any(|file| file.iter().any(Option::is_some));
        if !alike && drawable {
            different.push((index + 1, reasons.join("; ")));
        }
    }
    if let Some(fewest) = files.iter().map(|file| file.len()).min()
        && pages.len() < fewest
    {
        different.push((pages.len() + 1, format!("lost: {fewest} pages in the file")));
    }
    Compared { pages: pages.len(), different }
}

/// In what way a page of the bundle is not as a sheet, its number left out.
fn differs<'a>(
    sheet: &Sheet,
    page: &'a Page<'a>,
    cache: &RenderCache<'a>,
    number: Option<courtbundle::model::geometry::Rect>,
) -> Option<String> {
    let (now, before) = (size(page), sheet.size);
    // A very small page grows to hold its number.
    let grew = number.is_none() && now.0 > before.0 - 0.1 && now.1 > before.1 - 0.1;
    if !grew && ((now.0 - before.0).abs() > 0.1 || (now.1 - before.1).abs() > 0.1) {
        return Some(format!("{before:?} points became {now:?}"));
    }
    let picture = &sheet.picture;
    let (width, height) = (picture.width as u16, picture.height as u16);
    // A page that kept its size is drawn by its own boxes, so that a box in another place shows.
    let transform = match number {
        Some(_) => Affine::scale(sheet.scale) * initial(page),
        None => sheet.transform,
    };
    let drawn = catch_unwind(AssertUnwindSafe(|| draw_with(page, cache, transform, width, height)));
    let Ok(drawn) = drawn else {
        return Some("cannot be drawn in the bundle".to_owned());
    };
    let hidden = number.map(|number| {
        let scale = sheet.scale * f64::from(page.render_dimensions().0) / now.0;
        Frame {
            left: number.left * scale - 2.0,
            top: (now.1 - number.top) * scale - 2.0,
            right: number.right * scale + 2.0,
            bottom: (now.1 - number.bottom) * scale + 2.0,
        }
    });
    let (count, frame) = picture.difference_outside(&drawn, hidden)?;
    Some(format!("{count} pixels of {width} by {height} in {frame:?}"))
}
