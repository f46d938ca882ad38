//! Edges of time as the host writes instants and days.

use super::translator::Translator;
use crate::dialect::Edges;
use crate::fragment::Fragment;
use crate::mapping::Format;
use std::ops::{Bound, Range};
use tagmata::{Date, Timestamp};

/// A range without the edges beyond which no value lies, where all values lie between two others; `None` if none lies in it.
fn clamped(range: &Range<Option<i64>>, first: i64, last: i64) -> Option<Range<Option<i64>>> {
    let has_some = range.start.is_none_or(|start| start <= last) && range.end.is_none_or(|end| end > first);
    let start = range.start.filter(|start| *start > first);
    let end = range.end.filter(|end| *end <= last);
    has_some.then_some(start..end)
}

impl Translator<'_> {
    /// Whether a column of instants, which is not null, lies in a range of microseconds.
    pub(super) fn instant_within(
        &self,
        column: &Fragment,
        format: Format,
        range: &Range<Option<i64>>,
    ) -> Fragment {
        let (first, last) = match format {
            Format::Timestamp | Format::Timestamptz => {
                let (first, last) = self.grammar().years;
                (first_micros(first), first_micros(last.saturating_add(1)).saturating_sub(1))
            }
            _ => (Timestamp::MIN.as_micros(), Timestamp::MAX.as_micros()),
        };
        let column = match format {
            Format::Timestamptz => Fragment::fill(self.grammar().timestamptz_column, &[column]),
            Format::Text | Format::IsoMillis => self.binary(column),
            _ => column.clone(),
        };
        self.within(&column, clamped(range, first, last), |edge| self.instant(format, edge))
    }

    /// Whether a column of days, which is not null, lies in a range of days.
    pub(super) fn day_within(
        &self,
        column: &Fragment,
        format: Format,
        range: &Range<Option<i64>>,
    ) -> Fragment {
        let (first, last) = match format {
            Format::Date => self.grammar().years,
            _ => (1, 9999),
        };
        let day = |year| first_micros(year).div_euclid(DAY);
        let column = match format {
            Format::Text => self.binary(column),
            _ => column.clone(),
        };
        let range = clamped(range, day(first), day(last.saturating_add(1)).saturating_sub(1));
        self.within(&column, range, |edge| self.day(format, edge))
    }

    fn within(
        &self,
        column: &Fragment,
        range: Option<Range<Option<i64>>>,
        write: impl Fn(i64) -> Fragment,
    ) -> Fragment {
        let Some(range) = range else { return Fragment::raw("FALSE") };
        let low = range.start.map_or(Bound::Unbounded, |edge| Bound::Included(write(edge)));
        let high = range.end.map_or(Bound::Unbounded, |edge| Bound::Excluded(write(edge)));
        self.between(column, low, high)
    }

    /// An instant as it is kept: the first that is not before it, where only some are kept.
    fn instant(&self, format: Format, micros: i64) -> Fragment {
        let ceiling = |unit: i64| micros.div_euclid(unit) + i64::from(micros.rem_euclid(unit) != 0);
        let grammar = self.grammar();
        let bound = |text: String| Fragment::fill(grammar.binary_param, &[&self.text(&text)]);
        match format {
            Format::Seconds => self.integer(ceiling(1_000_000)),
            Format::Millis => self.integer(ceiling(1000)),
            // Texts that may have any number of digits behind the point: shorter ones stand before longer ones, and so does an edge
            // without zeros at its end.
            Format::Text => {
                let (text, fraction) = (civil(micros, ' '), micros.rem_euclid(1_000_000));
                let fraction = format!("{fraction:06}");
                let digits = fraction.trim_end_matches('0');
                bound(if digits.is_empty() { text } else { format!("{text}.{digits}") })
            }
            Format::IsoMillis => {
                let millis = ceiling(1000);
                let text = civil(millis.saturating_mul(1000), 'T');
                bound(format!("{text}.{:03}Z", millis.rem_euclid(1000)))
            }
            Format::Timestamp => match grammar.edges {
                Edges::Numbers { timestamp, .. } => self.numbered(timestamp, micros),
                Edges::Texts | Edges::Seconds => {
                    let text = format!("{}.{:06}", civil(micros, ' '), micros.rem_euclid(1_000_000));
                    Fragment::fill(grammar.timestamp, &[&self.text(&text)])
                }
            },
            Format::Timestamptz => self.zoned(micros),
            _ => self.integer(micros),
        }
    }

    /// An instant of the database's own type.
    fn zoned(&self, micros: i64) -> Fragment {
        let grammar = self.grammar();
        let text = match grammar.edges {
            Edges::Numbers { timestamptz, .. } => return self.numbered(timestamptz, micros),
            Edges::Texts => {
                format!("{}.{:06}{}", civil(micros, ' '), micros.rem_euclid(1_000_000), grammar.utc)
            }
            Edges::Seconds => {
                let (sign, micros) = (if micros < 0 { "-" } else { "" }, micros.unsigned_abs());
                format!("{sign}{}.{:06}", micros / 1_000_000, micros % 1_000_000)
            }
        };
        Fragment::fill(grammar.timestamptz.unwrap_or(grammar.timestamp), &[&self.text(&text)])
    }

    /// An instant as days and microseconds of a day, each of which is exact as whatever number it is multiplied as.
    fn numbered(&self, template: &str, micros: i64) -> Fragment {
        let (days, rest) = (micros.div_euclid(DAY), micros.rem_euclid(DAY));
        Fragment::fill(template, &[&self.integer(days), &self.integer(rest)])
    }

    fn day(&self, format: Format, days: i64) -> Fragment {
        let grammar = self.grammar();
        let text = || self.text(&date(days));
        match (format, grammar.edges) {
            (Format::Date, Edges::Numbers { date, .. }) => Fragment::fill(date, &[&self.integer(days)]),
            (Format::Date, _) => Fragment::fill(grammar.date, &[&text()]),
            (Format::Text, _) => Fragment::fill(grammar.binary_param, &[&text()]),
            _ => self.integer(days),
        }
    }
}

