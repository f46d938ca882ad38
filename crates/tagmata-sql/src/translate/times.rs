//! Days and instants.

use super::fields::As;
use super::translator::Translator;
use crate::dialect::Edges;
use crate::error::{Result, bad_mapping};
use crate::fragment::Fragment;
use crate::mapping::{FieldMapping, Format};
use tagmata::{Calendar, Date, Field, FieldId, InstantSource, MonthDay, TimeCover, TimeTest};

impl Translator<'_> {
    pub(super) fn date_test(
        &mut self,
        field: FieldId,
        test: &TimeTest,
        calendar: &Calendar,
    ) -> Result<Fragment> {
        let (mapping, cover) = (self.mapping(field)?, self.days(test, calendar));
        let what = format!("the day `{}`", self.key(field));
        let format = self.format(mapping.format, self.grammar().days, &Format::DAYS, &what)?;
        self.on_field(mapping, |this, alias| {
            let day = this.date_value(mapping, alias, format)?;
            let condition = match &cover {
                TimeCover::Range(range) => this.day_within(&day, format, range),
                TimeCover::DaysOfYear(days) => {
                    let grammar = this.grammar();
                    let template = match format {
                        Format::Date => grammar.month_day,
                        Format::Text => grammar.text_month_day,
                        _ => grammar.days_month_day,
                    };
                    this.is_day_of_year(&Fragment::fill(template, &[&day]), days)
                }
            };
            Ok(this.guarded(this.is_nullable(mapping), &day, condition))
        })
    }

    /// A day of a row. In JSON a day of the database's own type is a text.
    fn date_value(&self, mapping: &FieldMapping, alias: &str, format: Format) -> Result<Fragment> {
        let read_as = if format == Format::Days { As::Integer } else { As::Text };
        let value = self.value(mapping, alias, read_as)?;
        Ok(match format == Format::Date && !mapping.path.is_empty() {
            true => Fragment::fill(self.grammar().date, &[&value]),
            false => value,
        })
    }

    pub(super) fn instant_test(
        &mut self,
        source: &InstantSource,
        test: &TimeTest,
        calendar: &Calendar,
    ) -> Result<Fragment> {
        match source {
            InstantSource::Field(field) if *field == Field::LAST_INTERACTION && self.is_recorded() => {
                self.last_interaction_test(test, calendar)
            }
            InstantSource::Field(field) => {
                let (mapping, cover) = (self.mapping(*field)?, self.instants(test, calendar));
                let format = self.instant_format(*field, mapping)?;
                self.on_field(mapping, |this, alias| {
                    let at = this.instant_value(mapping, alias, format)?;
                    let condition = this.instant_condition(&at, format, &cover, calendar);
                    Ok(this.guarded(this.is_nullable(mapping), &at, condition))
                })
            }
            InstantSource::First(set) => self.edge_test(set, "MIN({0})", test, calendar),
            InstantSource::Last(set) => self.edge_test(set, "MAX({0})", test, calendar),
        }
    }

    pub(super) fn instant_format(&self, field: FieldId, mapping: &FieldMapping) -> Result<Format> {
        let what = format!("the instant `{}`", self.key(field));
        self.instants_kept_as(mapping.format, &what)
    }

    /// How instants are kept.
    pub(super) fn instants_kept_as(&self, format: Option<Format>, what: &str) -> Result<Format> {
        let grammar = self.grammar();
        let mut allowed = Format::INSTANTS.to_vec();
        if grammar.timestamptz.is_none() {
            allowed.retain(|format| ![Format::Timestamp, Format::Timestamptz].contains(format));
        }
        self.format(format, grammar.instants, &allowed, what)
    }

    pub(super) fn instant_value(
        &self,
        mapping: &FieldMapping,
        alias: &str,
        format: Format,
    ) -> Result<Fragment> {
        let is_json = !mapping.path.is_empty();
        let grammar = self.grammar();
        let is_number = [Format::Seconds, Format::Millis, Format::Micros].contains(&format);
        let value = self.value(mapping, alias, if is_number { As::Integer } else { As::Text })?;
        Ok(match format {
            Format::Timestamp if is_json => Fragment::fill(grammar.timestamp, &[&value]),
            Format::Timestamptz if is_json && matches!(grammar.edges, Edges::Seconds) => {
                return Err(bad_mapping(
                    format!("{} reads no instants with a zone from JSON", self.world.dialect),
                    "keep it there as `timestamp`, `text`, `iso_millis` or a number",
                ));
            }
            Format::Timestamptz if is_json => {
                Fragment::fill(grammar.timestamptz.unwrap_or(grammar.timestamp), &[&value])
            }
            _ => value,
        })
    }

    /// A condition on an instant that is not null.
    pub(super) fn instant_condition(
        &self,
        at: &Fragment,
        format: Format,
        cover: &TimeCover,
        calendar: &Calendar,
    ) -> Fragment {
        match cover {
            TimeCover::Range(range) => self.instant_within(at, format, range),
            TimeCover::DaysOfYear(days) => {
                let grammar = self.grammar();
                let (count, second) = match format {
                    Format::Seconds => (at.clone(), 1),
                    Format::Millis => (at.clone(), 1000),
                    Format::Micros => (at.clone(), 1_000_000),
                    Format::Timestamp => (Fragment::fill(grammar.timestamp_micros, &[at]), 1_000_000),
                    Format::Timestamptz => (Fragment::fill(grammar.timestamptz_micros, &[at]), 1_000_000),
                    _ => (Fragment::fill(grammar.text_micros, &[at]), 1_000_000),
                };
                let day = self.local_day(&count, second, calendar);
                self.is_day_of_year(&Fragment::fill(grammar.days_month_day, &[&day]), days)
            }
        }
    }

    /// The local day of an instant, in days since 1970, by the changes of the zone that this library knows.
    fn local_day(&self, count: &Fragment, second: i64, calendar: &Calendar) -> Fragment {
        /// So many days before 1970 are no longer negative, in the first year there is and in any zone.
        const DAYS: i64 = 720_000;
        let offsets: Vec<(i64, i64)> = self
            .day_offsets(calendar.zone)
            .iter()
            .map(|(from, seconds)| {
                (from.as_micros().div_euclid(1_000_000) * second, (seconds + DAYS * 86_400) * second)
            })
            .collect();
        let shift = match self.grammar().lookup {
            Some(template) => look_up(template, count, &offsets),
            None => choose(count, &offsets),
        };
        let shifted = Fragment::fill("({0} + {1})", &[count, &shift]);
        let day = Fragment::raw((86_400 * second).to_string());
        let day = Fragment::fill(self.grammar().divide, &[&shifted, &day]);
        Fragment::fill(&format!("{{0}} - {DAYS}"), &[&day])
    }

    /// Whether month × 100 + day is one of some days.
    fn is_day_of_year(&self, day: &Fragment, days: &[MonthDay]) -> Fragment {
        let runs = runs(days);
        let each = runs.iter().map(|(first, last)| {
            let (first, last) = (self.integer(*first), self.integer(*last));
            Fragment::fill("{0} BETWEEN {1} AND {2}", &[day, &first, &last])
        });
        match each.collect::<Vec<_>>() {
            none if none.is_empty() => Fragment::raw("FALSE"),
            each => Fragment::combined(each, "OR"),
        }
    }
}

