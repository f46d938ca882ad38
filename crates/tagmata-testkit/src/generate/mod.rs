//! Strategies for everything that an engine is compared on: schemas, settings, contacts, instants and filters, as JSON.
//!
//! They are adversarial on purpose, and share small pools, so that the values of filters often hit the values of contacts.

mod numbers;
mod phones;
mod texts;
mod times;
mod pool;
mod vocabulary;
mod contacts;
mod moments;
mod predicates;
mod aggregates;
mod filters;
mod schema;
mod settings;
mod cases;
mod deeds;
mod rules;

pub use cases::{Case, asked, case};
pub use contacts::{contacts, contacts_from};
pub use deeds::{Aged, Deed, Linked, aged};
pub use filters::{filter, filter_from};
pub use pool::Pool;
pub use rules::{Automated, automated, rule_schema};
pub use schema::schema;
pub use settings::settings;
pub use times::{now, now_in};
