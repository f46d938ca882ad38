//! Mappings as JSON.

use super::host::Mapping;
use tagmata::{Code, Diagnostic, Error, Place};

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
