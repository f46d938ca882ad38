//! The ways in which the members of a filter can be found.

/// Which ways of finding members may be taken. All of them lead to the same members: tests hold each of them to that.
///
/// ```
/// use tagmata::{Book, Draft, Paths, Timestamp};
/// # let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// # let mut book = Book::builder().build(now);
/// # book.create_contact(Draft::new().set("country", "FR"), now)?;
/// let found = book.select("country = FR")?;
/// for paths in Paths::ALL {
///     assert_eq!(book.select_by("country = FR", paths)?, found);
/// }
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(not(feature = "testing"), expect(dead_code, unreachable_pub, reason = "only tests force a way"))]
pub enum Paths {
    /// Whatever is expected to cost least.
    #[default]
    Cheapest,
    /// The whole filter is asked of one contact after the other: what a filter means.
    Records,
    /// Each condition is answered for everybody, by an index where there is one for it.
    Indexes,
    /// Each condition is asked of everybody, one by one.
    Scans,
    /// Each condition is asked only of those that the conditions before it left, one by one.
    Survivors,
}

#[cfg(feature = "testing")]
impl Paths {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Cheapest, Self::Records, Self::Indexes, Self::Scans, Self::Survivors];
}
