//! The keys of a document that say on whom it may be served, and what of it.

use super::not_form;
use crate::disclosure::classes;
use crate::manifest::reader::{Problem, Table, one_of, quoted};
use crate::manifest::{
    Allowed, AllowedAt, AllowedWhich, Comments, Defendant, Form, Hidden, NotForm, Other,
    PersonalData, PrintedField,
};
use crate::model::Audience;
use crate::model::Code;
use crate::model::Mark;
use crate::model::names::name_key;

/// The longest that somebody's initials are.
const LONGEST_INITIALS: usize = 10;

/// What a document says about being served.
pub(super) struct Serving {
    pub(super) form: Option<Form>,
    pub(super) other: Option<Other>,
    pub(super) audiences: Vec<Audience>,
    pub(super) restricted_to: Vec<usize>,
    pub(super) served: DecidedBy,
    pub(super) redacted: DecidedBy,
    pub(super) comments: Option<Comments>,
    pub(super) hidden: Hidden,
    pub(super) allow: Vec<Allowed>,
    pub(super) not_form: Vec<NotForm>,
}

/// Who decided or did something, and when.
pub(super) struct DecidedBy {
    pub(super) by: Option<String>,
    pub(super) on: Option<jiff::civil::Date>,
}

pub(super) fn read(table: &mut Table<'_>, defendants: &[Defendant]) -> Serving {
    let form = form(table);
    let (allow, not_form) = allowed_entries(table);
    Serving {
        other: other(table, form.as_ref()),
        form,
        audiences: audiences(table),
        restricted_to: restricted_to(table, defendants),
        served: DecidedBy {
            by: table.text("served_by").map(|name| name.value),
            on: table.date("served_on").map(|date| date.value),
        },
        redacted: DecidedBy {
            by: table.text("redacted_by").map(|name| name.value),
            on: table.date("redacted_on").map(|date| date.value),
        },
        comments: table.choice("comments").map(|comments| comments.value),
        hidden: table.choice("hidden").map(|hidden| hidden.value).unwrap_or_default(),
        allow,
        not_form,
    }
}

/// What somebody has looked at and lets pass: personal data, and pages that are taken for a form.
fn allowed_entries(table: &mut Table<'_>) -> (Vec<Allowed>, Vec<NotForm>) {
    let entries = table.tables("allow", "[[section.document.allow]]");
    let (of_forms, of_data): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|entry| entry.has("not_form"));
    let not_form = of_forms.into_iter().filter_map(not_form::read).collect();
    let place = ("page", "give the page of the file, from 1: page = 2");
    (of_data.into_iter().filter_map(|table| allowed(table, place)).collect(), not_form)
}

/// An unknown word is told, and kept: what the document is called may still say that it is not to be served.
fn form(table: &mut Table<'_>) -> Option<Form> {
    let typed = table.text("form")?;
    if classes::find(&typed.value).is_none() {
        let message = format!("{} is not a known form", quoted(&typed.value));
        let likeliest: Vec<&str> =
            classes::likeliest(&typed.value).iter().map(|class| class.name.as_str()).collect();
        let hint = format!(
            "did you mean \"{}\"? If no form fits, write form = \"other\" with form_reason and initials",
            likeliest.join("\", or \"")
        );
        let problem = Problem::new(Code::UnknownForm, message);
        table.log().report(typed.at, problem.hint(hint));
    }
    Some(Form::from(typed.value.as_str()))
}

/// Who says why no known form fits: needed where the form says so, and nowhere else.
fn other(table: &mut Table<'_>, form: Option<&Form>) -> Option<Other> {
    if form.is_some_and(|form| classes::is_other(form.as_str())) {
        let reason = table.text("form_reason");
        if !table.has("form_reason") {
            let hint = "say what it is: form_reason = \"letter of thanks\"";
            table.missing("form_reason", hint);
        }
        let initials = initials(table, "initials");
        return Some(Other { reason: reason?.value, initials: initials? });
    }
    for key in ["form_reason", "initials"] {
        if let Some(typed) = table.text(key) {
            let message = format!("\"{key}\" only goes with form = \"other\"");
            let problem = Problem::new(Code::BadValue, message);
            table.log().report(typed.at, problem.hint("take it out, or correct the form"));
        }
    }
    None
}

