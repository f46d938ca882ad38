//! Options by name: one that a call does not have is refused, so that no mistyped one is passed over.

use super::values::{describe, entries, flag, present, text};
use crate::errors::refused;
use napi::bindgen_prelude::{FromNapiValue, JsValue, Unknown};
use napi::{Result, ValueType};
use tagmata::Error;

/// Who makes a change; an option of every call that changes a book.
const ACTOR: &str = "actor";

/// The options of one call, each read once. What an object inherits is no option: whoever could give a prototype members would choose the
/// options of every call.
pub(crate) struct Options<'env> {
    given: Vec<(String, Unknown<'env>)>,
}

impl<'env> Options<'env> {
    /// The options of a call that asks or makes something.
    pub(crate) fn of(call: &str, given: Option<Unknown<'env>>, allowed: &[&str]) -> Result<Self> {
        let Some(given) = present(given)? else { return Ok(Self { given: Vec::new() }) };
        let is_object = given.get_type()? == ValueType::Object;
        if !is_object || given.is_array()? || given.is_date()? {
            let error = Error::wrong_type(call, "its options as an object", describe(&given)?);
            return Err(refused(error));
        }
        let given = entries(&given.coerce_to_object()?)?;
        if let Some((name, _)) = given.iter().find(|(name, _)| !allowed.contains(&name.as_str())) {
            return Err(refused(Error::unknown_option(call, name, allowed)));
        }
        for (name, value) in &given {
            let says_nothing = present(Some(*value))?.is_none();
            if let Some(error) = says_nothing.then(|| Error::option_says_nothing(call, name)).flatten() {
                return Err(refused(error));
            }
        }
        Ok(Self { given })
    }

    /// The options of a call that changes a book.
    pub(crate) fn of_change(call: &str, given: Option<Unknown<'env>>, own: &[&str]) -> Result<Self> {
        Self::of(call, given, &[own, &[ACTOR]].concat())
    }

    pub(crate) fn actor(&self) -> Result<Option<String>> {
        self.text(ACTOR)
    }

    fn own(&self, name: &str) -> Option<Unknown<'env>> {
        self.given.iter().find(|(given, _)| given == name).map(|(_, value)| *value)
    }

    /// An option that is neither `undefined` nor `null`.
    pub(crate) fn get(&self, name: &str) -> Result<Option<Unknown<'env>>> {
        present(self.own(name))
    }

    /// An option as one of several types, of which the last one takes everything.
    pub(crate) fn get_as<T: FromNapiValue>(&self, name: &str) -> Result<Option<T>> {
        self.get(name)?.map(T::from_unknown).transpose()
    }

    /// Whether an option is given as `null`.
    pub(crate) fn is_null(&self, name: &str) -> Result<bool> {
        self.own(name).map_or(Ok(false), |value| Ok(value.get_type()? == ValueType::Null))
    }

    pub(crate) fn text(&self, name: &str) -> Result<Option<String>> {
        Ok(self.get(name)?.map(|value| text(name, value)).transpose()?)
    }

    /// Whether something is to be done that is not done unless it is asked for.
    pub(crate) fn flag(&self, name: &str) -> Result<bool> {
        self.get(name)?.map_or(Ok(false), |value| flag(name, value))
    }
}
