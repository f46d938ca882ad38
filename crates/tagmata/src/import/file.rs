//! What a file can be imported as.

use super::options::{ImportOptions, InteractionOptions};

/// What a file is imported as: contacts, by [`ImportOptions`], or interactions of contacts that are there, by
/// [`InteractionOptions`].
pub trait FileImport: sealed::Plan + Sync {}

impl FileImport for ImportOptions {}
impl FileImport for InteractionOptions {}

pub(crate) mod sealed {
    use super::{ImportOptions, InteractionOptions};
    use crate::csv::Progress;
    use crate::error::Result;
    use crate::import::Planned;
    use crate::state::State;
    use crate::time::Timestamp;
    use std::io::{Read, Seek};
    use std::ops::ControlFlow;

    pub trait Plan {
        /// What the import comes to. Nothing changes.
        #[expect(private_interfaces, reason = "nobody outside can name it")]
        fn plan<'c>(
            &self,
            state: &'c State,
            source: impl Read + Seek,
            now: Timestamp,
            callback: impl FnMut(Progress) -> ControlFlow<()> + 'c,
        ) -> Result<Planned>;
    }

    impl Plan for ImportOptions {
        fn plan<'c>(
            &self,
            state: &'c State,
            source: impl Read + Seek,
            now: Timestamp,
            callback: impl FnMut(Progress) -> ControlFlow<()> + 'c,
        ) -> Result<Planned> {
            state.plan_import(source, self, now, callback)
        }
    }

    impl Plan for InteractionOptions {
        fn plan<'c>(
            &self,
            state: &'c State,
            source: impl Read + Seek,
            now: Timestamp,
            callback: impl FnMut(Progress) -> ControlFlow<()> + 'c,
        ) -> Result<Planned> {
            state.plan_interactions(source, self, now, callback)
        }
    }
}
