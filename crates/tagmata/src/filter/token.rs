//! The smallest pieces of a filter text.

use crate::diagnostic::Place;
use crate::time::{Moment, MonthDay};
use crate::value::Number;
use std::borrow::Cow;
use std::ops::Range;

/// A token and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Token<'s> {
    pub(super) kind: TokenKind<'s>,
    pub(super) range: Range<usize>,
}

impl Token<'_> {
    pub(super) fn place(&self) -> Place {
        Place::text(self.range.clone())
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind<'s> {
    Word(&'s str),
    Label(Cow<'s, str>),
    Text(Cow<'s, str>),
    Number(Number),
    Moment(Moment),
    MonthDay(MonthDay),
    Open,
    Close,
    Comma,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    /// Something whose problem is reported already.
    Bad,
    End,
}
