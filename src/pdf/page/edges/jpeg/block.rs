//! From coefficients to points (ITU T.81, annex A.3.3; JFIF for colours).

use std::sync::LazyLock;

/// The eight cosines of each frequency, scaled.
static COSINES: LazyLock<[[f32; 8]; 8]> = LazyLock::new(|| {
    std::array::from_fn(|frequency| {
        std::array::from_fn(|place| {
            let (frequency, place) = (small(frequency), small(place));
            let scale = if frequency == 0.0 { 0.125_f32.sqrt() } else { 0.5 };
            scale * ((2.0 * place + 1.0) * frequency * std::f32::consts::PI / 16.0).cos()
        })
    })
});

fn small(number: usize) -> f32 {
    u8::try_from(number).map_or(0.0, f32::from)
}

/// The points of a block, in rows, from 0 to 255.
#[allow(clippy::cast_precision_loss, reason = "coefficients have at most 16 bits")]
pub(super) fn points(coefficients: &[i32; 64], steps: &[u16; 64]) -> [f32; 64] {
    let mut rows = [[0.0_f32; 8]; 8];
    for ((row, coefficients), steps) in
        rows.iter_mut().zip(coefficients.as_chunks::<8>().0).zip(steps.as_chunks::<8>().0)
    {
        for ((coefficient, step), cosines) in coefficients.iter().zip(steps).zip(&*COSINES) {
            if *coefficient != 0 {
                let coefficient = *coefficient as f32 * f32::from(*step);
                for (point, cosine) in row.iter_mut().zip(cosines) {
                    *point += coefficient * cosine;
                }
            }
        }
    }
    let mut points = [128.0_f32; 64];
    for (row, cosines) in rows.iter().zip(&*COSINES) {
        for (points, cosine) in points.as_chunks_mut::<8>().0.iter_mut().zip(cosines) {
            for (point, value) in points.iter_mut().zip(row) {
                *point += value * cosine;
            }
        }
    }
    points.map(|point| point.clamp(0.0, 255.0))
}

/// Red, green and blue of luminance and both chrominances.
pub(super) fn colour([y, blue, red]: [f32; 3]) -> [u8; 3] {
    let (blue, red) = (blue - 128.0, red - 128.0);
    [y + 1.402 * red, y - 0.344_136 * blue - 0.714_136 * red, y + 1.772 * blue].map(level)
}

/// A point as a byte.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
pub(super) fn level(point: f32) -> u8 {
    (point + 0.5).clamp(0.0, 255.0) as u8
}
