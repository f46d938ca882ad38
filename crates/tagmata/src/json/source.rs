//! JSON text to a tree, by events, so that nesting needs no stack of the host.

use super::bounds::Bounds;
use super::builder::JsonTreeBuilder;
use super::tree::JsonTree;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::{Report, Result};
use crate::model::Limits;
use crate::text::quoted;
use json_event_parser::{JsonEvent, SliceJsonParser};
use std::ops::Range;

impl JsonTree {
    /// Reads a JSON text (RFC 8259) that holds a filter.
    ///
    /// ```
    /// use tagmata::{Code, JsonTree, Limits};
    /// assert!(JsonTree::parse(r#"{"v": 1, "filter": {"op": "everyone"}}"#, &Limits::default()).is_ok());
    /// let error = JsonTree::parse(r#"{"v": 1,}"#, &Limits::default()).unwrap_err();
    /// assert_eq!(error.code(), Code::BadJson);
    /// ```
    ///
    /// # Errors
    /// [`Code::BadJson`] if the text is not JSON, [`Code::SourceTooLong`], [`Code::NestingTooDeep`] or
    /// [`Code::StringTooLong`] if it is beyond the limits.
    pub fn parse(text: &str, limits: &Limits) -> Result<Self> {
        Self::parse_within(text, Bounds::Filter(*limits))
    }

    /// Reads a JSON text that holds the definitions of a book, which may be as long as a hundred thousand segments need.
    ///
    /// ```
    /// use tagmata::{ErrorKind, JsonTree, Limits};
    /// assert!(JsonTree::parse_definitions(r#"{"v": 1, "tags": ["vip"]}"#, &Limits::default()).is_ok());
    /// let error = JsonTree::parse_definitions(r#"{"v": 1, "tags": ["vip"]"#, &Limits::default()).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Definitions);
    /// ```
    ///
    /// # Errors
    /// [`Code::BadJson`] if the text is not JSON, [`Code::SourceTooLong`] beyond 64 MiB, [`Code::NestingTooDeep`] if it is
    /// deeper than the deepest filter needs.
    pub fn parse_definitions(text: &str, limits: &Limits) -> Result<Self> {
        Self::parse_within(text, Bounds::Definitions(*limits))
    }

    fn parse_within(text: &str, bounds: Bounds) -> Result<Self> {
        if text.len() > bounds.bytes() {
            return Err(bounds.too_long(Some(text.len())));
        }
        let mut parser = SliceJsonParser::new(text.as_bytes());
        let mut tree = JsonTreeBuilder::within(bounds);
        loop {
            match parser.parse_next() {
                Ok(JsonEvent::Eof) => return Ok(tree.finish()),
                Ok(JsonEvent::Null) => tree.null()?,
                Ok(JsonEvent::Boolean(value)) => tree.bool(value)?,
                Ok(JsonEvent::Number(numeral)) => tree.number(&numeral)?,
                Ok(JsonEvent::String(string)) => tree.text(&string)?,
                Ok(JsonEvent::ObjectKey(key)) => tree.key(&key),
                Ok(JsonEvent::StartArray) => tree.begin_array()?,
                Ok(JsonEvent::StartObject) => tree.begin_object()?,
                Ok(JsonEvent::EndArray | JsonEvent::EndObject) => tree.end(),
                Err(error) => {
                    let location = error.location();
                    let range = whole_characters(text, location.start.offset, location.end.offset);
                    let found = text.get(range.clone()).unwrap_or_default();
                    let what = match error.message() {
                        // The parser counts bytes; people see characters.
                        message if message.starts_with("Unexpected byte") => {
                            format!("{} stands in the wrong place", quoted(found))
                        }
                        message if message.starts_with("Unexpected end") && range.end < text.len() => {
                            "a pair of surrogates is not complete".to_owned()
                        }
                        message => styled(message),
                    };
                    let message = format!("this is not JSON: {what}");
                    let mut diagnostic = Diagnostic::new(Code::BadJson, message).at(&Place::text(range));
                    if found.starts_with('\'') {
                        diagnostic = diagnostic.help("keys and strings of JSON stand in double quotes");
                    }
                    let mut report = Report::new(1);
                    report.push(diagnostic);
                    return Err(report.into_error(bounds.kind(), Some(text)));
                }
            }
        }
    }
}

/// A range of bytes, widened to whole characters.
fn whole_characters(text: &str, start: u64, end: u64) -> Range<usize> {
    let offset = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
    let (mut start, mut end) = (offset(start), offset(end));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// A sentence of the JSON parser in the style of our messages: lower case, what was written in backquotes.
fn styled(sentence: &str) -> String {
    let sentence = sentence.trim_end_matches('.').replacen("Unexpected char: ", "Unexpected character ", 1);
    let mut styled = String::new();
    for (at, c) in sentence.chars().enumerate() {
        match c {
            c if at == 0 => styled.extend(c.to_lowercase()),
            c if c.is_control() => styled.extend(c.escape_default()),
            c => styled.push(c),
        }
    }
    if let (Some(open), Some(close)) = (styled.find('\''), styled.rfind('\''))
        && open < close
    {
        styled.replace_range(close..=close, "`");
        styled.replace_range(open..=open, "`");
    }
    styled
}
