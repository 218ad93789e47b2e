//! Any bytes are a source or are refused with a reason.

#![no_main]

use courtbundle::pdf::source::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match Source::from_bytes(bytes.to_vec()) {
        Ok(source) => {
            assert!(!source.pages.is_empty());
            assert_eq!(source.pages.len(), source.facts.pages.len());
        }
        Err(error) => assert!(!error.to_string().is_empty() && !error.hint().is_empty()),
    }
});
