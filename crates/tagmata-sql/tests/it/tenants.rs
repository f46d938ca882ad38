//! Tenants share tables, and never see one another (docs/vulnerability-classes.md).

use crate::world::{book, now};
use tagmata::{Code, NewSegment};
use tagmata_sql::{Compiler, Dialect, Mapping, SegmentsFrom};

/// Where each table has its own column of tenants: its name is that of the table with `t_` before it.
fn mapping_of_tenants() -> Mapping {
    const JSON: &str = r#"{
        "contacts": {"table": "contacts", "id": "id", "tenant": "t_contacts"},
        "tenant": 42,
        "fields": {
            "first_name": {"column": "first", "folded": "first_folded", "searchable": "first_search"},
            "last_name": {"column": "last", "folded": "last_folded", "searchable": "last_search"},
            "email": {"column": "email", "folded": "email_folded", "searchable": "email_search"},
            "mobile": {"column": "mobile"},
            "country": {"column": "country"},
            "status": {"column": "status"},
            "billed": {"column": "billed"},
            "plan": {"column": "plan_id", "names_in": {"table": "plans", "id": "id", "name": "name", "tenant": "t_plans"}},
            "software": {"link": {"table": "programs", "contact": "contact", "tenant": "t_programs"}, "column": "program",
                "names_in": {"table": "names", "id": "id", "name": "name", "tenant": "t_names"}},
            "tags": {"link": {"table": "tags", "contact": "contact", "tenant": "t_tags"}, "column": "tag"},
            "segments": {"link": {"table": "lists", "contact": "contact", "tenant": "t_lists"}, "column": "list"},
            "memo": {"link": {"table": "memos", "contact": "contact", "tenant": "t_memos"}, "column": "memo", "folded": "folded"}
        },
        "interactions": {
            "*": {"rows": {"table": "events", "contact": "contact", "tenant": "t_events"}, "kind": "kind", "at": "at", "at_format": "micros",
                "amount": "amount", "label": {"column": "label", "folded": "label_folded"}}
        },
        "members": {"table": "members", "segment": "segment", "contact": "contact", "tenant": "t_members"}
    }"#;
    Mapping::from_json(JSON).unwrap()
}

/// Whether each table of a statement is asked for rows of the tenant alone, and the answer is restricted to them as a whole.
fn stays_within_a_tenant(text: &str, kind: &str) {
    // All quotes are the same here: no name has any.
    let text = text.replace('`', "\"");
    let count = |part: &str| text.matches(part).count();
    for table in ["contacts", "plans", "programs", "names", "tags", "lists", "memos", "events", "members"] {
        let asked = count(&format!("\"{table}\" AS "));
        let restricted = count(&format!(".\"t_{table}\" = "));
        // A condition has no table of contacts, but says that a row is one of the tenant.
        let expected = if kind == "condition" && table == "contacts" { 1 } else { asked };
        assert_eq!(restricted, expected, "{table}: {text}");
    }
    if kind == "select" || kind == "count" || kind == "condition" {
        let condition = text.split_once(" AS c WHERE ").map_or(&*text, |(_, condition)| condition);
        let (_, others) = condition.split_once("c.\"t_contacts\" = ").unwrap();
        let (mut depth, mut is_beside_or) = (1_i32, false);
        for (at, c) in others.char_indices() {
            depth += i32::from(c == '(') - i32::from(c == ')');
            is_beside_or |= depth == 1 && others[at..].starts_with(" OR ");
            if depth == 0 {
                // Settings may follow the whole.
                let behind = &others[at + 1..];
                assert!(behind.is_empty() || behind.starts_with(" SETTINGS"), "{text}");
                break;
            }
        }
        assert!(!is_beside_or, "{text}");
        assert!(
            condition.starts_with("(c.\"t_contacts\" = ") || condition.starts_with("c.\"t_contacts\" = "),
            "{text}"
        );
    }
}

