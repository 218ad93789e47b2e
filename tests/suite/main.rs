//! The program as its users meet it: the real binary, run in a folder of its own, and its output read
//! by readers that did not write it.
//!
//! `COURTBUNDLE_BLESS=1 cargo test` writes the files in `tests/golden` again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    unreachable_pub,
    reason = "a helper that fails must fail the test that called it"
)]

mod allocate;
mod allowed;
mod attachments;
mod bad_files;
mod bad_input;
mod bad_output;
mod borrowed;
mod build;
mod build_content;
mod build_example;
mod build_forms;
mod build_numbers;
mod chase;
mod check;
mod check_files;
mod corpus;
mod determinism;
mod dynamic_forms;
mod farm;
mod fidelity;
mod generated;
mod golden;
mod held;
mod init;
mod known_pages;
mod leaks;
mod list;
mod list_pdf;
mod lost_targets;
mod manifests;
mod odd_boxes;
mod over_pages;
mod overlays;
mod pages_left_out;
mod privacy;
mod quality;
mod red_team;
mod scans;
mod served;
mod served_content;
mod size;
mod standards;
mod stop;
mod support;
mod tags;
mod texts;
mod unlocked;
mod unseen;
mod up_to_date;
mod verify;
mod verify_foreign;
mod withheld;
mod withheld_names;
