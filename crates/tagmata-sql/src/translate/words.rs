//! Values as the host writes them: by key, by number, or in its own words.

use super::lists::Several;
use super::translator::Translator;
use crate::error::{Result, bad_mapping, unmapped};
use crate::mapping::{FieldMapping, Literal, Names};
use std::borrow::Cow;
use tagmata::{Country, Field, FieldId, SegmentId, StatusId, Symbol, SymbolSet, TagId, ValueType};

impl<'a> Translator<'a> {
    /// Some values of a field as the host writes them.
    pub(super) fn written(
        &self,
        field: FieldId,
        mapping: &FieldMapping,
        symbols: &SymbolSet,
    ) -> Result<Several> {
        let key = self.key(field);
        let each = symbols.iter().map(|symbol| (symbol.get(), self.symbol_name(field, symbol)));
        self.written_names(mapping.names.as_ref(), each, key)
    }

    /// Numbers and names as the host writes them.
    pub(super) fn written_names<'n>(
        &self,
        names: Option<&Names>,
        symbols: impl Iterator<Item = (u32, Cow<'n, str>)>,
        of: &str,
    ) -> Result<Several> {
        match names.unwrap_or(&Names::Keys) {
            Names::Keys => Ok(Several::Texts(symbols.map(|(_, name)| name.into_owned()).collect())),
            Names::Numbers => Ok(Several::Integers(symbols.map(|(number, _)| i64::from(number)).collect())),
            Names::Map(map) => {
                let is_integers = map.values().all(|value| matches!(value, Literal::Integer(_)));
                if !is_integers && !map.values().all(|value| matches!(value, Literal::Text(_))) {
                    return Err(bad_mapping(
                        format!("some values of `{of}` are texts, others are not"),
                        "all are texts, or all are whole numbers",
                    ));
                }
                let (mut texts, mut integers) = (Vec::new(), Vec::new());
                for (_, name) in symbols {
                    match map.get(&*name) {
                        Some(Literal::Text(text)) => texts.push(text.clone()),
                        Some(Literal::Integer(integer)) => integers.push(*integer),
                        _ => {
                            return Err(unmapped(
                                format!("the mapping does not say how `{name}` of `{of}` is written"),
                                "add it to its `names`",
                            ));
                        }
                    }
                }
                Ok(if is_integers { Several::Integers(integers) } else { Several::Texts(texts) })
            }
        }
    }

    /// The key of a value, or its name where it has no key.
    fn symbol_name(&self, field: FieldId, symbol: Symbol) -> Cow<'a, str> {
        let schema = self.world.schema;
        let number = symbol.get();
        Cow::Borrowed(match field {
            Field::STATUS => schema.status_key(StatusId::new(number)),
            Field::TAGS => schema.tag_name(TagId::new(number)),
            Field::SEGMENTS => schema.segment_name(SegmentId::new(number)),
            _ => match schema.field(field) {
                Some(of) if of.value_type() == ValueType::Country => {
                    let country = Country::from_symbol(symbol);
                    return country.map_or_else(String::new, |country| country.as_str().to_owned()).into();
                }
                Some(of) => of.options().key(number),
                None => "",
            },
        })
    }
}
