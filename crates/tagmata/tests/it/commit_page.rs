//! A reader of stored commits that was written from `docs/commit-format.md` alone: what the page says is what is stored.

use std::collections::{BTreeMap, BTreeSet};

/// Bytes of which each part is taken as the page describes it. A byte that it does not describe is a panic.
pub(crate) struct Page<'b> {
    rest: &'b [u8],
    /// The tags that were met, by the table in which they stand.
    pub(crate) tags: BTreeMap<&'static str, BTreeSet<u8>>,
}

/// Reads a commit, and nothing else: the tags that were met.
pub(crate) fn commit(bytes: &[u8]) -> BTreeMap<&'static str, BTreeSet<u8>> {
    let mut page = Page { rest: bytes, tags: BTreeMap::new() };
    assert_eq!(page.byte(), 1, "the version");
    page.commit();
    assert!(page.rest.is_empty(), "{} bytes are left over", page.rest.len());
    page.tags
}

// Primitives
impl Page<'_> {
    fn take(&mut self, count: usize) -> Vec<u8> {
        let (taken, rest) = self.rest.split_at(count);
        self.rest = rest;
        taken.to_vec()
    }

    fn byte(&mut self) -> u8 {
        self.take(1)[0]
    }

    /// A byte that says what follows.
    fn tag(&mut self, table: &'static str) -> u8 {
        let tag = self.byte();
        self.tags.entry(table).or_default().insert(tag);
        tag
    }

    fn number(&mut self) -> usize {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                assert!(byte != 0 || shift == 7, "in as few bytes as it needs");
                return number;
            }
        }
    }

    fn yes(&mut self) -> bool {
        match self.byte() {
            0 => false,
            1 => true,
            other => panic!("{other} is neither yes nor no"),
        }
    }

    fn words(&mut self) {
        self.text();
    }

    fn flag(&mut self) {
        self.yes();
    }

    fn number_f64(&mut self) {
        assert!(f64::from_le_bytes(self.take(8).try_into().unwrap()).is_finite());
    }

    fn instant(&mut self) {
        self.take(8);
    }

    fn text(&mut self) -> String {
        let length = self.number();
        String::from_utf8(self.take(length)).unwrap()
    }

    fn list(&mut self, mut each: impl FnMut(&mut Self)) -> usize {
        let count = self.number();
        (0..count).for_each(|_| each(self));
        count
    }

    /// A list of which nobody asks how long it is.
    fn all(&mut self, each: impl FnMut(&mut Self)) {
        self.list(each);
    }

    fn maybe(&mut self, it: impl FnOnce(&mut Self)) {
        if self.yes() {
            it(self);
        }
    }

    /// Before and after.
    fn both(&mut self, mut it: impl FnMut(&mut Self)) {
        it(self);
        it(self);
    }

    /// Bits, of which so many are set; those that fill the last byte up are 0.
    fn bits(&mut self, count: usize) -> usize {
        let bytes = self.take(count.div_ceil(8));
        assert!(
            !count.is_multiple_of(8) && bytes.last().is_some_and(|last| last >> (count % 8) == 0)
                || count.is_multiple_of(8)
        );
        bytes.iter().map(|byte| byte.count_ones() as usize).sum()
    }

    fn id(&mut self) {
        self.number();
    }

    fn symbols(&mut self) {
        assert!(self.list(Self::id) > 0, "a set is not empty");
    }

    fn contacts(&mut self) -> usize {
        let count = self.number();
        if count > 8 {
            let length = self.number();
            self.take(length);
        } else {
            (0..count).for_each(|_| self.id());
        }
        count
    }
}

// Commits, facts, columns
impl Page<'_> {
    fn commit(&mut self) {
        assert!(self.list(Self::origin) > 0);
        let facts = self.list(Self::fact);
        for _ in 0..facts {
            self.number();
            self.number();
        }
    }

    fn origin(&mut self) {
        self.number();
        self.instant();
        self.maybe(Self::words);
        match self.tag("cause") {
            0 | 1 => {}
            2 => self.id(),
            3 => self.id(),
            other => panic!("cause {other}"),
        }
    }

    fn fact(&mut self) {
        match self.tag("fact") {
            0 | 1 => self.rows(),
            2 => {
                self.id();
                let count = self.contacts();
                self.both(|page| assert_eq!(page.column(), count));
            }
            3 | 4 => {
                self.id();
                self.id();
                self.contacts();
            }
            5 | 6 => self.interactions(),
            7 => {
                self.id();
                self.text();
                self.both(|page| page.maybe(Self::id));
            }
            8 => self.both(Self::id),
            9 => self.schema_change(),
            10 => {
                self.id();
                self.both(|page| page.maybe(Self::segment));
            }
            11 => self.rules_change(),
            other => panic!("fact {other}"),
        }
    }

    fn rows(&mut self) {
        let count = self.contacts();
        self.list(|page| {
            page.id();
            assert_eq!(page.column(), count);
        });
        self.interactions();
    }

    fn column(&mut self) -> usize {
        let count = self.number();
        match self.tag("form") {
            0 => self.maybe(Self::value),
            1 => {
                let few = self.list(|page| page.maybe(Self::value));
                assert!(few <= 256 && self.take(count).iter().all(|place| usize::from(*place) < few));
            }
            2 => {
                let present = self.presence(count);
                let bytes: usize = (0..present).map(|_| self.number()).sum();
                String::from_utf8(self.take(bytes)).unwrap();
            }
            3 => {
                let present = self.presence(count);
                let digits: usize = (0..present).map(|_| self.number() / 2).sum();
                assert!(self.take(digits).iter().all(u8::is_ascii_digit));
            }
            form @ 4..=8 => {
                let width = [8, 4, 8, 1, 4][usize::from(form) - 4];
                let present = self.presence(count);
                self.take(present * width);
            }
            9 => {
                let symbols: usize = (0..count).map(|_| self.number()).sum();
                (0..symbols).for_each(|_| self.id());
            }
            other => panic!("form {other}"),
        }
        count
    }

    fn presence(&mut self, count: usize) -> usize {
        if self.yes() { count } else { self.bits(count) }
    }

    fn value(&mut self) {
        match self.tag("value") {
            0 => self.words(),
            1 => {
                assert!(self.text().len() <= 20);
                self.yes();
            }
            2 => self.number_f64(),
            3 => drop(self.take(4)),
            4 => self.instant(),
            5 => self.flag(),
            6 | 8 => self.id(),
            7 => self.symbols(),
            other => panic!("value {other}"),
        }
    }

    fn interactions(&mut self) {
        let count = self.number();
        self.take(4 * count);
        (0..count).for_each(|_| self.id());
        self.take(8 * count);
        let amounts = self.bits(count);
        self.take(8 * amounts);
        let labels = self.list(Self::words);
        (0..count).for_each(|_| assert!(self.number() <= labels));
    }
}

