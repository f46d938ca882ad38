//! What a segment can ask about a contact.

use std::fmt;

/// A question about one field, in the form in which other programs than tagmata can ask it too.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Predicate {
    /// The status is this one.
    Status(&'static str),
    /// The country is one of these.
    Country(Vec<&'static str>),
    /// One of these tags is there.
    Tags(Vec<u64>),
    /// The contact is in this static segment.
    Segment(u64),
    /// The number lies between these ends, which are included.
    Number {
        /// The key of the field.
        field: &'static str,
        /// The lower end.
        low: Option<u64>,
        /// The upper end.
        high: Option<u64>,
    },
    /// The instant is at most so many days ago, or longer ago than that.
    Ago {
        /// The key of the field.
        field: &'static str,
        /// So many days.
        days: u64,
        /// Whether it is longer ago.
        more: bool,
    },
    /// The instant is on this day or later, or before it.
    Day {
        /// The key of the field.
        field: &'static str,
        /// The year.
        year: u64,
        /// The month, from 1.
        month: u64,
        /// The day, from 1.
        day: u64,
        /// Whether it is before that.
        before: bool,
    },
    /// The birthday is in so many days at most.
    Birthday(u64),
    /// The newsletter is wanted.
    Newsletter,
    /// The type of the client is this one.
    ClientType(&'static str),
    /// One of these programs is used.
    Software(Vec<&'static str>),
    /// The e-mail address is in this domain.
    EmailDomain(&'static str),
    /// The last name begins with these letters.
    LastName(String),
    /// The name of the organization has this in it.
    Organization(String),
}

impl Predicate {
    /// Whether the answer may be another one because time passes.
    #[must_use]
    pub(crate) fn is_relative(&self) -> bool {
        matches!(self, Self::Ago { .. } | Self::Birthday(_))
    }
}

/// In the filter language.
impl fmt::Display for Predicate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(out, "status = {status}"),
            Self::Country(countries) => write!(out, "country in ({})", countries.join(", ")),
            Self::Tags(tags) => {
                let tags: Vec<String> = tags.iter().map(|tag| tag_name(*tag)).collect();
                write!(out, "tags has any ({})", tags.join(", "))
            }
            Self::Segment(number) => write!(out, "segments has \"{}\"", segment_name(*number)),
            Self::Number { field, low: Some(low), high: Some(high) } => {
                write!(out, "{field} between {low} and {high}")
            }
            Self::Number { field, low: Some(low), high: None } => write!(out, "{field} >= {low}"),
            Self::Number { field, low: None, high: Some(high) } => write!(out, "{field} <= {high}"),
            Self::Number { field, low: None, high: None } => write!(out, "{field} is not empty"),
            Self::Ago { field, days, more: true } => write!(out, "{field} more than {days} days ago"),
            Self::Ago { field, days, more: false } => write!(out, "{field} in last {days} days"),
            Self::Day { field, year, month, day, before } => {
                let operator = if *before { "<" } else { ">=" };
                write!(out, "{field} {operator} {year}-{month:02}-{day:02}")
            }
            Self::Birthday(days) => write!(out, "birthday anniversary in next {days} days"),
            Self::Newsletter => out.write_str("newsletter is true"),
            Self::ClientType(option) => write!(out, "client_type = {option}"),
            Self::Software(options) => write!(out, "software has any ({})", options.join(", ")),
            Self::EmailDomain(domain) => write!(out, "email ends with \"@{domain}\""),
            Self::LastName(letters) => write!(out, "last_name starts with \"{letters}\""),
            Self::Organization(part) => write!(out, "organization contains \"{part}\""),
        }
    }
}

/// How many tags the contacts have.
pub(crate) const TAGS: u64 = 500;

/// The name of a tag of the contacts.
pub(crate) fn tag_name(number: u64) -> String {
    format!("tag_{number:03}")
}

/// The name of a static segment of the contacts.
pub(crate) fn segment_name(number: u64) -> String {
    format!("Segment {number:03}")
}
