//! Moments, windows, counts and days of the year in JSON.

use crate::diagnostic::{Code, Diagnostic};
use crate::filter::parser::bad_count;
use crate::json::{Reader, TreeId, TreeValue};
use crate::text::quoted;
use crate::time::{Anchor, Anniversary, Count, Direction, Moment, MonthDay, Unit, Window};
use crate::value::Number;

const PERIODS: [&str; 4] = ["week", "month", "quarter", "year"];
const DAYS: [&str; 3] = ["today", "yesterday", "tomorrow"];

impl Reader<'_, '_> {
    /// A whole number from 1 to 10,000.
    pub(in crate::filter) fn count_of_units(&mut self, id: TreeId) -> Option<i32> {
        match self.whole_number(id)? {
            Some(n) if n >= 1 => Some(n),
            _ => self.bad_count(id, "a count is a whole number from 1 to 10,000"),
        }
    }

    /// A whole number from -10,000 to 10,000.
    fn offset(&mut self, id: TreeId) -> Option<i32> {
        match self.whole_number(id)? {
            Some(0) => self.bad_count(id, "leave out `offset` and `unit` for the anchor itself"),
            Some(n) => Some(n),
            None => self.bad_count(id, "an offset is a whole number from -10,000 to 10,000, and not 0"),
        }
    }

    /// A number; `Some(None)` if it is not whole, or too large.
    fn whole_number(&mut self, id: TreeId) -> Option<Option<i32>> {
        let TreeValue::Number(numeral) = self.tree.value(id) else { return self.wrong(id, "a number") };
        let value = numeral.parse::<Number>().map_or(f64::NAN, Number::value);
        let is_count = value.fract() == 0.0 && value.abs() <= f64::from(Count::MOST);
        #[expect(clippy::cast_possible_truncation, reason = "a whole number of at most 10,000")]
        Some(is_count.then_some(value as i32))
    }

    fn bad_count<T>(&mut self, id: TreeId, help: &str) -> Option<T> {
        let written = match self.tree.value(id) {
            TreeValue::Number(numeral) => numeral,
            _ => "",
        };
        self.refuse_at(bad_count(written).help(help), id)
    }

    pub(in crate::filter) fn unit(&mut self, id: TreeId) -> Option<Unit> {
        let word = self.text(id)?;
        match Unit::ALL.into_iter().find(|unit| unit.as_str() == word) {
            Some(unit) => Some(unit),
            None => self.unknown_word("unit", word, &Unit::ALL.map(Unit::as_str), id),
        }
    }

    /// A week, month, quarter or year; `day` is what to write for a day, which is no period.
    pub(in crate::filter) fn period(&mut self, id: TreeId, day: &str) -> Option<Unit> {
        let word = self.text(id)?;
        match Unit::ALL.into_iter().find(|unit| unit.is_period() && unit.as_str() == word) {
            Some(unit) => Some(unit),
            None if Unit::read(word) == Some(Unit::Day) => {
                let message = format!("there is no period {}", quoted(word));
                let diagnostic = Diagnostic::new(Code::UnknownWord, message).help(format!("write {day}"));
                self.refuse_at(diagnostic.expecting(PERIODS), id)
            }
            None => self.unknown_word("period", word, &PERIODS, id),
        }
    }

    /// `{"n": 180, "unit": "day"}`.
    pub(in crate::filter) fn count(&mut self, id: TreeId) -> Option<Count> {
        self.is_object(id)?;
        self.check_keys(id, &["n", "unit"]);
        let (n, unit) = (self.required(id, "n"), self.required(id, "unit"));
        let (n, unit) = (n.and_then(|n| self.count_of_units(n)), unit.and_then(|unit| self.unit(unit)));
        Some(Count { n: n?, unit: unit? })
    }

