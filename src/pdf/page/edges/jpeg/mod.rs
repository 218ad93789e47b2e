//! Parts of a JPEG picture, exactly as they are: what lies elsewhere is passed over bit by bit, which
//! takes a small part of the time that it takes to decode the whole picture.
//!
//! Scanned pages are JPEGs of one kind, and this reads no other (ITU T.81, the baseline process in one
//! scan); all others, and those with any fault, are left to the decoder of the renderer.

mod bits;
mod block;
mod codes;
mod entropy;
mod header;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use self::bits::Bits;
use self::codes::Codes;
use self::entropy::Entropy;

/// The order in which coefficients are stored (ITU T.81, figure A.6), as places in rows of eight.
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// A picture that can be read in parts.
pub(super) struct Jpeg {
    pub(super) width: u32,
    pub(super) height: u32,
    components: Vec<Component>,
    /// After how many units the differences begin anew; 0 for never.
    restart: u32,
    entropy: Entropy,
}

struct Component {
    /// Blocks of a unit, across and down.
    across: u32,
    down: u32,
    /// What each coefficient counts, in rows of eight.
    steps: [u16; 64],
    first: Rc<Codes>,
    others: Rc<Codes>,
}

impl Component {
    /// How bright a block is on average.
    #[allow(clippy::cast_precision_loss, reason = "eleven bits")]
    fn brightness(&self, level: i32) -> f32 {
        level as f32 * f32::from(self.steps[0]) / 8.0 + 128.0
    }
}

/// A rectangle of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) right: u32,
    pub(super) bottom: u32,
}

/// A picture much smaller than it is: one level of brightness for each unit, in rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Coarse {
    pub(crate) columns: u32,
    pub(crate) rows: u32,
    pub(crate) levels: Vec<u8>,
}

/// The points of an area, in rows.
#[derive(Debug)]
pub(super) struct JpegPart {
    pub(super) area: Area,
    /// One for grey, three for red, green and blue.
    pub(super) channels: usize,
    pub(super) data: Vec<u8>,
}

impl Jpeg {
    /// `None` for a kind of JPEG that is not read here.
    pub(super) fn new(data: &[u8]) -> Option<Self> {
        let mut jpeg = header::read(data)?;
        if let [only] = jpeg.components.as_mut_slice() {
            // A component that stands alone is not interleaved (ITU T.81, A.2.2).
            (only.across, only.down) = (1, 1);
        }
        Some(jpeg)
    }

    /// The number of components: one for grey, three for colour.
    pub(super) fn channels(&self) -> usize {
        self.components.len()
    }

    /// The points of some areas, each cut to the picture; `None` where the file has a fault before the
    /// end of the last. Where the whole picture is wanted as well, how bright each unit of it is on average; `None`
    /// where the file has a fault.
    pub(super) fn read(
        &self,
        areas: &[Area],
        whole: bool,
    ) -> (Option<Vec<JpegPart>>, Option<Coarse>) {
        let mut parts: Vec<JpegPart> = areas.iter().map(|area| self.blank(*area)).collect();
        let last = parts.iter().map(|part| part.area.bottom).max();
        let end = if whole { self.height } else { last.unwrap_or(0) };
        let (across, down) = self.unit();
        let mut levels = Vec::new();
        let mut reader = ScanReader::new(self);
        let tops = (0..end).step_by(down as usize);
        let read = tops.take_while(|top| reader.row(*top, &mut parts, &mut levels).is_some());
        let sound = u32::try_from(read.count()).unwrap_or(u32::MAX).saturating_mul(down);
        let (columns, rows) = (self.width.div_ceil(across), self.height.div_ceil(down));
        let coarse = (whole && sound >= self.height).then_some(Coarse { columns, rows, levels });
        (last.filter(|last| sound >= *last).map(|_| parts), coarse)
    }

    /// The size of a unit, in points.
    fn unit(&self) -> (u32, u32) {
        let across = self.components.iter().map(|component| component.across);
        let down = self.components.iter().map(|component| component.down);
        (8 * across.max().unwrap_or(1), 8 * down.max().unwrap_or(1))
    }

    fn blank(&self, area: Area) -> JpegPart {
        let area = Area {
            left: area.left.min(self.width),
            top: area.top.min(self.height),
            right: area.right.min(self.width),
            bottom: area.bottom.min(self.height),
        };
        let points = area.width() as usize * area.height() as usize;
        JpegPart { area, channels: self.channels(), data: vec![u8::MAX; points * self.channels()] }
    }
}

impl Area {
    pub(super) fn width(self) -> u32 {
        self.right.saturating_sub(self.left)
    }

    pub(super) fn height(self) -> u32 {
        self.bottom.saturating_sub(self.top)
    }

