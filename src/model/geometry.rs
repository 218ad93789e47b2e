//! Rectangles, matrices and page boxes, in the coordinate systems of ISO 32000-2, 8.3.
//!
//! *User space* is what a page's own operators use. *Displayed space* is the page as a person sees
//! it: rotated by `/Rotate`, cut to the crop box, measured in points of 1/72 inch from the lower
//! left corner.

/// A rectangle with its corners in order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub left: f64,
    /// The lower edge.
    pub bottom: f64,
    /// The right edge.
    pub right: f64,
    /// The upper edge.
    pub top: f64,
}

impl Rect {
    /// The rectangle between two opposite corners, whichever they are.
    pub fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        Self { left: x0.min(x1), bottom: y0.min(y1), right: x0.max(x1), top: y0.max(y1) }
    }

    /// The extent in x.
    pub fn width(self) -> f64 {
        self.right - self.left
    }

    /// The extent in y.
    pub fn height(self) -> f64 {
        self.top - self.bottom
    }

    /// It with so much more on every side.
    pub fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            bottom: self.bottom - by,
            right: self.right + by,
            top: self.top + by,
        }
    }

    /// The area.
    pub fn area(self) -> f64 {
        self.width() * self.height()
    }

    /// Whether a point lies within, or on an edge.
    pub fn contains(self, (x, y): (f64, f64)) -> bool {
        x >= self.left && x <= self.right && y >= self.bottom && y <= self.top
    }

    /// The point in its middle.
    pub fn middle(self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.bottom, self.top))
    }

    /// Whether two rectangles have no point in common. One that is no number lies apart from nothing.
    pub fn is_apart_from(self, other: Self) -> bool {
        self.right < other.left
            || other.right < self.left
            || self.top < other.bottom
            || other.top < self.bottom
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            bottom: self.bottom.min(other.bottom),
            right: self.right.max(other.right),
            top: self.top.max(other.top),
        }
    }

    /// What two rectangles have in common, where that has an area.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let common = Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        };
        (common.width() > 0.0 && common.height() > 0.0).then_some(common)
    }
}

/// A matrix `[a b c d e f]` that maps row vectors (ISO 32000-2, 8.3.3).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matrix(pub [f64; 6]);

impl Matrix {
    /// The matrix that changes nothing.
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This matrix first, the other one after it.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let [na, nb, nc, nd, ..] = next.0;
        let (e, f) = next.apply(e, f);
        Self([a * na + b * nc, a * nb + b * nd, c * na + d * nc, c * nb + d * nd, e, f])
    }

    /// The smallest upright rectangle around where a rectangle goes, however it is turned or slanted;
    /// `None` where a corner has no finite place.
    pub fn bounds(self, rect: Rect) -> Option<Rect> {
        let (left, bottom, right, top) = (rect.left, rect.bottom, rect.right, rect.top);
        let corners = [(left, bottom), (right, bottom), (right, top), (left, top)];
        let corners = corners.map(|(x, y)| self.apply(x, y));
        let sound = corners.iter().all(|(x, y)| x.is_finite() && y.is_finite());
        let [(x, y), rest @ ..] = corners;
        let first = Rect::new(x, y, x, y);
        sound.then(|| {
            rest.iter().fold(first, |bounds, (x, y)| bounds.join(Rect::new(*x, *y, *x, *y)))
        })
    }

    /// Where a point goes.
    pub fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The matrix that leads back; `None` for one that flattens.
    pub fn inverse(self) -> Option<Self> {
        let [a, b, c, d, e, f] = self.0;
        let area = a * d - b * c;
        (area.abs() > 1e-12).then(|| {
            Self([
                d / area,
                -b / area,
                -c / area,
                a / area,
                (c * f - d * e) / area,
                (b * e - a * f) / area,
            ])
        })
    }

    /// The bounding box of where a rectangle goes.
    pub fn apply_to_rect(self, rect: Rect) -> Rect {
        let (x0, y0) = self.apply(rect.left, rect.bottom);
        let (x1, y1) = self.apply(rect.right, rect.top);
        Rect::new(x0, y0, x1, y1)
    }
}

/// The four turns that `/Rotate` allows, clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rotation {
    /// Upright.
    #[default]
    None,
    /// A quarter turn clockwise.
    Quarter,
    /// Upside down.
    Half,
    /// A quarter turn anticlockwise.
    ThreeQuarters,
}

impl Rotation {
    /// The turn for a value of `/Rotate`; values that are not multiples of 90 count as 0, as
    /// readers take them.
    pub fn from_degrees(degrees: i64) -> Self {
        match degrees.rem_euclid(360) {
            90 => Self::Quarter,
            180 => Self::Half,
            270 => Self::ThreeQuarters,
            _ => Self::None,
        }
    }

    /// The value of `/Rotate`.
    pub fn degrees(self) -> i64 {
        match self {
            Self::None => 0,
            Self::Quarter => 90,
            Self::Half => 180,
            Self::ThreeQuarters => 270,
        }
    }
}

/// The boxes of one page, inherited values and defaults filled in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageBox {
    /// `/MediaBox`, in user space.
    pub media: Rect,
    /// `/CropBox` cut to the media box, in user space: what is displayed.
    pub crop: Rect,
    /// `/Rotate`.
    pub rotation: Rotation,
    /// `/UserUnit`: the size of one unit of user space in points.
    pub user_unit: f64,
}

