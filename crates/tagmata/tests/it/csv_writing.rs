//! How files are written: one table for each rule.

use crate::csv_rows::{read, schema, shown};
use tagmata::{
    Contact, ContactId, CsvRow, CsvWriter, Draft, ExportNames, ExportOptions, Field, FieldId, FormulaGuard,
    Language, Schema, default_export_fields, import_template,
};

fn contact(draft: Draft, schema: &Schema) -> Contact {
    draft.read(ContactId::new(7), schema).unwrap()
}

fn written(contacts: &[Contact], fields: &[FieldId], schema: &Schema, options: ExportOptions) -> String {
    let mut out = Vec::new();
    let mut writer = CsvWriter::new(&mut out, schema, fields, options).unwrap();
    contacts.iter().for_each(|contact| writer.write(contact).unwrap());
    assert_eq!(writer.finish().unwrap(), contacts.len() as u64);
    String::from_utf8(out).unwrap()
}

/// One value as a cell.
fn cell(key: &str, draft: Draft, options: ExportOptions) -> String {
    let mut schema = schema();
    for tag in ["vip", "a;b", "dit \"le Grand\"", "=x"] {
        schema.define_tag(tag).unwrap();
    }
    let field = schema.field_by_key(key).unwrap().id();
    let text = written(&[contact(draft, &schema)], &[field], &schema, options);
    text.split_once('\n').unwrap().1.trim_end_matches('\n').to_owned()
}

#[test]
fn values_have_one_spelling() {
    let new = Draft::new;
    let table = [
        ("billed", new().set("billed", 1234.56), "1234.56"),
        ("billed", new().set("billed", -0.125), "-0.125"),
        ("billed", new().set("billed", 1.234), "1.2340"),
        ("billed", new().set("billed", -12.5), "-12.5"),
        ("billed", new().set("billed", 1e300), "1e300"),
        ("newsletter", new().set("newsletter", true), "true"),
        ("birthday", new().set("birthday", "2026-01-31"), "2026-01-31"),
        ("seen_at", new().set("seen_at", "2026-01-31T12:00:00+02:00"), "2026-01-31T10:00:00Z"),
        ("mobile", new().set("country", "FR").set("mobile", "0612345678"), "+33612345678"),
        ("country", new().set("country", "fr"), "FR"),
        ("status", new().set("status", "Active"), "active"),
        ("client_type", new().set("client_type", "Concession"), "dealer"),
        ("software", new().set("software", ["MYOB", "Sage; EBP"]), "\"MYOB; \"\"Sage; EBP\"\"\""),
        (
            "tags",
            new().set("tags", ["dit \"le Grand\"", "vip"]),
            "\"vip; \"\"dit \"\"\"\"le Grand\"\"\"\"\"\"\"",
        ),
        ("note", new().set("note", "a,b"), "\"a,b\""),
        ("note", new().set("note", "two\nlines"), "\"two\nlines\""),
        ("note", new(), "\"\""),
        ("id", new(), "7"),
        ("name", new().set("first_name", "Zoé").set("last_name", "Martin"), "Zoé Martin"),
    ];
    for (key, draft, expected) in table {
        assert_eq!(cell(key, draft, ExportOptions::new()), expected, "{key}");
    }
    let labels = ExportOptions::new().names(ExportNames::Labels);
    assert_eq!(cell("client_type", Draft::new().set("client_type", "dealer"), labels), "Concession");
}

#[test]
fn formulas_are_guarded_in_text_only() {
    let table = [
        ("=1+1", "'=1+1"),
        ("+33", "'+33"),
        ("-10 %", "'-10 %"),
        ("@x", "'@x"),
        ("'=x", "''=x"),
        ("''-", "'''-"),
        ("'quoted'", "'quoted'"),
        ("a=b", "a=b"),
        ("'", "'"),
    ];
    for (text, expected) in table {
        let draft = || Draft::new().set("note", text);
        assert_eq!(cell("note", draft(), ExportOptions::new()), expected);
        assert_eq!(cell("note", draft(), ExportOptions::new().formula_guard(FormulaGuard::Off)), text);
    }
    assert_eq!(cell("tags", Draft::new().set("tags", ["=x", "vip"]), ExportOptions::new()), "vip; =x");
    assert_eq!(cell("tags", Draft::new().set("tags", ["=x"]), ExportOptions::new()), "'=x");
    assert_eq!(cell("billed", Draft::new().set("billed", -3.0), ExportOptions::new()), "-3");
}

#[test]
fn headers_are_keys_or_labels() {
    let mut schema = schema();
    schema.relabel_field(Field::SOURCE, "=Herkunft").unwrap();
    let fields = [Field::FIRST_NAME, schema.field_by_key("billed").unwrap().id(), Field::SOURCE];
    assert_eq!(written(&[], &fields, &schema, ExportOptions::new()), "first_name,billed,source\n");
    let labels = ExportOptions::new().names(ExportNames::Labels).delimiter(";".parse().unwrap());
    let file = written(&[], &fields, &schema, labels);
    assert_eq!(file, "First name;Montant facturé;'=Herkunft\n");
    let reader = crate::csv_rows::open(file, &schema, &tagmata::CsvOptions::new()).unwrap();
    assert_eq!(reader.columns().map(|(_, field)| field.unwrap()).collect::<Vec<_>>(), fields);
}

#[test]
fn an_export_holds_what_an_import_takes() {
    let schema = schema();
    let keys: Vec<_> = default_export_fields(&schema).iter().map(|field| schema.field_key(*field)).collect();
    let expected = "external_id account_number first_name last_name email mobile country organization source \
        last_interaction billed newsletter birthday seen_at client_type software note status tags segments created_at";
    assert_eq!(keys.join(" "), expected);
}

#[test]
fn templates_are_understood() {
    let schema = Schema::default();
    let keys = [
        "country",
        "first_name",
        "last_name",
        "mobile",
        "email",
        "account_number",
        "organization",
        "external_id",
        "segments",
        "tags",
        "status",
        "source",
    ];
    for language in Language::ALL {
        let template = import_template(language);
        let reader = crate::csv_rows::open(template.clone(), &schema, &tagmata::CsvOptions::new()).unwrap();
        let columns: Vec<_> = reader.columns().map(|(_, field)| schema.field_key(field.unwrap())).collect();
        assert_eq!(columns, keys);
        let rows: Vec<CsvRow> = read(&template, &schema);
        assert!(rows.len() == 1 && rows[0].problems().is_empty(), "{:#?}", rows[0].problems());
        assert!(rows[0].missing_for_new_contact().is_empty());
        assert_eq!(shown(&rows[0], "segments", &schema).split('|').count(), 2);
        assert_eq!(language.as_str().to_uppercase().parse(), Ok(language));
    }
    let error = "de".parse::<Language>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "error[E0805]: `language` does not take `de`; help: it takes `en`, `fr`, `es` or `pt`"
    );
}

#[test]
fn a_sink_that_refuses_is_an_error() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("no space left"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let schema = schema();
    let writer = CsvWriter::new(Full, &schema, &[Field::EMAIL], ExportOptions::new()).unwrap();
    let error = writer.finish().unwrap_err();
    assert_eq!(error.to_string(), "error[E1002]: the file cannot be written: no space left");
    let unknown = CsvWriter::new(Full, &schema, &[FieldId::new(999)], ExportOptions::new()).unwrap_err();
    assert_eq!(unknown.to_string(), "error[E0201]: there is no such field");
}
