//! The ladder of repair: a file as it is, with a header supplied, with its cross-reference table
//! rebuilt, with lost stream lengths found.

use lopdf::xref::XrefRecovery;
use lopdf::{Document as Pdf, Error, LoadOptions};

use super::SourceError;
use super::health::{self, Health};
use super::repair::Repair;
use super::streams::{check_decryption, drop_unmeasured, find_lengths, lacks_content};
use super::tree::{self, PageNode, PageWalk};

/// How far into a file the header is looked for.
const HEADER_WINDOW: usize = 1 << 20;

/// A file that could be read whole.
pub(super) struct Loaded {
    pub(super) pdf: Pdf,
    pub(super) pages: Vec<PageNode>,
    pub(super) repairs: Vec<Repair>,
    pub(super) was_encrypted: bool,
}

struct Attempt {
    pdf: Pdf,
    walk: PageWalk,
    health: Health,
    lengths_found: bool,
}

/// Reads a file, repairing it where that loses nothing.
pub(super) fn load(bytes: &[u8]) -> Result<Loaded, SourceError> {
    let mut repairs = Vec::new();
    let supplied;
    let body = match find_header(bytes)? {
        Some(0) => bytes,
        Some(start) => {
            repairs.push(Repair::HeaderFoundLater);
            bytes.get(start..).unwrap_or(bytes)
        }
        None => {
            repairs.push(Repair::HeaderSupplied);
            supplied = [b"%PDF-1.7\n".as_slice(), bytes].concat();
            supplied.as_slice()
        }
    };
    let attempt = best_attempt(body)?;
    repairs.extend(attempt.repairs());
    refuse_losses(attempt.health)?;
    let was_encrypted = attempt.pdf.was_encrypted();
    if was_encrypted {
        check_decryption(&attempt.pdf, &attempt.walk.pages)?;
    }
    Ok(Loaded {
        pdf: attempt.pdf,
        pages: attempt.walk.pages,
        repairs,
        was_encrypted,
    })
}

/// Where `%PDF-` stands; `None` where a PDF lacks it.
fn find_header(bytes: &[u8]) -> Result<Option<usize>, SourceError> {
    if bytes.is_empty() {
        return Err(SourceError::Empty);
    }
    let window = bytes.get(..HEADER_WINDOW.min(bytes.len())).unwrap_or(bytes);
    if let Some(start) = find(window, b"%PDF-") {
        return Ok(Some(start));
    }
    if find(bytes, b" obj").is_some() && find(bytes, b"endobj").is_some() {
        return Ok(None);
    }
    Err(SourceError::NotPdf(kind_of(bytes).to_owned()))
}

/// What a file that is not a PDF seems to be, from its first bytes.
fn kind_of(bytes: &[u8]) -> &'static str {
    let known: [(&[u8], &str); 9] = [
        (b"PK\x03\x04", "it is a Word, Excel or zip file"),
        (
            b"\xD0\xCF\x11\xE0",
            "it is an old Word, Excel or Outlook file",
        ),
        (b"\xFF\xD8\xFF", "it is a JPEG picture"),
        (b"\x89PNG", "it is a PNG picture"),
        (b"II*\0", "it is a TIFF picture"),
        (b"MM\0*", "it is a TIFF picture"),
        (b"{\\rtf", "it is a rich text file"),
        (b"<!DOCTYPE", "it is a web page"),
        (b"<html", "it is a web page"),
    ];
    let first = bytes.get(..4096.min(bytes.len())).unwrap_or(bytes);
    let starts_with = |magic: &[u8]| {
        let start = bytes.get(..magic.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(magic))
    };
    match known.iter().find(|(magic, _)| starts_with(magic)) {
        Some((_, kind)) => kind,
        None if first.iter().all(|byte| *byte == 0) => "it holds nothing but zeros",
        None if std::str::from_utf8(first).is_ok_and(|text| !text.contains('\0')) => {
            "it is a text file"
        }
        None => "it has no PDF header and no PDF objects",
    }
}

pub(super) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

fn best_attempt(body: &[u8]) -> Result<Attempt, SourceError> {
    match attempt(body, false) {
        Ok(first) if first.health.is_sound() || first.is_rebuilt() => Ok(first),
        Ok(first) => match attempt(body, true) {
            Ok(second) if second.health < first.health => Ok(second),
            _ => Ok(first),
        },
        Err(error @ SourceError::Damaged(_)) => attempt(body, true).map_err(|_| error),
        Err(error) => Err(error),
    }
}

impl Attempt {
    fn repairs(&self) -> impl Iterator<Item = Repair> {
        let declared = self.walk.declared;
        let repairs = [
            (self.is_rebuilt(), Repair::TableRebuilt),
            (self.lengths_found, Repair::LengthsFound),
            (
                declared.is_some_and(|declared| declared > self.walk.pages.len()),
                Repair::FewerPages,
            ),
            (self.walk.box_assumed, Repair::BoxAssumed),
            (
                lacks_content(&self.pdf, &self.walk.pages),
                Repair::ContentMissing,
            ),
        ];
        repairs
            .into_iter()
            .filter_map(|(is_needed, repair)| is_needed.then_some(repair))
    }

    fn is_rebuilt(&self) -> bool {
        self.pdf.xref_recovery == Some(XrefRecovery::Reconstructed)
    }
}

fn attempt(body: &[u8], force_reconstruct: bool) -> Result<Attempt, SourceError> {
    let options = LoadOptions {
        force_reconstruct,
        ..LoadOptions::default()
    };
    let mut pdf = Pdf::load_mem_with_options(body, options).map_err(from_lopdf)?;
    if pdf.is_encrypted() {
        return Err(SourceError::Encrypted);
    }
    let lengths_found = if pdf.was_encrypted() {
        drop_unmeasured(&mut pdf);
        false
    } else {
        find_lengths(&mut pdf, body)
    };
    let walk = tree::walk(&pdf);
    let health = health::judge(&pdf, &walk, body);
    Ok(Attempt {
        pdf,
        walk,
        health,
        lengths_found,
    })
}

fn from_lopdf(error: Error) -> SourceError {
    match error {
        Error::InvalidPassword => SourceError::Encrypted,
        Error::Decryption(lopdf::encryption::DecryptionError::IncorrectPassword) => {
            SourceError::Encrypted
        }
        Error::Decryption(error) => SourceError::UnknownEncryption(error.to_string()),
        Error::UnsupportedSecurityHandler(name) => {
            SourceError::UnknownEncryption(String::from_utf8_lossy(&name).into_owned())
        }
        Error::Decompress(error @ lopdf::DecompressError::MemoryLimitExceeded { .. }) => {
            SourceError::TooLarge(error.to_string())
        }
        error => SourceError::Damaged(error.to_string()),
    }
}

fn refuse_losses(health: Health) -> Result<(), SourceError> {
    if health.is_sound() {
        return Ok(());
    }
    if health.no_pages {
        return Err(if health.lost_pages > 0 {
            SourceError::Damaged("none of its pages can be found".to_owned())
        } else {
            SourceError::NoPages
        });
    }
    if health.lost_pages == 0 && health.lost == 0 {
        return Err(SourceError::Damaged(
            "objects stand where its table says that others do".to_owned(),
        ));
    }
    let parts = [(health.lost_pages, "page"), (health.lost, "object")]
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| format!("{count} {noun}{}", if *count == 1 { "" } else { "s" }))
        .collect::<Vec<_>>();
    Err(SourceError::Damaged(format!(
        "{} cannot be found; it was probably cut short",
        parts.join(" and ")
    )))
}
