//! Commits as JSON for people: by the names that things have, and by numbers where they have none any more.

mod out;
mod names;
mod contacts;
mod schema;
mod definitions;
mod commit;
