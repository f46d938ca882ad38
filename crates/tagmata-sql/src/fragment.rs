//! Pieces of SQL with their parameters, so that they can be put together in any order, and more than once.

use crate::param::Param;

/// Stands for a parameter in the text of a fragment. No name that a mapping gives may contain it.
pub(crate) const MARK: char = '\0';

/// A piece of SQL. Its parameters stand in the order of their marks.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Fragment {
    pub(crate) text: String,
    pub(crate) params: Vec<Param>,
    /// How many brackets, and so expressions, stand within each other at most.
    pub(crate) depth: usize,
    /// Whether brackets stand around it as a whole.
    pub(crate) is_bracketed: bool,
    /// What it is the complement of.
    pub(crate) opposite: Option<Box<Self>>,
}

impl Fragment {
    /// SQL of this crate, or a quoted name.
    pub(crate) fn raw(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A value, which is always bound.
    pub(crate) fn param(param: Param) -> Self {
        Self { text: MARK.into(), params: vec![param], ..Self::default() }
    }

    /// A template of this crate with its parts: `{0}` is the first one. A part may be used more than once, or not at all.
    pub(crate) fn fill(template: &str, parts: &[&Self]) -> Self {
        let mut filled = Self { is_bracketed: is_bracketed(template), ..Self::default() };
        let mut rest = template;
        while let Some((before, behind)) = rest.split_once('{') {
            filled.text.push_str(before);
            // The place is one digit; all else in brackets is text, such as a part of a regular expression.
            let place = behind.split_once('}').filter(|(place, _)| place.len() == 1);
            let part =
                place.and_then(|(place, behind)| Some((parts.get(place.parse::<usize>().ok()?)?, behind)));
            rest = match part {
                Some((part, behind)) => {
                    filled.push(part);
                    behind
                }
                None => {
                    filled.text.push('{');
                    behind
                }
            };
        }
        filled.text.push_str(rest);
        filled.depth += 1;
        filled
    }

    /// Puts another fragment behind this one.
    pub(crate) fn push(&mut self, other: &Self) {
        self.text.push_str(&other.text);
        self.params.extend(other.params.iter().cloned());
        self.depth = self.depth.max(other.depth);
    }

    /// Fragments with something between them.
    pub(crate) fn join<'f>(parts: impl IntoIterator<Item = &'f Self>, between: &str) -> Self {
        let mut joined = Self::default();
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 {
                joined.text.push_str(between);
            }
            joined.push(part);
        }
        joined
    }

    /// Whether one of several holds, or all of them do. Databases nest long chains as they read them, so these are cut into groups.
    pub(crate) fn combined(mut parts: Vec<Self>, word: &str) -> Self {
        const LONGEST: usize = 32;
        let between = format!(" {word} ");
        while parts.len() > LONGEST {
            parts = parts.chunks(LONGEST).map(|group| Self::bracketed(group, &between)).collect();
        }
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            last => Self::bracketed(&parts.into_iter().chain(last).collect::<Vec<_>>(), &between),
        }
    }

    /// The complement of a condition that is true or false.
    pub(crate) fn negated(&self) -> Self {
        if let Some(opposite) = &self.opposite {
            return (**opposite).clone();
        }
        let mut complement = match self.text.as_str() {
            "TRUE" => return Self::raw("FALSE"),
            "FALSE" => return Self::raw("TRUE"),
            _ if self.is_bracketed => Self::fill("NOT {0}", &[self]),
            _ => Self::fill("NOT ({0})", &[self]),
        };
        complement.opposite = Some(Box::new(self.clone()));
        complement
    }

    fn bracketed(parts: &[Self], between: &str) -> Self {
        match parts {
            [only] => only.clone(),
            _ => {
                let mut group = Self::fill("({0})", &[&Self::join(parts, between)]);
                group.depth += parts.len();
                group
            }
        }
    }
}

/// Whether a template is one pair of brackets, or `EXISTS` and one.
fn is_bracketed(template: &str) -> bool {
    let inner = template.strip_prefix("EXISTS ").unwrap_or(template);
    let Some(inner) = inner.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) else { return false };
    let mut depth = 0_i32;
    inner.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    }) && depth == 0
}

#[cfg(test)]
mod tests {
    use super::Fragment;
    use crate::param::Param;

    #[test]
    fn parts_bring_their_parameters_wherever_they_are_used() {
        let [a, b] = [1, 2].map(|number| Fragment::param(Param::Integer(number)));
        let filled = Fragment::fill("f({1}, {0}, {1})", &[&a, &b]);
        assert_eq!(filled.text, "f(\0, \0, \0)");
        assert_eq!(filled.params, [2, 1, 2].map(Param::Integer));
        assert_eq!(Fragment::fill("{0} REGEXP '\\x{0085}{'", &[&a]).text, "\0 REGEXP '\\x{0085}{'");
    }

    #[test]
    fn brackets_around_a_whole_are_seen() {
        let table = [
            ("({0})", true),
            ("EXISTS (SELECT 1 FROM {0}{1})", true),
            ("({0} IS NOT NULL AND ({1}))", true),
            ("(a) OR (b)", false),
            ("NOT ({0})", false),
            ("{0} IN ({1})", false),
        ];
        for (template, expected) in table {
            assert_eq!(super::is_bracketed(template), expected, "{template}");
        }
    }

    #[test]
    fn long_chains_are_cut_into_groups() {
        let parts = vec![Fragment::raw("x"); 10_000];
        let chain = Fragment::combined(parts, "OR");
        assert_eq!(chain.text.matches('x').count(), 10_000);
        assert!(chain.depth < 120, "{}", chain.depth);
        assert_eq!(Fragment::combined(vec![Fragment::raw("x"), Fragment::raw("y")], "AND").text, "(x AND y)");
    }
}
