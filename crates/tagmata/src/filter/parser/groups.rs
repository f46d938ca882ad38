//! `and`, `or`, `not` and brackets.

use super::cursor::Cursor;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::Report;
use crate::filter::ast::{Ast, NodeId, NodeKind, Operand};
use crate::filter::build::Builder;
use crate::filter::lexer::tokens;
use crate::filter::token::TokenKind;
use crate::model::Limits;

/// Reads a filter text. Where the report has errors afterwards, the ast has `Invalid` nodes or is incomplete.
pub(in crate::filter) fn parse(source: &str, limits: &Limits, report: &mut Report) -> Ast {
    let mut builder = Builder::new(limits);
    if source.len() > limits.source {
        report.push(Limits::filter_too_long(Some(source.len()), limits.source));
        return builder.finish();
    }
    let tokens = tokens(source, limits, report);
    let cursor = Cursor { source, tokens: &tokens, at: 0, limits, report };
    Groups { cursor, builder: &mut builder, stack: vec![Level::whole()] }.read();
    builder.finish()
}

/// Reads one operand, such as `count(payment in last 90 days)`, which must be the whole text.
pub(in crate::filter) fn operand(source: &str, limits: &Limits, report: &mut Report) -> Option<Operand> {
    let tokens = tokens(source, limits, report);
    let mut cursor = Cursor { source, tokens: &tokens, at: 0, limits, report };
    let operand = cursor.operand().ok()?;
    match cursor.peek() {
        TokenKind::End => Some(operand),
        _ => cursor.unexpected("the end of the field", &[], None).ok(),
    }
}

/// One bracket that is open, or the filter itself.
struct Level {
    /// Where the bracket is.
    place: Place,
    /// The `not`s in front of the bracket.
    nots: Vec<Place>,
    /// The brackets and `not`s around what is in it.
    depth: usize,
    /// The alternatives that are complete, with where they start.
    alternatives: Vec<(NodeId, Place)>,
    /// The terms of the alternative that is being read.
    terms: Vec<(NodeId, Place)>,
}

impl Level {
    /// The filter itself.
    fn whole() -> Self {
        Self { place: Place::Whole, nots: Vec::new(), depth: 0, alternatives: Vec::new(), terms: Vec::new() }
    }

    /// A bracket at a place, so many levels deep without its `not`s.
    fn bracket(place: Place, nots: Vec<Place>, around: usize) -> Self {
        let depth = around + nots.len() + 1;
        Self { place, nots, depth, alternatives: Vec::new(), terms: Vec::new() }
    }
}

struct Groups<'s, 'r, 'b> {
    cursor: Cursor<'s, 'r>,
    builder: &'b mut Builder<'r>,
    /// Never empty while the filter is read.
    stack: Vec<Level>,
}

