//! Classes of vulnerabilities that others published, and what keeps statements free of them (docs/vulnerability-classes.md).

use crate::world::{book, mapping, now};
use tagmata::{Book, Code, Filter, NewField, NewSegment, ValueType};
use tagmata_sql::{
    Compiler, Dialect, FieldMapping, Folding, InteractionsTable, LinkTable, Mapping, Names, Placeholders, Sql,
};

/// What would mean something in a statement if it were not bound, or not quoted.
const HOSTILE: &[&str] = &[
    "'",
    "\"",
    "`",
    "``",
    "\\",
    "\\'",
    "x' OR '1'='1",
    "x\" OR 1=1 --",
    "x` OR 1=1 #",
    "x'; DROP TABLE contacts; --",
    "x) OR (1=1",
    "/* x */",
    "?",
    "$1",
    ":a",
    "%s",
    "%(a)s",
    "{0}",
    "{p1:String}",
    "a.b",
    "\u{2019}",
    "\u{ff07}",
    "SELECT",
];

fn statement(dialect: Dialect, mapping: &Mapping, book: &Book, filter: &str) -> Sql {
    let checked = book.filter(filter).unwrap_or_else(|error| panic!("{filter}: {error}"));
    Compiler::new(dialect, mapping, book).select(&checked).unwrap_or_else(|error| panic!("{filter}: {error}"))
}

