//! Filter text to tokens (filter-language.md, section 1, "Lexis").

use super::token::{Token, TokenKind};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::{Error, Report};
use crate::model::Limits;
use crate::text::quoted;
use crate::time::{Moment, MonthDay, WrittenDateTime};
use crate::value::Number;
use std::borrow::Cow;
use std::ops::Range;
use unicode_ident::{is_xid_continue, is_xid_start};

/// All tokens of a text, `End` last; what is no token is reported and becomes `Bad`.
pub(super) fn tokens<'s>(source: &'s str, limits: &Limits, report: &mut Report) -> Vec<Token<'s>> {
    let mut lexer = Lexer { source, at: 0, limits, report };
    let mut tokens = Vec::with_capacity(source.len() / 6 + 2);
    loop {
        lexer.skip_blank();
        let start = lexer.at;
        let kind = lexer.token();
        let is_end = kind == TokenKind::End;
        tokens.push(Token { kind, range: start..lexer.at });
        if is_end {
            return tokens;
        }
    }
}

struct Lexer<'s, 'r> {
    source: &'s str,
    at: usize,
    limits: &'r Limits,
    report: &'r mut Report,
}

impl<'s> Lexer<'s, '_> {
    fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn slice(&self, range: Range<usize>) -> &'s str {
        self.source.get(range).unwrap_or_default()
    }

    /// Moves over the characters for which a condition holds; the text that was moved over.
    fn take_while(&mut self, holds: impl Fn(char) -> bool) -> &'s str {
        let rest = self.rest();
        let length = rest.find(|c| !holds(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn skip_blank(&mut self) {
        loop {
            self.take_while(char::is_whitespace);
            if !self.rest().starts_with('#') {
                return;
            }
            self.take_while(|c| c != '\n');
        }
    }

    fn eat_equal(&mut self) -> bool {
        let found = self.rest().starts_with('=');
        self.at += usize::from(found);
        found
    }

    fn problem(&mut self, diagnostic: Diagnostic, range: Range<usize>) -> TokenKind<'s> {
        if !self.report.is_full() {
            self.report.push(diagnostic.at(&Place::text(range)));
        }
        TokenKind::Bad
    }

    fn token(&mut self) -> TokenKind<'s> {
        let start = self.at;
        let Some(first) = self.rest().chars().next() else { return TokenKind::End };
        if first == '_' || is_xid_start(first) {
            return TokenKind::Word(self.take_while(is_xid_continue));
        }
        let next_is_digit = self.rest().as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        if first.is_ascii_digit() || (first == '-' && next_is_digit) {
            return self.numeral();
        }
        self.at += first.len_utf8();
        match first {
            '(' => TokenKind::Open,
            ')' => TokenKind::Close,
            ',' => TokenKind::Comma,
            '+' => TokenKind::Plus,
            '-' => TokenKind::Minus,
            '<' if self.rest().starts_with('>') => {
                self.at += 1;
                self.unexpected(start, "write `!=` for \"is not equal\"")
            }
            '<' if self.eat_equal() => TokenKind::LessOrEqual,
            '<' => TokenKind::Less,
            '>' if self.eat_equal() => TokenKind::GreaterOrEqual,
            '>' => TokenKind::Greater,
            '=' if self.eat_equal() => self.unexpected(start, "write `=` for \"is equal\""),
            '=' => TokenKind::Equal,
            '!' if self.eat_equal() => TokenKind::NotEqual,
            '"' => self.string(start),
            '`' => self.label(start),
            _ => {
                let help = match first {
                    '!' => "write `not` for \"not\"",
                    '&' => "write `and` for \"and\"",
                    '|' => "write `or` for \"or\"",
                    '\'' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '«' | '»' | '\u{2018}' | '\u{2019}' => {
                        "strings are written in straight double quotes, such as `\"vip\"`"
                    }
                    '[' | ']' | '{' | '}' => "lists and groups are written in round brackets",
                    '%' | '*' => {
                        "write `contains`, `starts with` or `ends with` and a string without wildcards"
                    }
                    _ => "write text in double quotes, such as `\"50 %\"`",
                };
                let again = first;
                self.take_while(|c| c == again);
                self.unexpected(start, help)
            }
        }
    }

    fn unexpected(&mut self, start: usize, help: &str) -> TokenKind<'s> {
        let range = start..self.at;
        let message = format!("{} means nothing here", quoted(self.slice(range.clone())));
        self.problem(Diagnostic::new(Code::UnexpectedCharacter, message).help(help), range)
    }

    /// A number, date, datetime or month-day: all that starts with a digit or a minus before one.
    fn numeral(&mut self) -> TokenKind<'s> {
        let start = self.at;
        let mut previous = ' ';
        let rest = self.rest();
        let mut length = rest.len();
        for (at, c) in rest.char_indices() {
            let is_sign = (c == '+' || c == '-') && at > 0 && !matches!(previous, 'e' | 'E');
            let is_date_part = c == '-' && previous.is_ascii_digit() || c == '+' && looks_like_date(rest);
            let next_is_digit = rest.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
            let goes_on = c.is_ascii_alphanumeric()
                || c == '_'
                || !c.is_ascii() && is_xid_continue(c)
                || (c == '.' || c == ':') && next_is_digit
                || c == '-' && at == 0
                || (c == '+' || c == '-') && matches!(previous, 'e' | 'E') && next_is_digit
                || is_sign && is_date_part && next_is_digit;
            if !goes_on {
                length = at;
                break;
            }
            previous = c;
        }
        self.at += length;
        let text = self.slice(start..self.at);
        let is_month_day = text.len() == 5 && text.as_bytes().get(2) == Some(&b'-');
        let read = if is_month_day {
            text.parse::<MonthDay>().map(TokenKind::MonthDay)
        } else if looks_like_date(text) {
            moment(text).map(TokenKind::Moment)
        } else {
            text.parse::<Number>().map(TokenKind::Number)
        };
        match read {
            Ok(kind) => kind,
            Err(error) => self.problem(error.into_diagnostic(), start..self.at),
        }
    }

    fn string(&mut self, start: usize) -> TokenKind<'s> {
        let mut text = Cow::Borrowed("");
        loop {
            let plain = self.take_while(|c| c != '"' && c != '\\');
            match &mut text {
                Cow::Borrowed("") => text = Cow::Borrowed(plain),
                text => text.to_mut().push_str(plain),
            }
            let escape = self.at;
            match self.rest().as_bytes().first() {
                Some(b'"') => {
                    self.at += 1;
                    return self.within_limit(TokenKind::Text(text), start);
                }
                Some(_) => match self.escape() {
                    Some(c) => text.to_mut().push(c),
                    None => {
                        let range = escape..self.at;
                        let written = quoted(self.slice(range.clone()));
                        let diagnostic = Diagnostic::new(Code::BadEscape, format!("{written} is no escape"));
                        let expected = ["\\\"", "\\\\", "\\n", "\\t", "\\u{41}"];
                        let help = "a backslash itself is written `\\\\`";
                        self.problem(diagnostic.help(help).expecting(expected), range);
                        self.finish_quoted('"');
                        return TokenKind::Bad;
                    }
                },
                None => return self.unterminated(start, "string", "\""),
            }
        }
    }

    /// Moves over an escape; `None` if it is none.
    fn escape(&mut self) -> Option<char> {
        self.at += 1;
        let c = self.rest().chars().next()?;
        self.at += c.len_utf8();
        match c {
            '"' | '\\' => Some(c),
            'n' => Some('\n'),
            't' => Some('\t'),
            'u' => {
                let rest = self.rest().strip_prefix('{')?;
                let digits = rest.get(..rest.find('}')?)?;
                let is_hex = (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
                let c = is_hex
                    .then(|| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32))
                    .flatten()?;
                self.at += digits.len() + 2;
                Some(c)
            }
            _ => None,
        }
    }

    /// After a bad escape: goes to the end of the string, so that its text is not read as filter.
    fn finish_quoted(&mut self, quote: char) {
        loop {
            self.take_while(|c| c != quote && c != '\\');
            let is_escape = self.rest().starts_with('\\');
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            if !is_escape {
                return;
            }
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        }
    }

    fn label(&mut self, start: usize) -> TokenKind<'s> {
        let mut text = Cow::Borrowed("");
        loop {
            let plain = self.take_while(|c| c != '`');
            match &mut text {
                Cow::Borrowed("") => text = Cow::Borrowed(plain),
                text => text.to_mut().push_str(plain),
            }
            if self.rest().is_empty() {
                return self.unterminated(start, "label", "`");
            }
            self.at += 1;
            if !self.rest().starts_with('`') {
                return self.within_limit(TokenKind::Label(text), start);
            }
            self.at += 1;
            text.to_mut().push('`');
        }
    }

    fn unterminated(&mut self, start: usize, what: &str, quote: &str) -> TokenKind<'s> {
        let diagnostic = Diagnostic::new(Code::Unterminated, format!("this {what} has no end"));
        self.problem(diagnostic.help(format!("close it with {quote}")), start..start + 1)
    }

    fn within_limit(&mut self, token: TokenKind<'s>, start: usize) -> TokenKind<'s> {
        let length = match &token {
            TokenKind::Text(text) | TokenKind::Label(text) => text.len(),
            _ => 0,
        };
        match length > self.limits.string {
            true => {
                let range = start..self.at;
                self.problem(string_too_long(length, self.limits), range)
            }
            false => token,
        }
    }
}

/// A string over the limit, for every spelling.
pub(super) fn string_too_long(length: usize, limits: &Limits) -> Diagnostic {
    let message = format!("this string has {length} bytes; {} are allowed", limits.string);
    Diagnostic::new(Code::StringTooLong, message)
}

/// Whether a numeral starts like `2026-`: four digits and a minus.
fn looks_like_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.get(4) == Some(&b'-') && bytes.get(..4).is_some_and(|year| year.iter().all(u8::is_ascii_digit))
}

/// A date or datetime as it is written in text and JSON.
pub(super) fn moment(text: &str) -> Result<Moment, Error> {
    if text.contains(['T', 't']) {
        WrittenDateTime::parse(text).map(|written| match written {
            WrittenDateTime::Instant(at) => Moment::Instant(at),
            WrittenDateTime::Civil(civil) => Moment::Civil(civil),
        })
    } else {
        text.parse().map(Moment::Date)
    }
}
