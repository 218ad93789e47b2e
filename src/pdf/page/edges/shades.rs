//! What is paper, and what is ink on it.

/// Paper that was scanned is not white; what differs by less than this from its surroundings and is
/// not darker than [`DARKEST_PAPER`] is paper.
const PAPER_CONTRAST: u8 = 48;
const DARKEST_PAPER: u8 = 150;

/// The darkest and the lightest of some pixels, each by its darkest channel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shades {
    darkest: u8,
    lightest: u8,
}

impl Shades {
    pub(super) fn of(pixels: impl Iterator<Item = [u8; 3]>) -> Self {
        let blank = Self { darkest: u8::MAX, lightest: u8::MIN };
        pixels.fold(blank, |shades, pixel| {
            let low = pixel.into_iter().min().unwrap_or(u8::MAX);
            Self { darkest: shades.darkest.min(low), lightest: shades.lightest.max(low) }
        })
    }

    pub(super) fn is_printed(self) -> bool {
        self.darkest < DARKEST_PAPER || self.lightest.saturating_sub(self.darkest) > PAPER_CONTRAST
    }

    /// Whether it is printed on; `None` where shades that are off by so much could change that.
    pub(super) fn surely_printed(self, margin: u8) -> Option<bool> {
        let contrast = self.lightest.saturating_sub(self.darkest);
        if self.darkest < DARKEST_PAPER - margin || contrast > PAPER_CONTRAST + 2 * margin {
            return Some(true);
        }
        let free = self.darkest >= DARKEST_PAPER + margin
            && contrast <= PAPER_CONTRAST.saturating_sub(2 * margin);
        free.then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(pixels: impl Iterator<Item = [u8; 3]>) -> bool {
        Shades::of(pixels).is_printed()
    }

    #[test]
    fn paper_is_not_ink() {
        assert!(!printed([[255; 3]; 20].into_iter()));
        assert!(!printed([[230, 225, 205], [240, 235, 215]].into_iter()), "yellowed paper");
        assert!(printed([[255; 3], [0; 3]].into_iter()), "black type");
        assert!(printed([[255; 3], [190; 3]].into_iter()), "grey type");
        assert!(printed([[20, 40, 90]; 20].into_iter()), "a dark background");
    }

    #[test]
    fn near_a_limit_nothing_is_sure() {
        let sure = |darkest, lightest| Shades { darkest, lightest }.surely_printed(4);
        assert_eq!(sure(240, 255), Some(false));
        assert_eq!(sure(200, 240), Some(false));
        assert_eq!(sure(200, 246), None, "contrast");
        assert_eq!(sure(200, 255), None, "contrast");
        assert_eq!(sure(190, 255), Some(true));
        assert_eq!(sure(151, 160), None, "dark paper");
        assert_eq!(sure(140, 141), Some(true));
    }
}
