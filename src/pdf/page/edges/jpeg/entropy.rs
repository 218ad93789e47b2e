//! The entropy-coded bytes of a JPEG as they are read: without what markers need (ITU T.81, B.1.1.5).

/// Zeros that follow each run, so that the bits ahead can be taken eight bytes at a time.
pub(super) const AHEAD: usize = 16;

/// Runs of entropy-coded bytes, one behind each restart marker, without stuffed bytes.
#[derive(Debug)]
pub(super) struct Entropy {
    pub(super) bytes: Vec<u8>,
    /// Where each run ends; the next begins [`AHEAD`] bytes later.
    pub(super) ends: Vec<usize>,
}

impl Entropy {
    /// All up to the first marker that is not for a restart, or to the end.
    pub(super) fn new(data: &[u8]) -> Self {
        let mut bytes = Vec::with_capacity(data.len() + AHEAD);
        let mut ends = Vec::new();
        let mut rest = data;
        loop {
            let plain = memchr::memchr(0xFF, rest).unwrap_or(rest.len());
            let (before, marker) = rest.split_at(plain);
            bytes.extend_from_slice(before);
            match marker {
                [_, 0, behind @ ..] => {
                    bytes.push(0xFF);
                    rest = behind;
                }
                [_, 0xD0..=0xD7, behind @ ..] => {
                    end_run(&mut bytes, &mut ends);
                    rest = behind;
                }
                _ => break,
            }
        }
        end_run(&mut bytes, &mut ends);
        Self { bytes, ends }
    }
}

fn end_run(bytes: &mut Vec<u8>, ends: &mut Vec<usize>) {
    ends.push(bytes.len());
    bytes.extend_from_slice(&[0; AHEAD]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stuffed_bytes_go_and_markers_divide() {
        let entropy = Entropy::new(&[1, 0xFF, 0, 2, 0xFF, 0xD0, 3, 0xFF, 0xD9, 4]);
        assert_eq!(entropy.ends, [3, 3 + AHEAD + 1]);
        assert_eq!(&entropy.bytes[..3], [1, 0xFF, 2]);
        assert_eq!(entropy.bytes[3 + AHEAD], 3);
        assert_eq!(entropy.bytes.len(), 4 + 2 * AHEAD);
        assert_eq!(Entropy::new(&[7, 0xFF]).ends, [1], "cut off");
    }
}
