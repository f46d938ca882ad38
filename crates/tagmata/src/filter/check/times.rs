//! Moments, windows and units against days and instants.

use super::checker::Checker;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::filter::ast::{At, Comparison, Distance, During, Literal, LiteralKind, Position};
use crate::filter::lexer::moment;
use crate::filter::plan::TimeTest;
use crate::time::{Anchor, Anniversary, Count, Moment, Unit, Window};
use crate::value::ValueType;

/// Whether values are days or instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    Days,
    Instants,
}

impl Grain {
    fn value_type(self) -> ValueType {
        match self {
            Self::Days => ValueType::Date,
            Self::Instants => ValueType::DateTime,
        }
    }
}

impl Checker<'_> {
    /// The moment that a literal stands for.
    pub(super) fn moment(
        &mut self,
        subject: &str,
        grain: Grain,
        literal: &Literal,
    ) -> Option<(Literal, Moment)> {
        let relative = |anchor| Moment::Relative { anchor, offset: None };
        let found = match &literal.it {
            LiteralKind::Moment(moment) => *moment,
            LiteralKind::Word(word) if word.eq_ignore_ascii_case("now") => relative(Anchor::Now),
            LiteralKind::Word(word) if word.eq_ignore_ascii_case("today") => relative(Anchor::Today),
            LiteralKind::Text(text) => self.accept(moment(text.trim()), &literal.place)?,
            _ => return self.wrong_type(subject, grain.value_type(), literal),
        };
        if grain == Grain::Days && !found.is_day() {
            let help = match found {
                Moment::Relative { offset: Some(count), .. } if count.unit.is_clock() => {
                    "write `today`, or move it by days or longer units".to_owned()
                }
                Moment::Relative { offset, .. } => {
                    format!("write `{}`", Moment::Relative { anchor: Anchor::Today, offset })
                }
                Moment::Civil(civil) => {
                    format!("write the day alone: `{}`; `today` is the day of `now`", civil.date())
                }
                _ => "write a day such as `2026-01-31`; `today` is the day of `now`".to_owned(),
            };
            let message = format!("`{subject}` holds days, and `{found}` is an instant");
            let diagnostic = Diagnostic::new(Code::InstantForDate, message).help(help);
            return self.refuse(diagnostic, &literal.place);
        }
        if let Moment::Relative { anchor: Anchor::Today, offset: Some(count) } = found
            && count.unit.is_clock()
        {
            let message = format!("`today` cannot be moved by {}s", count.unit.as_str());
            let now = Moment::Relative { anchor: Anchor::Now, offset: Some(count) };
            let diagnostic = Diagnostic::new(Code::UnitNotAllowed, message);
            let diagnostic = match grain {
                Grain::Instants => diagnostic.help(format!("write `{now}`")),
                Grain::Days => diagnostic.help("use days or longer units"),
            };
            return self.refuse(diagnostic, &literal.place);
        }
        Some((At::new(LiteralKind::Moment(found), literal.place.clone()), found))
    }

    /// A unit of hours or minutes says nothing about days.
    pub(super) fn unit(&mut self, subject: &str, grain: Grain, unit: Unit, place: &Place) -> Option<()> {
        if grain == Grain::Instants || !unit.is_clock() {
            return Some(());
        }
        let message = format!("`{subject}` holds days, which have no {}s", unit.as_str());
        let diagnostic = Diagnostic::new(Code::UnitNotAllowed, message).help("use days or longer units");
        self.refuse(diagnostic.expecting(days_and_longer()), place)
    }

    pub(super) fn window(
        &mut self,
        subject: &str,
        grain: Grain,
        window: Window,
        place: &Place,
    ) -> Option<TimeTest> {
        self.unit(subject, grain, window.unit(), place)?;
        Some(TimeTest::During(window))
    }

    pub(super) fn distance(
        &mut self,
        subject: &str,
        grain: Grain,
        far: Distance,
        place: &Place,
    ) -> Option<TimeTest> {
        self.unit(subject, grain, far.count.unit, place)?;
        Some(TimeTest::Distance(far))
    }

    /// An anniversary is a day, whatever holds it, and comes once a year.
    pub(super) fn anniversary(
        &mut self,
        subject: &str,
        when: Anniversary,
        place: &Place,
    ) -> Option<TimeTest> {
        if let Anniversary::Within(window) = when {
            if window.unit().is_clock() {
                let message = format!("an anniversary is a day, which has no {}s", window.unit().as_str());
                let diagnostic =
                    Diagnostic::new(Code::UnitNotAllowed, message).help("use days or longer units");
                return self.refuse(diagnostic.expecting(days_and_longer()), place);
            }
            if window.spans_a_year() {
                let message = format!("every anniversary falls `{window}`");
                let help = format!("take a window shorter than a year, or write `{subject} is not empty`");
                return self.refuse(Diagnostic::new(Code::UnitNotAllowed, message).help(help), place);
            }
        }
        Some(TimeTest::Anniversary(when))
    }

    /// Warns of a range whose ends are the wrong way round.
    pub(super) fn reversed(&mut self, low: &Literal, high: &Literal, place: &Place) {
        let message = format!("nothing lies between {low} and {high}");
        let help = format!("write `between {high} and {low}`");
        self.refuse::<()>(Diagnostic::new(Code::EmptyRange, message).help(help), place);
    }

    /// The time limit of an aggregate.
    pub(super) fn during(&mut self, during: &During) -> Option<(During, TimeTest)> {
        match during {
            During::Window(window) => {
                let test = self.window("in", Grain::Instants, window.it, &window.place)?;
                Some((During::Window(window.clone()), test))
            }
            During::Position(position, literal) => {
                let (kept, moment) = self.moment(position.as_str(), Grain::Instants, literal)?;
                Some((During::Position(*position, kept), compared(position.comparison(), moment)))
            }
            During::Between(low, high) => {
                let low = self.moment("between", Grain::Instants, low);
                let high = self.moment("between", Grain::Instants, high);
                let ((kept_low, low), (kept_high, high)) = (low?, high?);
                if is_reversed(low, high) {
                    self.reversed(&kept_low, &kept_high, &kept_low.place.to(&kept_high.place));
                }
                Some((During::Between(kept_low, kept_high), TimeTest::Between(low, high)))
            }
        }
    }
}

