//! How keys and sets are hashed, in one place.

/// A seed of its own for each table: keys come from files and users, who must not be able to choose colliding ones.
pub(crate) type Hasher = rapidhash::quality::RandomState;
