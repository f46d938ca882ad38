//! Values in JSON: strings, numbers, true and false, relative moments, and lists of them.

use crate::diagnostic::{Code, Diagnostic};
use crate::filter::ast::{At, Literal, LiteralKind};
use crate::filter::parser::list_too_long;
use crate::json::{Reader, TreeId, TreeValue};
use crate::model::Limits;
use crate::value::Number;

impl Reader<'_, '_> {
    /// Whether a filter, which may be part of a larger document, is as short as filters are, and its strings too.
    pub(in crate::filter) fn is_within_limits(&mut self, root: TreeId) -> Option<()> {
        let (length, most) = (self.tree.bytes(root), self.limits.json());
        if length > most {
            return self.refuse_at(Limits::filter_too_long(Some(length), most), root);
        }
        let tree = self.tree;
        let mut is_within = Some(());
        for id in tree.within(root) {
            match tree.value(id) {
                TreeValue::Text(text) if text.len() > self.limits.string => {
                    is_within = self.refuse_at(self.limits.string_too_long(text.len()), id);
                }
                _ => {}
            }
        }
        is_within
    }

    pub(in crate::filter) fn literal(&mut self, id: TreeId) -> Option<Literal> {
        let kind = match self.tree.value(id) {
            TreeValue::Text(text) => LiteralKind::Text(text.clone()),
            TreeValue::Bool(value) => LiteralKind::Bool(*value),
            TreeValue::Number(numeral) => match numeral.parse::<Number>() {
                Ok(number) => LiteralKind::Number(number),
                Err(error) => return self.refuse_at(error.into_diagnostic(), id),
            },
            TreeValue::Object => LiteralKind::Moment(self.relative_moment(id)?),
            TreeValue::Null => {
                let diagnostic = Diagnostic::new(Code::WrongJsonType, "null is no value")
                    .help("use `is_empty` or `is_not_empty` for missing values");
                return self.refuse_at(diagnostic, id);
            }
            TreeValue::Array => return self.wrong(id, "one value"),
        };
        Some(At::new(kind, self.tree.place(id)))
    }

    /// A list of values, not empty and not too long.
    pub(in crate::filter) fn literals(&mut self, id: TreeId) -> Option<Vec<Literal>> {
        let items = self.items(id)?;
        let help = "name at least one value; `nobody` is the filter that no contact matches";
        self.check_length(items.len(), id, help)?;
        self.all(items, Self::literal)
    }

    /// Reads all items, until the report is full.
    pub(in crate::filter) fn all(
        &mut self,
        items: Vec<TreeId>,
        mut read: impl FnMut(&mut Self, TreeId) -> Option<Literal>,
    ) -> Option<Vec<Literal>> {
        let mut literals = Some(Vec::with_capacity(items.len()));
        for item in items {
            match (read(self, item), &mut literals) {
                (Some(literal), Some(literals)) => literals.push(literal),
                (None, _) if self.is_full_at(item) => return None,
                _ => literals = None,
            }
        }
        literals
    }

    /// Reports a list that is empty or too long.
    pub(in crate::filter) fn check_length(
        &mut self,
        length: usize,
        id: TreeId,
        when_empty: &str,
    ) -> Option<()> {
        let diagnostic = match length {
            0 => Diagnostic::new(Code::EmptyList, "the list is empty").help(when_empty),
            length if length > self.limits.list_items => list_too_long(length, self.limits.list_items),
            _ => return Some(()),
        };
        self.refuse_at(diagnostic, id)
    }

    /// A list of two values.
    pub(in crate::filter) fn pair(&mut self, id: TreeId) -> Option<(Literal, Literal)> {
        let items = self.items(id)?;
        let [low, high] = items.as_slice() else {
            let message = format!("`between` takes two values, not {}", items.len());
            return self
                .refuse_at(Diagnostic::new(Code::WrongJsonType, message).expecting(["two values"]), id);
        };
        let (low, high) = (self.literal(*low), self.literal(*high));
        Some((low?, high?))
    }

    pub(in crate::filter) fn string(&mut self, id: TreeId) -> Option<At<Box<str>>> {
        let text = self.text(id)?;
        Some(At::new(text.into(), self.tree.place(id)))
    }
}
