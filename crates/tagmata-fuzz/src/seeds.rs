//! What fuzzers begin with: what stands in the suites, and the files of the examples.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files in a folder whose names end so, in order.
fn files(folder: &str, end: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(end));
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Calls something for each value of each suite, those within others included.
fn each(mut visit: impl FnMut(&Value)) {
    fn walk(value: &Value, visit: &mut impl FnMut(&Value)) {
        visit(value);
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, visit)),
            Value::Object(members) => members.values().for_each(|member| walk(member, visit)),
            _ => {}
        }
    }
    for folder in ["conformance", "conformance/commands"] {
        for suite in files(folder, ".json") {
            walk(&serde_json::from_slice(&suite).unwrap(), &mut visit);
        }
    }
}

/// Every one once.
fn distinct(mut seeds: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    seeds.sort();
    seeds.dedup();
    seeds
}

/// Whatever text stands in the suites: filters above all.
pub(crate) fn texts() -> Vec<Vec<u8>> {
    let mut texts = Vec::new();
    each(|value| texts.extend(value.as_str().map(|text| text.as_bytes().to_vec())));
    distinct(texts)
}

/// Filters as canonical JSON.
pub(crate) fn canonical() -> Vec<Vec<u8>> {
    objects("v")
}

/// Filters as the trees of query builders.
pub(crate) fn trees() -> Vec<Vec<u8>> {
    objects("combinator")
}

/// The objects that have a member.
fn objects(member: &str) -> Vec<Vec<u8>> {
    let mut objects = Vec::new();
    each(|value| {
        if value.get(member).is_some() {
            objects.push(value.to_string().into_bytes());
        }
    });
    distinct(objects)
}

/// The beginnings of the files of the examples, and the files in the suites, read in several ways.
pub(crate) fn tables() -> Vec<Vec<u8>> {
    let mut tables: Vec<Vec<u8>> = files("examples/data", ".csv")
        .iter()
        .map(|file| file.split_inclusive(|byte| *byte == b'\n').take(12).flatten().copied().collect())
        .collect();
    each(|value| {
        tables.extend(value.as_str().filter(|text| text.contains('\n')).map(|text| text.as_bytes().to_vec()));
    });
    let read = |table: &Vec<u8>| [0, 0b101_0111, 0b1000_0000].map(|choice| [&[choice][..], table].concat());
    distinct(tables.iter().flat_map(read).collect())
}

/// The definitions of the suites as documents, for a book with contacts and for an empty one.
pub(crate) fn documents() -> Vec<Vec<u8>> {
    let mut documents = Vec::new();
    each(|value| {
        if let (Some(schema), true) = (value.get("schema"), value.get("suite").is_some()) {
            let mut document = schema.clone();
            document["v"] = 1.into();
            documents.push(document.to_string().into_bytes());
        }
    });
    documents.push(crate::world::book().definitions().into_bytes());
    let apply = |document: &Vec<u8>| [0, 1, 2].map(|choice| [&[choice][..], document].concat());
    distinct(documents.iter().flat_map(apply).collect())
}

/// Dice of several worlds and lengths, the same in every run.
pub(crate) fn dice() -> Vec<Vec<u8>> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut byte = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 56) as u8
    };
    [8, 16, 32, 52].iter().cycle().take(64).map(|length| (0..*length).map(|_| byte()).collect()).collect()
}
