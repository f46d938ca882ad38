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
    if is_plain(text) {
        return Ok(());
    }
    let options = Options::default().without_display_text().without_domain_literal();
    match EmailAddress::parse_with_options(text.trim(), options) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::value(
            Diagnostic::new(Code::BadEmail, format!("{} is not an e-mail address", quoted(text)))
                .help(error.to_string().trim_end_matches('.').to_lowercase().replace('\'', "`")),
        )),
    }
}

/// Whether a text is an address of the most common form, of which nobody doubts that it is one.
fn is_plain(text: &str) -> bool {
    let is_part = |part: &str, sign: fn(u8) -> bool| {
        (1..=63).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || sign(byte))
    };
    let is_label =
        |label: &str| is_part(label, |byte| byte == b'-') && !label.starts_with('-') && !label.ends_with('-');
    let Some((local, domain)) = text.split_once('@') else { return false };
    local.len() <= 64
        && local.split('.').all(|part| is_part(part, |byte| matches!(byte, b'-' | b'_' | b'+')))
        && domain.len() <= 200
        && domain.contains('.')
        && domain.split('.').all(is_label)
}
