//! Makes happen what was drawn, and says what contacts have by then, so that the oracle can be asked about them.

mod perform;
mod contacts;
mod kept;

pub use contacts::contacts_of;
pub use kept::as_kept;
pub use perform::Past;
