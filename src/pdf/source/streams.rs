//! The streams of a loaded file, and what its pages paint: lengths that lopdf could not tell, content
//! that is not there or does not inflate.

use std::collections::HashSet;
use std::io::{self, Read};

use flate2::read::ZlibDecoder;
use flate2::{Decompress, FlushDecompress, Status};
use lopdf::{Document as Pdf, Object, ObjectId, Stream};

use super::header::find;
use crate::pdf::syntax::page_node::PageNode;

/// More of one part of a page is not looked at.
const MAX_CONTENT: u64 = 1 << 28;

/// Content of which that many bytes are printable was never packed: packed bytes are all values alike.
const PLAIN_LOOKED_AT: usize = 64;

/// Takes out encrypted streams whose length could not be told: what stands in the file would have to
/// be decrypted, and lopdf gives them out as empty ones. Only such streams keep their position.
pub(super) fn drop_unmeasured(pdf: &mut Pdf) {
    pdf.objects.retain(|_, object| match object {
        Object::Stream(stream) => !stream.content.is_empty() || stream.start_position.is_none(),
        _ => true,
    });
}

/// Fills streams whose length could not be told, from where they start up to `endstream`; lopdf
/// leaves them empty without a word.
pub(super) fn find_lengths(pdf: &mut Pdf, body: &[u8]) -> bool {
    let lost: Vec<(ObjectId, usize)> = pdf
        .objects
        .iter()
        .filter_map(|(id, object)| match object {
            Object::Stream(stream) if stream.content.is_empty() => {
                let length = stream.dict.get_deref(b"Length", pdf).and_then(Object::as_i64);
                let stated_empty = matches!(length, Ok(0));
                stream.start_position.filter(|_| !stated_empty).map(|start| (*id, start))
            }
            _ => None,
        })
        .collect();
    let mut found = false;
    for (id, start) in lost {
        let Some(rest) = body.get(start..) else {
            continue;
        };
        let Some(end) = find(rest, b"endstream").or_else(|| find(rest, b"endobj")) else {
            continue;
        };
        let content = trim_line_end(rest.get(..end).unwrap_or(rest));
        if let Some(Object::Stream(stream)) = pdf.objects.get_mut(&id)
            && !content.is_empty()
        {
            stream.set_content(content.to_vec());
            found = true;
        }
    }
    found
}

pub(super) fn trim_line_end(content: &[u8]) -> &[u8] {
    let content = content.strip_suffix(b"\n").unwrap_or(content);
    content.strip_suffix(b"\r").unwrap_or(content)
}

/// Whether what the pages paint inflates: a wrong key gives noise without an error.
pub(super) fn inflates(pdf: &Pdf, pages: &[PageNode]) -> bool {
    pages.iter().take(64).all(|page| {
        content_streams(pdf, page).iter().all(|id| match pdf.objects.get(id) {
            Some(Object::Stream(stream)) => {
                !stream.is_compressed()
                    || stream
                        .decompressed_content_with_limit(1 << 28)
                        .is_ok_and(|content| !content.is_empty() || stream.content.len() < 32)
            }
            _ => true,
        })
    })
}

/// Packs what a page paints anew where it is damaged within, as far as it unpacks: that is what most readers show, and
/// what stands behind it can then mislead none. Packed content ends with a check of itself. Says whether there was any.
pub(super) fn mend_content(pdf: &mut Pdf, pages: &[PageNode]) -> bool {
    let parts: HashSet<ObjectId> =
        pages.iter().flat_map(|page| content_streams(pdf, page)).collect();
    let mut broken = false;
    for id in parts {
        if let Some(Object::Stream(stream)) = pdf.objects.get_mut(&id)
            && is_broken(stream)
        {
            broken = true;
            let unpacked = unpacked_until_broken(stream).filter(|whole| !whole.is_empty());
            if let Some(whole) = unpacked.or_else(|| never_packed(stream)) {
                stream.set_plain_content(whole);
                // It stays plain where that fails.
                let _ = stream.compress();
            }
        }
    }
    broken
}

fn is_broken(stream: &Stream) -> bool {
    let is_deflated = stream.filters().is_ok_and(|filters| filters.as_slice() == [b"FlateDecode"]);
    if !is_deflated {
        return false;
    }
    let mut content = ZlibDecoder::new(stream.content.as_slice()).take(MAX_CONTENT);
    let unpacked = io::copy(&mut content, &mut io::sink());
    // What only ends too early is whole for most readers: many programs leave out the check at the end.
    unpacked.is_err_and(|error| error.kind() != io::ErrorKind::UnexpectedEof)
}

/// What of deflated content comes before the place where it breaks. What was predicted from other bytes stays as it is.
fn unpacked_until_broken(stream: &Stream) -> Option<Vec<u8>> {
    if stream.dict.has(b"DecodeParms") {
        return None;
    }
    let mut unpacking = Decompress::new(true);
    let mut whole = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let (read, written) = (unpacking.total_in(), unpacking.total_out());
        let packed = stream.content.get(usize::try_from(read).ok()?..)?;
        let status = unpacking.decompress(packed, &mut buffer, FlushDecompress::None);
        let count = usize::try_from(unpacking.total_out() - written).ok()?;
        whole.extend_from_slice(buffer.get(..count)?);
        let is_stuck = count == 0 && unpacking.total_in() == read;
        if !matches!(status, Ok(Status::Ok)) || is_stuck || unpacking.total_out() > MAX_CONTENT {
            return Some(whole);
        }
    }
}

/// The content of a page that says it is packed and is not: readers such as pdfium show it.
fn never_packed(stream: &Stream) -> Option<Vec<u8>> {
    let is_text = |byte: &u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    let content = &stream.content;
    content.iter().take(PLAIN_LOOKED_AT).all(is_text).then(|| content.clone())
}

/// Whether a page names content that is not there.
pub(super) fn lacks_content(pdf: &Pdf, pages: &[PageNode]) -> bool {
    pages
        .iter()
        .flat_map(|page| content_streams(pdf, page))
        .any(|id| !pdf.objects.contains_key(&id))
}

fn content_streams(pdf: &Pdf, page: &PageNode) -> Vec<ObjectId> {
    match page.dict.get(b"Contents") {
        Ok(Object::Reference(id)) => match pdf.objects.get(id) {
            Some(Object::Array(array)) => {
                array.iter().filter_map(|object| object.as_reference().ok()).collect()
            }
            _ => vec![*id],
        },
        Ok(Object::Array(array)) => {
            array.iter().filter_map(|object| object.as_reference().ok()).collect()
        }
        _ => Vec::new(),
    }
}
