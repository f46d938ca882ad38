//! The inputs, each with the multiple of its size that it may take.

use tagmata::{Book, Code, Error, Filter, JsonTreeBuilder, Limits, Prune, Schema, Timestamp};

/// Something that is done with an input.
pub(crate) struct Input {
    pub(crate) name: String,
    /// How large it is.
    pub(crate) bytes: usize,
    /// How many times as much memory it may take.
    pub(crate) most: usize,
    /// What it may take besides, however small it is.
    pub(crate) besides: usize,
    pub(crate) run: Box<dyn Fn()>,
}

/// A filter as text is checked, printed, converted and asked.
const TEXT: usize = 160;
/// The same of JSON and trees, which need more bytes to say the same.
const JSON: usize = 96;
/// Definitions are read as a whole, and become a commit.
const DEFINITIONS: usize = 128;
/// A file is read record by record; what is wrong with its rows is kept.
pub(crate) const FILE: usize = 24;
/// Schemas, buffers, the index of a zone.
pub(crate) const BESIDES: usize = 4 << 20;
/// What is told of the rows of a file: 100,000 problems one by one, and why 100,000 rows are rejected.
pub(crate) const REPORT: usize = 128 << 20;
/// What is refused for its length is not looked at.
const REFUSED: usize = 0;

pub(crate) fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

pub(crate) fn inputs() -> Vec<Input> {
    let mut all = Vec::new();
    all.extend(
        texts().into_iter().map(|(name, text)| filter(format!("text: {name}"), text, TEXT, Filter::parse)),
    );
    all.extend(
        documents()
            .into_iter()
            .map(|(name, json)| filter(format!("JSON: {name}"), json, JSON, Filter::from_json)),
    );
    all.extend(too_long());
    all.extend(definitions());
    all
}

type Reading = fn(&str, &Schema) -> Result<Filter, Error>;

/// All that is done with a filter that is accepted; or its errors.
fn filter(name: String, source: String, most: usize, read: Reading) -> Input {
    let run = {
        let source = source.clone();
        move || {
            let mut book = Book::builder().build(now());
            book.define_tag("vip", now()).unwrap();
            match read(&source, book.schema()) {
                Ok(filter) => {
                    assert_eq!(book.count(&filter).unwrap(), 0);
                    drop((filter.to_string(), filter.to_json(book.schema())));
                    drop(filter.to_query_builder(book.schema()));
                }
                Err(error) => {
                    assert!((1..=20).contains(&error.diagnostics().len()) && !error.to_string().is_empty())
                }
            }
        }
    };
    Input { name, bytes: source.len(), most, besides: BESIDES, run: Box::new(run) }
}

/// A text of as many bytes as filters may have, made of something that is repeated.
fn full(before: &str, piece: &str, between: &str, behind: &str, most: usize) -> String {
    let room = most - before.len() - behind.len() - piece.len();
    let mut text = format!("{before}{piece}");
    (0..room / (piece.len() + between.len())).for_each(|_| text.extend([between, piece]));
    text + behind
}

fn texts() -> Vec<(&'static str, String)> {
    let most = Limits::default().source;
    let full =
        |before: &str, piece: &str, between: &str, behind: &str| full(before, piece, between, behind, most);
    vec![
        ("spaces", full("everyone", " ", "", "")),
        ("comments", full("everyone", "# a\n", "", "")),
        ("conditions", full("", "id=1", " or ", "")),
        ("texts", full("", "source=a", " or ", "")),
        ("aggregates", full("", "sum(payment today)>1", " or ", "")),
        ("a list of texts", full("source in (", "ab", ",", ")")),
        ("a list of ids", full("id in (", "1", ",", ")")),
        ("a list of countries", full("country in (", "FR", ",", ")")),
        ("texts of wide characters", full("source in (", "\"\u{10ffff}\u{390}\u{fb03}\"", ",", ")")),
        ("texts that grow by folding", full("source in (", "\"\u{390}\u{3b0}\u{1f52}\u{fb03}\"", ",", ")")),
        ("long texts", full("", &format!("source=\"{}\"", "x".repeat(4_000)), " or ", "")),
        ("escapes", full("source = \"", "\\u{78}", "", "\"")),
        ("searches", full("", "search \"a\"", " or ", "")),
        ("brackets", full("", "(", "", "")),
        ("nots", full("", "not ", "", "")),
        ("unknown fields", full("", "xx=1", " or ", "")),
        ("unknown names", full("tags has any (", "vpi", ",", ")")),
        ("warnings", full("", "not source=a", " or ", "")),
        ("errors", full("", "status =", " or ", "")),
        ("signs", full("", "%", "", "")),
        ("a text that is not closed", full("source = \"", "x", "", "")),
        ("combining marks", full("source = \"a", "\u{301}\u{323}", "", "\"")),
    ]
}