/// The same as [`choose`], by the template of a database.
fn look_up(template: &str, number: &Fragment, from: &[(i64, i64)]) -> Fragment {
    let list = |of: fn(&(i64, i64)) -> i64| {
        Fragment::raw(from.iter().map(|pair| of(pair).to_string()).collect::<Vec<_>>().join(", "))
    };
    Fragment::fill(template, &[number, &list(|(from, _)| *from), &list(|(_, value)| *value)])
}

/// What stands beside the last number that is not larger than another one, which is found by halves.
fn choose(number: &Fragment, from: &[(i64, i64)]) -> Fragment {
    match from {
        [] => Fragment::raw("0"),
        [(_, only)] => Fragment::raw(only.to_string()),
        _ => {
            let (before, behind) = from.split_at(from.len() / 2);
            let start = Fragment::raw(behind.first().map_or(0, |(from, _)| *from).to_string());
            let parts = [number, &start, &choose(number, before), &choose(number, behind)];
            Fragment::fill("CASE WHEN {0} < {1} THEN {2} ELSE {3} END", &parts)
        }
    }
}

/// Days of the year as numbers, those that follow one another together. What lies between the last day of a month and the first of the
/// next one is no day.
fn runs(days: &[MonthDay]) -> Vec<(i64, i64)> {
    let mut runs: Vec<(i64, i64)> = Vec::new();
    let mut before = None;
    for day in days {
        let number = i64::from(day.month()) * 100 + i64::from(day.day());
        let in_leap_year = Date::new(2000, day.month(), day.day()).map(Date::days_since_epoch);
        match runs.last_mut() {
            Some((_, last)) if before == in_leap_year.map(|day| day - 1) => *last = number,
            _ => runs.push((number, number)),
        }
        before = in_leap_year;
    }
    runs
}