/// Tenants: whatever a filter says, each table that a statement reads is restricted to the tenant, in subqueries, in joins, and under `not`.
///
/// In Neotoma queries of relationships lacked it: GHSA-wrr4-782v-jhwh, <https://osv.dev/vulnerability/GHSA-wrr4-782v-jhwh>. See also
/// <https://cheatsheetseries.owasp.org/cheatsheets/Multi_Tenant_Security_Cheat_Sheet.html>.
#[test]
fn every_table_of_a_statement_is_restricted_to_the_tenant() {
    let mut book = book();
    book.create_segment(NewSegment::fixed("List"), now()).unwrap();
    let nested = "not segments has French or tags has vip and not plan = xero or memo is empty";
    book.create_segment(NewSegment::dynamic("Nested", nested), now()).unwrap();
    let mapping = mapping_of_tenants();
    let segments = Compiler::new(Dialect::Sqlite, &mapping, &book).segments(None).unwrap();
    let filters = [
        "everyone",
        "nobody",
        "everyone or nobody",
        "not everyone",
        "billed > 1 or country = FR",
        "not (billed > 1 or country = FR)",
        "id in (1, 2) or email = a",
        "tags has vip or not tags has old",
        "tags has all (vip, old) or tags has only (vip) or tags is empty or count(tags) > 1",
        "software has any (xero, myob) or software has only (xero) or not software has all (xero, myob)",
        "plan = xero or plan is empty or plan not in (xero, myob)",
        "memo contains \"a\" or memo is empty",
        "search \"zoe\" or search \"06 12\"",
        "segments has Nord or not segments has List",
        "segments has French or not segments has Nested",
        "segments is empty or count(segments) = 1",
        "count(payment) = 0 or sum(payment) > 1 or min(payment labelled \"a\") > 1 or avg(payment) >= 2",
        "first(payment) before 2026-01-01 or not last(payment in last 3 months) today or last(payment) is empty",
        "last_interaction is empty or last_interaction more than 180 days ago",
    ];
    for dialect in Dialect::ALL {
        for from in [SegmentsFrom::Filters, SegmentsFrom::Members] {
            let compiler = Compiler::new(dialect, &mapping, &book).segments_from(from);
            for filter in filters {
                let filter = book.filter(filter).unwrap();
                stays_within_a_tenant(&compiler.select(&filter).unwrap().text, "select");
                stays_within_a_tenant(&compiler.count(&filter).unwrap().text, "count");
                stays_within_a_tenant(&compiler.condition(&filter).unwrap().text, "condition");
            }
            for sql in compiler.members(&segments).unwrap() {
                stays_within_a_tenant(&sql.text, "members");
            }
            for difference in compiler.differences(&segments).unwrap() {
                stays_within_a_tenant(&difference.entered.text, "entered");
                stays_within_a_tenant(&difference.left.text, "left");
            }
        }
    }
}

/// A tenant that is half said is refused, never left out.
#[test]
fn a_mapping_that_names_a_tenant_by_half_is_refused() {
    let book = book();
    let everyone = book.filter("everyone").unwrap();
    let contacts = r#"{"table": "contacts", "id": "id"}"#;
    let of_tenants = r#"{"table": "contacts", "id": "id", "tenant": "account"}"#;
    let table = [
        (
            format!(r#"{{"contacts": {contacts}, "tenant": 42}}"#),
            "the mapping has a tenant, but its table of contacts has no column of tenants",
        ),
        (
            format!(r#"{{"contacts": {of_tenants}}}"#),
            "the mapping has a column of tenants, `account`, but no tenant",
        ),
        (
            format!(r#"{{"contacts": {of_tenants}, "tenant": null}}"#),
            "the mapping has a column of tenants, `account`, but no tenant",
        ),
    ];
    for (json, message) in table {
        let mapping = Mapping::from_json(&json).unwrap();
        for dialect in Dialect::ALL {
            let compiler = Compiler::new(dialect, &mapping, &book);
            for error in [
                compiler.select(&everyone).unwrap_err(),
                compiler.count(&everyone).unwrap_err(),
                compiler.condition(&everyone).unwrap_err(),
            ] {
                assert_eq!(
                    (error.code(), error.diagnostics()[0].message()),
                    (Code::BadMapping, message),
                    "{json}"
                );
            }
        }
    }
}
