//! Streams that do not say how long they are.

use lopdf::{Document as Pdf, Object, ObjectId};

use super::header::find;

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
                let length = stream
                    .dict
                    .get_deref(b"Length", pdf)
                    .and_then(Object::as_i64);
                let stated_empty = matches!(length, Ok(0));
                stream
                    .start_position
                    .filter(|_| !stated_empty)
                    .map(|start| (*id, start))
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

fn trim_line_end(content: &[u8]) -> &[u8] {
    let content = content.strip_suffix(b"\n").unwrap_or(content);
    content.strip_suffix(b"\r").unwrap_or(content)
}
