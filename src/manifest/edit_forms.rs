//! Writes forms under documents of a manifest that have none, and leaves every other byte as it is typed.

use toml_edit::{Document, Item, TableLike, Value};

use super::EditError;

/// What is written under a document without a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormLine {
    /// The section's place among the sections of the manifest, from 0.
    pub section: usize,
    /// The document's place in its section, from 0.
    pub document: usize,
    /// The form; `None` writes only the comment.
    pub form: Option<String>,
    /// What is said beside it, in one line.
    pub comment: String,
}

/// How a line begins that keeps the place of a form which nobody could tell.
const OPEN: &str = "# form = \"\"";

/// The text of a manifest with these lines after the last key of their documents. A place that an earlier run left
/// open is left as it is. A document typed within one line gets its form without a comment.
pub fn with_forms(text: &str, lines: &[FormLine]) -> Result<String, EditError> {
    let (mark, plain) = match text.strip_prefix('\u{feff}') {
        Some(plain) => ("\u{feff}", plain),
        None => ("", text),
    };
    let document: Document<&str> = Document::parse(plain)?;
    let sections = tables(document.as_table().get("section"));
    let mut added: Vec<(usize, String)> = Vec::new();
    for line in lines {
        let section = sections.get(line.section);
        let documents = tables(section.and_then(|(section, _)| section.get("document")));
        if let Some((table, inline)) = documents.get(line.document)
            && let Some(last) = last_value(*table)
        {
            added.extend(addition(plain, line, last, *inline));
        }
    }
    // From behind, so that the places before stay where they are.
    added.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut edited = plain.to_owned();
    for (at, text) in added {
        edited.insert_str(at, &text);
    }
    Ok(format!("{mark}{edited}"))
}

/// A table of a list, and whether it is typed within braces, where no line is its own.
type ListedTable<'t> = (&'t dyn TableLike, bool);

/// The tables of a list, whichever way it is typed.
fn tables(item: Option<&Item>) -> Vec<ListedTable<'_>> {
    match item {
        Some(Item::ArrayOfTables(list)) => {
            let tables = list.iter();
            tables.map(|table| (table as &dyn TableLike, false)).collect()
        }
        Some(Item::Value(Value::Array(list))) => list
            .iter()
            .filter_map(Value::as_inline_table)
            .map(|table| (table as &dyn TableLike, true))
            .collect(),
        _ => Vec::new(),
    }
}

/// Where the last value of a table ends, subtables with headers of their own aside.
fn last_value(table: &dyn TableLike) -> Option<usize> {
    let ends = table.iter().filter_map(|(_, item)| match item {
        Item::Value(Value::InlineTable(inner)) if inner.is_dotted() => last_value(inner),
        Item::Table(inner) if inner.is_dotted() => last_value(inner),
        Item::Value(_) => item.span().map(|span| span.end),
        _ => None,
    });
    ends.max()
}

/// What is added for a line, and at which byte.
fn addition(text: &str, line: &FormLine, last: usize, inline: bool) -> Option<(usize, String)> {
    let form = line.form.as_ref().map(|form| Value::from(form.as_str()));
    if inline {
        return Some((last, format!(", form = {}", form?)));
    }
    let rest = text.get(last..)?;
    let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let (before, after) = rest.split_at(length);
    let key = match form {
        Some(form) => format!("form = {form}"),
        None if after.trim_start().starts_with(OPEN) => return None,
        None => OPEN.to_owned(),
    };
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let start = if before.ends_with('\n') { "" } else { end };
    Some((last + length, format!("{start}{key:<38} # {}{end}", line.comment)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(document: usize, form: Option<&str>) -> FormLine {
        FormLine { section: 0, document, form: form.map(str::to_owned), comment: "why".to_owned() }
    }

    const TYPED: &str = "# Top\n[[section]]\nletter = 'A'\n\n[[section.document]] # one\ntitle = 'X' # x\nfile = \"x.pdf\"\t# y\n\n[[section.document.allow]]\nkind = 'phone'\n\n# Two\n[[section.document]]\nitems = [\n  'a', # b\n] # c\n# after\n[[section.document]]\nfile = 'z.pdf'";

    #[test]
    fn lines_are_added_after_the_last_key_and_nothing_else_changes() {
        let lines = [line(0, Some("MG11")), line(1, None), line(2, Some("pnc"))];
        let edited = with_forms(TYPED, &lines).unwrap();
        let form = |key: &str| format!("{key:<38} # why\n");
        let expected = TYPED
            .replace("# y\n", &format!("# y\n{}", form("form = \"MG11\"")))
            .replace("] # c\n", &format!("] # c\n{}", form(OPEN)))
            + "\n"
            + &form("form = \"pnc\"");
        assert_eq!(edited, expected);
        assert_eq!(with_forms(&edited, &[line(1, None)]).unwrap(), edited);
        assert_eq!(with_forms(TYPED, &[]).unwrap(), TYPED);
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_stay() {
        let typed = format!("\u{feff}{}", TYPED.replace('\n', "\r\n"));
        let edited = with_forms(&typed, &[line(0, Some("MG11")), line(2, None)]).unwrap();
        assert!(edited.starts_with("\u{feff}# Top\r\n"));
        assert_eq!(edited.matches("\r\n").count(), edited.matches('\n').count());
    }

    #[test]
    fn a_document_within_one_line_gets_its_form_there() {
        let typed =
            "section = [{ letter = 'A', document = [{ file = 'a.pdf' }, { file = 'b.pdf' }] }]\n";
        let edited = with_forms(typed, &[line(0, Some("MG11")), line(1, None)]).unwrap();
        assert_eq!(edited, typed.replace("'a.pdf'", "'a.pdf', form = \"MG11\""));
    }
}
