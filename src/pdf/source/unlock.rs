//! Encrypted files: with no password, with the one given, and those that lopdf does not decrypt of
//! itself.

use lopdf::{Dictionary, Document as Pdf, Error, LoadOptions, Object, Stream};
use memchr::memmem;

use super::streams::inflates;
use super::tree;
use super::{Opening, Password, SourceError, loading_budget};

/// How an encrypted file was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlocking {
    /// It opens for everybody.
    NoPassword,
    /// With the password given.
    Password,
    /// Only the files attached to it are encrypted, and they are not taken.
    AttachmentsOnly,
}

/// A file that is not encrypted any more.
pub(super) struct Unlocked {
    pub(super) pdf: Pdf,
    /// How, where it was.
    pub(super) how: Option<Unlocking>,
    /// Its bytes without the mark of encryption, where that was in the way.
    pub(super) plain: Option<Vec<u8>>,
}

/// Loads a file and decrypts it.
pub(super) fn load(
    body: &[u8],
    options: &LoadOptions,
    opening: &Opening,
) -> Result<Unlocked, SourceError> {
    let refused = match try_load(body, options, opening) {
        Ok(pdf) if !pdf.was_encrypted() => return Ok(unlocked(pdf, None)),
        Ok(pdf) => return Ok(unlocked(pdf, Some(Unlocking::NoPassword))),
        Err(error) => error,
    };
    let refused = match (refused, &opening.password) {
        (SourceError::Encrypted, Some(password)) => {
            let options =
                LoadOptions { password: Some(password.text().to_owned()), ..options.clone() };
            match try_load(body, &options, opening) {
                Ok(pdf) => return Ok(unlocked(pdf, Some(Unlocking::Password))),
                Err(SourceError::Encrypted) => {
                    SourceError::PasswordWrong(password.origin().clone())
                }
                Err(error) => error,
            }
        }
        (refused, _) => refused,
    };
    match refused {
        SourceError::Encrypted
        | SourceError::PasswordWrong(_)
        | SourceError::UnknownEncryption(_) => by_hand(body, options, opening).ok_or(refused),
        refused => Err(refused),
    }
}

fn unlocked(pdf: Pdf, how: Option<Unlocking>) -> Unlocked {
    Unlocked { pdf, how, plain: None }
}

fn try_load(body: &[u8], options: &LoadOptions, opening: &Opening) -> Result<Pdf, SourceError> {
    let pdf = Pdf::load_mem_with_options(body, options.clone())
        .map_err(|error| from_lopdf(error, options))?;
    let mark = pdf.trailer.get(b"Encrypt").ok();
    if pdf.is_encrypted() || mark.is_some_and(|mark| mark.as_dict().is_ok()) {
        return Err(SourceError::Encrypted);
    }
    if mark.is_some() {
        return Err(SourceError::UnknownEncryption(
            "the part of it that says how is damaged".to_owned(),
        ));
    }
    if pdf.was_encrypted() && !is_readable(&pdf, opening) {
        return Err(SourceError::UnknownEncryption("its pages stay unreadable".to_owned()));
    }
    Ok(pdf)
}

fn from_lopdf(error: Error, options: &LoadOptions) -> SourceError {
    match error {
        Error::InvalidPassword => SourceError::Encrypted,
        Error::Decryption(lopdf::encryption::DecryptionError::IncorrectPassword) => {
            SourceError::Encrypted
        }
        Error::Decryption(error) => SourceError::UnknownEncryption(error.to_string()),
        Error::UnsupportedSecurityHandler(name) => {
            SourceError::UnknownEncryption(String::from_utf8_lossy(&name).into_owned())
        }
        Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => {
            loading_budget::unpacks_too_far(options.max_decompressed_size.unwrap_or(usize::MAX))
        }
        Error::Unimplemented("decompression algorithms") => {
            SourceError::Unsupported("its table of objects is compressed in an unknown way")
        }
        error => SourceError::Damaged(error.to_string()),
    }
}

/// Decrypts a file whose encryption lopdf does not see through: it wants the encryption dictionary to
/// be an object with all its parts in one place, and an `/ID`, and asks for a password where only
/// attachments have one.
fn by_hand(body: &[u8], options: &LoadOptions, opening: &Opening) -> Option<Unlocked> {
    let plain = without_mark(body)?;
    let mut pdf = Pdf::load_mem_with_options(&plain, options.clone()).ok()?;
    let mark = pdf.trailer.remove(RENAMED.get(1..)?)?;
    let id = mark.as_reference().unwrap_or((pdf.max_id + 1, 0));
    let dict = inlined(&pdf, mark)?;
    if leaves_pages_plain(&dict) {
        drop_attachments(&mut pdf);
        let is_own = |object: &Object| object.as_stream().is_ok_and(has_own_encryption);
        return (!pdf.objects.values().any(is_own)).then_some(Unlocked {
            pdf,
            how: Some(Unlocking::AttachmentsOnly),
            plain: Some(plain),
        });
    }
    pdf.objects.insert(id, dict.into());
    pdf.trailer.set("Encrypt", id);
    if !pdf.trailer.has(b"ID") {
        let empty = || Object::string_literal("");
        pdf.trailer.set("ID", vec![empty(), empty()]);
    }
    let how = decrypt(&mut pdf, opening)?;
    is_readable(&pdf, opening).then(|| unlocked(pdf, Some(how)))
}