impl Groups<'_, '_, '_> {
    fn read(&mut self) {
        if *self.cursor.peek() == TokenKind::End {
            let help = "`everyone` is the filter that every contact matches";
            self.cursor.report.push(Diagnostic::new(Code::EmptyFilter, "the filter is empty").help(help));
            return;
        }
        while self.goes_on() && self.term() && self.connective() {}
    }

    /// Whether reading on can add anything to the ast or the report.
    fn goes_on(&self) -> bool {
        !self.builder.is_over() && !self.cursor.report.is_full_at(self.cursor.place().order())
    }

    /// The brackets that are open, and the `not`s in front of them.
    fn depth(&self) -> usize {
        self.stack.last().map_or(0, |level| level.depth)
    }

    /// Reads a term, and every bracket and `not` in front of it. False if the filter is too deep to go on.
    fn term(&mut self) -> bool {
        let mut nots = Vec::new();
        loop {
            let place = self.cursor.place();
            if self.cursor.eat_word("not") {
                nots.push(place.clone());
            } else if self.cursor.eat(&TokenKind::Open) {
                self.stack.push(Level::bracket(place.clone(), std::mem::take(&mut nots), self.depth()));
            } else {
                break;
            }
            if self.depth() + nots.len() > self.cursor.limits.nesting {
                self.cursor.report.push(self.cursor.limits.filter_too_deep().at(&place));
                return false;
            }
        }
        let start = self.cursor.place();
        let kind = self.leaf();
        let place = self.cursor.since(&start);
        let node = self.builder.push(kind, place.clone(), None, self.cursor.report);
        self.add_term(node, place, nots);
        true
    }

    fn leaf(&mut self) -> NodeKind {
        let is_alone = |cursor: &Cursor<'_, '_>| {
            matches!(cursor.ahead(1), TokenKind::End | TokenKind::Close)
                || cursor.is_word(1, "and")
                || cursor.is_word(1, "or")
        };
        for (word, kind) in [("everyone", NodeKind::Everyone), ("nobody", NodeKind::Nobody)] {
            if self.cursor.is_word(0, word) && is_alone(&self.cursor) {
                self.cursor.advance();
                return kind;
            }
        }
        let start = self.cursor.at;
        let read = match self.cursor.eat_word("search") {
            true => self.cursor.string("search").map(NodeKind::Search),
            false => self.cursor.condition().map(|condition| NodeKind::Condition(Box::new(condition))),
        };
        read.unwrap_or_else(|_reported| {
            self.recover(start);
            NodeKind::Invalid
        })
    }

    /// Goes to where the next term may begin: `and`, `or` or `)` outside of the brackets that the term has opened.
    fn recover(&mut self, start: usize) {
        let read = self.cursor.tokens.get(start..self.cursor.at).unwrap_or_default();
        let mut open = read.iter().fold(0_usize, |open, token| match token.kind {
            TokenKind::Open => open + 1,
            TokenKind::Close => open.saturating_sub(1),
            _ => open,
        });
        if open > 0 && !self.closes(open) {
            open = 0;
        }
        loop {
            match self.cursor.peek() {
                TokenKind::End => return,
                TokenKind::Open => open += 1,
                TokenKind::Close if open == 0 => return,
                TokenKind::Close => open -= 1,
                _ if open == 0 && (self.cursor.is_word(0, "and") || self.cursor.is_word(0, "or")) => return,
                _ => {}
            }
            self.cursor.advance();
        }
    }

    /// Whether so many brackets are closed by what follows.
    fn closes(&self, mut open: usize) -> bool {
        for token in self.cursor.tokens.iter().skip(self.cursor.at) {
            match token.kind {
                TokenKind::Open => open += 1,
                TokenKind::Close if open == 1 => return true,
                TokenKind::Close => open -= 1,
                _ => {}
            }
        }
        false
    }

    /// Reads what stands between terms. False at the end of the filter.
    fn connective(&mut self) -> bool {
        while self.goes_on() {
            if self.cursor.eat_word("and") {
                return true;
            }
            if self.cursor.eat_word("or") {
                self.end_alternative();
                return true;
            }
            match self.cursor.peek() {
                TokenKind::Close => {
                    let place = self.cursor.place();
                    self.cursor.advance();
                    self.close(&place);
                }
                TokenKind::End => {
                    self.end();
                    return false;
                }
                kind => {
                    let help = match kind {
                        TokenKind::Comma if self.separates_digits() => {
                            Some("numbers have a decimal point and no other separators, such as `1000.5`")
                        }
                        TokenKind::Comma => {
                            Some("several values stand in brackets, such as `in (\"a\", \"b\")`")
                        }
                        _ => None,
                    };
                    let _ = self.cursor.unexpected::<()>("`and`, `or` or the end", &["and", "or"], help);
                    let start = self.cursor.at;
                    self.recover(start);
                }
            }
        }
        false
    }

    /// Whether a number stands on both sides.
    fn separates_digits(&self) -> bool {
        let before = self.cursor.at.checked_sub(1).and_then(|at| self.cursor.tokens.get(at));
        let is_number = |kind: &TokenKind<'_>| matches!(kind, TokenKind::Number(_));
        before.is_some_and(|token| is_number(&token.kind)) && is_number(self.cursor.ahead(1))
    }

    fn add_term(&mut self, mut node: NodeId, mut place: Place, nots: Vec<Place>) {
        for not in nots.into_iter().rev() {
            place = not.to(&place);
            node = self.builder.push(NodeKind::Not(node), place.clone(), None, self.cursor.report);
        }
        if let Some(level) = self.stack.last_mut() {
            level.terms.push((node, place));
        }
    }

    fn end_alternative(&mut self) {
        let Some(level) = self.stack.last_mut() else { return };
        let terms = std::mem::take(&mut level.terms);
        let alternative = self.group(terms, NodeKind::And);
        if let (Some(level), Some(alternative)) = (self.stack.last_mut(), alternative) {
            level.alternatives.push(alternative);
        }
    }

    /// The node of several parts; a single part is that part itself.
    fn group(
        &mut self,
        parts: Vec<(NodeId, Place)>,
        kind: fn(Vec<NodeId>) -> NodeKind,
    ) -> Option<(NodeId, Place)> {
        let (first, last) = (parts.first()?.clone(), parts.last()?.clone());
        if parts.len() == 1 {
            return Some(first);
        }
        let place = first.1.to(&last.1);
        let nodes = parts.into_iter().map(|(node, _)| node).collect();
        Some((self.builder.push(kind(nodes), place.clone(), None, self.cursor.report), place))
    }

    /// A `)`: the level becomes a term of the one around it.
    fn close(&mut self, close: &Place) {
        if self.stack.len() < 2 {
            let diagnostic =
                Diagnostic::new(Code::Unexpected, "`)` stands where no bracket is open").at(close);
            self.cursor.report.push(diagnostic);
            return;
        }
        self.end_alternative();
        let Some(level) = self.stack.pop() else { return };
        if let Some((node, _)) = self.group(level.alternatives, NodeKind::Or) {
            self.add_term(node, level.place.to(close), level.nots);
        }
    }

    fn end(&mut self) {
        while self.stack.len() > 1 {
            if let Some(level) = self.stack.last() {
                let message = "this bracket is never closed";
                self.cursor.report.push(
                    Diagnostic::new(Code::UnexpectedEnd, message)
                        .help("close it with `)`")
                        .at(&level.place)
                        .expecting([")"]),
                );
            }
            let end = self.cursor.place();
            self.close(&end);
        }
        self.end_alternative();
        if let Some(level) = self.stack.pop() {
            self.group(level.alternatives, NodeKind::Or);
        }
    }
}
