//! Makes happen what was drawn, and says what contacts have by then, so that the oracle can be asked about them.

mod perform;
mod contacts;

pub use contacts::contacts_of;
pub use perform::Past;