    /// `{"anchor": "now", "offset": -30, "unit": "day"}`.
    pub(super) fn relative_moment(&mut self, id: TreeId) -> Option<Moment> {
        self.check_keys(id, &["anchor", "offset", "unit"]);
        let anchor = self.required(id, "anchor")?;
        let anchor = match self.text(anchor)? {
            "now" => Anchor::Now,
            "today" => Anchor::Today,
            other => return self.unknown_word("anchor", other, &["now", "today"], anchor),
        };
        if self.tree.member(id, "offset").is_none() && self.tree.member(id, "unit").is_none() {
            return Some(Moment::Relative { anchor, offset: None });
        }
        let (offset, unit) = (self.required(id, "offset"), self.required(id, "unit"));
        let unit = unit.and_then(|unit| self.unit(unit));
        let offset = offset?;
        let n = self.offset(offset)?;
        Some(Moment::Relative { anchor, offset: Some(Count { n, unit: unit? }) })
    }

    /// One of the windows of docs/filter-json.md.
    pub(in crate::filter) fn window(&mut self, id: TreeId) -> Option<Window> {
        self.is_object(id)?;
        const SIDES: [(&str, Direction); 3] =
            [("last", Direction::Last), ("this", Direction::This), ("next", Direction::Next)];
        if let Some(day) = self.tree.member(id, "day") {
            self.check_keys(id, &["day"]);
            return match self.text(day)? {
                "yesterday" => Some(Window::Day(Direction::Last)),
                "today" => Some(Window::Day(Direction::This)),
                "tomorrow" => Some(Window::Day(Direction::Next)),
                other => self.unknown_word("day", other, &DAYS, day),
            };
        }
        let found =
            SIDES.iter().find_map(|(key, side)| self.tree.member(id, key).map(|value| (*key, *side, value)));
        let Some((key, direction, value)) = found else {
            let message = "a window has one of the keys `last`, `next`, `this` or `day`";
            let diagnostic =
                Diagnostic::new(Code::MissingKey, message).expecting(["last", "next", "this", "day"]);
            return self.refuse_at(diagnostic, id);
        };
        if direction == Direction::This || matches!(self.tree.value(value), TreeValue::Text(_)) {
            self.check_keys(id, &[key]);
            let day = match direction {
                Direction::This => r#"`{"day": "today"}`"#,
                Direction::Last => r#"`{"day": "yesterday"}` or `{"last": 1, "unit": "day"}`"#,
                Direction::Next => r#"`{"day": "tomorrow"}` or `{"next": 1, "unit": "day"}`"#,
            };
            return Some(Window::Period { direction, unit: self.period(value, day)? });
        }
        self.counted_window(id, key, direction)
    }

    /// `{"last": 2, "unit": "month", "calendar": true}`, with the key that holds the count.
    pub(in crate::filter) fn counted_window(
        &mut self,
        id: TreeId,
        key: &str,
        direction: Direction,
    ) -> Option<Window> {
        self.check_keys(id, &[key, "unit", "calendar"]);
        let n = self.required(id, key).and_then(|n| self.count_of_units(n));
        let unit = self.required(id, "unit").and_then(|unit| self.unit(unit));
        let is_calendar = match self.tree.member(id, "calendar") {
            None => false,
            Some(flag) => self.flag(flag)?,
        };
        let count = Count { n: n?, unit: unit? };
        Some(if is_calendar {
            Window::Calendar { direction, count }
        } else {
            Window::Rolling { direction, count }
        })
    }

    /// A window, or `{"on": "12-25"}`.
    pub(in crate::filter) fn anniversary(&mut self, id: TreeId) -> Option<Anniversary> {
        self.is_object(id)?;
        let Some(on) = self.tree.member(id, "on") else {
            return self.window(id).map(Anniversary::Within);
        };
        self.check_keys(id, &["on"]);
        match self.text(on)?.parse::<MonthDay>() {
            Ok(day) => Some(Anniversary::On(day)),
            Err(error) => self.refuse_at(error.into_diagnostic(), on),
        }
    }
}