const DAY: i64 = 86_400_000_000;

/// When a year begins, also the one behind the last that can be written.
fn first_micros(year: i32) -> i64 {
    match Date::new(year, 1, 1) {
        Some(day) => i64::from(day.days_since_epoch()) * DAY,
        None => Timestamp::MAX.as_micros() + 1,
    }
}

fn date(days: i64) -> String {
    let date = i32::try_from(days).ok().and_then(Date::from_days_since_epoch);
    date.map_or_else(String::new, |date| date.to_string())
}

/// `2026-11-22 09:30:00`, in UTC.
fn civil(micros: i64, between: char) -> String {
    let seconds = micros.rem_euclid(DAY) / 1_000_000;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{}{between}{hour:02}:{minute:02}:{second:02}", date(micros.div_euclid(DAY)))
}

#[cfg(test)]
mod tests {
    use super::{civil, clamped};

    #[test]
    fn edges_that_nothing_reaches_are_left_out() {
        let table = [
            ((None, None), Some(None..None)),
            ((Some(5), Some(7)), Some(Some(5)..Some(7))),
            ((Some(0), Some(10)), Some(None..Some(10))),
            ((Some(-5), Some(11)), Some(None..None)),
            ((Some(11), None), None),
            ((Some(10), None), Some(Some(10)..None)),
            ((None, Some(0)), None),
        ];
        for ((start, end), expected) in table {
            assert_eq!(clamped(&(start..end), 0, 10), expected, "{start:?} {end:?}");
        }
    }

    #[test]
    fn instants_are_written_in_utc() {
        assert_eq!(civil(-1, ' '), "1969-12-31 23:59:59");
        assert_eq!(civil(1_795_512_600_000_000, 'T'), "2026-11-24T09:30:00");
    }
}
