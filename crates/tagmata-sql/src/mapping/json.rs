//! Mappings as JSON.

use super::host::Mapping;
use tagmata::{Code, Diagnostic, Error, Place};

/// The arrays and objects that may be open at once: twice as many as any mapping has. Reading one takes some stack for each.
const MOST_OPEN: usize = 16;

impl Mapping {
    /// Reads a mapping.
    ///
    /// ```
    /// use tagmata_sql::Mapping;
    /// let error = Mapping::from_json(r#"{"contacts": {"table": "contacts", "key": "id"}}"#).unwrap_err();
    /// assert_eq!(error.code().as_str(), "E1601");
    /// assert_eq!(error.diagnostics()[0].place().pointer(), Some("/contacts/key"));
    /// ```
    ///
    /// # Errors
    /// [`Code::BadMapping`] if it is not JSON, or has a key or a value that no mapping has.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        if is_deeper_than(MOST_OPEN, json) {
            return Err(bad(format!("it is nested more than {MOST_OPEN} levels deep"), String::new()));
        }
        let mut reader = serde_json::Deserializer::from_str(json);
        let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let pointer = pointer(error.path());
            // The place of the text is that of what is wrong in the document, which has its own.
            let said = error.inner().to_string();
            let said = said.split(" at line ").next().unwrap_or(&said).to_owned();
            bad(said, pointer)
        })?;
        reader.end().map_err(|error| bad(error.to_string(), String::new()))?;
        Ok(read)
    }

    /// Writes the mapping.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Whether more arrays and objects are open at once in a text that may be JSON.
fn is_deeper_than(most: usize, json: &str) -> bool {
    let (mut open, mut is_text, mut bytes) = (0_usize, false, json.bytes());
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if is_text => drop(bytes.next()),
            b'"' => is_text = !is_text,
            b'[' | b'{' if !is_text => open += 1,
            b']' | b'}' if !is_text => open = open.saturating_sub(1),
            _ => {}
        }
        if open > most {
            return true;
        }
    }
    false
}

fn bad(message: String, pointer: String) -> Error {
    let place = Place::Json { pointer: pointer.into(), order: 0 };
    let problem = Diagnostic::new(Code::BadMapping, format!("the mapping cannot be read: {message}"));
    Error::sql(problem.at(&place).help("docs/sql.md lists what a mapping has"), [])
}

/// RFC 6901.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    path.iter().fold(String::new(), |pointer, segment| match segment {
        Segment::Seq { index } => format!("{pointer}/{index}"),
        Segment::Map { key } => format!("{pointer}/{}", escaped(key)),
        Segment::Enum { variant } => format!("{pointer}/{}", escaped(variant)),
        Segment::Unknown => pointer,
    })
}
