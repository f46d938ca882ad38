//! Countries.

use super::Symbol;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::{did_you_mean, fold, nearest, quoted};
use std::{fmt, str::FromStr};

/// A country by its ISO 3166-1 alpha-2 code; `XK` (Kosovo), user-assigned there and in common use, is one too.
///
/// ```
/// use tagmata::Country;
/// let country: Country = "fr".parse()?;
/// assert_eq!(country.to_string(), "FR");
/// assert_eq!("France".parse::<Country>().unwrap_err().diagnostics()[0].help_text(), Some("did you mean `FR`?"));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// The country of a symbol in a country field; `None` for the symbols of other fields.
    ///
    /// ```
    /// use tagmata::{Country, Symbol};
    /// let france: Country = "FR".parse()?;
    /// assert_eq!(Country::from_symbol(Symbol::from(france)), Some(france));
    /// assert_eq!(Country::from_symbol(Symbol::new(3)), None);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn from_symbol(symbol: Symbol) -> Option<Self> {
        let letters = u16::try_from(symbol.get()).ok()?.to_be_bytes();
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    /// The two capital letters.
    ///
    /// ```
    /// # use tagmata::Country;
    /// assert_eq!("fr".parse::<Country>()?.as_str(), "FR");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl From<Country> for Symbol {
    fn from(country: Country) -> Self {
        Self::new(u32::from(u16::from_be_bytes(country.0)))
    }
}

impl FromStr for Country {
    type Err = Error;

    /// Reads an alpha-2 code in any case.
    ///
    /// # Errors
    /// [`Code::UnknownCountry`] for all else; dial codes and names of countries get a help of their own.
    fn from_str(text: &str) -> Result<Self> {
        let code = text.trim();
        if let (2, Ok(country)) = (code.len(), celes::Country::from_alpha2(code))
            && let Ok(letters) = <[u8; 2]>::try_from(country.alpha2.as_bytes())
        {
            return Ok(Self(letters));
        }
        Err(unknown(code))
    }
}

fn unknown(text: &str) -> Error {
    let is_dial_code = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || "+ ()".contains(c));
    let diagnostic = Diagnostic::new(Code::UnknownCountry, format!("there is no country {}", quoted(text)));
    if is_dial_code {
        return Error::value(
            diagnostic.help("use the two letters of ISO 3166-1, such as `FR`, not the dial code"),
        );
    }
    if let Some(meant) = other_code(text) {
        return Error::value(diagnostic.help(format!("did you mean `{meant}`?")).expecting([meant]));
    }
    let countries = celes::Country::get_countries();
    let named = nearest(text, countries.iter().map(|country| country.long_name));
    let is_name = |name: &String| fold(name) == fold(text);
    let named = if named.iter().any(is_name) { named.into_iter().filter(is_name).collect() } else { named };
    let near: Vec<_> =
        countries.iter().filter(|c| named.iter().any(|name| name == c.long_name)).map(|c| c.alpha2).collect();
    let help =
        did_you_mean(&near).unwrap_or_else(|| "use the two letters of ISO 3166-1, such as `FR`".to_owned());
    Error::value(diagnostic.help(help).expecting(near))
}

/// The country of a code of three letters or a common short name; the European Union writes `UK` and `EL`.
fn other_code(text: &str) -> Option<&'static str> {
    match text {
        "UK" | "uk" => Some("GB"),
        "EL" | "el" => Some("GR"),
        _ => celes::Country::from_alpha3(text)
            .or_else(|_| celes::Country::from_alias(text))
            .ok()
            .map(|country| country.alpha2),
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
