//! Rows for people and for scripts.

mod allocate;
mod board;
mod board_html;
mod build;
mod build_merge;
mod build_rows;
mod build_table;
mod casework_page;
mod casework_words;
mod chase;
mod check;
mod ci;
mod import;
mod list;
mod list_csv;
mod list_html;
mod list_pdf;
mod list_text;
mod over_pages;
mod page;
mod quality;
mod quality_html;
mod spreadsheet;
mod standards;
mod summary;
mod text;
mod verify;
mod verify_html;

pub use crate::model::words::{count, size};
pub use allocate::{AllocationReport, allocation_csv, allocation_text};
pub use board::{BoardWords, board_text, cases_text};
pub use board_html::board_html;
pub use build::{built_text, plan_text, refused_text};
pub use build_merge::{NamedReport, merged};
pub use build_rows::{BuildReport, BuildState, BundleRow};
pub use build_table::{build_table, no_case_text};
pub use chase::{ChaseReport, ChaseRow, chase_csv, chase_ics, chase_markdown, chase_text};
pub use check::{CaseReport, CheckReport, DocumentRow, check_text, unread_text};
pub use ci::{github_text, junit_xml};
pub use import::{FileRemarks, ImportReport, import_text};
pub use list::{CourtList, ListReport};
pub use list_csv::list_csv;
pub use list_html::list_html;
pub use list_pdf::list_pdf;
pub use list_text::list_text;
pub use quality::{QualityReport, quality_csv, quality_text};
pub use quality_html::quality_html;
pub use standards::{StandardRow, StandardsReport, standard_text, standards_text};
pub use summary::for_people;
pub use text::case_heading;
pub use verify::{
    FileReport, ProfileRow, ResultRow, RulesReport, VerifyReport, profile_text, profiles_text,
    verify_text,
};
pub use verify_html::{pages_to_show, verify_html};
