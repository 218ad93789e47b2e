//! How colours are laid over each other (ISO 32000-2, 11.3).

use hayro::hayro_interpret::BlendMode;

/// The colour of a point, multiplied with its opacity; all from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tint {
    rgb: [f32; 3],
    alpha: f32,
}

impl Tint {
    /// Nothing painted.
    pub(super) const CLEAR: Self = Self { rgb: [0.0; 3], alpha: 0.0 };
    /// Bare paper.
    pub(super) const PAPER: Self = Self { rgb: [1.0; 3], alpha: 1.0 };

    /// A colour with its opacity.
    pub(super) fn of([red, green, blue, alpha]: [f32; 4]) -> Self {
        Self { rgb: [red, green, blue].map(|channel| channel * alpha), alpha }
    }

    /// The same with less opacity.
    pub(super) fn faded(self, by: f32) -> Self {
        Self { rgb: self.rgb.map(|channel| channel * by), alpha: self.alpha * by }
    }

    pub(super) fn alpha(self) -> f32 {
        self.alpha
    }

    /// The same in colours that are told from its own wherever it is seen: each channel half way round.
    pub(super) fn shifted(self) -> Self {
        let half = 0.5 * self.alpha;
        let shift = |channel: f32| if channel < half { channel + half } else { channel - half };
        Self { rgb: self.rgb.map(shift), alpha: self.alpha }
    }

    /// How light it is on paper, from 0 to 255.
    pub(super) fn on_paper(self) -> u8 {
        byte(Self::PAPER.under(self, BlendMode::Normal).luminosity())
    }

    /// How light it is on black.
    pub(super) fn luminosity(self) -> f32 {
        luminosity(self.rgb)
    }

    /// How far two colours lie apart in the channel in which they differ most.
    pub(super) fn distance(self, other: Self) -> f32 {
        let channels = self.rgb.iter().zip(other.rgb);
        let channels = channels.map(|(one, other)| (one - other).abs());
        channels.fold((self.alpha - other.alpha).abs(), f32::max)
    }

    /// What is seen when something is painted over it.
    pub(super) fn under(self, source: Self, mode: BlendMode) -> Self {
        let (below, above) = (1.0 - source.alpha, 1.0 - self.alpha);
        let both = source.alpha * self.alpha;
        let mixed = match mode {
            BlendMode::Normal => source.straight(),
            _ if both > 0.0 => blend(self.straight(), source.straight(), mode),
            _ => [0.0; 3],
        };
        let mut rgb = [0.0; 3];
        let channels = self.rgb.iter().zip(source.rgb).zip(mixed);
        for (channel, ((backdrop, source), mixed)) in rgb.iter_mut().zip(channels) {
            *channel = below * backdrop + above * source + both * mixed;
        }
        Self { rgb, alpha: source.alpha + self.alpha - both }
    }

    fn straight(self) -> [f32; 3] {
        self.rgb.map(|channel| if self.alpha > 0.0 { channel / self.alpha } else { 0.0 })
    }
}

/// A level from 0 to 1 as a byte.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept to a byte")]
pub(super) fn byte(level: f32) -> u8 {
    (level.clamp(0.0, 1.0) * 255.0).round() as u8
}

fn luminosity([red, green, blue]: [f32; 3]) -> f32 {
    0.3 * red + 0.59 * green + 0.11 * blue
}

/// The result of a blend mode, `below` being the backdrop.
fn blend(below: [f32; 3], above: [f32; 3], mode: BlendMode) -> [f32; 3] {
    match mode {
        BlendMode::Hue => {
            with_luminosity(with_saturation(above, saturation(below)), luminosity(below))
        }
        BlendMode::Saturation => {
            with_luminosity(with_saturation(below, saturation(above)), luminosity(below))
        }
        BlendMode::Color => with_luminosity(above, luminosity(below)),
        BlendMode::Luminosity => with_luminosity(below, luminosity(above)),
        _ => {
            let mut mixed = above;
            for (mixed, below) in mixed.iter_mut().zip(below) {
                *mixed = blend_channel(below, *mixed, mode);
            }
            mixed
        }
    }
}

fn blend_channel(below: f32, above: f32, mode: BlendMode) -> f32 {
    match mode {
        BlendMode::Multiply => below * above,
        BlendMode::Screen => below + above - below * above,
        BlendMode::Overlay => hard_light(above, below),
        BlendMode::Darken => below.min(above),
        BlendMode::Lighten => below.max(above),
        BlendMode::ColorDodge if below <= 0.0 => 0.0,
        BlendMode::ColorDodge if above >= 1.0 => 1.0,
        BlendMode::ColorDodge => (below / (1.0 - above)).min(1.0),
        BlendMode::ColorBurn if below >= 1.0 => 1.0,
        BlendMode::ColorBurn if above <= 0.0 => 0.0,
        BlendMode::ColorBurn => 1.0 - ((1.0 - below) / above).min(1.0),
        BlendMode::HardLight => hard_light(below, above),
        BlendMode::SoftLight => soft_light(below, above),
        BlendMode::Difference => (below - above).abs(),
        BlendMode::Exclusion => below + above - 2.0 * below * above,
        _ => above,
    }
}

fn hard_light(below: f32, above: f32) -> f32 {
    if above <= 0.5 {
        return 2.0 * below * above;
    }
    let screened = 2.0 * above - 1.0;
    below + screened - below * screened
}

fn soft_light(below: f32, above: f32) -> f32 {
    if above <= 0.5 {
        return below - (1.0 - 2.0 * above) * below * (1.0 - below);
    }
    let curve =
        if below <= 0.25 { ((16.0 * below - 12.0) * below + 4.0) * below } else { below.sqrt() };
    below + (2.0 * above - 1.0) * (curve - below)
}

fn extremes(colour: [f32; 3]) -> (f32, f32) {
    let least = colour.into_iter().fold(f32::INFINITY, f32::min);
    (least, colour.into_iter().fold(f32::NEG_INFINITY, f32::max))
}

fn saturation(colour: [f32; 3]) -> f32 {
    let (least, most) = extremes(colour);
    most - least
}

fn with_saturation(colour: [f32; 3], wanted: f32) -> [f32; 3] {
    let (least, most) = extremes(colour);
    let range = most - least;
    colour.map(|channel| if range > 0.0 { (channel - least) * wanted / range } else { 0.0 })
}

fn with_luminosity(colour: [f32; 3], wanted: f32) -> [f32; 3] {
    let shift = wanted - luminosity(colour);
    let colour = colour.map(|channel| channel + shift);
    let (light, (least, most)) = (luminosity(colour), extremes(colour));
    colour.map(|channel| {
        if least < 0.0 {
            light + (channel - light) * light / (light - least)
        } else if most > 1.0 {
            light + (channel - light) * (1.0 - light) / (most - light)
        } else {
            channel
        }
    })
}
