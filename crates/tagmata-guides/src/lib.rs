//! What the guides, the README and a few other pages show: their blocks of code, and what stands below a program.
//!
//! - A block of `rust`, `python` or `js` is a whole program. It prints the next block of `text` in its section: what stands between
//!   two headings of the second level.
//! - A block with `file=NAME` behind its language is a file that lies in the folder in which the programs of the page run.
//! - A block with `excerpt=PATH` is a part of that file of the repository.
//!
//! The packages read the pages in the same way: `bindings/python/tests/test_guides.py`, `bindings/node/test/guides.test.mjs`.

pub mod page;
pub mod pages;
