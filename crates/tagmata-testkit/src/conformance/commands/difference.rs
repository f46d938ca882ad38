//! Where what was found is not what was expected.

use serde_json::Value;
use tagmata::Timestamp;

/// Differences in words, each with its place.
#[derive(Debug, Default)]
pub(super) struct Differences(pub(super) Vec<String>);

impl Differences {
    /// Notes something that is wrong otherwise.
    pub(super) fn add(&mut self, problem: String) {
        self.0.push(problem);
    }

    /// Compares the members that are expected; others may be there too.
    pub(super) fn compare(&mut self, place: &str, expected: &Value, found: &Value) {
        match (expected, found) {
            (Value::Object(members), Value::Object(all)) => {
                for (key, expected) in members {
                    let place = format!("{place}.{key}");
                    match all.get(key) {
                        Some(found) => self.compare(&place, expected, found),
                        None => self.add(format!("{place}: is not there\n  expected {expected}")),
                    }
                }
            }
            (Value::Array(items), Value::Array(all)) if items.len() == all.len() => {
                for (at, (expected, found)) in items.iter().zip(all).enumerate() {
                    self.compare(&format!("{place}[{at}]"), expected, found);
                }
            }
            _ if is_same(expected, found) => {}
            _ => self.add(format!("{place}:\n     found {found}\n  expected {expected}")),
        }
    }

    /// Compares the members that are expected, and allows no others.
    pub(super) fn compare_all(&mut self, place: &str, expected: &Value, found: &Value) {
        self.compare(place, expected, found);
        if let (Value::Object(members), Value::Object(all)) = (expected, found) {
            for (key, found) in all.iter().filter(|(key, _)| !members.contains_key(*key)) {
                self.add(format!("{place}.{key}: is not expected\n     found {found}"));
            }
        }
    }
}

/// A set in an order of its own.
pub(super) fn as_set(list: &Value) -> Value {
    let Value::Array(items) = list else { return list.clone() };
    let mut items = items.clone();
    items.sort_by_key(Value::to_string);
    items.into()
}

/// Numbers are the same whether they are written with a fraction or not, instants in whichever zone.
fn is_same(expected: &Value, found: &Value) -> bool {
    let instant = |value: &Value| value.as_str().and_then(|text| text.parse::<Timestamp>().ok());
    match (expected.as_f64(), found.as_f64()) {
        (Some(expected), Some(found)) => expected.to_bits() == found.to_bits(),
        _ => expected == found || instant(expected).is_some_and(|at| instant(found) == Some(at)),
    }
}
