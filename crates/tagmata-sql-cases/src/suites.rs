//! The suites of `conformance/`, whose answers are written by hand.

use crate::statements::Question;
use crate::world::World;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tagmata_testkit::conformance::{self, read_filter};

/// Worlds with the questions that are asked in them, and their names.
pub(crate) fn suites() -> Vec<(String, World, Vec<Question>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let mut worlds = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let suite: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let mut questions = conformance::questions(&suite);
        // All that are asked in the same world share its tables.
        while let Some(first) = questions.first() {
            let (settings, now) = (first.settings.clone(), first.now);
            let (same, others): (Vec<_>, Vec<_>) =
                questions.into_iter().partition(|each| each.settings == settings && each.now == now);
            worlds.push(world(&name, &same));
            questions = others;
        }
    }
    worlds
}

fn world(name: &str, questions: &[conformance::Question]) -> (String, World, Vec<Question>) {
    let first = &questions[0];
    let world = World::new(&first.schema, &first.settings, first.contacts.clone(), first.now);
    let place = |member: &String| world.contacts.iter().position(|(name, _)| name == member).unwrap();
    let read = |each: &conformance::Question| Question {
        about: format!("{}: {}", each.name, each.filter),
        filter: read_filter(&each.filter, world.schema()).unwrap(),
        members: each.members.iter().map(place).collect(),
    };
    let questions = questions.iter().map(read).collect();
    (name.to_owned(), world, questions)
}