fn audiences(table: &mut Table<'_>) -> Vec<Audience> {
    let audiences = table.choices::<Audience>("audiences");
    refuse_empty(table, "audiences", audiences.as_ref().map(Vec::len), "no narrowing");
    audiences.unwrap_or_default()
}

fn restricted_to(table: &mut Table<'_>, defendants: &[Defendant]) -> Vec<usize> {
    let typed = table.list("restricted_to");
    refuse_empty(table, "restricted_to", typed.as_ref().map(Vec::len), "no restriction");
    typed
        .unwrap_or_default()
        .into_iter()
        .filter_map(|name| {
            let place = table.checked(name.at, defendant(&name.value, defendants))?;
            Some(place.value)
        })
        .collect()
}

/// An empty list could be meant as nobody or as everybody.
fn refuse_empty(table: &Table<'_>, key: &str, length: Option<usize>, without: &str) {
    if length == Some(0) {
        let problem = Problem::new(Code::BadValue, format!("\"{key}\" is an empty list"));
        let hint = format!("name somebody, or delete the line: without it there is {without}");
        table.log().report(table.key_at(key), problem.hint(hint));
    }
}

/// The place of a defendant in the case.
pub(super) fn defendant(typed: &str, defendants: &[Defendant]) -> Result<usize, Problem> {
    let exact = defendants.iter().position(|defendant| defendant.name == typed);
    let key = name_key(typed);
    let alike = || defendants.iter().position(|defendant| name_key(&defendant.name) == key);
    exact.or_else(alike).ok_or_else(|| {
        let names: Vec<&str> = defendants.iter().map(|defendant| defendant.name.as_str()).collect();
        match one_of("defendant", typed, &names) {
            Err(problem) if !names.is_empty() => problem,
            _ => Problem::new(Code::UnknownValue, format!("unknown defendant {}", quoted(typed)))
                .hint("the manifest has no [[defendant]]; add one with this name"),
        }
    })
}

/// Personal data let pass in the title of a case, a section or a bundle, which has no pages.
pub(super) fn allowed_in_title(table: &mut Table<'_>, name: &'static str) -> Vec<Allowed> {
    let entries = table.tables("allow", name).into_iter().filter_map(|table| {
        let (at, log) = (table.at(), table.log());
        let allowed = allowed(table, ("field", "say where it stands: field = \"title\""))?;
        if allowed.at == AllowedAt::Field(PrintedField::Title) {
            return Some(allowed);
        }
        let problem = Problem::new(Code::BadValue, format!("{name} is about a title alone"));
        log.report(
            at,
            problem.hint("write field = \"title\"; pages have entries under their document"),
        );
        None
    });
    entries.collect()
}

