//! Where the parser stands, and how it says that it expected something else.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::Report;
use crate::filter::token::{Token, TokenKind};
use crate::model::Limits;
use crate::text::quoted;

/// The problem is in the report already.
#[derive(Debug)]
pub(super) struct Reported;

pub(super) type Parse<T> = Result<T, Reported>;

pub(super) struct Cursor<'s, 'r> {
    pub(super) source: &'s str,
    pub(super) tokens: &'r [Token<'s>],
    pub(super) at: usize,
    pub(super) limits: &'r Limits,
    pub(super) report: &'r mut Report,
}

impl<'s, 'r> Cursor<'s, 'r> {
    /// The token so many places ahead; past the end, the last one.
    pub(super) fn ahead(&self, by: usize) -> &'r TokenKind<'s> {
        self.tokens.get(self.at + by).map_or(&TokenKind::End, |token| &token.kind)
    }

    pub(super) fn peek(&self) -> &'r TokenKind<'s> {
        self.ahead(0)
    }

    pub(super) fn advance(&mut self) {
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
    }

    pub(super) fn place(&self) -> Place {
        self.tokens.get(self.at).map_or(Place::Whole, Token::place)
    }

    /// The place from a start to the token before this one.
    pub(super) fn since(&self, start: &Place) -> Place {
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        last.map_or_else(|| start.clone(), |token| start.to(&token.place()))
    }

    /// Whether the token so many places ahead is a keyword, in any case.
    pub(super) fn is_word(&self, by: usize, keyword: &str) -> bool {
        matches!(self.ahead(by), TokenKind::Word(word) if word.eq_ignore_ascii_case(keyword))
    }

    /// Moves over a keyword, if it is next.
    pub(super) fn eat_word(&mut self, keyword: &str) -> bool {
        let found = self.is_word(0, keyword);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn eat(&mut self, kind: &TokenKind<'_>) -> bool {
        let found = self.peek() == kind;
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn expect_word(&mut self, keyword: &str, after: &str) -> Parse<()> {
        match self.eat_word(keyword) {
            true => Ok(()),
            false => self.unexpected(&format!("`{keyword}` after `{after}`"), &[keyword], None),
        }
    }

    /// Reports that something else belongs here, unless the lexer has complained about this very token.
    pub(super) fn unexpected<T>(&mut self, wanted: &str, expected: &[&str], help: Option<&str>) -> Parse<T> {
        let diagnostic = match self.peek() {
            TokenKind::Bad => return Err(Reported),
            TokenKind::End => {
                Diagnostic::new(Code::UnexpectedEnd, format!("the filter ends where {wanted} belongs"))
            }
            _ => {
                let found = self.tokens.get(self.at).and_then(|token| self.source.get(token.range.clone()));
                let message = format!("{} stands where {wanted} belongs", quoted(found.unwrap_or_default()));
                Diagnostic::new(Code::Unexpected, message)
            }
        };
        let place = self.place();
        self.refuse(diagnostic.expecting(expected.iter().copied()), &place, help)
    }

    pub(super) fn refuse<T>(
        &mut self,
        diagnostic: Diagnostic,
        place: &Place,
        help: Option<&str>,
    ) -> Parse<T> {
        let diagnostic = match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        };
        if !self.report.is_full() {
            self.report.push(diagnostic.at(place));
        }
        Err(Reported)
    }
}
