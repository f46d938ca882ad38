//! Schemas: custom fields of every type, and names that are awkward to write.

use crate::generate::contacts::PINNABLE;
use crate::generate::filters::filter;
use proptest::prelude::{BoxedStrategy, Just, Strategy};
use proptest::sample::subsequence;
use serde_json::{Value, json};

const FIELDS: &[(&str, &[(&str, &str)])] = &[
    ("text", &[("memo", "Mémo"), ("größe", "Größe (cm)")]),
    ("number", &[("billed", "Montant facturé"), ("score", "Score `A`")]),
    ("bool", &[("newsletter", "Newsletter ?"), ("opt_in", "Opt\\in")]),
    ("date", &[("birthday", "Anniversaire"), ("renewal_on", "Next renewal")]),
    ("datetime", &[("seen_at", "Seen 🙂"), ("trial_ends", "The trial's end")]),
    ("select", &[("plan", "Plan \"pro\""), ("tier", "İkinci")]),
    ("multi_select", &[("software", "Logiciels"), ("langs", "100%_langs")]),
];

const OPTIONS: &[(&str, &str)] = &[
    ("xero", "Xero"),
    ("myob", "MYOB, \"old\""),
    ("street", "Straße"),
    ("percent", "100%_"),
    ("dotted", "İ"),
    ("slash", "back\\slash"),
    ("ete", "e\u{301}te\u{301}"),
    ("nothing", "null"),
];

const STATUSES: &[(&str, &str)] = &[("churned", "Perdu"), ("wait_list", "Liste d'attente ⏳")];
const KINDS: &[(&str, bool)] = &[("demo", false), ("sms_out", true), ("visit", false)];
const TAGS: &[&str] = &["big", "référence", "Straße", "100%_", "say \"hi\"", "null"];
const STATIC_SEGMENTS: &[&str] = &["Nord", "Région sud", "Ne plus contacter", "back\\slash 🙂"];
const DYNAMIC_SEGMENTS: &[&str] = &["Grands \"comptes\"", "Dyn_%", "İçerik"];

/// A schema; the filters of its dynamic segments are canonical JSON over what stands above them.
pub fn schema() -> BoxedStrategy<Value> {
    (fixed_part(), 0..=DYNAMIC_SEGMENTS.len())
        .prop_flat_map(|(schema, dynamic)| {
            DYNAMIC_SEGMENTS[..dynamic]
                .iter()
                .fold(Just(schema).boxed(), |below, name| with_dynamic(below, name))
        })
        .boxed()
}

fn fixed_part() -> BoxedStrategy<Value> {
    let fields: Vec<BoxedStrategy<Vec<Value>>> =
        FIELDS.iter().map(|(kind, pool)| fields(kind, pool)).collect();
    let names = |pool: &'static [&'static str]| subsequence(pool, 1..=pool.len());
    (
        fields,
        subsequence(STATUSES, 0..=STATUSES.len()),
        subsequence(KINDS, 0..=KINDS.len()),
        names(TAGS),
        names(STATIC_SEGMENTS),
    )
        .prop_map(|(fields, statuses, kinds, tags, segments)| {
            json!({
                "fields": fields.concat(),
                "statuses": statuses.iter().map(labelled).collect::<Vec<_>>(),
                "kinds": kinds.iter().map(|(key, outgoing)| json!({"key": key, "outgoing": outgoing})).collect::<Vec<_>>(),
                "tags": tags,
                "segments": segments.iter().map(|name| json!({"name": name})).collect::<Vec<_>>(),
            })
        })
        .boxed()
}

/// One field of a type, or several.
fn fields(kind: &'static str, pool: &'static [(&'static str, &'static str)]) -> BoxedStrategy<Vec<Value>> {
    let field = move |(key, label): (&str, &str), options: &[(&str, &str)]| {
        let mut field = json!({"key": key, "type": kind, "label": label});
        if kind.ends_with("select") {
            field["options"] = options.iter().map(labelled).chain([json!("plain")]).collect();
        }
        field
    };
    (subsequence(pool, 1..=pool.len()), subsequence(OPTIONS, 1..=4))
        .prop_map(move |(chosen, options)| chosen.into_iter().map(|named| field(named, &options)).collect())
        .boxed()
}

fn labelled((key, label): &(&str, &str)) -> Value {
    json!({"key": key, "label": label})
}

fn with_dynamic(schema: BoxedStrategy<Value>, name: &'static str) -> BoxedStrategy<Value> {
    let pins = || subsequence(PINNABLE, 0..=1);
    schema
        .prop_flat_map(move |schema| (filter(&schema, 1), Just(schema), pins(), pins()))
        .prop_map(move |(filter, mut schema, always_in, always_out)| {
            let segment =
                json!({"name": name, "filter": filter, "always_in": always_in, "always_out": always_out});
            schema["segments"].as_array_mut().unwrap().push(segment);
            schema
        })
        .boxed()
}
