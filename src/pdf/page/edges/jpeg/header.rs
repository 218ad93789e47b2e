//! What stands before the entropy-coded part of a JPEG (ITU T.81, annex B).

use std::rc::Rc;

use super::codes::Codes;
use super::entropy::Entropy;
use super::{Component, Jpeg, ZIGZAG};

/// The tables read so far.
#[derive(Default)]
struct JpegTables {
    steps: [Option<[u16; 64]>; 4],
    first: [Option<Rc<Codes>>; 4],
    others: [Option<Rc<Codes>>; 4],
    restart: u32,
    /// Whether a file that states its colours says that they are luminance and chrominances.
    colours: Option<bool>,
}

/// One component as the frame states it: its identifier, its samples across and down, its steps.
type Stated = (u8, u32, u32, usize);

/// Reads the header of a file of the baseline process, in one scan, with one component or with three
/// that are luminance and chrominances; `None` for any other, which is not to say that it is damaged.
pub(super) fn read(data: &[u8]) -> Option<Jpeg> {
    let mut rest = data.strip_prefix(&[0xFF, 0xD8])?;
    let mut tables = JpegTables::default();
    let mut frame = None;
    loop {
        let (marker, segment, behind) = segment(rest)?;
        rest = behind;
        match marker {
            0xC0 | 0xC1 => frame = Some(read_frame(segment)?),
            0xC4 => read_codes(segment, &mut tables)?,
            0xDB => read_steps(segment, &mut tables)?,
            0xDD => tables.restart = u32::from(number(segment)?),
            0xEE if segment.starts_with(b"Adobe") => {
                tables.colours = Some(*segment.get(11)? == 1);
            }
            0xDA => return scan(segment, frame?, &tables, rest),
            // Comments and what programs add.
            0xE0..=0xEF | 0xFE => {}
            _ => return None,
        }
    }
}

/// The next marker, what belongs to it, and what follows.
fn segment(data: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let mut data = data.strip_prefix(&[0xFF])?;
    while let Some(behind) = data.strip_prefix(&[0xFF]) {
        data = behind;
    }
    let (marker, data) = data.split_first()?;
    let (segment, behind) = data.split_at_checked(usize::from(number(data)?))?;
    Some((*marker, segment.get(2..)?, behind))
}

fn number(data: &[u8]) -> Option<u16> {
    Some(u16::from_be_bytes(*data.first_chunk()?))
}

fn read_frame(segment: &[u8]) -> Option<(u32, u32, Vec<Stated>)> {
    let (8, Some(height), Some(width)) =
        (*segment.first()?, number(segment.get(1..)?), number(segment.get(3..)?))
    else {
        return None;
    };
    let count = usize::from(*segment.get(5)?);
    let stated = segment.get(6..)?.as_chunks::<3>().0;
    let components: Vec<Stated> = stated
        .iter()
        .map(|[id, sampling, table]| {
            let (across, down) = (sampling >> 4, sampling & 15);
            (*id, across.into(), down.into(), usize::from(*table))
        })
        .collect();
    let known = |(_, across, down, _): &Stated| (1..=2).contains(across) && (1..=2).contains(down);
    (matches!(count, 1 | 3) && components.len() == count && components.iter().all(known))
        .then_some((width.into(), height.into(), components))
}

fn read_codes(mut segment: &[u8], tables: &mut JpegTables) -> Option<()> {
    while let Some((kind, rest)) = segment.split_first() {
        let (counts, rest) = rest.split_at_checked(16)?;
        let symbols = counts.iter().map(|count| usize::from(*count)).sum();
        let (symbols, rest) = rest.split_at_checked(symbols)?;
        let set = match kind >> 4 {
            0 => &mut tables.first,
            1 => &mut tables.others,
            _ => return None,
        };
        *set.get_mut(usize::from(kind & 15))? = Some(Codes::of(counts, symbols)?);
        segment = rest;
    }
    Some(())
}

fn read_steps(mut segment: &[u8], tables: &mut JpegTables) -> Option<()> {
    while let Some((kind, rest)) = segment.split_first() {
        let bytes = if kind >> 4 == 0 { 1 } else { 2 };
        let (values, rest) = rest.split_at_checked(64 * bytes)?;
        let mut steps = [0; 64];
        for (value, place) in values.chunks(bytes).zip(ZIGZAG) {
            let value = value.iter().fold(0, |all, byte| all << 8 | u16::from(*byte));
            *steps.get_mut(usize::from(place))? = value;
        }
        *tables.steps.get_mut(usize::from(kind & 15))? = Some(steps);
        segment = rest;
    }
    Some(())
}

fn scan(
    segment: &[u8],
    (width, height, stated): (u32, u32, Vec<Stated>),
    tables: &JpegTables,
    data: &[u8],
) -> Option<Jpeg> {
    let (count, rest) = segment.split_first()?;
    let (chosen, process) = rest.split_at_checked(2 * usize::from(*count))?;
    if usize::from(*count) != stated.len() || process != [0, 63, 0] || width == 0 || height == 0 {
        return None;
    }
    // Files that say nothing mean luminance and chrominances, but for those that name the colours.
    let names_colours = stated.iter().map(|stated| stated.0).eq(*b"RGB");
    if stated.len() == 3 && !tables.colours.unwrap_or(!names_colours) {
        return None;
    }
    let components = stated
        .iter()
        .zip(chosen.as_chunks::<2>().0)
        .map(|((id, across, down, steps), [chosen, codes])| {
            let codes = (usize::from(codes >> 4), usize::from(codes & 15));
            (id == chosen).then_some(())?;
            Some(Component {
                across: *across,
                down: *down,
                steps: (*tables.steps.get(*steps)?)?,
                first: tables.first.get(codes.0)?.clone()?,
                others: tables.others.get(codes.1)?.clone()?,
            })
        })
        .collect::<Option<Vec<_>>>()?;
    Some(Jpeg { width, height, components, restart: tables.restart, entropy: Entropy::new(data) })
}
