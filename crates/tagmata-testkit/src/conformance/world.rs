//! A suite's schema, segments and contacts as the engine's.

use serde_json::Value;
use tagmata::{
    Amount, Contact, ContactId, Draft, DynamicSegment, Filter, Input, Limits, NewField, Schema, Segments,
    Settings, Timestamp, ValueType,
};

/// Everything that a filter is evaluated in.
#[derive(Debug)]
pub struct World {
    /// The names and settings.
    pub schema: Schema,
    /// The dynamic segments.
    pub segments: Segments,
    /// The contacts, by the names that the suite gives them.
    pub contacts: Vec<(String, Contact)>,
}

impl World {
    /// Builds the world of a suite. Panics with what is wrong if the suite is.
    #[must_use]
    pub fn build(schema: &Value, settings: &Value, contacts: &[(String, Value)]) -> Self {
        let mut world = Self {
            schema: Schema::new(read_settings(settings)),
            segments: Segments::default(),
            contacts: Vec::new(),
        };
        world.define_names(schema);
        let position = |name: &Value| {
            let at = contacts.iter().position(|(other, _)| Some(other.as_str()) == name.as_str());
            ContactId::new(u32::try_from(at.unwrap_or_else(|| panic!("no contact {name}"))).unwrap())
        };
        for segment in list(&schema["segments"]) {
            let id = world.schema.define_segment(text(&segment["name"])).unwrap();
            if segment.get("filter").is_some() {
                let filter =
                    read_filter(&segment["filter"], &world.schema).unwrap_or_else(|error| panic!("{error}"));
                let pins = |key: &str| list(&segment[key]).iter().map(position).collect::<Vec<_>>();
                let definition =
                    DynamicSegment::new(filter).always_in(pins("always_in")).always_out(pins("always_out"));
                world
                    .segments
                    .define(id, definition, &world.schema)
                    .unwrap_or_else(|error| panic!("{error}"));
            }
        }
        for (at, (name, values)) in contacts.iter().enumerate() {
            let id = ContactId::new(u32::try_from(at).unwrap());
            let contact = draft(values).read(id, &world.schema);
            world.contacts.push((name.clone(), contact.unwrap_or_else(|error| panic!("{name}: {error}"))));
        }
        world
    }

    fn define_names(&mut self, names: &Value) {
        for field in list(&names["fields"]) {
            let value_type = ValueType::CUSTOM.into_iter().find(|each| each.as_str() == text(&field["type"]));
            let mut new = NewField::new(text(&field["key"]), value_type.unwrap_or_else(|| panic!("{field}")));
            if let Some(label) = field["label"].as_str() {
                new = new.label(label);
            }
            for option in list(&field["options"]) {
                new = match option.as_str() {
                    Some(name) => new.option(name),
                    None => {
                        let key = text(&option["key"]);
                        new.labelled_option(key, option["label"].as_str().unwrap_or(key))
                    }
                };
            }
            self.schema.define_field(new).unwrap_or_else(|error| panic!("{field}: {error}"));
        }
        for status in list(&names["statuses"]) {
            self.schema.define_status(text(&status["key"]), status["label"].as_str()).unwrap();
        }
        for kind in list(&names["kinds"]) {
            self.schema.define_kind(text(&kind["key"]), kind["outgoing"].as_bool().unwrap_or(false)).unwrap();
        }
        for tag in list(&names["tags"]) {
            self.schema.define_tag(text(tag)).unwrap();
        }
    }

    /// The names of the contacts that match a filter, in their order.
    #[must_use]
    pub fn members(&self, filter: &Filter, now: Timestamp) -> Vec<&str> {
        let (matcher, segments) = (filter.plan().at(now), self.segments.at(now));
        let matching =
            self.contacts.iter().filter(|(_, contact)| matcher.matches(contact, &segments.membership()));
        matching.map(|(name, _)| name.as_str()).collect()
    }
}

/// A filter of a suite: text, or JSON in one of its spellings.
///
/// # Errors
/// Those of the filter.
pub fn read_filter(filter: &Value, schema: &Schema) -> tagmata::Result<Filter> {
    match (filter.as_str(), filter.get("raw")) {
        (Some(text), _) => Filter::parse(text, schema),
        (None, Some(raw)) => Filter::from_json(text(raw), schema),
        (None, None) => Filter::from_json(&filter.to_string(), schema),
    }
}

fn read_settings(settings: &Value) -> Settings {
    let mut read = Settings::default();
    if let Some(zone) = settings["time_zone"].as_str() {
        read.calendar.zone = zone.parse().unwrap();
    }
    if let Some(day) = settings["week_start"].as_str() {
        read.calendar.week_start = day.parse().unwrap();
    }
    if let Some(rule) = settings["leap_day"].as_str() {
        read.calendar.leap_day = rule.parse().unwrap();
    }
    if let Some(country) = settings["default_country"].as_str() {
        read.default_country = Some(country.parse().unwrap());
    }
    for (name, value) in settings["limits"].as_object().into_iter().flatten() {
        let value = usize::try_from(value.as_u64().unwrap()).unwrap();
        let Limits { source, nesting, segment_depth, nodes, list_items, string, diagnostics } =
            &mut read.limits;
        *match name.as_str() {
            "source" => source,
            "nesting" => nesting,
            "segment_depth" => segment_depth,
            "nodes" => nodes,
            "list_items" => list_items,
            "string" => string,
            "diagnostics" => diagnostics,
            _ => panic!("no limit {name}"),
        } = value;
    }
    read
}

fn draft(values: &Value) -> Draft {
    let mut draft = Draft::new();
    for (key, value) in values.as_object().unwrap() {
        if key == "interactions" {
            for interaction in list(value) {
                let amount = match &interaction["amount"] {
                    Value::Null => None,
                    Value::String(amount) => Some(amount.parse::<Amount>().unwrap()),
                    number => Some(number.to_string().parse().unwrap()),
                };
                let at = text(&interaction["at"]).parse().unwrap();
                draft =
                    draft.interaction(text(&interaction["kind"]), at, amount, interaction["label"].as_str());
            }
        } else {
            draft = draft.set(key, input(value));
        }
    }
    draft
}

fn input(value: &Value) -> Input {
    match value {
        Value::Null => Input::Missing,
        Value::Bool(value) => Input::Bool(*value),
        Value::Number(number) => Input::Number(number.as_f64().unwrap()),
        Value::String(text) => Input::Text(text.clone()),
        Value::Array(items) => Input::List(items.iter().map(|item| text(item).to_owned()).collect()),
        Value::Object(_) => panic!("an object is no value: {value}"),
    }
}

fn list(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        Value::Null => &[],
        _ => panic!("not a list: {value}"),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a string: {value}"))
}
