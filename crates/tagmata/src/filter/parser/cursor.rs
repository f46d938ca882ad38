//! Where the parser stands, and how it says that it expected something else.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::Report;
use crate::filter::token::{Token, TokenKind};
use crate::model::Limits;
use crate::text::{did_you_mean, nearest, quoted};

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

    /// What is written from one token to the one before another.
    pub(super) fn written(&self, from: usize, to: usize) -> &'s str {
        let (first, last) = (self.tokens.get(from), to.checked_sub(1).and_then(|last| self.tokens.get(last)));
        let range = first.zip(last).map(|(first, last)| first.range.start..last.range.end);
        range.and_then(|range| self.source.get(range)).unwrap_or_default()
    }

    /// Reports that something else belongs here, unless the lexer has complained about this very token.
    ///
    /// Without a help, a near one of the expected words is offered.
    pub(super) fn unexpected<T>(&mut self, wanted: &str, expected: &[&str], help: Option<&str>) -> Parse<T> {
        let place = self.place();
        if *self.peek() == TokenKind::Bad || self.report.is_full_at(place.order()) {
            return Err(Reported);
        }
        let mut near = None;
        let diagnostic = match self.peek() {
            TokenKind::End => {
                Diagnostic::new(Code::UnexpectedEnd, format!("the filter ends where {wanted} belongs"))
            }
            kind => {
                let found = self.written(self.at, self.at + 1);
                if matches!(kind, TokenKind::Word(_)) && help.is_none() {
                    near = did_you_mean(&nearest(found, expected.iter().copied()));
                }
                let message = format!("{} stands where {wanted} belongs", quoted(found));
                Diagnostic::new(Code::Unexpected, message)
            }
        };
        self.refuse(diagnostic.expecting(expected.iter().copied()), &place, help.or(near.as_deref()))
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
        self.report.push(diagnostic.at(place));
        Err(Reported)
    }
}
