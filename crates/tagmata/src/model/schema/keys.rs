//! Keys of fields and kinds of interaction, which stand side by side in filters.

use super::structure::Schema;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::{is_keyword, is_word, quoted};

impl Schema {
    /// Whether a new field or kind of interaction can have a key.
    pub(super) fn check_key(&self, key: &str) -> Result<()> {
        const LONGEST: usize = 64;
        let bad = |message: String, help: &str| {
            Err(Error::value(Diagnostic::new(Code::BadKey, message).help(help)))
        };
        if !is_word(key) || key.len() > LONGEST {
            let help =
                "a key is a letter or `_`, then letters, digits and `_`, at most 64 bytes; labels are free";
            return bad(format!("{} is not a key", quoted(key)), help);
        }
        if is_keyword(key) {
            let help = "take another key; the label may still be this word";
            return bad(format!("{} is a word of the filter language", quoted(key)), help);
        }
        let owner = match () {
            () if self.field_names.find_by_key(key).is_some() => "a field",
            () if self.kind_names.find(key).is_some() => "a kind of interaction",
            () => return Ok(()),
        };
        let message = format!("the name {} is taken", quoted(key));
        let help = format!("it is the key of {owner}; fields and kinds of interaction share one name space");
        Err(Error::conflict(Diagnostic::new(Code::NameTaken, message).help(help)))
    }
}
