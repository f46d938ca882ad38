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
    // What has no more bytes has no part of more.
    const LONGEST_PART: usize = 63;
    let Some(at) = text.bytes().position(|byte| byte == b'@') else { return false };
    let (local, domain) = text.split_at_checked(at).unwrap_or_default();
    let (local, domain) = (local.as_bytes(), domain.as_bytes().get(1..).unwrap_or_default());
    let is_simple = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_alphanumeric();
    // Neither may begin or end with a dot, nor have two in a row; no label of the domain begins or ends with a dash.
    let mut before = b'.';
    for &byte in local {
        if !is_simple(byte) && !matches!(byte, b'-' | b'_' | b'+') && (byte != b'.' || before == b'.') {
            return false;
        }
        before = byte;
    }
    let is_local = before != b'.' && local.len() <= LONGEST_PART;
    before = b'.';
    let mut dots = 0;
    for &byte in domain {
        match byte {
            _ if is_simple(byte) => {}
            b'-' if before != b'.' => {}
            b'.' if !matches!(before, b'.' | b'-') => dots += 1,
            _ => return false,
        }
        before = byte;
    }
    is_local && dots > 0 && !matches!(before, b'.' | b'-') && domain.len() <= LONGEST_PART
}
