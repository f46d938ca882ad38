//! Texts that fold, normalise, quote or print differently than one expects.

use crate::oracle::accent_fold;
use proptest::prelude::{BoxedStrategy, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

/// The pool that contacts and filters share. NUL is left out: PostgreSQL's text cannot hold it.
pub(crate) const WORDS: &[&str] = &[
    "Ana",
    "ana",
    "Martin",
    "MARTÍN",
    "Marti\u{301}n",
    "Straße",
    "STRASSE",
    "STRAẞE",
    "İstanbul",
    "i\u{307}stanbul",
    "ISTANBUL",
    "ıstanbul",
    "ﬁn",
    "FIN",
    "Σίσυφος",
    "ΣΊΣΥΦΟΣ",
    "ǅ",
    "Ǆ",
    "d\u{17e}",
    "référence",
    "RE\u{301}FE\u{301}RENCE",
    "reference",
    "\u{212b}",
    "Å",
    "a\u{30a}",
    "\u{212a}",
    "\u{17f}",
    "\u{1fb4}",
    "\u{3b1}\u{345}\u{301}",
    "ΆΙ",
    "q\u{307}\u{323}",
    "q\u{323}\u{307}",
    "가",
    "각",
    "が",
    "か\u{3099}",
    "100%",
    "100",
    "a_b",
    "axb",
    "%",
    "_",
    "O'Brien",
    "say \"hi\"",
    "`tick`",
    "back\\slash",
    "tab\there",
    "line\nbreak",
    "\u{1}\u{7f}",
    "🙂",
    "👩\u{200d}👧",
    "null",
    "true",
    "-0",
    "double  space",
    "no\u{a0}break",
    "(x; y)",
];

const EMAILS: &[&str] = &[
    "ana@example.com",
    "ANA@EXAMPLE.COM",
    "ana+news@example.com",
    "mart_in@example.com",
    "martxin@example.com",
    "o'brien%x@example.org",
    "jos\u{e9}@example.com",
    "strasse@example.de",
];

const PADS: &[&str] = &["", " ", "\t", "\u{a0}", "\u{2003}", "\u{85}"];

/// Every spelling of a missing text but the absent one.
pub(crate) fn blank() -> BoxedStrategy<Value> {
    select(vec![Value::Null, json!(""), json!(" "), json!("\u{a0}"), json!("\u{2003}\t"), json!("\n")])
        .boxed()
}

/// What a contact has in a text field; may be blank.
pub(crate) fn text(words: &[&'static str]) -> BoxedStrategy<String> {
    let word = || select(words.to_vec());
    prop_oneof![
        10 => spelling(words),
        2 => (word(), select(&["", " ", "  "][..]), word()).prop_map(|(a, gap, b)| format!("{a}{gap}{b}")),
        2 => (select(PADS), spelling(words), select(PADS)).prop_map(|(before, word, after)| format!("{before}{word}{after}")),
        1 => spaced(words),
        1 => "\\PC{1,5}",
    ]
    .boxed()
}

/// The operand of `=` and `in`: never blank.
pub(crate) fn operand(words: &[&'static str]) -> BoxedStrategy<Value> {
    text(words).prop_filter("not blank", |text| !text.trim().is_empty()).prop_map(Value::from).boxed()
}

/// The operand of `contains`, `starts with` and `ends with`: never empty.
pub(crate) fn fragment(words: &[&'static str]) -> BoxedStrategy<Value> {
    prop_oneof![3 => operand(words), 9 => slice(spelling(words)).prop_map(Value::from), 2 => seam(words)]
        .boxed()
}

/// What lies across the end of one text and the start of another where texts are stored behind one another, and in no text.
fn seam(words: &[&'static str]) -> BoxedStrategy<Value> {
    let word = || select(words.to_vec());
    let join = |(before, after): (&str, &str)| {
        before.chars().last().into_iter().chain(after.chars().next()).collect::<String>()
    };
    (word(), word()).prop_map(join).prop_map(Value::from).boxed()
}

/// An e-mail address, also as a contact has it.
pub(crate) fn email() -> BoxedStrategy<Value> {
    select(EMAILS).prop_map(Value::from).boxed()
}

/// A part of an e-mail address.
pub(crate) fn email_fragment() -> BoxedStrategy<Value> {
    slice(select(EMAILS).prop_map(str::to_owned)).prop_map(Value::from).boxed()
}

/// A name as the field `name` has it: one word, two or more.
pub(crate) fn full_name(words: &[&'static str]) -> BoxedStrategy<Value> {
    let two = (spelling(words), spelling(words)).prop_map(|(first, last)| format!("{first} {last}"));
    prop_oneof![2 => two, 2 => spelling(words), 1 => long_name(words)].prop_map(Value::from).boxed()
}

/// A part of a name, from one part of it or across them.
pub(crate) fn name_fragment(words: &[&'static str]) -> BoxedStrategy<Value> {
    prop_oneof![4 => fragment(words), 1 => slice(long_name(words)).prop_map(Value::from)].boxed()
}

/// A name of many words.
fn long_name(words: &[&'static str]) -> BoxedStrategy<String> {
    (spaced(words), spaced(words)).prop_map(|(first, last)| format!("{first} {last}")).boxed()
}

/// A text of several words.
fn spaced(words: &[&'static str]) -> BoxedStrategy<String> {
    select(words.to_vec()).prop_map(|word| format!("{word} {word} {word}")).boxed()
}

/// Words to search for.
pub(crate) fn phrase(words: &[&'static str]) -> BoxedStrategy<Value> {
    let phrase = prop_oneof![
        2 => slice(spelling(words)),
        1 => slice(select(EMAILS).prop_map(str::to_owned)),
        1 => (spelling(words), spelling(words)).prop_map(|(a, b)| format!(" {a}  {b}")),
        1 => slice(long_name(words)),
    ];
    phrase
        .prop_filter("not empty", |phrase| !accent_fold(phrase).trim().is_empty())
        .prop_map(Value::from)
        .boxed()
}

/// The label of an interaction.
pub(crate) fn interaction_label() -> BoxedStrategy<Value> {
    select(&["deposit", "DEPOSIT", " Dépôt ", "de\u{301}po\u{302}t", "fee"][..]).prop_map(Value::from).boxed()
}

/// A word in some case and normal form.
fn spelling(words: &[&'static str]) -> BoxedStrategy<String> {
    let forms: Vec<fn(&str) -> String> = vec![
        str::to_owned,
        str::to_owned,
        str::to_uppercase,
        str::to_lowercase,
        |word| word.nfd().collect(),
        |word| word.nfc().collect(),
    ];
    (select(words.to_vec()), select(forms)).prop_map(|(word, form)| form(word)).boxed()
}

/// Some neighbouring characters of a text, at least one: its start, its end, or any.
fn slice(text: impl Strategy<Value = String> + 'static) -> BoxedStrategy<String> {
    (text, any::<Index>(), any::<Index>(), 0..3)
        .prop_map(|(text, from, to, shape)| {
            let chars: Vec<char> = text.chars().collect();
            let (from, to) = (from.index(chars.len()), to.index(chars.len()));
            let part = match shape {
                0 => &chars[..=to],
                1 => &chars[from..],
                _ => &chars[from.min(to)..=from.max(to)],
            };
            part.iter().collect()
        })
        .boxed()
}
