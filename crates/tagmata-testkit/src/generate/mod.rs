//! Strategies for everything that an engine is compared on: schemas, settings, contacts, instants and filters, as JSON.
//!
//! They are adversarial on purpose, and share small pools, so that the values of filters often hit the values of contacts.

mod aggregates;
mod cases;
mod contacts;
mod filters;
mod moments;
mod numbers;
mod phones;
mod pool;
mod predicates;
mod schema;
mod settings;
mod texts;
mod times;
mod vocabulary;

pub use cases::{Case, case};
pub use contacts::{contacts, contacts_from};
pub use filters::{filter, filter_from};
pub use pool::Pool;
pub use schema::schema;
pub use settings::settings;
pub use times::{now, now_in};
