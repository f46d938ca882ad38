//! Single values, lists and objects.

use crate::errors::{Read, refused};
use napi::bindgen_prelude::{
    Either, JsObjectValue, JsValue, KeyCollectionMode, KeyConversion, KeyFilter, Object, Uint32ArraySlice,
    Unknown,
};
use napi::{Result, ValueType};
use tagmata::{ContactId, Error};

/// Ids as JavaScript hands them over.
pub(crate) type IdsArg<'env> = Either<Uint32ArraySlice<'env>, Unknown<'env>>;

/// A value that is neither `undefined` nor `null`.
pub(crate) fn present<'env>(value: Option<Unknown<'env>>) -> Result<Option<Unknown<'env>>> {
    match value {
        Some(value) if !matches!(value.get_type()?, ValueType::Undefined | ValueType::Null) => {
            Ok(Some(value))
        }
        _ => Ok(None),
    }
}

/// What a value is, in words.
pub(crate) fn describe(value: &Unknown<'_>) -> Result<&'static str> {
    Ok(match value.get_type()? {
        ValueType::Undefined | ValueType::Null => "nothing",
        ValueType::Boolean => "true or false",
        ValueType::Number | ValueType::BigInt => "a number",
        ValueType::String => "text",
        ValueType::Function => "a function",
        ValueType::Symbol => "a symbol",
        _ if value.is_date()? => "a datetime",
        _ if value.is_array()? || value.is_typedarray()? => "a list",
        _ => "an object",
    })
}

/// Refuses a value of another type.
pub(crate) fn refuse<T>(name: &str, takes: &str, value: &Unknown<'_>) -> Result<T> {
    Err(refused(wrong(name, takes, value)?))
}

/// The error for a value of another type.
pub(crate) fn wrong(name: &str, takes: &str, value: &Unknown<'_>) -> Result<Error> {
    Ok(Error::wrong_type(name, takes, describe(value)?))
}

pub(crate) fn text(name: &str, value: Unknown<'_>) -> Read<String> {
    match value.get_type()? {
        ValueType::String => Ok(value.coerce_to_string()?.into_utf8()?.into_owned()?),
        _ => Err(wrong(name, "text", &value)?.into()),
    }
}

pub(crate) fn flag(name: &str, value: Unknown<'_>) -> Result<bool> {
    match value.get_type()? {
        ValueType::Boolean => value.coerce_to_bool(),
        _ => refuse(name, "true or false", &value),
    }
}

pub(crate) fn number(name: &str, value: Unknown<'_>) -> Read<f64> {
    match value.get_type()? {
        ValueType::Number => Ok(value.coerce_to_number()?.get_double()?),
        _ => Err(wrong(name, "a number", &value)?.into()),
    }
}

/// A whole number from 0, of the type that is asked for.
pub(crate) fn whole<T: TryFrom<i64>>(name: &str, takes: &str, value: Unknown<'_>) -> Read<T> {
    /// Above, there are whole numbers that no number of JavaScript is.
    const MOST: f64 = 9_007_199_254_740_991.0;
    if value.get_type()? != ValueType::Number {
        return Err(wrong(name, takes, &value)?.into());
    }
    let given = value.coerce_to_number()?;
    let double = given.get_double()?;
    let is_whole = double.fract() == 0.0 && (0.0..=MOST).contains(&double);
    match is_whole.then(|| given.get_int64()).transpose()?.map(T::try_from) {
        Some(Ok(whole)) => Ok(whole),
        _ => Err(Error::wrong_type(name, takes, &double.to_string()).into()),
    }
}

pub(crate) fn contact_id(name: &str, value: Unknown<'_>) -> Read<ContactId> {
    whole(name, "the id of a contact", value).map(ContactId::new)
}

pub(crate) fn contact_ids(name: &str, given: IdsArg<'_>) -> Result<Vec<ContactId>> {
    match given {
        Either::A(ids) => Ok(ids.iter().copied().map(ContactId::new).collect()),
        Either::B(list) => match elements(&list)? {
            Some(elements) => elements.map(|id| Ok(contact_id(name, id?)?)).collect(),
            None => refuse(name, "a list of ids", &list),
        },
    }
}

/// A list of texts.
pub(crate) fn names(name: &str, value: Unknown<'_>) -> Result<Vec<String>> {
    match elements(&value)? {
        Some(elements) => elements.map(|element| Ok(text(name, element?)?)).collect(),
        None => refuse(name, "a list of names", &value),
    }
}

/// The elements of an array, one by one: an array may say that it has four billions of them, and have none.
pub(crate) struct Elements<'env> {
    array: Object<'env>,
    next: u32,
    length: u32,
}

impl Elements<'_> {
    pub(crate) fn len(&self) -> usize {
        self.length as usize
    }
}

impl<'env> Iterator for Elements<'env> {
    type Item = Result<Unknown<'env>>;

    fn next(&mut self) -> Option<Self::Item> {
        let index = self.next;
        (index < self.length).then(|| {
            self.next += 1;
            self.array.get_element(index)
        })
    }
}

/// The elements of an array; `None` for everything else.
pub(crate) fn elements<'env>(value: &Unknown<'env>) -> Result<Option<Elements<'env>>> {
    if !value.is_array()? {
        return Ok(None);
    }
    let array = value.coerce_to_object()?;
    let length = array.get_array_length()?;
    Ok(Some(Elements { array, next: 0, length }))
}

/// The own members of an object, in their order.
pub(crate) fn entries<'env>(object: &Object<'env>) -> Result<Vec<(String, Unknown<'env>)>> {
    let names = object.get_all_property_names(
        KeyCollectionMode::OwnOnly,
        KeyFilter::Enumerable,
        KeyConversion::NumbersToStrings,
    )?;
    let mut entries = Vec::new();
    for index in 0..names.get_array_length()? {
        let name: Unknown<'_> = names.get_element(index)?;
        if name.get_type()? == ValueType::String {
            let value = object.get_property(name)?;
            entries.push((name.coerce_to_string()?.into_utf8()?.into_owned()?, value));
        }
    }
    Ok(entries)
}
