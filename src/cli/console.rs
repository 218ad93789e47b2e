//! The one owner of stdout, stderr and the progress bar; nothing else prints.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use courtbundle::casework::hearings::readiness::Readiness;
use courtbundle::check::{State, leftovers};
use courtbundle::model::atomic_write::Swept;
use courtbundle::model::{Finding, Severity, in_words};
use courtbundle::report::{BuildState, BundleRow, ResultRow};
use courtbundle::verify::Status;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::escapes::Escapes;
use crate::cli::{Colour, Common};

/// Where results and messages go.
pub(crate) struct Console {
    quiet: bool,
    colour_out: bool,
    colour_err: bool,
    bar: ProgressBar,
    /// Pages read so far, over all cases.
    read: AtomicU64,
    escapes: Escapes,
    /// Whether there is somebody who can be asked for a password.
    asks: bool,
    /// What was typed for each file, so that a file of several bundles is asked for once.
    typed: Mutex<BTreeMap<PathBuf, Option<String>>>,
}

impl Console {
    pub(crate) fn new(common: &Common, json: bool) -> Self {
        // An old console of Windows shows the codes of colours as text unless it is asked not to.
        let knows_colours = anstyle_query::windows::enable_ansi_colors().unwrap_or(true);
        let colour = |terminal: bool| match common.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                terminal
                    && knows_colours
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        };
        let shown = !common.quiet && !json && io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(
            Some(0),
            if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() },
        );
        // How many pages there are is known only when they have been read.
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        Self {
            quiet: common.quiet,
            colour_out: colour(io::stdout().is_terminal()),
            colour_err: colour(io::stderr().is_terminal()),
            bar,
            read: AtomicU64::new(0),
            escapes: Escapes::new(),
            asks: shown && io::stdin().is_terminal() && !is_automatic(),
            typed: Mutex::default(),
        }
    }

    /// A result that is text.
    pub(crate) fn result(&self, text: &str) -> io::Result<()> {
        self.result_bytes(self.escapes.printed(text).as_bytes())
    }

    /// Whether somebody looks at stdout.
    pub(crate) fn is_looked_at(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// A result. A reader who has gone away, as `head` does, wants no more and is no error.
    pub(crate) fn result_bytes(&self, bytes: &[u8]) -> io::Result<()> {
        let written = self.bar.suspend(|| {
            let mut out = io::stdout().lock();
            out.write_all(bytes).and_then(|()| out.flush())
        });
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => {
                Err(io::Error::new(error.kind(), format!("the result cannot be written: {error}")))
            }
            Ok(()) => Ok(()),
        }
    }

    /// A finding that is not the result of the command itself.
    pub(crate) fn finding(&self, case: &Path, finding: &Finding) {
        if !self.quiet || finding.is_error() {
            self.message(&self.finding_text(Some(case), finding, self.colour_err));
        }
    }

    /// A finding as a result.
    pub(crate) fn finding_result(&self, finding: &Finding) -> io::Result<()> {
        self.result(&self.finding_text(None, finding, self.colour_out))
    }

    /// What was swept up in a folder, where there was anything.
    pub(crate) fn swept(&self, swept: &Swept) {
        for finding in leftovers(swept) {
            self.finding(&swept.folder, &finding);
        }
    }

    /// Something worth knowing that is no finding.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            self.message(&format!("{text}\n"));
        }
    }

    /// The error that ends the command.
    pub(crate) fn error(&self, error: &anyhow::Error) {
        let word = self.paint("error:", style(Severity::Error), self.colour_err);
        self.message(&format!("{word} {}\n", said(error)));
    }

    /// The password of a file, typed unseen; nothing where nobody can be asked or nobody answers.
    pub(crate) fn ask_password(&self, file: &Path) -> Option<String> {
        if !self.asks {
            return None;
        }
        // Held while somebody types: one question after the other.
        let mut typed = self.typed.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = typed.entry(file.to_path_buf()).or_insert_with(|| {
            let name = courtbundle::check::display(file);
            let question = format!("{name}: password (Enter to go on without): ");
            let question = self.escapes.printed(&question);
            let answer = self.bar.suspend(|| rpassword::prompt_password(question));
            answer.ok().filter(|password| !password.is_empty())
        });
        answer.clone()
    }

    /// Pages that have been read.
    pub(crate) fn pages_read(&self, pages: u32) {
        let read = self.read.fetch_add(u64::from(pages), Ordering::Relaxed) + u64::from(pages);
        self.bar.set_message(format!("reading: {read} pages so far"));
    }

    /// More pages to be written.
    pub(crate) fn expect_pages(&self, pages: u32) {
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} pages") {
            self.bar.set_style(style);
        }
        self.bar.set_message("building");
        self.bar.inc_length(u64::from(pages));
    }

    /// Pages that have been written.
    pub(crate) fn pages_done(&self, pages: u32) {
        self.bar.inc(u64::from(pages));
    }

    /// Shows that something goes on.
    pub(crate) fn start(&self) {
        self.bar.set_message("reading");
        self.bar.enable_steady_tick(Duration::from_millis(200));
    }

    /// Takes the bar away.
    pub(crate) fn stop(&self) {
        self.bar.finish_and_clear();
    }

    /// The word for a state, in its colour on stdout.
    pub(crate) fn paint_state(&self, state: State, text: &str) -> String {
        let style = match state {
            State::Present => AnsiColor::Green.on_default(),
            State::Expected | State::Received | State::Cancelled => AnsiColor::Yellow.on_default(),
            State::Missing | State::Unreadable => AnsiColor::Red.on_default().bold(),
        };
        self.paint(text, style, self.colour_out)
    }

    /// The word for how ready a case is, in its colour on stdout.
    pub(crate) fn paint_readiness(&self, readiness: Readiness, text: &str) -> String {
        let style = match readiness {
            Readiness::Ready => AnsiColor::Green.on_default(),
            Readiness::Gaps => AnsiColor::Yellow.on_default(),
            Readiness::NotReady => AnsiColor::Red.on_default().bold(),
        };
        self.paint(text, style, self.colour_out)
    }

    /// The word for what became of a bundle, in its colour on stdout.
    pub(crate) fn paint_bundle(&self, row: &BundleRow, text: &str) -> String {
        let style = match (row.state, row.exit_code) {
            (BuildState::Refused, _) => AnsiColor::Red.on_default().bold(),
            (_, 0) => AnsiColor::Green.on_default(),
            _ => AnsiColor::Yellow.on_default(),
        };
        self.paint(text, style, self.colour_out)
    }

    /// The word for what came of a rule, in its colour on stdout.
    pub(crate) fn paint_result(&self, row: &ResultRow, text: &str) -> String {
        let style = match row.status {
            Status::Pass => AnsiColor::Green.on_default(),
            Status::Na => AnsiColor::BrightBlack.on_default(),
            Status::Fail => style(row.severity),
        };
        self.paint(text, style, self.colour_out)
    }

    fn paint(&self, text: &str, style: Style, colour: bool) -> String {
        match colour {
            true => self.escapes.painted(text, style),
            false => text.to_owned(),
        }
    }

    fn message(&self, text: &str) {
        // There is nobody left to tell when stderr is gone.
        let _ = self
            .bar
            .suspend(|| io::stderr().lock().write_all(self.escapes.printed(text).as_bytes()));
    }

    /// `error: section B, "Statement of PC Smith" (statements/smith.pdf): encrypted`, then the hint.
    fn finding_text(&self, case: Option<&Path>, finding: &Finding, colour: bool) -> String {
        let word = match finding.severity {
            Severity::Error => "error:",
            Severity::Warning => "warning:",
            Severity::Info => "note:",
        };
        let mut text = self.paint(word, style(finding.severity), colour);
        text.push(' ');
        if let Some(case) = case {
            text.push_str(&courtbundle::check::display(case));
            // What the manifest says wrongly is shown by its place, which has a column; what is wrong
            // with a document itself by the document's name alone.
            if (finding.document.is_none() || finding.column.is_some())
                && let Some(line) = finding.line
            {
                text.push_str(&format!(":{line}"));
                if let Some(column) = finding.column {
                    text.push_str(&format!(":{column}"));
                }
            }
            text.push_str(": ");
        }
        if let Some(document) = &finding.document {
            let file =
                document.file.as_deref().map(|file| format!(" ({file})")).unwrap_or_default();
            text.push_str(&format!("section {}, \"{}\"{file}", document.section, document.title));
        }
        let page = finding.page_to_name().map(|page| format!("page {page}"));
        let comma = if finding.document.is_some() && page.is_some() { ", " } else { "" };
        text.push_str(comma);
        text.push_str(page.as_deref().unwrap_or_default());
        if finding.document.is_some() || page.is_some() {
            text.push_str(": ");
        }
        text.push_str(&finding.message);
        text.push('\n');
        if let Some(hint) = &finding.hint {
            let word = self.paint("hint:", AnsiColor::Cyan.on_default(), colour);
            text.push_str(&format!("  {word} {hint}\n"));
        }
        text
    }
}

