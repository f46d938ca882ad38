//! What was read before, by its spelling.

use rapidhash::v3::rapidhash_v3;

/// What the spellings of one column came to, so that a name that a thousand rows have is read once and kept once.
///
/// It has a bounded size, and gives up where most spellings are new. What a cell comes to never depends on it.
#[derive(Debug)]
pub(super) struct Memo<T> {
    /// Each spelling has two places; a new one takes the place of one that is there.
    places: Vec<Option<(Box<str>, T)>>,
    known: usize,
    hits: u64,
    misses: u64,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { places: Vec::new(), known: 0, hits: 0, misses: 0 }
    }
}

impl<T: Clone> Memo<T> {
    /// How many places there are at first, and at most: powers of two.
    const FEWEST: usize = 64;
    const MOST: usize = 4096;
    /// How many places there are for each spelling, as long as there can be more.
    const ROOM: usize = 4;
    /// The longest that is kept, in bytes.
    const LONGEST: usize = 256;
    /// After so many that were new, more than half have to be known.
    const TRIAL: u64 = 1024;

    /// What a spelling came to before.
    pub(super) fn get(&mut self, spelling: &str) -> Option<&T> {
        if self.has_given_up() {
            return None;
        }
        let is_it =
            |place: &usize| matches!(self.places.get(*place), Some(Some((known, _))) if **known == *spelling);
        let Some(place) = self.places_of(spelling).into_iter().find(is_it) else {
            self.misses += 1;
            if self.has_given_up() {
                self.places = Vec::new();
            }
            return None;
        };
        self.hits += 1;
        self.places.get(place)?.as_ref().map(|(_, value)| value)
    }

    /// Notes what a spelling came to.
    pub(super) fn put(&mut self, spelling: &str, value: &T) {
        if self.has_given_up() || spelling.len() > Self::LONGEST {
            return;
        }
        if self.known * Self::ROOM >= self.places.len() && self.places.len() < Self::MOST {
            self.grow();
        }
        self.place(spelling.into(), value.clone());
    }

    fn grow(&mut self) {
        let mut more = Vec::new();
        more.resize_with((self.places.len() * Self::ROOM).max(Self::FEWEST), || None);
        self.known = 0;
        for (spelling, value) in std::mem::replace(&mut self.places, more).into_iter().flatten() {
            self.place(spelling, value);
        }
    }

    fn place(&mut self, spelling: Box<str>, value: T) {
        let [first, second] = self.places_of(&spelling);
        let is_free = |place| matches!(self.places.get(place), Some(None));
        let chosen = if !is_free(first) && is_free(second) { second } else { first };
        if let Some(place) = self.places.get_mut(chosen) {
            self.known += usize::from(place.is_none());
            *place = Some((spelling, value));
        }
    }

    /// The places of a spelling, next to each other.
    fn places_of(&self, spelling: &str) -> [usize; 2] {
        let hash = usize::try_from(rapidhash_v3(spelling.as_bytes()) >> 32).unwrap_or_default();
        let first = hash & self.places.len().wrapping_sub(1);
        [first, first ^ 1]
    }

    fn has_given_up(&self) -> bool {
        self.misses >= Self::TRIAL && self.hits < self.misses
    }
}
