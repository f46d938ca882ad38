//! Renamed things keep their old names until another takes them, so that stored filters keep working
//! (filter-language.md, section 3).

use tagmata::{
    Catalog, Code, DynamicSegment, ErrorKind, FieldId, Filter, NewField, OptionId, Schema, SegmentId,
    Segments, TagId, ValueType,
};

fn prints(text: &str, schema: &Schema) -> String {
    match Filter::parse(text, schema) {
        Ok(filter) => filter.to_string(),
        Err(error) => error.code().to_string(),
    }
}

#[test]
fn a_renamed_tag_answers_to_its_old_name_until_another_takes_it() {
    let mut schema = Schema::default();
    let gold = schema.define_tag("Gold").unwrap();
    schema.rename_tag(gold, "Or").unwrap();
    assert_eq!(prints("tags has gold", &schema), r#"tags has "Or""#);
    assert_eq!(schema.define_tag("GOLD").unwrap(), gold, "an old name still means the tag");

    let silver = schema.define_tag("Silver").unwrap();
    schema.rename_tag(silver, "gold").unwrap();
    assert_eq!(prints("tags has Gold", &schema), r#"tags has "gold""#);
    assert_eq!(prints("tags has silver", &schema), r#"tags has "gold""#);
    assert_eq!(prints("tags has or", &schema), r#"tags has "Or""#);
}

#[test]
fn a_renamed_segment_answers_to_its_old_name_until_another_takes_it() {
    let mut schema = Schema::default();
    let north = schema.define_segment("Nord").unwrap();
    schema.rename_segment(north, "Région Nord").unwrap();
    assert_eq!(prints("segments has nord", &schema), r#"segments has "Région Nord""#);
    schema.define_segment("nord").unwrap();
    assert_eq!(prints("segments has Nord", &schema), r#"segments has "nord""#);
}

#[test]
fn a_changed_label_answers_to_its_old_words_until_another_takes_them() {
    let mut schema = Schema::default();
    let billed = schema.define_field(NewField::new("billed", ValueType::Number).label("Montant")).unwrap();
    schema.relabel_field(billed, "Montant facturé").unwrap();
    assert_eq!(prints("`Montant` > 1", &schema), "billed > 1");
    assert_eq!(prints("`MONTANT FACTURÉ` > 1", &schema), "billed > 1");
    schema.define_field(NewField::new("paid", ValueType::Number).label("montant")).unwrap();
    assert_eq!(prints("`Montant` > 1", &schema), "paid > 1");

    let size =
        schema.define_field(NewField::new("size", ValueType::Select).labelled_option("s", "Small")).unwrap();
    schema.relabel_option(size, OptionId::new(0), "Petit").unwrap();
    assert_eq!(prints("size in (small, petit, S)", &schema), r#"size in ("s", "s", "s")"#);
}

#[test]
fn a_name_that_something_has_is_refused_in_any_case() {
    let mut schema = Schema::default();
    let (nord, sud) = (schema.define_segment("Nord").unwrap(), schema.define_segment("Sud").unwrap());
    for taken in ["nord", " NORD "] {
        let error = schema.rename_segment(sud, taken).unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Conflict, Code::NameTaken), "{taken}");
    }
    schema.rename_segment(nord, "NORD").unwrap();
    assert_eq!(
        schema.segments().collect::<Vec<_>>(),
        ["NORD", "Sud"],
        "its own name in other letters is free"
    );
}

#[test]
fn an_id_that_nothing_has_is_not_found() {
    let mut schema = Schema::default();
    let errors = [
        schema.relabel_field(FieldId::new(999), "x"),
        schema.relabel_option(FieldId::new(999), OptionId::new(0), "x"),
        schema.rename_tag(TagId::new(0), "x"),
        schema.rename_segment(SegmentId::new(0), "x"),
        Segments::default().define(
            SegmentId::new(0),
            DynamicSegment::new(Filter::parse("everyone", &schema).unwrap()),
            &schema,
        ),
    ];
    for error in errors.map(Result::unwrap_err) {
        assert_eq!((error.kind(), error.code()), (ErrorKind::NotFound, Code::NotFound));
    }
}

#[test]
fn the_standard_schema_is_complete() {
    let schema = Schema::default();
    let keys: Vec<_> = schema.fields().map(|field| schema.field_key(field.id())).collect();
    let specified = "id external_id account_number first_name last_name name email mobile country organization source status \
        status_changed_at tags segments created_at updated_at last_interaction";
    assert_eq!(keys.join(" "), specified);
    let statuses: Vec<_> = Catalog::iter(schema.statuses()).map(|status| status.key).collect();
    assert_eq!(statuses, ["lead", "active", "vip", "inactive"]);
    let kinds: Vec<_> = schema.kinds().collect();
    let specified = "appointment group_event payment invoice message email_sent email_viewed email_clicked";
    assert_eq!(kinds.join(" "), specified);
    let outgoing: Vec<_> = kinds.into_iter().filter(|kind| schema.kind(kind).unwrap().outgoing).collect();
    assert_eq!(outgoing, ["email_sent"]);
}