    fn overlaps(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// The points of one unit: up to four blocks of each component, in rows of sixteen.
struct Unit([[f32; 256]; 3]);

impl Default for Unit {
    fn default() -> Self {
        Self([[0.0; 256]; 3])
    }
}

struct ScanReader<'a> {
    jpeg: &'a Jpeg,
    bits: Bits<'a>,
    /// The first coefficient of the last block of each component.
    levels: [i32; 3],
    unit: Unit,
    /// Units read so far.
    passed: u32,
    /// How bright the blocks of the last unit are together.
    brightness: f32,
}

impl<'a> ScanReader<'a> {
    fn new(jpeg: &'a Jpeg) -> Self {
        Self {
            jpeg,
            bits: Bits::new(&jpeg.entropy),
            levels: [0; 3],
            unit: Unit::default(),
            passed: 0,
            brightness: 0.0,
        }
    }

    /// Reads a row of units: fills what of the parts stands there, and adds how bright each unit is.
    fn row(&mut self, top: u32, parts: &mut [JpegPart], levels: &mut Vec<u8>) -> Option<()> {
        let jpeg = self.jpeg;
        let (across, down) = jpeg.unit();
        let in_row = |part: &JpegPart| part.area.top < top + down && top < part.area.bottom;
        let row_matters = parts.iter().any(in_row);
        let brightness = jpeg.components.first()?;
        #[allow(clippy::cast_precision_loss, reason = "one to four")]
        let blocks = (brightness.across * brightness.down) as f32;
        for left in (0..jpeg.width).step_by(across as usize) {
            self.restart()?;
            let unit = Area { left, top, right: left + across, bottom: top + down };
            if row_matters && parts.iter().any(|part| part.area.overlaps(unit)) {
                self.read(&jpeg.components)?;
                for part in &mut *parts {
                    part.fill(unit, &self.unit, &jpeg.components);
                }
            } else {
                self.pass_over(&jpeg.components)?;
            }
            levels.push(block::level(self.brightness / blocks));
        }
        self.bits.is_sound().then_some(())
    }

    /// Begins anew where differences do.
    fn restart(&mut self) -> Option<()> {
        let restart = self.jpeg.restart;
        if restart > 0 && self.passed > 0 && self.passed.is_multiple_of(restart) {
            self.bits.restart()?;
            self.levels = [0; 3];
        }
        self.passed += 1;
        self.brightness = 0.0;
        Some(())
    }

    fn pass_over(&mut self, components: &[Component]) -> Option<()> {
        let parts = components.iter().zip(&mut self.levels).enumerate();
        for (index, (component, level)) in parts {
            for _ in 0..component.across * component.down {
                let difference = self.bits.pass_over(&component.first, &component.others)?;
                *level = level.wrapping_add(difference);
                if index == 0 {
                    self.brightness += component.brightness(*level);
                }
            }
        }
        Some(())
    }

    fn read(&mut self, components: &[Component]) -> Option<()> {
        let parts = components.iter().zip(&mut self.levels).zip(&mut self.unit.0).enumerate();
        for (index, ((component, level), points)) in parts {
            for block in 0..component.across * component.down {
                let mut coefficients = [0; 64];
                let difference = self.bits.difference(&component.first)?;
                *level = level.wrapping_add(difference);
                self.bits.read(&component.others, &mut coefficients)?;
                if let Some(first) = coefficients.first_mut() {
                    *first = *level;
                }
                if index == 0 {
                    self.brightness += component.brightness(*level);
                }
                let rows = block::points(&coefficients, &component.steps);
                let (left, top) = (block % component.across * 8, block / component.across * 8);
                for (row, values) in rows.as_chunks::<8>().0.iter().enumerate() {
                    let from = (top as usize + row) * 16 + left as usize;
                    points.get_mut(from..from + 8)?.copy_from_slice(values);
                }
            }
        }
        Some(())
    }
}

impl JpegPart {
    /// Takes what of a unit belongs to this part.
    fn fill(&mut self, from: Area, unit: &Unit, components: &[Component]) {
        let (across, down) = components.iter().fold((1, 1), |(across, down), component| {
            (across.max(component.across), down.max(component.down))
        });
        let Area { left, top, .. } = self.area;
        for y in from.top.max(top)..from.bottom.min(self.area.bottom) {
            for x in from.left.max(left)..from.right.min(self.area.right) {
                let mut values = [0.0; 3];
                for ((value, points), component) in values.iter_mut().zip(&unit.0).zip(components) {
                    let column = (x - from.left) * component.across / across;
                    let row = (y - from.top) * component.down / down;
                    *value = points.get((row * 16 + column) as usize).copied().unwrap_or(0.0);
                }
                let place = (y - top) as usize * self.area.width() as usize + (x - left) as usize;
                let point = self.data.get_mut(place * self.channels..).unwrap_or_default();
                match point {
                    [grey, ..] if self.channels == 1 => *grey = block::level(values[0]),
                    [red, green, blue, ..] => [*red, *green, *blue] = block::colour(values),
                    _ => {}
                }
            }
        }
    }
}
