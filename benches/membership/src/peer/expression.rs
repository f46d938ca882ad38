//! Segments in the language of a-tree.

use tagmata::{Book, Country, Symbol, Timestamp};

use super::number::{MISSING, number};
use crate::predicate::{Predicate, segment_name, tag_name};
use crate::segment::{Condition, Definition};

/// A day, in microseconds.
const DAY: u64 = 86_400_000_000;

/// The segments as expressions; `None` for what cannot be expressed. Segments that use others have them written out.
pub(super) fn expressions(book: &Book, definitions: &[Definition]) -> Vec<Option<String>> {
    let mut all: Vec<Option<String>> = Vec::with_capacity(definitions.len());
    for definition in definitions {
        let conditions = definition.conditions.iter().map(|one| condition(book, one, &all));
        let conditions: Option<Vec<String>> = conditions.collect();
        all.push(conditions.map(|conditions| conditions.join(" and ")));
    }
    all
}

fn condition(book: &Book, condition: &Condition, earlier: &[Option<String>]) -> Option<String> {
    match condition {
        Condition::Is(one) => predicate(book, one),
        Condition::Not(one) => Some(format!("not ({})", predicate(book, one)?)),
        Condition::Any(several) => {
            let several: Option<Vec<String>> = several.iter().map(|one| predicate(book, one)).collect();
            Some(format!("({})", several?.join(" or ")))
        }
        Condition::Segment(place) => Some(format!("({})", earlier.get(*place)?.as_ref()?)),
    }
}

fn predicate(book: &Book, predicate: &Predicate) -> Option<String> {
    let schema = book.schema();
    let now = book.now().as_micros();
    Some(match predicate {
        Predicate::Status(name) => format!("status = {}", number(schema.status(name)?)),
        Predicate::Country(codes) => {
            let codes = codes.iter().map(|code| code.parse::<Country>().expect("a country"));
            format!("country in {}", list(codes))
        }
        Predicate::Tags(tags) => {
            let tags = tags.iter().filter_map(|tag| schema.tag(&tag_name(*tag)));
            format!("tags one of {}", list(tags))
        }
        Predicate::Segment(number) => {
            format!("segments one of {}", list(schema.segment(&segment_name(*number))))
        }
        Predicate::Number { field, low, high } => {
            let end = |end: &Option<u64>| end.map(|end| i64::try_from(100 * end).expect("a small number"));
            range(field, end(low), end(high))
        }
        Predicate::Ago { field, days, more } => {
            let edge = now - i64::try_from(days * DAY).expect("some years");
            if *more { range(field, None, Some(edge - 1)) } else { range(field, Some(edge + 1), Some(now)) }
        }
        Predicate::Day { field, year, month, day, before } => {
            let start: Timestamp = format!("{year}-{month:02}-{day:02}T00:00:00Z").parse().expect("a day");
            let edge = start.as_micros();
            if *before { range(field, None, Some(edge - 1)) } else { range(field, Some(edge), None) }
        }
        Predicate::Birthday(days) => range("birthday", Some(1), i64::try_from(*days).ok()),
        Predicate::Newsletter => "newsletter".to_owned(),
        Predicate::ClientType(name) => {
            format!("client_type = {}", number(option(book, "client_type", name)?))
        }
        Predicate::Software(names) => {
            let options = names.iter().filter_map(|name| option(book, "software", name));
            format!("software one of {}", list(options))
        }
        Predicate::EmailDomain(domain) => format!("email_domain = \"{domain}\""),
        Predicate::LastName(letters) => format!("last_name_starts one of [\"{letters}\"]"),
        Predicate::Organization(_) => return None,
    })
}

/// The option of a field.
fn option(book: &Book, field: &str, name: &str) -> Option<Symbol> {
    book.schema().field_by_key(field)?.options().find(name).map(Symbol::new)
}

/// A list of numbers.
fn list(symbols: impl IntoIterator<Item = impl Into<Symbol>>) -> String {
    let numbers: Vec<String> = symbols.into_iter().map(|symbol| number(symbol).to_string()).collect();
    format!("[{}]", numbers.join(", "))
}

/// A number between two ends, which are included. A missing one is in no range.
fn range(field: &str, low: Option<i64>, high: Option<i64>) -> String {
    let low = low.unwrap_or(MISSING + 1);
    match high {
        Some(high) => format!("({field} >= {low} and {field} <= {high})"),
        None => format!("{field} >= {low}"),
    }
}
