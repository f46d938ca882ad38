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
    let mut last = 0;
    loop {
        lexer.skip_blank();
        let start = lexer.at;
        match lexer.token() {
            TokenKind::End => {
                // What is missing at the end belongs behind the last token, not behind blanks and comments.
                tokens.push(Token { kind: TokenKind::End, range: last..last });
                return tokens;
            }
            kind => tokens.push(Token { kind, range: start..lexer.at }),
        }
        last = lexer.at;
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

    fn problem(&mut self, range: Range<usize>, describe: impl FnOnce(&Self) -> Diagnostic) -> TokenKind<'s> {
        let place = Place::text(range);
        if !self.report.is_full_at(place.order()) {
            let diagnostic = describe(self);
            self.report.push(diagnostic.at(&place));
        }
        TokenKind::Bad
    }

    fn token(&mut self) -> TokenKind<'s> {
        let start = self.at;
        let Some(first) = self.rest().chars().next() else { return TokenKind::End };
        if first == '_' || is_xid_start(first) {
            let word = TokenKind::Word(self.take_while(is_xid_continue));
            return self.within_limit(word, start);
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
                self.unexpected(start, "write `!=`")
            }
            '<' if self.eat_equal() => TokenKind::LessOrEqual,
            '<' => TokenKind::Less,
            '>' if self.eat_equal() => TokenKind::GreaterOrEqual,
            '>' => TokenKind::Greater,
            '=' if self.eat_equal() => self.unexpected(start, "write `=`"),
            '=' => TokenKind::Equal,
            '!' if self.eat_equal() => TokenKind::NotEqual,
            '"' => self.string(start),
            '`' => self.label(start),
            _ => self.foreign(start, first),
        }
    }

    /// A character that no filter contains; what other languages write with it is known.
    fn foreign(&mut self, start: usize, first: char) -> TokenKind<'s> {
        if let Some(close) = closing_quote(first) {
            let rest = self.rest();
            let line = rest.char_indices().take(MOST_QUOTED).take_while(|(_, c)| *c != '\n');
            let end = line.filter(|(_, c)| *c == close).map(|(at, c)| at + c.len_utf8()).next();
            let inner = end.and_then(|end| rest.get(..end - close.len_utf8()));
            self.at += end.unwrap_or_default();
            return match inner.filter(|inner| !inner.contains(['"', '\\'])) {
                Some(inner) => self.unexpected(start, &format!("write {}", quoted(&format!("\"{inner}\"")))),
                None => self.unexpected(start, "strings stand in straight double quotes, such as `\"vip\"`"),
            };
        }
        self.take_while(|c| c == first);
        let follows_digit = self.slice(0..start).trim_end().ends_with(|c: char| c.is_ascii_digit());
        let help = match first {
            '!' => "write `not`",
            '&' => "write `and`",
            '|' => "write `or`",
            '[' | ']' | '{' | '}' => "lists and groups stand in round brackets",
            '%' if follows_digit => "write the number alone, such as `50`",
            '$' | '€' | '£' | '¥' => {
                "write the number alone, such as `1000`: amounts have no currency here"
            }
            '%' | '*' => "write `contains`, `starts with` or `ends with` and a string without wildcards",
            _ => "text stands in double quotes, such as `\"50 %\"`",
        };
        self.unexpected(start, help)
    }

    fn unexpected(&mut self, start: usize, help: &str) -> TokenKind<'s> {
        let range = start..self.at;
        self.problem(range.clone(), |lexer| {
            let message = format!("{} means nothing here", quoted(lexer.slice(range)));
            Diagnostic::new(Code::UnexpectedCharacter, message).help(help)
        })
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
                || matches!(c, '.' | ':' | '/') && next_is_digit
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
        } else if looks_like_date(text) || is_foreign_date(text) {
            moment(text).map(TokenKind::Moment)
        } else {
            text.parse::<Number>().map(TokenKind::Number)
        };
        match read {
            Ok(kind) => kind,
            Err(error) => self.problem(start..self.at, |_| error.into_diagnostic()),
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
                    None if self.rest().is_empty() => {
                        return self.unterminated(start, "string", "a double quote");
                    }
                    None => {
                        let range = escape..self.at;
                        self.problem(range.clone(), |lexer| {
                            let written = quoted(lexer.slice(range));
                            Diagnostic::new(Code::BadEscape, format!("{written} is no escape"))
                                .help("a backslash itself is written `\\\\`")
                                .expecting(["\\\"", "\\\\", "\\n", "\\t", "\\u{41}"])
                        });
                        self.finish_quoted('"');
                        return TokenKind::Bad;
                    }
                },
                None => return self.unterminated(start, "string", "a double quote"),
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
                // All that can belong to the escape is part of it, so that it is reported as a whole.
                let open = self.rest().starts_with('{');
                self.at += usize::from(open);
                let digits = self.hex_digits();
                let close = self.rest().starts_with('}');
                self.at += usize::from(open && close);
                let is_hex = open && close && (1..=6).contains(&digits.len());
                is_hex.then(|| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)).flatten()
            }
            _ => None,
        }
    }

    /// Moves over hexadecimal digits; eight are enough to know that there are too many.
    fn hex_digits(&mut self) -> &'s str {
        let rest = self.rest();
        let length = rest.bytes().take(8).take_while(u8::is_ascii_hexdigit).count();
        self.at += length;
        rest.get(..length).unwrap_or_default()
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
                return self.unterminated(start, "label", "a backquote");
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
        self.problem(start..start + 1, |_| {
            Diagnostic::new(Code::Unterminated, format!("this {what} has no end"))
                .help(format!("close it with {quote}"))
        })
    }

    fn within_limit(&mut self, token: TokenKind<'s>, start: usize) -> TokenKind<'s> {
        let length = match &token {
            TokenKind::Text(text) | TokenKind::Label(text) => text.len(),
            TokenKind::Word(word) => word.len(),
            _ => 0,
        };
        match length > self.limits.string {
            true => self.problem(start..self.at, |lexer| lexer.limits.string_too_long(length)),
            false => token,
        }
    }
}

/// The longest text in foreign quotes that is recognised as one, in characters.
const MOST_QUOTED: usize = 80;

/// What closes a quote that is none of ours.
fn closing_quote(open: char) -> Option<char> {
    match open {
        '\'' => Some('\''),
        '\u{2018}' | '\u{201a}' => Some('\u{2019}'),
        '\u{201c}' => Some('\u{201d}'),
        '\u{201e}' => Some('\u{201c}'),
        '«' => Some('»'),
        _ => None,
    }
}

/// Whether a numeral starts like `2026-`: four digits and a minus.
fn looks_like_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.get(4) == Some(&b'-') && bytes.get(..4).is_some_and(|year| year.iter().all(u8::is_ascii_digit))
}

/// Whether a numeral is a date in a form that filters do not have: `31/01/2026`, `31.1.2026`.
fn is_foreign_date(text: &str) -> bool {
    let mut parts = text.split(['.', '/']);
    let is_part = |part: Option<&str>| {
        part.is_some_and(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let three = (0..3).all(|_| is_part(parts.next())) && parts.next().is_none();
    three && text.split(['.', '/']).any(|part| part.len() == 4)
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