fn documents() -> Vec<(&'static str, String)> {
    let most = 8 * Limits::default().source;
    let full =
        |before: &str, piece: &str, between: &str, behind: &str| full(before, piece, between, behind, most);
    const LEAF: &str = r#"{"op":"everyone"}"#;
    const AND: &str = r#"{"v":1,"filter":{"op":"and","args":["#;
    vec![
        ("numbers", full("[", "1", ",", "]")),
        ("empty lists", full("[", "[]", ",", "]")),
        ("empty objects", full(AND, "{}", ",", "]}}")),
        ("lists within lists", full("", "[", "", "")),
        ("objects within objects", full("", "{\"a\":", "", "")),
        ("keys", full("{", "\"a\":1", ",", "}")),
        ("a long text", full("\"", "x", "", "\"")),
        ("escapes", full("\"", "\\u0078", "", "\"")),
        ("long texts", full("[", &format!("\"{}\"", "x".repeat(4_000)), ",", "]")),
        ("nodes", full(AND, LEAF, ",", "]}}")),
        ("conditions", full(AND, r#"{"op":"=","field":"id","value":1}"#, ",", "]}}")),
        (
            "a list of texts",
            full(r#"{"v":1,"filter":{"op":"in","field":"source","value":["#, "\"ab\"", ",", "]}}"),
        ),
        (
            "rules",
            full(r#"{"combinator":"and","rules":["#, r#"{"field":"id","operator":"=","value":1}"#, ",", "]}"),
        ),
        ("commas in a rule", {
            let rule = format!(r#"{{"field":"source","operator":"in","value":"{}"}}"#, "a,".repeat(2_000));
            full(r#"{"combinator":"and","rules":["#, &rule, ",", "]}")
        }),
        ("wrong nodes", full(AND, r#"{"op":"lik","field":"id","value":1}"#, ",", "]}}")),
    ]
}

/// Input beyond the limits is refused before anything is made of it.
fn too_long() -> Vec<Input> {
    const LENGTH: usize = 16 << 20;
    let text = move |name: &str, piece: &str, read: Reading| {
        let source = piece.repeat(LENGTH / piece.len());
        let run =
            move || assert_eq!(read(&source, &Schema::default()).unwrap_err().code(), Code::SourceTooLong);
        Input { name: name.to_owned(), bytes: LENGTH, most: REFUSED, besides: BESIDES, run: Box::new(run) }
    };
    // An object of a host can hold anything, and itself.
    let host = |name: &str, build: fn(&mut JsonTreeBuilder) -> Result<(), Error>| {
        let run = move || {
            let mut tree = JsonTreeBuilder::new(&Limits::default());
            tree.begin_array().unwrap();
            let error = (0..).find_map(|_| build(&mut tree).err()).unwrap();
            assert!([Code::SourceTooLong, Code::NestingTooDeep].contains(&error.code()));
        };
        Input {
            name: name.to_owned(),
            bytes: 8 * Limits::default().source,
            most: JSON,
            besides: BESIDES,
            run: Box::new(run),
        }
    };
    vec![
        text("a text of 16 MiB", "id=1 or ", Filter::parse),
        text("JSON of 16 MiB", "[1,", Filter::from_json),
        host("endless lists of a host", JsonTreeBuilder::begin_array),
        host("an endless list of a host", JsonTreeBuilder::null),
        host("an endless object of a host", |tree| {
            tree.key("");
            tree.bool(true)
        }),
    ]
}

fn definitions() -> Vec<Input> {
    const LENGTH: usize = 256 << 10;
    let document = |name: &str, before: &str, piece: fn(usize) -> String, behind: &str| {
        let mut source = before.to_owned();
        for at in 0.. {
            if source.len() + behind.len() > LENGTH {
                break;
            }
            if at > 0 {
                source.push(',');
            }
            source.push_str(&piece(at));
        }
        let source = source + behind;
        let bytes = source.len();
        let run = move || {
            let mut book = Book::builder().build(now());
            if let Err(error) = book.apply_definitions(&source, Prune::Keep, now()) {
                assert!((1..=20).contains(&error.diagnostics().len()));
            }
        };
        Input {
            name: format!("definitions: {name}"),
            bytes,
            most: DEFINITIONS,
            besides: BESIDES,
            run: Box::new(run),
        }
    };
    let longest = || {
        let run = || {
            let mut tree = JsonTreeBuilder::for_definitions(&Limits::default());
            tree.begin_array().unwrap();
            let error = (0..).find_map(|_| tree.null().err()).unwrap();
            assert_eq!(error.code(), Code::SourceTooLong);
        };
        Input {
            name: "definitions: an endless list of a host".to_owned(),
            bytes: 64 << 20,
            most: 16,
            besides: BESIDES,
            run: Box::new(run),
        }
    };
    vec![
        document("numbers", "[", |_| "1".to_owned(), "]"),
        document("tags", r#"{"v":1,"tags":["#, |at| format!("\"t{at}\""), "]}"),
        document("the same tag", r#"{"v":1,"tags":["#, |_| "\"t\"".to_owned(), "]}"),
        document("fields", r#"{"v":1,"fields":["#, |at| format!(r#"{{"key":"f{at}","type":"text"}}"#), "]}"),
        document(
            "options",
            r#"{"v":1,"fields":[{"key":"f","type":"select","options":["#,
            |at| format!(r#"{{"key":"o{at}"}}"#),
            "]}]}",
        ),
        document(
            "segments",
            r#"{"v":1,"segments":["#,
            |at| format!(r#"{{"name":"s{at}","filter":"id=1"}}"#),
            "]}",
        ),
        document(
            "wrong segments",
            r#"{"v":1,"segments":["#,
            |at| format!(r#"{{"name":"s{at}","filter":"xx=1"}}"#),
            "]}",
        ),
        document("unknown keys", "{\"v\":1,", |at| format!("\"k{at}\":1"), "}"),
        longest(),
    ]
}
