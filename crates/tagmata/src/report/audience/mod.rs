//! Who gets a broadcast (ExpertConnect: one or several segments are its audience).

mod channel;
mod opt_out;
mod reason;
mod query;
mod recipients;

pub use channel::Channel;
pub use opt_out::OptOut;
pub use query::AudienceQuery;
pub use reason::SkipReason;
pub use recipients::Audience;
pub(crate) use recipients::audience;