/// A value as it is written in a filter.
fn written(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// SQL made of values: a filter that asks for anything gives the statement that a harmless one gives, and the value among the parameters.
///
/// Mautic built conditions of contact filters from what was sent: CVE-2026-4776, <https://nvd.nist.gov/vuln/detail/CVE-2026-4776>.
#[test]
fn values_are_never_part_of_a_statement() {
    let (book, mut checked) = (book(), 0);
    let filters = [
        "email = V",
        "email != V",
        "email in (V, \"b\")",
        "organization = V",
        "first_name contains V",
        "not first_name starts with V",
        "memo ends with V",
        "name = V",
        "search V",
        "count(message labelled V) > 1",
    ];
    for dialect in Dialect::ALL {
        let mapping = mapping(dialect);
        for filter in filters {
            // As long as the hostile one, since its length is part of some conditions.
            let harmless = |value: &str| -> String {
                value.chars().map(|c| if c.is_ascii() { 'x' } else { '\u{65e5}' }).collect()
            };
            let ask =
                |value: &str| statement(dialect, &mapping, &book, &filter.replace('V', &written(value)));
            for value in HOSTILE {
                let (hostile, harmless) = (ask(value), ask(&harmless(value)));
                assert_eq!(hostile.text, harmless.text, "{dialect}: {filter}: {value}");
                assert_eq!(hostile.params.len(), harmless.params.len(), "{dialect}: {filter}: {value}");
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 6 * 10 * HOSTILE.len());
}

/// The same for names that people give: tags, options, segments, and the words of the host for them.
#[test]
fn names_that_people_give_are_never_part_of_a_statement() {
    for dialect in Dialect::ALL {
        let of = |name: &str| {
            let mut book = book();
            book.define_tag(name, now()).unwrap();
            let field = NewField::new("choice", ValueType::Select).labelled_option("key", name);
            book.define_field(field, now()).unwrap();
            book.create_segment(NewSegment::fixed(format!("{name} list")), now()).unwrap();
            let link = LinkTable::new("events", "contact_id").when("of", name);
            let words = Names::Map([("key".to_owned(), name.into())].into());
            let mapping = mapping(dialect)
                .of_tenant(name)
                .field("choice", FieldMapping::column("choice").names(words))
                .interactions("payment", InteractionsTable::new(link, "at").kind("kind", Names::Keys));
            let filter = format!(
                "tags has {0} and choice = {0} and not segments has {1} and count(payment) > 1",
                written(name),
                written(&format!("{name} list"))
            );
            statement(dialect, &mapping, &book, &filter)
        };
        let harmless = of("x").text;
        for name in HOSTILE.iter().filter(|name| name.chars().any(char::is_alphanumeric)) {
            assert_eq!(of(name).text, harmless, "{dialect}: {name}");
        }
    }
}

/// What is left of a statement without its quoted names and texts. A quote inside is doubled; in ClickHouse a backslash escapes too.
fn outside_quotes(text: &str, dialect: Dialect) -> String {
    let (mut outside, mut chars) = (String::new(), text.chars().peekable());
    while let Some(c) = chars.next() {
        // In MySQL and Spark double quotes are quotes of texts.
        if !['"', '`', '\''].contains(&c) {
            outside.push(c);
            continue;
        }
        let escapes = dialect == Dialect::Clickhouse
            || (c == '\'' && matches!(dialect, Dialect::Mysql | Dialect::Spark));
        loop {
            match chars.next() {
                Some('\\') if escapes => drop(chars.next()),
                Some(end) if end == c && chars.peek() == Some(&c) => drop(chars.next()),
                Some(end) if end == c => break,
                Some(_) => {}
                None => panic!("a quote is not closed: {text}"),
            }
        }
        outside.push('\u{a7}');
    }
    outside
}

/// SQL made of names of tables, columns and aliases: whatever they are, nothing of them stands outside quotes. Aliases are never made of names.
///
/// Mautic took the column of a lookup from the request: CVE-2026-115191, <https://nvd.nist.gov/vuln/detail/CVE-2026-115191>. Django made
/// aliases of the keys of a dict: CVE-2022-28346, <https://nvd.nist.gov/vuln/detail/CVE-2022-28346>, and again CVE-2025-57833, CVE-2025-59681.
#[test]
fn names_of_tables_and_columns_are_never_read_as_sql() {
    let mut book = book();
    book.define_kind("visit", false, now()).unwrap();
    let filter = "billed > 1 and tags has vip and not count(visit) > 2 and plan = xero and memo = a";
    let of = |dialect: Dialect, name: &str| {
        let link = LinkTable::new([name, name], name).when(name, name);
        let mut link_of_tags = link.clone();
        link_of_tags.tenant = Some(name.to_owned());
        let mapping = Mapping::new([name, name], name)
            .tenant(name, name)
            .field("billed", FieldMapping::column(name))
            .field("tags", FieldMapping::link(link_of_tags, name))
            .field("plan", FieldMapping::column(name))
            .field("memo", FieldMapping::link(link.clone(), name).folded(name))
            .interactions("visit", InteractionsTable::new(link, name).kind(name, Names::Keys));
        statement(dialect, &mapping, &book, filter).text
    };
    for dialect in Dialect::ALL {
        let harmless = outside_quotes(&of(dialect, "x"), dialect);
        for name in HOSTILE {
            assert_eq!(outside_quotes(&of(dialect, name), dialect), harmless, "{dialect}: {name}");
        }
    }
}

/// SQL made of the keys of JSON: they are parameters, or stand in a text with nothing that ends it; what a path cannot quote is refused.
///
/// Sequelize did not escape such keys: CVE-2019-10748, <https://nvd.nist.gov/vuln/detail/CVE-2019-10748>.
#[test]
fn keys_of_json_are_never_read_as_sql() {
    let book = book();
    for dialect in Dialect::ALL {
        let ask = |key: &str| {
            let mapping = Mapping::new("contacts", "id").field("billed", FieldMapping::json("custom", [key]));
            Compiler::new(dialect, &mapping, &book).select(&book.filter("billed > 1").unwrap())
        };
        let harmless = outside_quotes(&ask("x").unwrap().text, dialect);
        let mut asked = 0;
        for key in HOSTILE {
            match ask(key) {
                Ok(sql) => {
                    assert_eq!(outside_quotes(&sql.text, dialect), harmless, "{dialect}: {key}");
                    asked += 1;
                }
                Err(error) => assert_eq!(error.code(), Code::BadMapping, "{dialect}: {key}"),
            }
        }
        assert!(asked >= 5, "{dialect}");
    }
}

/// SQL made of names of functions and parts of dates: a function is a word, all else is one of a few words of this library.
///
/// Django put the kind of `Trunc` and `Extract` into statements: CVE-2022-34265, <https://nvd.nist.gov/vuln/detail/CVE-2022-34265>.
#[test]
fn functions_and_formats_are_words() {
    let book = book();
    for dialect in Dialect::ALL {
        for name in HOSTILE.iter().filter(|name| !["a.b", "SELECT"].contains(name)) {
            let fold = Folding::Function((*name).to_owned());
            let mapping =
                Mapping::new("contacts", "id").field("email", FieldMapping::column("email").fold(fold));
            let error = Compiler::new(dialect, &mapping, &book)
                .select(&book.filter("email = a").unwrap())
                .unwrap_err();
            assert_eq!(error.code(), Code::BadMapping, "{dialect}: {name}");
        }
    }
    for value in HOSTILE {
        let json = serde_json::json!({"contacts": {"table": "t", "id": "id"}, "fields": {"seen_at": {"column": "c", "format": value}}});
        assert_eq!(Mapping::from_json(&json.to_string()).unwrap_err().code(), Code::BadMapping, "{value}");
        assert_eq!(value.parse::<Dialect>().unwrap_err().code(), Code::UnknownDialect, "{value}");
        assert_eq!(value.parse::<Placeholders>().unwrap_err().code(), Code::BadSetting, "{value}");
    }
}

/// Filters that make SQL by what they are built of: a word between conditions, or keys that nobody expects.
///
/// Django took the word between conditions from a key `_connector`: CVE-2025-64459, <https://nvd.nist.gov/vuln/detail/CVE-2025-64459>.
#[test]
fn words_between_conditions_are_those_of_the_language() {
    let book = book();
    let rule = r#"{"field": "status", "operator": "=", "value": "lead"}"#;
    let table = [
        format!(r#"{{"combinator": "OR 1=1 OR", "rules": [{rule}, {rule}]}}"#),
        format!(r#"{{"combinator": "and", "_connector": "OR 1=1 OR", "rules": [{rule}]}}"#),
        r#"{"combinator": "and", "rules": [{"field": "status", "operator": "= 1 OR 1 =", "value": "lead"}]}"#
            .to_owned(),
        r#"{"combinator": "and", "rules": [{"field": "status) OR (1", "operator": "=", "value": "lead"}]}"#
            .to_owned(),
        r#"{"v": 1, "filter": {"op": "OR 1=1", "args": []}}"#.to_owned(),
        r#"{"v": 1, "filter": {"op": "=", "field": "status", "value": "lead", "_connector": "OR 1=1"}}"#
            .to_owned(),
        r#"{"v": 1, "filter": {"op": "=", "field": "contacts.password", "value": "a"}}"#.to_owned(),
        r#"{"v": 1, "filter": {"op": "=", "field": "status", "value": {"raw": "1 OR 1=1"}}}"#.to_owned(),
    ];
    for json in table {
        assert!(Filter::from_json(&json, book.schema()).is_err(), "{json}");
    }
}