/// US Letter, which readers assume where no box can be had.
const DEFAULT_BOX: Rect = Rect { left: 0.0, bottom: 0.0, right: 612.0, top: 792.0 };

impl PageBox {
    /// What the bundle displays of a page that states these boxes, whoever reads them, and whether any had to be made
    /// up. A box without an area counts as absent, and a crop box outside of the media box crops nothing.
    pub fn displayed(
        media: Option<Rect>,
        crop: Option<Rect>,
        rotation: Rotation,
        user_unit: f64,
    ) -> (Self, bool) {
        let has_area = |rect: &Rect| {
            let corners = [rect.left, rect.bottom, rect.right, rect.top];
            corners.into_iter().all(f64::is_finite) && rect.width() > 0.0 && rect.height() > 0.0
        };
        let stated = media.filter(has_area);
        let media = stated.unwrap_or(DEFAULT_BOX);
        let cropped = crop.filter(has_area).map(|crop| crop.intersection(media));
        let boxes = Self {
            media,
            crop: cropped.flatten().unwrap_or(media),
            rotation,
            user_unit: if user_unit.is_finite() && user_unit > 0.0 { user_unit } else { 1.0 },
        };
        (boxes, stated.is_none() || cropped == Some(None))
    }

    /// The displayed width and height in points.
    pub fn displayed_size(self) -> (f64, f64) {
        let (width, height) =
            (self.crop.width() * self.user_unit, self.crop.height() * self.user_unit);
        match self.rotation {
            Rotation::None | Rotation::Half => (width, height),
            Rotation::Quarter | Rotation::ThreeQuarters => (height, width),
        }
    }

    /// The matrix from displayed space to user space.
    pub fn displayed_to_user(self) -> Matrix {
        let unit = 1.0 / self.user_unit;
        let Rect { left, bottom, right, top } = self.crop;
        Matrix(match self.rotation {
            Rotation::None => [unit, 0.0, 0.0, unit, left, bottom],
            Rotation::Quarter => [0.0, unit, -unit, 0.0, right, bottom],
            Rotation::Half => [-unit, 0.0, 0.0, -unit, right, top],
            Rotation::ThreeQuarters => [0.0, -unit, unit, 0.0, left, top],
        })
    }

    /// The matrix from user space to displayed space; `None` where the page has no size.
    pub fn user_to_displayed(self) -> Option<Matrix> {
        self.displayed_to_user().inverse()
    }

    /// The point of user space that is displayed at the top left corner.
    pub fn displayed_top_left(self) -> (f64, f64) {
        let (_, height) = self.displayed_size();
        self.displayed_to_user().apply(0.0, height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rotation: Rotation) -> PageBox {
        PageBox {
            media: Rect::new(-50.0, 100.0, 150.0, 400.0),
            crop: Rect::new(-40.0, 110.0, 140.0, 390.0),
            rotation,
            user_unit: 2.0,
        }
    }

    #[test]
    fn displayed_corners_land_on_the_corners_of_the_crop_box() {
        for (rotation, lower_left, upper_right) in [
            (Rotation::None, (-40.0, 110.0), (140.0, 390.0)),
            (Rotation::Quarter, (140.0, 110.0), (-40.0, 390.0)),
            (Rotation::Half, (140.0, 390.0), (-40.0, 110.0)),
            (Rotation::ThreeQuarters, (-40.0, 390.0), (140.0, 110.0)),
        ] {
            let page = page(rotation);
            let (width, height) = page.displayed_size();
            let matrix = page.displayed_to_user();
            assert_eq!(matrix.apply(0.0, 0.0), lower_left, "{rotation:?}");
            assert_eq!(matrix.apply(width, height), upper_right, "{rotation:?}");
            let (x, y) = page.user_to_displayed().unwrap().apply(upper_right.0, upper_right.1);
            assert!((x - width).abs() < 1e-9 && (y - height).abs() < 1e-9, "{rotation:?}");
        }
    }

    #[test]
    fn a_box_that_cannot_be_counts_as_absent() {
        let a4 = Rect::new(0.0, 0.0, 595.0, 842.0);
        let displayed = |media, crop| {
            let (page, made_up) = PageBox::displayed(media, crop, Rotation::None, 1.0);
            (page.crop, made_up)
        };
        let nothing = Rect::new(100.0, 100.0, 100.0, 100.0);
        let beside = Rect::new(1000.0, 1000.0, 1500.0, 1500.0);
        let half = Rect::new(-10.0, 0.0, 595.0, 421.0);
        assert_eq!(displayed(Some(a4), Some(nothing)), (a4, false));
        assert_eq!(displayed(Some(a4), Some(beside)), (a4, true));
        let within = Rect::new(0.0, 0.0, 595.0, 421.0);
        assert_eq!(displayed(Some(a4), Some(half)), (within, false));
        assert_eq!(displayed(Some(nothing), None), (DEFAULT_BOX, true));
        assert_eq!(displayed(None, None), (DEFAULT_BOX, true));
    }

    #[test]
    fn a_turned_page_swaps_its_sides() {
        assert_eq!(page(Rotation::None).displayed_size(), (360.0, 560.0));
        assert_eq!(page(Rotation::Quarter).displayed_size(), (560.0, 360.0));
    }

    #[test]
    fn odd_rotations_count_as_readers_count_them() {
        assert_eq!(Rotation::from_degrees(-90), Rotation::ThreeQuarters);
        assert_eq!(Rotation::from_degrees(450), Rotation::Quarter);
        assert_eq!(Rotation::from_degrees(45), Rotation::None);
    }
}
