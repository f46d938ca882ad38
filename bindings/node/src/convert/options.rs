//! Options by name: one that a call does not have is refused, so that no mistyped one is passed over.

use super::values::{describe, entries, flag, present, text};
use crate::errors::refused;
use napi::bindgen_prelude::{FromNapiValue, JsValue, Object, Unknown};
use napi::{Result, ValueType};
use tagmata::Error;

/// Who makes a change; an option of every call that changes a book.
const ACTOR: &str = "actor";

/// The options of one call.
pub(crate) struct Options<'env> {
    given: Option<Object<'env>>,
}

impl<'env> Options<'env> {
    /// The options of a call that asks or makes something.
    pub(crate) fn of(call: &str, given: Option<Unknown<'env>>, allowed: &[&str]) -> Result<Self> {
        let Some(given) = present(given)? else { return Ok(Self { given: None }) };
        let is_object = given.get_type()? == ValueType::Object;
        if !is_object || given.is_array()? || given.is_date()? {
            let error = Error::wrong_type(call, "its options as an object", describe(&given)?);
            return Err(refused(error));
        }
        let given = given.coerce_to_object()?;
        for (name, _) in entries(&given)? {
            if !allowed.contains(&name.as_str()) {
                return Err(refused(Error::unknown_option(call, &name, allowed)));
            }
        }
        Ok(Self { given: Some(given) })
    }

    /// The options of a call that changes a book.
    pub(crate) fn of_change(call: &str, given: Option<Unknown<'env>>, own: &[&str]) -> Result<Self> {
        Self::of(call, given, &[own, &[ACTOR]].concat())
    }

    pub(crate) fn actor(&self) -> Result<Option<String>> {
        self.text(ACTOR)
    }

    /// An option that is neither `undefined` nor `null`.
    pub(crate) fn get(&self, name: &str) -> Result<Option<Unknown<'env>>> {
        match &self.given {
            Some(object) => present(object.get(name)?),
            None => Ok(None),
        }
    }

    /// An option as one of several types, of which the last one takes everything.
    pub(crate) fn get_as<T: FromNapiValue>(&self, name: &str) -> Result<Option<T>> {
        match (self.get(name)?, &self.given) {
            (Some(_), Some(object)) => object.get(name),
            _ => Ok(None),
        }
    }

    /// Whether an option is given as `null`.
    pub(crate) fn is_null(&self, name: &str) -> Result<bool> {
        let Some(object) = &self.given else { return Ok(false) };
        let value: Option<Unknown<'_>> = object.get(name)?;
        value.map_or(Ok(false), |value| Ok(value.get_type()? == ValueType::Null))
    }

    pub(crate) fn text(&self, name: &str) -> Result<Option<String>> {
        Ok(self.get(name)?.map(|value| text(name, value)).transpose()?)
    }

    /// Whether something is to be done that is not done unless it is asked for.
    pub(crate) fn flag(&self, name: &str) -> Result<bool> {
        self.get(name)?.map_or(Ok(false), |value| flag(name, value))
    }
}
