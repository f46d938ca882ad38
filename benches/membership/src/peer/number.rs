//! Values as whole numbers, in expressions and in events alike.

use tagmata::{Date, Symbol};

/// What a missing number is: all others are greater.
pub(super) const MISSING: i64 = -1;

/// An amount in cents.
pub(super) fn cents(amount: f64) -> i64 {
    format!("{:.0}", amount * 100.0).parse().expect("an amount")
}

/// The number of a status, an option, a tag …
pub(super) fn number(symbol: impl Into<Symbol>) -> i64 {
    symbol.into().get().into()
}

/// In how many days the next anniversary of a day is: at least one.
pub(super) fn days_until(anniversary_of: Date, today: Date) -> i64 {
    let in_year = |year| {
        let day = Date::new(year, anniversary_of.month(), anniversary_of.day());
        // 29 February counts as 28 February.
        day.or_else(|| Date::new(year, anniversary_of.month(), 28)).expect("a day of that year")
    };
    let days =
        [0, 1].map(|years| in_year(today.year() + years).days_since_epoch() - today.days_since_epoch());
    days.into_iter().find(|days| *days > 0).expect("a day within a year").into()
}

#[cfg(test)]
mod tests {
    use tagmata::Date;

    use super::{cents, days_until};

    #[test]
    fn anniversaries_are_ahead() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let table = [
            ("1980-11-02", 1),
            ("1980-11-01", 365),
            ("1980-10-31", 364),
            ("1980-12-31", 60),
            ("2000-02-29", 119),
        ];
        for (birthday, days) in table {
            assert_eq!(days_until(day(birthday), day("2026-11-01")), days, "{birthday}");
        }
    }

    #[test]
    fn amounts_are_rounded_to_cents() {
        assert_eq!([0.0, 0.29, 1234.5].map(cents), [0, 29, 123_450]);
    }
}
