//! JSON: objects of JavaScript as documents of the core, without their text between them, and documents as objects.

use super::instants::instant;
use super::values::{Elements, elements, entries, refuse};
use crate::errors::refused;
use napi::bindgen_prelude::{Either, FnArgs, Function, JsObjectValue, JsValue, Null, Object, Unknown};
use napi::{Env, Result, ValueType};
use std::vec;
use tagmata::{Error, JsonTree, JsonTreeBuilder, TimeZone};

/// An array or object that has been begun, and what of it is still to come.
enum Open<'env> {
    Array(Elements<'env>),
    Object(vec::IntoIter<(String, Unknown<'env>)>),
}

/// A document of what `JSON.stringify` would write. What it would pass over in silence is refused.
///
/// It does not call itself: how deep an object goes is up to who made it.
pub(crate) fn tree(name: &str, value: Unknown<'_>, mut builder: JsonTreeBuilder) -> Result<JsonTree> {
    let mut open = Vec::new();
    open.extend(add(name, value, &mut builder)?);
    while let Some(innermost) = open.last_mut() {
        let next = match innermost {
            Open::Array(items) => items.next().transpose()?.map(|item| (name.to_owned(), item)),
            Open::Object(members) => match members.next() {
                Some((_, value)) if value.get_type()? == ValueType::Undefined => continue,
                member => member.inspect(|(key, _)| builder.key(key)),
            },
        };
        match next {
            Some((key, value)) => open.extend(add(&key, value, &mut builder)?),
            None => {
                builder.end();
                open.pop();
            }
        }
    }
    Ok(builder.finish())
}

/// Adds a value, or begins it.
fn add<'env>(name: &str, value: Unknown<'env>, builder: &mut JsonTreeBuilder) -> Result<Option<Open<'env>>> {
    let written = |value: Unknown<'_>| value.coerce_to_string()?.into_utf8()?.into_owned();
    let added = match value.get_type()? {
        ValueType::Undefined | ValueType::Null => builder.null(),
        ValueType::Boolean => builder.bool(value.coerce_to_bool()?),
        ValueType::Number if !value.coerce_to_number()?.get_double()?.is_finite() => {
            return Err(refused(Error::wrong_type(name, "a finite number", &written(value)?)));
        }
        ValueType::Number | ValueType::BigInt => builder.number(&written(value)?),
        ValueType::String => builder.text(&written(value)?),
        ValueType::Object if value.is_date()? => {
            builder.text(&instant(name, value, TimeZone::UTC)?.to_string())
        }
        ValueType::Object => {
            return match elements(&value)? {
                Some(items) => {
                    builder.begin_array().map_err(refused)?;
                    Ok(Some(Open::Array(items)))
                }
                None => {
                    builder.begin_object().map_err(refused)?;
                    Ok(Some(Open::Object(entries(&value.coerce_to_object()?)?.into_iter())))
                }
            };
        }
        _ => return refuse(name, "a value of JSON", &value),
    };
    added.map(|()| None).map_err(refused)
}

/// A value, or null where it has no form in JSON.
type OrNull<'env> = Function<'env, (), Either<Null, Unknown<'env>>>;

/// The JSON text of a value, as JavaScript writes it; but what has no form there is null, and not passed over as if it had never been said.
pub(crate) fn stringify(env: &Env, value: Unknown<'_>) -> Result<String> {
    let writer: Object<'_> = env.get_global()?.get_named_property("JSON")?;
    let stringify: Function<'_, FnArgs<(Unknown<'_>, OrNull<'_>)>, String> =
        writer.get_named_property("stringify")?;
    let or_null: OrNull<'_> = env.create_function_from_closure("orNull", |call| {
        let value: Unknown<'_> = call.get(1)?;
        let has_no_form =
            matches!(value.get_type()?, ValueType::Undefined | ValueType::Function | ValueType::Symbol);
        Ok(if has_no_form { Either::A(Null) } else { Either::B(value) })
    })?;
    stringify.call((value, or_null).into())
}

/// The value of a JSON text.
pub(crate) fn parse<'env>(env: &'env Env, json: &str) -> Result<Unknown<'env>> {
    let parser: Object<'_> = env.get_global()?.get_named_property("JSON")?;
    let parse: Function<'_, &str, Unknown<'env>> = parser.get_named_property("parse")?;
    parse.call(json)
}
