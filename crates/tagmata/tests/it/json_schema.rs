//! JSON Schema, as much of draft 2020-12 as `docs/definitions.schema.json` uses. A keyword that is not known here is a panic.

use serde_json::Value;

/// A schema that documents are held to.
pub(crate) struct JsonSchema(pub(crate) Value);

impl JsonSchema {
    /// Whether a document satisfies the schema.
    pub(crate) fn accepts(&self, document: &Value) -> bool {
        self.satisfied(&self.0, document)
    }

    /// What a pointer of the schema leads to, followed to the end of its references.
    pub(crate) fn part(&self, pointer: &str) -> &Value {
        let mut part = self.0.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"));
        while let Some(reference) = part.get("$ref") {
            part = self.referred(reference);
        }
        part
    }

    fn referred(&self, reference: &Value) -> &Value {
        let pointer = reference.as_str().and_then(|text| text.strip_prefix('#'));
        self.0.pointer(pointer.unwrap()).unwrap_or_else(|| panic!("{reference} leads nowhere"))
    }

    fn satisfied(&self, schema: &Value, value: &Value) -> bool {
        schema.as_object().unwrap().iter().all(|(keyword, rule)| self.rule(schema, keyword, rule, value))
    }

    fn rule(&self, schema: &Value, keyword: &str, rule: &Value, value: &Value) -> bool {
        let all = |rule: &Value| rule.as_array().unwrap().clone();
        let satisfied = |rule: &Value| self.satisfied(rule, value);
        let length = value.as_str().map(|text| text.chars().count() as u64);
        let items = value.as_array().map(|items| items.len() as u64);
        let no_less = |count: Option<u64>| count.is_none_or(|count| count >= rule.as_u64().unwrap());
        let no_more = |count: Option<u64>| count.is_none_or(|count| count <= rule.as_u64().unwrap());
        let members = value.as_object();
        match keyword {
            "$schema" | "title" | "description" | "$defs" => true,
            "$ref" => satisfied(self.referred(rule)),
            "const" => value == rule,
            "enum" => all(rule).contains(value),
            "type" => match rule {
                Value::Array(types) => types.iter().any(|each| is_of(each, value)),
                one => is_of(one, value),
            },
            "not" => !satisfied(rule),
            "anyOf" => all(rule).iter().any(satisfied),
            "oneOf" => all(rule).iter().filter(|each| satisfied(each)).count() == 1,
            "required" => members.is_none_or(|members| {
                all(rule).iter().all(|key| members.contains_key(key.as_str().unwrap()))
            }),
            "properties" => members.is_none_or(|members| {
                let known = rule.as_object().unwrap();
                members
                    .iter()
                    .all(|(key, value)| known.get(key).is_none_or(|rule| self.satisfied(rule, value)))
            }),
            "additionalProperties" => {
                let known =
                    |key: &str| schema.get("properties").is_some_and(|known| known.get(key).is_some());
                let others = members.into_iter().flatten().filter(|(key, _)| !known(key));
                let mut others = others.map(|(_, value)| value);
                match rule {
                    Value::Bool(false) => others.next().is_none(),
                    rule => others.all(|value| self.satisfied(rule, value)),
                }
            }
            "items" => {
                value.as_array().is_none_or(|items| items.iter().all(|item| self.satisfied(rule, item)))
            }
            "minItems" => no_less(items),
            "maxItems" => no_more(items),
            "minLength" => no_less(length),
            "maxLength" => no_more(length),
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()),
            _ => panic!("the keyword {keyword:?} is not known here"),
        }
    }
}

fn is_of(name: &Value, value: &Value) -> bool {
    match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        other => panic!("the type {other:?} is not known here"),
    }
}
