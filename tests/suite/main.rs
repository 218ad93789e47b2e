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

mod agreement;
mod allocate;
mod alone;
mod attachments;
mod bad_input;
mod bad_output;
mod bad_structure;
mod borrowed;
mod build;
mod build_content;
mod build_example;
mod build_forms;
mod build_numbers;
mod case;
mod chase;
mod check;
mod check_files;
mod corpus;
mod damaged;
mod determinism;
mod dump;
mod dynamic_forms;
mod farm;
mod faulty;
mod fidelity;
mod foreign;
mod generated;
mod golden;
mod held;
mod hostile;
mod init;
mod leaks;
mod list;
mod list_pdf;
mod look;
mod lost_targets;
mod manifests;
mod mutants;
mod mutate;
mod odd_boxes;
mod overlays;
mod pages_left_out;
mod paper;
mod privacy;
mod quality;
mod reader;
mod same_findings;
mod scans;
mod served;
mod served_content;
mod sheets;
mod size;
mod standards;
mod stop;
mod tags;
mod texts;
mod unlocked;
mod unseen;
mod up_to_date;
mod verify;
mod verify_foreign;
mod withheld;
mod written;