/// An entry; `place` is the key that says where it stands, and what to do where there is none.
fn allowed(mut table: Table<'_>, place: (&'static str, &'static str)) -> Option<Allowed> {
    let line = table.line();
    let kind = table.choice::<PersonalData>("kind");
    let has_pages = place.0 == "page";
    if has_pages {
        table.refuse(&["not_form", "pages", "second_initials"], "kind");
    }
    let page = has_pages.then(|| table.number("page", 1..=1_000_000)).flatten();
    let field = table.choice::<PrintedField>("field");
    let which = which(&mut table);
    let reason = table.text("reason");
    let initials = initials(&mut table, "initials");
    let needed = [
        ("kind", "say what may stay: kind = \"postcode\""),
        place,
        ("reason", "say why it may stay: reason = \"address of the scene\""),
    ];
    let is_said = |table: &Table<'_>, key| {
        table.has(key) || (key == "page" && has_pages && table.has("field"))
    };
    for (key, hint) in needed {
        if !is_said(&table, key) {
            table.missing(key, hint);
        }
    }
    let at = match (page, field) {
        (Some(page), None) => Some(AllowedAt::Page(page)),
        (None, Some(field)) => Some(AllowedAt::Field(field.value)),
        (Some(_), Some(field)) => {
            let message = "an entry names a page or a field, not both";
            let problem = Problem::new(Code::BadValue, message);
            table.checked::<()>(field.at, Err(problem.hint("write two entries")));
            None
        }
        (None, None) => None,
    };
    table.finish();
    Some(Allowed {
        kind: kind?.value,
        at: at?,
        which,
        reason: reason?.value,
        initials: initials?,
        line,
    })
}

/// What an entry lets pass: by its mark, or in the old way by its number.
fn which(table: &mut Table<'_>) -> AllowedWhich {
    if table.has("mark") {
        table.refuse(&["item"], "mark");
    }
    let mark = table.parsed("mark", |text| {
        Mark::parse(text).ok_or_else(|| {
            let message = format!("{} is no mark", quoted(text));
            Problem::new(Code::BadValue, message)
                .hint("copy it from what `courtbundle check` prints, eight digits and letters: mark = \"1f0c9a7e\"")
        })
    });
    match mark {
        Some(mark) => AllowedWhich::Marked(mark.value),
        None => AllowedWhich::Item(table.number("item", 1..=1_000_000).unwrap_or(1)),
    }
}