// Definitions
impl Page<'_> {
    fn schema_change(&mut self) {
        match self.tag("change") {
            0 => {
                self.names();
                self.number();
                self.both(|page| page.maybe(Self::words));
            }
            1 => {
                self.names();
                self.text();
                self.both(|page| page.maybe(Self::id));
            }
            2 => {
                self.id();
                self.both(|page| page.maybe(Self::value_type));
            }
            3 => {
                self.id();
                self.both(|page| page.maybe(Self::flag));
            }
            4 => self.both(|page| page.all(Self::id)),
            5 => self.both(Self::settings),
            other => panic!("change of the schema {other}"),
        }
    }

    fn names(&mut self) {
        match self.tag("list of names") {
            2 | 3 => self.id(),
            0..=8 => {}
            other => panic!("list of names {other}"),
        }
    }

    fn value_type(&mut self) {
        assert!(self.byte() <= 13);
    }

    fn settings(&mut self) {
        self.calendar();
        self.maybe(Self::id);
        (0..7).for_each(|_| self.id());
    }

    fn calendar(&mut self) {
        self.text();
        assert!(self.byte() <= 6 && self.byte() <= 2);
    }

    fn filter(&mut self) {
        self.text();
        self.calendar();
        self.list(|page| {
            page.id();
            page.text();
            page.value_type();
            page.list(Self::words);
        });
        self.list(|page| {
            page.id();
            page.text();
        });
        self.list(|page| page.all(Self::id));
        self.list(Self::problem);
    }

    fn segment(&mut self) {
        if self.yes() {
            self.text();
            self.error();
        } else {
            self.filter();
        }
        self.both(|page| {
            page.contacts();
        });
    }

    fn rules_change(&mut self) {
        match self.tag("change of rules") {
            0 => {
                self.id();
                self.both(|page| page.maybe(Self::rule));
            }
            1 => self.both(|page| page.all(Self::id)),
            2 => self.both(|page| (0..5).for_each(|_| page.flag())),
            other => panic!("change of rules {other}"),
        }
    }

    fn rule(&mut self) {
        self.text();
        self.yes();
        if self.yes() {
            (0..4).for_each(|_| self.maybe(Self::words));
            (0..4).for_each(|_| self.all(Self::words));
            self.list(|page| {
                page.text();
                page.input();
            });
            self.error();
            return;
        }
        match self.tag("trigger") {
            0 | 1 => self.id(),
            2 => self.filter(),
            other => panic!("trigger {other}"),
        }
        self.maybe(Self::filter);
        self.maybe(Self::id);
        self.list(|page| {
            page.both(Self::id);
            page.yes();
        });
        self.list(|page| {
            page.id();
            page.maybe(Self::value);
        });
    }

    fn input(&mut self) {
        match self.byte() {
            0 => {}
            1 => self.words(),
            2 => self.number_f64(),
            3 => self.flag(),
            4 => drop(self.take(4)),
            5 => self.instant(),
            6 => self.all(Self::words),
            other => panic!("input {other}"),
        }
    }

    fn error(&mut self) {
        assert!(self.byte() <= 7);
        assert!(self.list(Self::problem) > 0);
        self.maybe(Self::words);
        self.list(|page| page.both(Self::words));
        self.list(Self::id);
    }

    fn problem(&mut self) {
        self.both(Self::words);
        match self.tag("place") {
            0 => {}
            1 => self.both(Self::id),
            2 => self.words(),
            3 => {
                self.text();
                self.number();
            }
            4 => {
                self.text();
                (0..3).for_each(|_| self.id());
            }
            other => panic!("place {other}"),
        }
        self.maybe(Self::words);
        self.list(Self::words);
        self.maybe(Self::words);
    }
}