fn decrypt(pdf: &mut Pdf, opening: &Opening) -> Option<Unlocking> {
    let password = opening.password.as_ref().map(Password::text);
    let ways = [(Some(""), Unlocking::NoPassword), (password, Unlocking::Password)];
    ways.into_iter().find_map(|(password, how)| {
        // An error with the right password is about single texts, as when lopdf decrypts of itself;
        // with a wrong one the file stays as it was.
        let _ = pdf.decrypt(password?);
        (!pdf.is_encrypted()).then_some(how)
    })
}

/// What names the encryption dictionary, and a name as long that says nothing to anybody.
const MARK: &[u8] = b"/Encrypt";
const RENAMED: &[u8] = b"/Unlockd";

/// The file with the mark of encryption in its trailers renamed, byte for byte as long; nothing where
/// there is none.
pub(super) fn without_mark(body: &[u8]) -> Option<Vec<u8>> {
    let mut plain = body.to_vec();
    let mut is_marked = false;
    for start in memmem::find_iter(body, MARK) {
        let end = start + MARK.len();
        let names_dictionary = body.get(end..).is_some_and(|value| {
            let value = value.trim_ascii_start();
            value.first().is_some_and(u8::is_ascii_digit) || value.starts_with(b"<<")
        });
        if names_dictionary && !is_in_stream(body.get(..start)?) {
            plain.get_mut(start..end)?.copy_from_slice(RENAMED);
            is_marked = true;
        }
    }
    is_marked.then_some(plain)
}

/// Whether bytes end within a stream: what looks like a trailer there is somebody's text.
fn is_in_stream(before: &[u8]) -> bool {
    let last = memmem::rfind(before, b"stream");
    last.is_some_and(|at| !before.get(..at).is_some_and(|head| head.ends_with(b"end")))
}

/// A dictionary with all that it refers to in its place.
fn inlined(pdf: &Pdf, mut dict: Object) -> Option<Dictionary> {
    // The crypt filters stand three levels down.
    for _ in 0..4 {
        inline(pdf, &mut dict, 0);
    }
    dict.as_dict().ok().cloned()
}

fn inline(pdf: &Pdf, object: &mut Object, depth: usize) {
    if let Object::Reference(id) = object {
        *object = pdf.objects.get(id).cloned().unwrap_or(Object::Null);
    }
    if let Object::Dictionary(dict) = object
        && depth < 4
    {
        dict.iter_mut().for_each(|(_, value)| inline(pdf, value, depth + 1));
    }
}

/// Whether streams and texts are not encrypted unless they say so (ISO 32000-2, 7.6.6).
fn leaves_pages_plain(dict: &Dictionary) -> bool {
    let version = dict.get(b"V").and_then(Object::as_i64).unwrap_or(0);
    let is_identity = |key: &[u8]| match dict.get(key).and_then(Object::as_name) {
        Ok(name) => name == b"Identity",
        Err(_) => true,
    };
    version >= 4 && is_identity(b"StmF") && is_identity(b"StrF")
}

/// Takes out the attached files that are encrypted, which nothing else in the file refers to.
fn drop_attachments(pdf: &mut Pdf) {
    let mut attached = Vec::new();
    for object in pdf.objects.values() {
        let files = object.as_dict().and_then(|dict| dict.get_deref(b"EF", pdf));
        if let Ok(Object::Dictionary(files)) = files {
            attached.extend(files.iter().filter_map(|(_, file)| file.as_reference().ok()));
        }
    }
    for id in attached {
        if let Some(object) = pdf.objects.get_mut(&id)
            && object.as_stream().is_ok_and(has_own_encryption)
        {
            *object = Object::Null;
        }
    }
}

/// Whether a stream is encrypted apart from the rest.
fn has_own_encryption(stream: &Stream) -> bool {
    let filters = stream.filters().unwrap_or_default();
    if !filters.contains(&b"Crypt".as_slice()) {
        return false;
    }
    let is_identity = |parameters: &Object| {
        let name = parameters.as_dict().and_then(|dict| dict.get(b"Name"));
        name.and_then(Object::as_name).map_or(true, |name| name == b"Identity")
    };
    !match stream.dict.get(b"DecodeParms") {
        Ok(Object::Array(all)) => all.iter().all(is_identity),
        Ok(parameters) => is_identity(parameters),
        Err(_) => true,
    }
}

/// Whether the pages are there and not noise.
fn is_readable(pdf: &Pdf, opening: &Opening) -> bool {
    match tree::walk(pdf, &opening.limits, opening.allow_damaged) {
        Ok(walk) => inflates(pdf, &walk.pages),
        // The error comes up again where it is told.
        Err(_) => true,
    }
}