/// Whether a moment is after another one whatever `now` is.
pub(super) fn is_reversed(low: Moment, high: Moment) -> bool {
    match (low, high) {
        (Moment::Date(low), Moment::Date(high)) => low > high,
        (Moment::Instant(low), Moment::Instant(high)) => low > high,
        (Moment::Civil(low), Moment::Civil(high)) => low > high,
        (Moment::Relative { anchor: one, offset: low }, Moment::Relative { anchor: other, offset: high })
            if one == other =>
        {
            let n = |offset: Option<Count>| offset.map_or(0, |count| count.n);
            let same_unit = low.zip(high).is_none_or(|(low, high)| low.unit == high.unit);
            // Of different units only the sides are compared: a month may be longer or shorter than 30 days.
            n(low) > n(high) && (same_unit || n(low) > 0 && n(high) < 0)
        }
        _ => false,
    }
}

fn days_and_longer() -> impl Iterator<Item = &'static str> {
    Unit::ALL.into_iter().filter(|unit| !unit.is_clock()).map(Unit::as_str)
}

/// A comparison with a moment, which is a stretch of time.
pub(super) fn compared(comparison: Comparison, moment: Moment) -> TimeTest {
    match comparison {
        Comparison::Equal => TimeTest::On(moment),
        Comparison::Less => TimeTest::Before(moment),
        Comparison::LessOrEqual => TimeTest::NotAfter(moment),
        Comparison::Greater => TimeTest::After(moment),
        Comparison::GreaterOrEqual => TimeTest::NotBefore(moment),
    }
}

/// `before`, `after` and `on` are `<`, `>` and `=` in words.
pub(super) fn positioned(position: Position, moment: Moment) -> TimeTest {
    compared(position.comparison(), moment)
}
