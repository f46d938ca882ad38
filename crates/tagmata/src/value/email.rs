//! E-mail addresses.

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::quoted;
use email_address::{EmailAddress, Options};

/// Whether a text can be written to: an RFC 5321 address without display name.
///
/// # Errors
/// [`Code::BadEmail`] if it cannot.
pub(crate) fn check_email(text: &str) -> Result<()> {
    let options = Options::default().without_display_text().without_domain_literal();
    match EmailAddress::parse_with_options(text.trim(), options) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::value(
            Diagnostic::new(Code::BadEmail, format!("{} is not an e-mail address", quoted(text)))
                .help(error.to_string().trim_end_matches('.').to_lowercase().replace('\'', "`")),
        )),
    }
}
