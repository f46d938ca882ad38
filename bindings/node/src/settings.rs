//! Settings, and all definitions of a book as one document.

use crate::book::Book;
use crate::convert::{Options, parse, refuse, text, tree};
use crate::filters::is_document;
use crate::outcome::Outcome;
use crate::partial_settings::{SETTINGS, partial_settings};
use napi::bindgen_prelude::Unknown;
use napi::{Env, Result, ValueType};
use napi_derive::napi;
use tagmata::{Command, DefinitionsSource, JsonTreeBuilder, Prune};

#[napi]
impl Book {
    /// Changes settings; those that are not named stay. `defaultCountry: null` means none.
    #[napi]
    pub fn change_settings(
        &self,
        #[napi(ts_arg_type = "SettingsChanges & ChangeOptions")] settings: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("changeSettings", settings, &SETTINGS)?;
        let mut named = partial_settings(&given)?;
        if given.is_null("defaultCountry")? {
            named.default_country = Some(None);
        }
        let settings = self.read(|book| named.onto(*book.schema().settings()))?;
        self.run(&Command::ChangeSettings(settings), &given)
    }

    /// All definitions as one document, to be kept under version control and applied to other books.
    #[napi(ts_return_type = "Definitions")]
    pub fn definitions<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        parse(env, &self.read(|book| Ok(book.definitions()))?)
    }

    /// Brings the definitions to a document, an object or its JSON text: all of it in one commit, or nothing. What it does
    /// not list stays, or is deleted by `prune`.
    #[napi]
    pub fn apply_definitions(
        &self,
        #[napi(ts_arg_type = "Definitions | string")] document: Unknown<'_>,
        #[napi(ts_arg_type = "ApplyOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        const NAME: &str = "definitions";
        let given = Options::of_change("applyDefinitions", options, &["prune"])?;
        let prune = if given.flag("prune")? { Prune::Remove } else { Prune::Keep };
        let apply = |source: DefinitionsSource<'_>| {
            self.change(&given, |book, stamp| book.apply_definitions(source, prune, stamp))
        };
        match document.get_type()? {
            ValueType::String => apply(DefinitionsSource::Json(&text(NAME, document)?)),
            _ if is_document(&document)? => {
                let limits = self.read(|book| Ok(book.schema().settings().limits))?;
                apply(DefinitionsSource::Tree(&tree(
                    NAME,
                    document,
                    JsonTreeBuilder::for_definitions(&limits),
                )?))
            }
            _ => refuse(NAME, "an object or JSON text", &document),
        }
    }
}
