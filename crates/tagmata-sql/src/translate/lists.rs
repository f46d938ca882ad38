//! Values, one or several, as what is bound.

use super::translator::Translator;
use crate::fragment::Fragment;
use crate::mapping::Literal;
use crate::param::Param;

/// Texts or whole numbers that stand for statuses, options, tags, segments or kinds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Several {
    Texts(Vec<String>),
    Integers(Vec<i64>),
}

impl Several {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Texts(texts) => texts.len(),
            Self::Integers(integers) => integers.len(),
        }
    }

    /// Each alone.
    pub(crate) fn each(&self) -> Vec<Self> {
        match self {
            Self::Texts(texts) => texts.iter().map(|text| Self::Texts(vec![text.clone()])).collect(),
            Self::Integers(integers) => {
                integers.iter().map(|integer| Self::Integers(vec![*integer])).collect()
            }
        }
    }
}

impl Translator<'_> {
    /// Whether a column that is not null has a value of the mapping's.
    pub(super) fn is_literal(&self, column: &Fragment, value: &Literal) -> Fragment {
        match value {
            Literal::Text(text) => self.is_text(column, text),
            other => Fragment::fill("{0} = {1}", &[column, &Fragment::param(other.param())]),
        }
    }

    /// Whether a text that is not null is another one.
    pub(super) fn is_text(&self, column: &Fragment, text: &str) -> Fragment {
        let grammar = self.grammar();
        if text.contains('\0') && !grammar.takes_nul {
            return Fragment::raw("FALSE");
        }
        let bound = self.text(text);
        let binary = self.binary(column);
        let binary_bound = Fragment::fill(grammar.binary_param, &[&bound]);
        Fragment::fill(grammar.is_text, &[column, &binary, &bound, &binary_bound])
    }

    /// A text as it compares by code points.
    pub(super) fn binary(&self, text: &Fragment) -> Fragment {
        Fragment::fill(self.grammar().binary, &[text])
    }

    /// Whether a column that is not null has one of several values, of which there is one at least.
    pub(super) fn is_one_of(&self, column: &Fragment, values: &Several) -> Fragment {
        match values {
            Several::Texts(texts) => self.is_one_of_texts(column, texts),
            Several::Integers(integers) => self.is_one_of_integers(column, integers),
        }
    }

    pub(super) fn is_one_of_texts(&self, column: &Fragment, texts: &[String]) -> Fragment {
        let grammar = self.grammar();
        let texts: Vec<String> =
            texts.iter().filter(|text| grammar.takes_nul || !text.contains('\0')).cloned().collect();
        match texts.as_slice() {
            [] => Fragment::raw("FALSE"),
            [text] => self.is_text(column, text),
            _ => {
                let binary = self.binary(column);
                if texts.len() > self.world.choices.longest_list {
                    let list = Fragment::param(Param::Texts(texts));
                    return Fragment::fill(grammar.in_texts, &[&binary, &list]);
                }
                let bound: Vec<Fragment> = texts
                    .iter()
                    .map(|text| Fragment::fill(grammar.binary_param, &[&self.text(text)]))
                    .collect();
                Fragment::fill("{0} IN ({1})", &[&binary, &Fragment::join(&bound, ", ")])
            }
        }
    }

    pub(super) fn is_one_of_integers(&self, column: &Fragment, integers: &[i64]) -> Fragment {
        match integers {
            [] => Fragment::raw("FALSE"),
            [integer] => Fragment::fill("{0} = {1}", &[column, &self.integer(*integer)]),
            _ if integers.len() > self.world.choices.longest_list => {
                let list = Fragment::param(Param::Integers(integers.to_vec()));
                Fragment::fill(self.grammar().in_list, &[column, &list])
            }
            _ => {
                let bound: Vec<Fragment> = integers.iter().map(|integer| self.integer(*integer)).collect();
                Fragment::fill("{0} IN ({1})", &[column, &Fragment::join(&bound, ", ")])
            }
        }
    }

    /// Several values as one that is bound.
    pub(super) fn list(&self, values: &Several) -> Fragment {
        Fragment::param(match values {
            Several::Texts(texts) => Param::Texts(texts.clone()),
            Several::Integers(integers) => Param::Integers(integers.clone()),
        })
    }
}
