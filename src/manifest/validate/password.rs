//! `password_env`: where the password of a file is to be had. The password itself never stands in a
//! manifest, which is copied, sent and kept.

use crate::manifest::reader::{Problem, Table};
use crate::model::Code;

/// The name of an environment variable.
pub(super) fn variable(table: &mut Table<'_>) -> Option<String> {
    let name = table.parsed("password_env", |name| {
        let is_sound = !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if is_sound {
            return Ok(name.to_owned());
        }
        // What is typed may be a password, so it is not shown.
        let message = "\"password_env\" must be the name of an environment variable";
        Err(Problem::new(Code::BadValue, message).hint(
            "write a name such as password_env = \"CASE_PASSWORD\", and set the password itself in \
             that variable",
        ))
    });
    name.map(|name| name.value)
}
