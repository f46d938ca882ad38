//! Some of the settings, as somebody names them who opens or changes a book.

use super::settings::Settings;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind, Result};
use crate::text::quoted;
use crate::time::{LeapDay, TimeZone, Weekday};
use crate::value::Country;

/// The settings that somebody names. The others are what they are.
///
/// ```
/// use tagmata::{PartialSettings, Settings, Weekday};
/// let named = PartialSettings { week_start: Some(Weekday::Sunday), ..PartialSettings::default() };
/// let settings = named.onto(Settings::default())?;
/// assert_eq!(settings.calendar.week_start, Weekday::Sunday);
/// assert_eq!(settings.limits, Settings::default().limits);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PartialSettings {
    /// The zone.
    pub time_zone: Option<TimeZone>,
    /// The country in which a phone number without country code is read; inside, `None` takes it away.
    pub default_country: Option<Option<Country>>,
    /// The first day of the week.
    pub week_start: Option<Weekday>,
    /// The day on which anniversaries of 29 February fall in other years.
    pub leap_day: Option<LeapDay>,
    /// Limits by their names.
    pub limits: Vec<(String, usize)>,
}

impl PartialSettings {
    /// Settings, with those that are named instead of what they are.
    ///
    /// # Errors
    /// [`Code::BadSetting`] for a name that is no limit's.
    pub fn onto(&self, mut settings: Settings) -> Result<Settings> {
        let Settings { calendar, default_country, limits } = &mut settings;
        calendar.zone = self.time_zone.unwrap_or(calendar.zone);
        calendar.week_start = self.week_start.unwrap_or(calendar.week_start);
        calendar.leap_day = self.leap_day.unwrap_or(calendar.leap_day);
        *default_country = self.default_country.unwrap_or(*default_country);
        for (name, value) in &self.limits {
            *limits = limits.with(name, *value)?;
        }
        Ok(settings)
    }

    /// Refuses the settings of a book, whose name messages say, if what is named here is not what they are.
    ///
    /// ```
    /// use tagmata::{Code, PartialSettings, Settings};
    /// let named = PartialSettings { default_country: Some(Some("FR".parse()?)), ..PartialSettings::default() };
    /// let error = named.require(&Settings::default(), "crm.db").unwrap_err();
    /// assert_eq!(error.code(), Code::OtherSettings);
    /// assert_eq!(error.diagnostics()[0].message(), "the default country of the book `crm.db` is none, not `FR`");
    /// assert!(PartialSettings::default().require(&Settings::default(), "crm.db").is_ok());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::OtherSettings`] with all that differ; [`Code::BadSetting`] for a name that is no limit's.
    pub fn require(&self, settings: &Settings, book: &str) -> Result<()> {
        let wanted = self.onto(*settings)?;
        let differs: Vec<Diagnostic> = shown(settings)
            .into_iter()
            .zip(shown(&wanted))
            .filter(|((_, is), (_, wanted))| is != wanted)
            .map(|((what, is), (_, wanted))| other(&what, is.as_deref(), wanted.as_deref(), book))
            .collect();
        Error::of_all(ErrorKind::Conflict, differs, None).map_or(Ok(()), Err)
    }
}

/// Settings by the words that messages have for them.
fn shown(settings: &Settings) -> Vec<(String, Option<String>)> {
    let Settings { calendar, default_country, limits } = settings;
    let own = [
        ("time zone", Some(calendar.zone.to_string())),
        ("default country", default_country.map(|country| country.to_string())),
        ("first day of the week", Some(calendar.week_start.as_str().to_owned())),
        ("leap day", Some(calendar.leap_day.as_str().to_owned())),
    ];
    let limits =
        limits.by_name().map(|(name, value)| (format!("limit {}", quoted(name)), Some(value.to_string())));
    own.into_iter().map(|(what, value)| (what.to_owned(), value)).chain(limits).collect()
}

fn other(what: &str, is: Option<&str>, wanted: Option<&str>, book: &str) -> Diagnostic {
    let of = format!("the {what} of the book {}", quoted(book));
    let is = is.map_or_else(|| "none".to_owned(), quoted);
    let message = match wanted {
        Some(wanted) => format!("{of} is {is}, not {}", quoted(wanted)),
        None => format!("{of} is {is}, which was to be none"),
    };
    let help = "open the book without this setting, then change its settings if that is meant";
    Diagnostic::new(Code::OtherSettings, message).help(help)
}
