//! The text of small files that people write: rules, standards, rooms, address books.

use std::fs;
use std::io;
use std::path::Path;

/// The text of a file without its byte order mark: UTF-8, or UTF-16 where the mark says so, as Notepad and PowerShell may
/// write it.
///
/// # Errors
///
/// The file cannot be read, or is neither.
pub fn read_text(path: &Path) -> io::Result<String> {
    decoded(fs::read(path)?)
}

/// The same of bytes that were read.
pub(crate) fn decoded(bytes: Vec<u8>) -> io::Result<String> {
    let text = match bytes.as_slice() {
        [0xff, 0xfe, units @ ..] => utf_16(units, u16::from_le_bytes),
        [0xfe, 0xff, units @ ..] => utf_16(units, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, text @ ..] => String::from_utf8(text.to_vec()).ok(),
        _ => String::from_utf8(bytes).ok(),
    };
    text.ok_or_else(|| io::ErrorKind::InvalidData.into())
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (units, rest) = bytes.as_chunks();
    let units: Vec<u16> = units.iter().map(|bytes| unit(*bytes)).collect();
    String::from_utf16(&units).ok().filter(|_| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16_of(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    #[test]
    fn text_is_read_as_either_system_writes_it() {
        let text = "name = \"Siân 🏛\"\r\n";
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            utf_16_of(text, u16::to_le_bytes),
            utf_16_of(text, u16::to_be_bytes),
        ] {
            assert_eq!(decoded(bytes).unwrap(), text);
        }
    }

    #[test]
    fn what_is_neither_is_not_guessed_at() {
        for bytes in [b"caf\xe9".as_slice(), b"\xff\xfea", b"\xff\xfe\x00\xd8"] {
            let error = decoded(bytes.to_vec()).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        }
    }
}