/// Who decided something, under a key; must be there.
pub(super) fn initials(table: &mut Table<'_>, key: &'static str) -> Option<String> {
    let initials = table.parsed(key, |text| {
        let sound = text.chars().count() <= LONGEST_INITIALS
            && text.chars().all(|c| c.is_alphabetic() || " .-".contains(c))
            && text.chars().any(char::is_alphabetic);
        if sound {
            return Ok(text.to_owned());
        }
        let message = format!("{} are no initials", quoted(text));
        let hint = format!("write letters, such as {key} = \"AB\"");
        Err(Problem::new(Code::BadValue, message).hint(hint))
    });
    if !table.has(key) {
        table.missing(key, &format!("say who decided: {key} = \"AB\""));
    }
    initials.map(|initials| initials.value)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::manifest::{Case, Reading, parse};

    fn reading(text: &str) -> Reading {
        parse(text, Path::new("bundle.toml"))
    }

    fn example() -> Case {
        let text = include_str!("../../../bundle.example.toml");
        reading(text).case.unwrap()
    }

    #[test]
    fn what_may_be_served_is_read() {
        let case = example();
        let statement = &case.sections[0].documents[0];
        assert_eq!(statement.audiences, [Audience::Court, Audience::Defence]);
        assert_eq!(statement.restricted_to, [0]);
        assert_eq!(statement.served_by.as_deref(), Some("A Advocate"));
        let day = jiff::civil::date(2026, 6, 19);
        assert_eq!(statement.redacted_on, Some(day));
        assert_eq!(statement.comments, Some(Comments::Strip));
        assert_eq!(statement.hidden, Hidden::Keep);
        let [allowed] = statement.allow.as_slice() else { panic!("one entry") };
        let which = AllowedWhich::Marked(Mark::parse("1f0c9a7e").unwrap());
        assert_eq!(
            (allowed.kind, allowed.at, allowed.which),
            (PersonalData::Postcode, AllowedAt::Page(2), which)
        );
        assert_eq!(
            (allowed.reason.as_str(), allowed.initials.as_str()),
            ("address of the scene", "AA")
        );
        assert_eq!(case.bundles[1].defendant, Some(0));
    }

    /// Lines of a document, the code of what is wrong with them, and a part of what is said.
    const WRONG: &str = "\
audiences = ['judge'] | unknown-value | unknown audiences \"judge\"
audiences = [] | bad-value | \"audiences\" is an empty list
restricted_to = ['Anne'] | unknown-value | unknown defendant \"Anne\"
restricted_to = [] | bad-value | \"restricted_to\" is an empty list
comments = 'drop' | unknown-value | unknown comments \"drop\"
hidden = 'strip' | unknown-value | unknown hidden \"strip\"
served_on = '2026' | bad-date | served_on
form = 'exibit' | unknown-form | \"exibit\" is not a known form
allow = [{ reason = 'r', kind = 'passport', page = 1, initials = 'A' }] | unknown-value | unknown kind
allow = [{ reason = 'r', kind = 'phone', page = 0, initials = 'A' }] | bad-value | \"page\" must be
allow = [{ reason = 'r', kind = 'phone', page = 1, initials = '12' }] | bad-value | are no initials
allow = [{ reason = 'r', kind = 'phone', page = 1 }] | missing-key | \"initials\" is missing
allow = [{ kind = 'phone', page = 1, initials = 'A' }] | missing-key | \"reason\" is missing
allow = [{ reason = 'r', kind = 'phone', initials = 'A' }] | missing-key | \"page\" is missing
allow = [{ reason = 'r', kind = 'phone', field = 'file', initials = 'A' }] | unknown-value | unknown field
allow = [{ reason = 'r', kind = 'phone', field = 'title', page = 1, initials = 'A' }] | bad-value | not both
allow = [{ reason = 'r', kind = 'phone', page = 1, mark = '12345', initials = 'A' }] | bad-value | is no mark
allow = [{ reason = 'r', kind = 'phone', page = 1, mark = '1f0c9a7e', item = 1, initials = 'A' }] | bad-value | does not go with \"mark\"
allow = [{ not_form = ['PNCC'], reason = 'r', initials = 'A' }] | unknown-form | \"PNCC\" is not a known form
allow = [{ not_form = ['MG6D'], reason = 'r', initials = 'A' }] | missing-key | \"second_initials\" is missing
allow = [{ not_form = ['MG6D'], reason = 'r', initials = 'AB', second_initials = 'a.b.' }] | bad-value | of the same person
allow = [{ not_form = ['pnc'], kind = 'phone', reason = 'r', initials = 'A' }] | bad-value | does not go with \"not_form\"
allow = [{ kind = 'phone', page = 1, pages = '2', reason = 'r', initials = 'A' }] | bad-value | does not go with \"kind\"";

    #[test]
    fn what_is_wrong_about_service_is_said_once() {
        for line in WRONG.lines() {
            let [typed, code, message] = line.split(" | ").collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            let reading = reading(&format!(
                "case.title = 'x'\ndefendant = [{{ name = 'Ann' }}]\n[[section]]\nletter = 'A'\n\
                 [[section.document]]\nfile = 'a.pdf'\n{typed}\n"
            ));
            let [finding] = reading.findings.as_slice() else {
                panic!("{line}: {:?}", reading.findings)
            };
            assert_eq!(finding.code.as_str(), code, "{line}");
            assert!(finding.message.contains(message), "{line}: {finding:?}");
            assert_eq!(finding.line, Some(7), "{line}");
        }
    }

    #[test]
    fn a_bundle_for_one_defendant_is_for_the_defence_or_its_claim() {
        let bundle =
            "case.title = 'x'\ndefendant = [{ name = 'Ann' }]\n[[bundle]]\ndefendant = 'ann'\n";
        let wrong = &reading(bundle).findings[0].message;
        assert!(wrong.contains("only goes with audience"), "{wrong}");
        for audience in ["laa", "defence"] {
            let right = reading(&format!("{bundle}audience = '{audience}'")).case;
            assert_eq!(right.unwrap().bundles[0].defendant, Some(0));
        }
    }
}