/// Says that the user stopped it, and ends the program, whatever other threads still do.
#[allow(clippy::exit, reason = "nobody wants what the other threads still do")]
pub(crate) fn stopped() {
    say_stopped();
    std::process::exit(130);
}

/// Says that the user stopped it, on a line of its own.
pub(crate) fn say_stopped() {
    let line = if io::stderr().is_terminal() { "\r\u{1b}[2KStopped.\n" } else { "Stopped.\n" };
    let _ = io::stderr().lock().write_all(line.as_bytes());
}

/// Whether the program runs where nobody looks, as servers that test software say of themselves.
fn is_automatic() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Info => AnsiColor::Blue.on_default(),
    }
}

/// All that an error says, what it came from last; the system's part of it in words for people.
fn said(error: &anyhow::Error) -> String {
    let mut hint = None;
    let causes = error.chain().map(|cause| match cause.downcast_ref() {
        Some(of_system) => {
            let (why, what_to_do) = in_words(of_system);
            hint = Some(what_to_do);
            why
        }
        None => cause.to_string(),
    });
    let mut said = String::new();
    for cause in causes {
        // Errors that quote what they come from say it themselves.
        if !said.ends_with(&cause) {
            said.push_str(if said.is_empty() { "" } else { ": " });
            said.push_str(&cause);
        }
    }
    if let Some(hint) = hint.filter(|_| !said.contains("\n  hint: ")) {
        said.push_str("\n  hint: ");
        said.push_str(hint);
    }
    said
}
