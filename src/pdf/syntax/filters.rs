//! How streams are packed, stated where lopdf looks for it: it follows no reference there, and takes such a stream for
//! one that is not packed at all.

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

/// What says how a stream is packed (ISO 32000-2, table 5).
const KEYS: [&[u8]; 2] = [b"Filter", b"DecodeParms"];

/// No stream is packed more often, or has more parameters; what is stated once may be referred to by any number of them.
const MAX_PARTS: usize = 32;

/// Puts the filters of every stream, and their parameters, into its own dictionary.
pub(crate) fn state_in_place(pdf: &mut Pdf) {
    let streams = pdf.objects.iter();
    let streams = streams.filter_map(|(id, object)| Some((*id, &object.as_stream().ok()?.dict)));
    let stated: Vec<(ObjectId, &[u8], Object)> = streams
        .flat_map(|(id, dict)| KEYS.map(|key| (id, key, dict.get(key).ok())))
        .filter_map(|(id, key, value)| Some((id, key, value.filter(|value| refers(value))?)))
        .filter_map(|(id, key, value)| Some((id, key, of_all(pdf, value)?)))
        .collect();
    for (id, key, value) in stated {
        if let Some(Object::Stream(stream)) = pdf.objects.get_mut(&id) {
            stream.dict.set(key, value);
        }
    }
}

/// Whether any part of it stands elsewhere.
fn refers(value: &Object) -> bool {
    let in_dict = |dict: &Dictionary| dict.iter().any(|(_, value)| value.as_reference().is_ok());
    match value {
        Object::Reference(_) => true,
        Object::Array(parts) => parts.iter().any(|part| match part {
            Object::Dictionary(dict) => in_dict(dict),
            part => part.as_reference().is_ok(),
        }),
        Object::Dictionary(dict) => in_dict(dict),
        _ => false,
    }
}

/// What is stated of all filters, all of it in its place.
fn of_all(pdf: &Pdf, value: &Object) -> Option<Object> {
    match pdf.dereference(value).ok()?.1 {
        Object::Array(parts) if parts.len() <= MAX_PARTS => {
            let parts = parts.iter().map(|part| of_one(pdf, part));
            Some(parts.collect::<Option<Vec<_>>>()?.into())
        }
        Object::Array(_) => None,
        _ => of_one(pdf, value),
    }
}

/// What is stated of one filter: its name or its parameters.
fn of_one(pdf: &Pdf, value: &Object) -> Option<Object> {
    match pdf.dereference(value).ok()?.1 {
        Object::Dictionary(dict) if dict.len() <= MAX_PARTS => {
            let values = dict.iter().map(|(key, value)| (key.clone(), plain(pdf, value)));
            Some(values.collect::<Dictionary>().into())
        }
        value @ (Object::Name(_) | Object::Null) => Some(value.clone()),
        _ => None,
    }
}

/// What a reference leads to, unless that can stand nowhere else (`/JBIG2Globals`) or is no such value.
fn plain(pdf: &Pdf, value: &Object) -> Object {
    match pdf.dereference(value) {
        Ok((_, value @ (Object::Integer(_) | Object::Boolean(_) | Object::Name(_)))) => {
            value.clone()
        }
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};

    use super::*;

    /// What a stream with these filters and parameters says of itself once all is in its place.
    fn stated(pdf: &mut Pdf, filter: Object, parameters: Object) -> (Object, Object) {
        let dict = dictionary! { "Filter" => filter, "DecodeParms" => parameters };
        let id = pdf.add_object(Stream::new(dict, Vec::new()));
        state_in_place(pdf);
        let dict = &pdf.objects[&id].as_stream().unwrap().dict;
        let of = |key| dict.get(key).unwrap().clone();
        (of(b"Filter"), of(b"DecodeParms"))
    }

    #[test]
    fn what_stands_elsewhere_is_stated_in_place() {
        let mut pdf = Pdf::with_version("1.7");
        let name = pdf.add_object("FlateDecode");
        let list = pdf.add_object(vec![Object::Reference(name)]);
        let columns = pdf.add_object(4);
        let globals = pdf.add_object(Stream::new(Dictionary::new(), Vec::new()));
        let parameters =
            pdf.add_object(dictionary! { "Columns" => columns, "JBIG2Globals" => globals });
        let found = stated(&mut pdf, list.into(), vec![parameters.into()].into());
        let parameters = dictionary! { "Columns" => 4, "JBIG2Globals" => globals };
        assert_eq!(found.0, vec!["FlateDecode".into()].into());
        assert_eq!(found.1, vec![parameters.into()].into());
    }

    #[test]
    fn what_leads_nowhere_or_in_a_circle_stays() {
        let mut pdf = Pdf::with_version("1.7");
        let circle = pdf.new_object_id();
        pdf.objects.insert(circle, vec![circle.into()].into());
        let nowhere = Object::Reference((99, 0));
        let found = stated(&mut pdf, circle.into(), nowhere.clone());
        assert_eq!(found, (circle.into(), nowhere));
    }
}
