//! Any bytes become a bundle that proves to be as planned, or are refused as a document.

#![no_main]

mod alone;

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: alone::let_panics_be_caught(), |bytes: &[u8]| alone::build(bytes));
