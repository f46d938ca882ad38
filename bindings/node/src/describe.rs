//! What commits say, for people.

use crate::book::Book;
use crate::convert::{Options, parse, whole};
use crate::outcome::{CommitArg, commit};
use napi::bindgen_prelude::Unknown;
use napi::{Env, Result};
use napi_derive::napi;

#[napi]
impl Book {
    /// What a commit says, fact by fact, by the names that the book has now. Lists of contacts and interactions have at most `limit`
    /// items; their `count` says how many there are.
    ///
    /// ```js
    /// const { actor, facts } = book.describeCommit(await book.commit(17), { limit: 10 });
    /// ```
    #[napi(ts_return_type = "CommitDescription")]
    pub fn describe_commit<'env>(
        &self,
        env: &'env Env,
        #[napi(ts_arg_type = "Outcome | Commit")] change: CommitArg<'_>,
        #[napi(ts_arg_type = "DescribeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Unknown<'env>> {
        const CALL: &str = "describeCommit";
        const LIMIT: &str = "limit";
        /// Enough to look at.
        const ITEMS: usize = 100;
        let given = Options::of(CALL, options, &[LIMIT])?;
        let limit = given.get(LIMIT)?.map(|limit| whole(LIMIT, "a whole number", limit)).transpose()?;
        let commit = commit(CALL, change)?;
        parse(env, &self.read(|book| Ok(commit.0.to_json(book.schema(), limit.unwrap_or(ITEMS))))?)
    }
}
