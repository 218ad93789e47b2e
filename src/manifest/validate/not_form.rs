//! Entries that say of pages that they are not the form that they are taken for.

use super::sections::pages;
use super::serving::initials;
use crate::disclosure::classes::{self, Class};
use crate::manifest::NotForm;
use crate::manifest::reader::{At, Problem, Table, quoted};
use crate::model::Code;

/// Reads one entry with `not_form`.
pub(super) fn read(mut table: Table<'_>) -> Option<NotForm> {
    let line = table.line();
    table.refuse(&["kind", "page", "field", "mark", "item"], "not_form");
    let typed = table.list("not_form").unwrap_or_default();
    let denied: Vec<&'static Class> =
        typed.into_iter().filter_map(|name| known(&table, &name)).collect();
    let pages = pages(&mut table);
    let reason = table.text("reason");
    if !table.has("reason") {
        table.missing("reason", "say what they are: reason = \"menu of a restaurant\"");
    }
    let initials = all_initials(&mut table, denied.iter().any(|class| class.needs_two()));
    table.finish();
    let forms: Vec<&'static str> = denied.iter().map(|class| class.name.as_str()).collect();
    let is_said = !forms.is_empty();
    let (reason, initials) = (reason?.value, initials?);
    is_said.then_some(NotForm { forms, pages, reason, initials, line })
}

fn known(table: &Table<'_>, name: &At<String>) -> Option<&'static Class> {
    let unknown = || {
        let likeliest: Vec<&str> =
            classes::likeliest(&name.value).iter().map(|class| class.name.as_str()).collect();
        Problem::new(Code::UnknownForm, format!("{} is not a known form", quoted(&name.value)))
            .hint(format!("did you mean \"{}\"?", likeliest.join("\", or \"")))
    };
    let found = classes::find(&name.value).ok_or_else(unknown);
    table.checked(name.at, found).map(|class| class.value)
}

/// Those of one person, or of two where nobody alone may say so.
fn all_initials(table: &mut Table<'_>, needs_two: bool) -> Option<Vec<String>> {
    let first = initials(table, "initials");
    let at = table.key_at("second_initials");
    let second = match needs_two {
        true => Some(initials(table, "second_initials")?),
        false => table.text("second_initials").map(|second| second.value),
    };
    let (Some(first), Some(second)) = (first.clone(), second) else {
        return first.map(|first| vec![first]);
    };
    let fold = |text: &str| text.to_lowercase().replace([' ', '.', '-'], "");
    if fold(&first) == fold(&second) {
        let message = "\"second_initials\" are those of the same person";
        let problem = Problem::new(Code::BadValue, message);
        table.log().report(at, problem.hint("let a second person look at the pages"));
        return None;
    }
    Some(vec![first, second])
}
