//! Objects whose keys are names that people have given, and ids.

use napi::bindgen_prelude::{JsObjectValue, Object, ToNapiValue, Uint32ArraySlice};
use napi::{Env, Property, PropertyAttributes, Result};
use tagmata::MemberSet;

/// Gives an object a member, whatever it is called.
pub(crate) fn put<V: ToNapiValue>(env: &Env, object: &mut Object<'_>, key: &str, value: V) -> Result<()> {
    // Set, this one would become the prototype of the object instead.
    const PROTOTYPE: &str = "__proto__";
    if key != PROTOTYPE {
        return object.set(key, value);
    }
    let property = Property::new().with_utf8_name(key)?.with_napi_value(env, value)?;
    let plain =
        PropertyAttributes::Writable | PropertyAttributes::Enumerable | PropertyAttributes::Configurable;
    object.define_properties(&[property.with_property_attributes(plain)])
}

/// The ids of contacts, ascending, in one array that is made without a copy.
pub(crate) fn ids<'env>(env: &'env Env, members: &MemberSet) -> Result<Uint32ArraySlice<'env>> {
    Uint32ArraySlice::from_data(env, members.to_numbers())
}
