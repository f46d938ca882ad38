//! JSON text to a tree, by events, so that nesting needs no stack of the host.

use super::tree::{JsonTree, JsonTreeBuilder};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::{Error, ErrorKind, Report, Result};
use crate::model::Limits;
use crate::text::quoted;
use json_event_parser::{JsonEvent, SliceJsonParser};
use std::ops::Range;

impl JsonTree {
    /// Reads a JSON text (RFC 8259).
    ///
    /// # Errors
    /// [`Code::BadJson`] if the text is not JSON, [`Code::SourceTooLong`], [`Code::NestingTooDeep`] or
    /// [`Code::StringTooLong`] if it is beyond the limits.
    pub fn parse(text: &str, limits: &Limits) -> Result<Self> {
        if text.len() > limits.source {
            let message = format!("the filter has {} bytes; {} are allowed", text.len(), limits.source);
            return Err(Error::new(ErrorKind::Filter, Diagnostic::new(Code::SourceTooLong, message)));
        }
        let mut parser = SliceJsonParser::new(text.as_bytes());
        let mut tree = JsonTreeBuilder::new(limits);
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
                    let message = match text.get(range.clone()) {
                        // The parser counts bytes; people see characters.
                        Some(found) if error.message().starts_with("Unexpected byte") => {
                            format!("this is not JSON: {} stands in the wrong place", quoted(found))
                        }
                        _ => format!("this is not JSON: {}", lower_first(error.message())),
                    };
                    let place = Place::text(range);
                    let mut report = Report::new(1);
                    report.push(Diagnostic::new(Code::BadJson, message).at(&place));
                    return Err(report.into_error(ErrorKind::Filter, Some(text)));
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

/// A sentence of the JSON parser in the style of our messages.
fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.trim_end_matches('.').chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
