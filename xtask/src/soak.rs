//! `cargo xtask soak`: a durable book is changed at random for a long time, while its programs are killed and others read it.

use crate::cargo::cargo;
use crate::stop::Stop;

/// Runs `tagmata-soak` in a release build; what it takes is for it to say.
pub(crate) fn run(further: &[String]) -> Result<(), Stop> {
    let own = ["run", "--release", "-p", "tagmata-soak", "--locked", "--"].map(str::to_owned);
    cargo(&[&own, further].concat(), &[]).map_err(Stop::Failed)
}
