//! Local days by arithmetic, for those who have no time zones.

use super::{Date, TimeZone, Timestamp};

/// Zones were in use from about 1840 on, and the database knows none of their changes beyond 2100.
const YEARS: std::ops::RangeInclusive<i32> = 1835..=2110;

const DAY: i64 = 86_400_000_000;

impl TimeZone {
    /// What to add to an instant, in seconds, so that its day in UTC is its day in this zone; from when on, ascending. The first one
    /// is for all instants before the second one.
    ///
    /// Where a clock goes back over midnight the new day has begun all the same, so that these are not the offsets of the clock around there.
    ///
    /// ```
    /// use tagmata::{TimeZone, Timestamp};
    /// let kathmandu: TimeZone = "Asia/Kathmandu".parse()?;
    /// assert_eq!(kathmandu.day_offsets().last().map(|(_, seconds)| *seconds), Some((5 * 60 + 45) * 60));
    /// assert_eq!(TimeZone::UTC.day_offsets(), [(Timestamp::MIN, 0)]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn day_offsets(self) -> Vec<(Timestamp, i64)> {
        let day = |year| Date::new(year, 1, 1).map_or(0, |day| i64::from(day.days_since_epoch()));
        let start = |day: i64| self.start_of_day(Date::from_epoch_days(day)).as_micros();
        let (first, last) = (day(*YEARS.start()), day(*YEARS.end()));
        let mut before = start(first);
        let mut offsets = vec![(Timestamp::MIN, (first * DAY - before) / 1_000_000)];
        for day in first + 1..=last {
            let this = start(day);
            let offset = (day * DAY - this) / 1_000_000;
            if offsets.last().is_some_and(|(_, known)| *known != offset) {
                // Half a day from its edges both offsets give the day; a day that was left out has no such time.
                offsets.push((Timestamp::at(this.min(before.saturating_add(DAY / 2))), offset));
            }
            before = this;
        }
        offsets
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY, Date, TimeZone, Timestamp};
    use proptest::collection::vec;
    use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};
    use proptest::sample::Index;

    /// A clock that leaves out a day, ones that go back over midnight, one that keeps an odd offset, and usual ones.
    const ZONES: [&str; 7] = [
        "Pacific/Apia",
        "America/Sao_Paulo",
        "America/Havana",
        "America/Goose_Bay",
        "Asia/Kathmandu",
        "Europe/Paris",
        "America/New_York",
    ];

    fn day_by_offsets(offsets: &[(Timestamp, i64)], at: i64) -> i64 {
        let from = offsets.partition_point(|(from, _)| from.as_micros() <= at);
        (at + offsets[from.max(1) - 1].1 * 1_000_000).div_euclid(DAY)
    }

    fn day_of(zone: TimeZone, at: i64) -> i64 {
        i64::from(zone.day_of(Timestamp::at(at)).days_since_epoch())
    }

    #[test]
    fn days_change_where_those_of_the_zone_do() {
        for name in ZONES {
            let zone: TimeZone = name.parse().unwrap();
            let offsets = zone.day_offsets();
            // From 1900 to 2039.
            for day in -25_567..25_567 {
                let start = zone.start_of_day(Date::from_epoch_days(day)).as_micros();
                for at in [start - 1, start] {
                    assert_eq!(day_by_offsets(&offsets, at), day_of(zone, at), "{name} at {at}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn days_are_those_of_the_zone(
            zone in any::<Index>(), instants in vec(Timestamp::MIN.as_micros()..Timestamp::MAX.as_micros(), 500)
        ) {
            let zone: TimeZone = ZONES[zone.index(ZONES.len())].parse().unwrap();
            let offsets = zone.day_offsets();
            for at in instants {
                prop_assert_eq!(day_by_offsets(&offsets, at), day_of(zone, at));
            }
        }
    }
}
