//! JSON values: literals, lists, windows.

use crate::filter::ast::{Literal, LiteralKind, Quantifier, Test};
use crate::json::Writer;
use crate::time::{Anniversary, Count, Direction, Moment, Window};
use json_event_parser::JsonEvent;

impl Writer<'_> {
    pub(in crate::filter) fn value(&mut self, test: &Test) {
        match test {
            Test::Compare(_, value) | Test::Position(_, value) => self.literal(value),
            Test::Has(Quantifier::One, values) => values.iter().for_each(|value| self.literal(value)),
            Test::In(values) | Test::Has(_, values) => self.list(values),
            Test::Between(low, high) => self.list(&[low.clone(), high.clone()]),
            Test::Match(_, text) => self.text(&text.it),
            Test::During(window) => self.window(*window),
            Test::Distance(distance) => {
                self.open();
                self.key("n");
                self.number(&distance.count.n.to_string());
                self.member("unit", distance.count.unit.as_str());
                self.close();
            }
            Test::Anniversary(Anniversary::Within(window)) => self.window(*window),
            Test::Anniversary(Anniversary::On(day)) => {
                self.open();
                self.member("on", &day.to_string());
                self.close();
            }
            Test::Empty | Test::Is(_) => {}
        }
    }

    pub(in crate::filter) fn list(&mut self, values: &[Literal]) {
        self.items(values, Self::literal);
    }

    pub(in crate::filter) fn literal(&mut self, literal: &Literal) {
        match &literal.it {
            LiteralKind::Text(text) | LiteralKind::Word(text) => self.text(text),
            LiteralKind::Number(number) => self.number(&number.to_string()),
            LiteralKind::Bool(value) => self.event(JsonEvent::Boolean(*value)),
            LiteralKind::Moment(Moment::Relative { anchor, offset }) => {
                self.open();
                self.member("anchor", anchor.as_str());
                if let Some(Count { n, unit }) = offset {
                    self.key("offset");
                    self.number(&n.to_string());
                    self.member("unit", unit.as_str());
                }
                self.close();
            }
            LiteralKind::Moment(moment) => self.text(&moment.to_string()),
        }
    }

    pub(in crate::filter) fn window(&mut self, window: Window) {
        self.open();
        match window {
            Window::Rolling { direction, count } => self.counted(direction, count),
            Window::Calendar { direction, count } => {
                self.counted(direction, count);
                self.key("calendar");
                self.event(JsonEvent::Boolean(true));
            }
            Window::Period { direction, unit } => self.member(direction.as_str(), unit.as_str()),
            Window::Day(_) => self.member("day", &window.to_string()),
        }
        self.close();
    }

    pub(in crate::filter) fn counted(&mut self, direction: Direction, count: Count) {
        self.key(direction.as_str());
        self.number(&count.n.to_string());
        self.member("unit", count.unit.as_str());
    }
}
