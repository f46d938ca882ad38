//! Numbers and flags, and ranges of all kinds.

use super::fields::As;
use super::translator::Translator;
use crate::error::Result;
use crate::fragment::Fragment;
use crate::mapping::Format;
use std::ops::Bound;
use tagmata::{FieldId, RangeTest};

impl Translator<'_> {
    pub(super) fn number_test(&mut self, field: FieldId, test: &RangeTest<f64>) -> Result<Fragment> {
        let mapping = self.mapping(field)?;
        self.on_field(mapping, |this, alias| {
            let value = this.value(mapping, alias, As::Number)?;
            let condition = match test {
                RangeTest::Between(low, high) => {
                    this.between(&value, low.map(|low| this.number(low)), high.map(|high| this.number(high)))
                }
                RangeTest::OneOf(numbers) => this.is_one_of_numbers(&value, numbers),
            };
            Ok(this.guarded(this.is_nullable(mapping), &value, condition))
        })
    }

    fn is_one_of_numbers(&self, value: &Fragment, numbers: &[f64]) -> Fragment {
        match numbers {
            [number] => Fragment::fill("{0} = {1}", &[value, &self.number(*number)]),
            _ if numbers.len() > self.world.choices.longest_list => {
                let list = Fragment::param(crate::param::Param::Numbers(numbers.to_vec()));
                Fragment::fill(self.grammar().in_numbers, &[value, &list])
            }
            _ => {
                let bound: Vec<Fragment> = numbers.iter().map(|number| self.number(*number)).collect();
                Fragment::fill("{0} IN ({1})", &[value, &Fragment::join(&bound, ", ")])
            }
        }
    }

    /// Whether a value that is not null lies between two others.
    pub(super) fn between(&self, value: &Fragment, low: Bound<Fragment>, high: Bound<Fragment>) -> Fragment {
        let above = match low {
            Bound::Included(low) => Some(Fragment::fill("{0} >= {1}", &[value, &low])),
            Bound::Excluded(low) => Some(Fragment::fill("{0} > {1}", &[value, &low])),
            Bound::Unbounded => None,
        };
        let below = match high {
            Bound::Included(high) => Some(Fragment::fill("{0} <= {1}", &[value, &high])),
            Bound::Excluded(high) => Some(Fragment::fill("{0} < {1}", &[value, &high])),
            Bound::Unbounded => None,
        };
        match above.into_iter().chain(below).collect::<Vec<_>>() {
            none if none.is_empty() => Fragment::raw("TRUE"),
            both => Fragment::combined(both, "AND"),
        }
    }

    pub(super) fn flag_test(&mut self, field: FieldId, wanted: bool) -> Result<Fragment> {
        let mapping = self.mapping(field)?;
        let what = format!("the flag `{}`", self.key(field));
        let format = self.format(mapping.format, self.grammar().flags, &Format::FLAGS, &what)?;
        self.on_field(mapping, |this, alias| {
            let is_json = !mapping.path.is_empty();
            let value = this.value(mapping, alias, As::Flag)?;
            let condition = match (format, wanted) {
                (Format::Number, true) if !is_json => Fragment::fill("{0} <> 0", &[&value]),
                (Format::Number, false) if !is_json => Fragment::fill("{0} = 0", &[&value]),
                (_, true) => Fragment::fill("({0})", &[&value]),
                (_, false) => value.negated(),
            };
            Ok(this.guarded(this.is_nullable(mapping), &value, condition))
        })
    }

    /// A test of millionths as one of whole numbers that are compared with the same number of them.
    pub(super) fn whole(test: &RangeTest<i128>) -> RangeTest<i128> {
        const MILLION: i128 = 1_000_000;
        let ceiling = |value: i128| value.div_euclid(MILLION) + i128::from(value.rem_euclid(MILLION) != 0);
        match test {
            RangeTest::Between(low, high) => RangeTest::Between(
                match *low {
                    Bound::Included(low) => Bound::Included(ceiling(low)),
                    Bound::Excluded(low) => Bound::Included(low.div_euclid(MILLION) + 1),
                    Bound::Unbounded => Bound::Unbounded,
                },
                match *high {
                    Bound::Included(high) => Bound::Included(high.div_euclid(MILLION)),
                    Bound::Excluded(high) => Bound::Included(ceiling(high) - 1),
                    Bound::Unbounded => Bound::Unbounded,
                },
            ),
            RangeTest::OneOf(values) => {
                let whole = values.iter().filter(|value| *value % MILLION == 0);
                RangeTest::OneOf(whole.map(|value| value / MILLION).collect())
            }
        }
    }

    /// Whether an expression that is not null, made of whole numbers, passes a test. What is compared is multiplied by a factor.
    pub(super) fn passes(
        &self,
        value: &Fragment,
        test: &RangeTest<i128>,
        factor: Option<&Fragment>,
    ) -> Fragment {
        let grammar = self.grammar();
        let bound = |number: i128| {
            let number = match i64::try_from(number) {
                Ok(number) => self.integer(number),
                // Larger than what is bound: a literal, which is digits and nothing else.
                Err(_) => Fragment::raw(number.to_string()),
            };
            match factor {
                Some(factor) => {
                    let wide = Fragment::fill(grammar.widened, &[&number]);
                    Fragment::fill("{0} * {1}", &[&wide, factor])
                }
                None => number,
            }
        };
        match test {
            RangeTest::Between(low, high) => self.between(value, low.map(bound), high.map(bound)),
            RangeTest::OneOf(values) => {
                let each = values.iter().map(|wanted| Fragment::fill("{0} = {1}", &[value, &bound(*wanted)]));
                match each.collect::<Vec<_>>() {
                    none if none.is_empty() => Fragment::raw("FALSE"),
                    each => Fragment::combined(each, "OR"),
                }
            }
        }
    }
}

/// Whether a test holds for a number.
pub(super) fn holds(test: &RangeTest<i128>, value: i128) -> bool {
    use std::ops::RangeBounds;
    match test {
        RangeTest::Between(low, high) => (*low, *high).contains(&value),
        RangeTest::OneOf(values) => values.contains(&value),
    }
}
