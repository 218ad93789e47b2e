//! The arguments as the user meant them.

use std::ffi::OsString;

/// The arguments of this process. On Windows `*` is expanded here, as no shell does it.
pub(crate) fn arguments() -> Vec<OsString> {
    #[cfg(windows)]
    let typed = wild::args_os();
    #[cfg(not(windows))]
    let typed = std::env::args_os();
    match cfg!(windows) {
        true => typed.map(without_quote).collect(),
        false => typed.collect(),
    }
}

/// PowerShell completes a folder to `".\R v Blake\"`, which arrives as `.\R v Blake"`.
fn without_quote(argument: OsString) -> OsString {
    let text = argument.to_str().and_then(|text| text.strip_suffix('"'));
    text.map(OsString::from).unwrap_or(argument)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_that_powershell_leaves_at_the_end_goes() {
        assert_eq!(without_quote("R v Blake\"".into()), "R v Blake");
        assert_eq!(without_quote("check".into()), "check");
    }
}
