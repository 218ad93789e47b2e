use std::fs;

use proptest::prelude::*;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::*;

/// The kinds that are read, and how far a point may be from that of another decoder; colours that are
/// stored coarser than points are spread in different ways.
const READ: [(&str, u8); 7] = [
    ("grey", 1),
    ("grey-optimised", 1),
    ("grey-restarts", 1),
    ("colour-444", 2),
    ("colour-422", 60),
    ("colour-420", 60),
    ("colour-420-restarts", 60),
];

fn file(name: &str) -> Vec<u8> {
    let folder = env!("CARGO_MANIFEST_DIR");
    fs::read(format!("{folder}/fixtures/jpeg/{name}.jpg")).unwrap()
}

fn whole(data: &[u8]) -> Vec<u8> {
    let mut decoder = JpegDecoder::new(ZCursor::new(data));
    decoder.decode_headers().unwrap();
    let colour = match decoder.input_colorspace().unwrap() {
        ColorSpace::Luma => ColorSpace::Luma,
        _ => ColorSpace::RGB,
    };
    decoder.set_options(DecoderOptions::default().jpeg_set_out_colorspace(colour));
    decoder.decode().unwrap()
}

/// The points of an area, taken from those of the whole picture.
fn cut_out(points: &[u8], width: u32, channels: usize, area: Area) -> Vec<u8> {
    (area.top..area.bottom)
        .flat_map(|y| {
            let row = (y * width) as usize;
            &points[(row + area.left as usize) * channels..(row + area.right as usize) * channels]
        })
        .copied()
        .collect()
}

fn check(name: &str, tolerance: u8, area: Area) {
    let data = file(name);
    let jpeg = Jpeg::new(&data).unwrap();
    let expected = cut_out(&whole(&data), jpeg.width, jpeg.channels(), area);
    let parts = jpeg.read(&[area], false).0.unwrap();
    assert_eq!(parts[0].area, area, "{name}");
    assert_eq!(parts[0].data.len(), expected.len(), "{name}");
    let off = |(read, other): (&u8, &u8)| read.abs_diff(*other);
    let points = || parts[0].data.iter().zip(&expected);
    let worst = points().map(off).max();
    assert!(worst <= Some(tolerance), "{name}, {area:?}: off by {worst:?}");
    let sum: u64 = points().map(|point| u64::from(off(point))).sum();
    assert!(sum <= 2 * expected.len() as u64, "{name}, {area:?}: off by {sum} in all");
}

const WHOLE: Area = Area { left: 0, top: 0, right: 203, bottom: 149 };

#[test]
fn a_whole_picture_is_as_another_decoder_reads_it() {
    for (name, tolerance) in READ {
        check(name, tolerance, WHOLE);
    }
}

#[test]
fn other_kinds_are_left_to_others() {
    for name in ["progressive", "cmyk"] {
        assert!(Jpeg::new(&file(name)).is_none(), "{name}");
    }
}

#[test]
fn what_lies_beyond_the_picture_is_cut_off() {
    let data = file("grey");
    let beyond = Area { left: 190, top: 140, right: 400, bottom: 300 };
    let parts = Jpeg::new(&data).unwrap().read(&[beyond], false).0.unwrap();
    let cut = Area { right: 203, bottom: 149, ..beyond };
    assert_eq!((parts[0].area, parts[0].data.len()), (cut, 13 * 9));
}

#[test]
fn a_picture_that_was_cut_short_is_not_read() {
    for (name, _) in READ {
        let data = file(name);
        let short = &data[..data.len() * 3 / 4];
        assert!(Jpeg::new(short).unwrap().read(&[WHOLE], false).0.is_none(), "{name}");
        let top = Area { bottom: 20, ..WHOLE };
        assert!(Jpeg::new(short).unwrap().read(&[top], false).0.is_some(), "{name}");
    }
}

proptest! {
    #![proptest_config(crate::properties())]

    /// The more so where most of the picture is passed over.
    #[test]
    fn every_part_is_as_in_the_whole(
        kind in 0..READ.len(), left in 0u32..203, top in 0u32..149, width in 1u32..60, height in 1u32..40,
    ) {
        let area = Area { left, top, right: (left + width).min(203), bottom: (top + height).min(149) };
        let data = file(READ[kind].0);
        let jpeg = Jpeg::new(&data).unwrap();
        let all = jpeg.read(&[WHOLE], false).0.unwrap();
        let expected = cut_out(&all[0].data, jpeg.width, jpeg.channels(), area);
        let (parts, coarse) = jpeg.read(&[area], true);
        prop_assert_eq!(&parts.unwrap()[0].data, &expected);
        prop_assert_eq!(coarse, jpeg.read(&[], true).1);
        prop_assert_eq!(&jpeg.read(&[area], false).0.unwrap()[0].data, &expected);
    }

    #[test]
    fn damage_is_survived(
        kind in 0..READ.len(), changes in prop::collection::vec((0usize..7000, any::<u8>()), 1..20),
    ) {
        let mut data = file(READ[kind].0);
        for (at, byte) in changes {
            let length = data.len();
            data[at % length] = byte;
        }
        if let Some(jpeg) = Jpeg::new(&data) {
            let corner = Area { left: 150, top: 120, ..WHOLE };
            if let Some(parts) = jpeg.read(&[corner], false).0 {
                let area = parts[0].area;
                let points = area.width() as usize * area.height() as usize;
                prop_assert_eq!(parts[0].data.len(), points * jpeg.channels());
            }
        }
    }
}
