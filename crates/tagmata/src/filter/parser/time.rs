//! Windows, distances and anniversaries.

use super::cursor::{Cursor, Parse};
use crate::filter::ast::At;
use crate::filter::ast::{Distance, During, Position};
use crate::filter::token::TokenKind;
use crate::time::{Anniversary, Count, Direction, Unit, Window};

impl Cursor<'_, '_> {
    /// A window, if one starts here: `in last 30 days`, `today`, ….
    pub(super) fn window(&mut self) -> Parse<Option<Window>> {
        for (word, direction) in
            [("today", Direction::This), ("yesterday", Direction::Last), ("tomorrow", Direction::Next)]
        {
            if self.eat_word(word) {
                return Ok(Some(Window::Day(direction)));
            }
        }
        if !self.is_word(0, "in") {
            return Ok(None);
        }
        let direction = match () {
            () if self.is_word(1, "last") => Direction::Last,
            () if self.is_word(1, "this") => Direction::This,
            () if self.is_word(1, "next") => Direction::Next,
            () => return Ok(None),
        };
        self.advance();
        self.advance();
        self.window_after(direction).map(Some)
    }

    fn window_after(&mut self, direction: Direction) -> Parse<Window> {
        let word = direction.as_str();
        if direction != Direction::This && matches!(self.peek(), TokenKind::Number(_)) {
            let n = self.whole_number(word)?;
            if self.eat_word("calendar") {
                return Ok(Window::Calendar { direction, count: Count { n, unit: self.unit()? } });
            }
            return Ok(Window::Rolling { direction, count: Count { n, unit: self.unit()? } });
        }
        let unit = match self.peek() {
            TokenKind::Word(word) => Unit::read(word),
            _ => None,
        };
        match unit {
            Some(unit) if unit.is_period() => {
                self.advance();
                Ok(Window::Period { direction, unit })
            }
            Some(unit) => {
                let day = Window::Day(direction);
                let help = match (unit, direction) {
                    (Unit::Day, Direction::This) => "write `today`".to_owned(),
                    (Unit::Day, _) => format!("write `{day}` or `in {word} 1 day`"),
                    (_, Direction::This) => "a period is a week, month, quarter or year".to_owned(),
                    (unit, _) => format!("write `in {word} 1 {}`", unit.as_str()),
                };
                self.unexpected("a period", &["week", "month", "quarter", "year"], Some(&help))
            }
            None if direction == Direction::This => {
                self.unexpected("a period", &["week", "month", "quarter", "year"], None)
            }
            None => {
                let help =
                    format!("write `in {word} 30 days`, `in {word} 2 calendar months` or `in {word} month`");
                self.unexpected("a number or a period", &["week", "month", "quarter", "year"], Some(&help))
            }
        }
    }

    /// `than n unit ago`, `than n unit from now`, after `more` or `less`.
    pub(super) fn distance(&mut self, more: bool) -> Parse<Distance> {
        let word = if more { "more" } else { "less" };
        self.expect_word("than", word)?;
        let count = self.count("than")?;
        let ago = match () {
            () if self.eat_word("ago") => true,
            () if self.eat_word("from") => {
                self.expect_word("now", "from")?;
                false
            }
            () => return self.unexpected("`ago` or `from now`", &["ago", "from now"], None),
        };
        Ok(Distance { more, count, ago })
    }

    /// What follows `anniversary`.
    pub(super) fn anniversary(&mut self) -> Parse<Anniversary> {
        if self.eat_word("on") {
            let TokenKind::MonthDay(day) = self.peek() else {
                return self.unexpected("a day of the year", &[], Some("write `anniversary on 12-25`"));
            };
            self.advance();
            return Ok(Anniversary::On(*day));
        }
        match self.window()? {
            Some(window) => Ok(Anniversary::Within(window)),
            None => {
                let help =
                    "write `anniversary in next 7 days`, `anniversary today` or `anniversary on 12-25`";
                self.unexpected(
                    "a window or `on`",
                    &["in next", "in last", "in this", "today", "on"],
                    Some(help),
                )
            }
        }
    }

    /// The time limit of an aggregate, if one starts here.
    pub(super) fn during(&mut self) -> Parse<Option<During>> {
        let start = self.place();
        if self.eat_word("between") {
            let low = self.value()?;
            self.expect_word("and", "between")?;
            return Ok(Some(During::Between(low, self.value()?)));
        }
        if let Some(position) = self.position() {
            return Ok(Some(During::Position(position, self.value()?)));
        }
        let window = self.window()?;
        Ok(window.map(|window| During::Window(At::new(window, self.since(&start)))))
    }

    /// `before`, `after` or `on`, if it is next.
    pub(super) fn position(&mut self) -> Option<Position> {
        let found = [Position::Before, Position::After, Position::On].into_iter();
        let position = found.into_iter().find(|position| self.is_word(0, position.as_str()))?;
        self.advance();
        Some(position)
    }
}
