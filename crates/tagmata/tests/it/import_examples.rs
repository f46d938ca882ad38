//! The files of `examples/data` in one book, with counts that were worked out without the library.

use crate::csv_files::{FRENCH, SPANISH};
use crate::import_books::{counts, everything, id, lines, now};
use std::io::Cursor;
use tagmata::{Book, Code, ContactId, ImportOptions, ImportReport, NewField, UnknownSegments, ValueType};

/// Type, key, and the headers in French and Spanish.
const FIELDS: [(ValueType, [&str; 3]); 6] = [
    (ValueType::Number, ["billed", "Montant facturé", "Importe facturado"]),
    (ValueType::Number, ["employees", "Effectif", "Empleados"]),
    (ValueType::Select, ["client_type", "Type de client", "Tipo de cliente"]),
    (ValueType::Bool, ["newsletter", "Lettre d'information", "Boletín"]),
    (ValueType::MultiSelect, ["software", "Logiciels", "Software"]),
    (ValueType::Date, ["birthday", "Anniversaire", "Cumpleaños"]),
];

const CLIENT_TYPES: [[&str; 3]; 5] = [
    ["practice", "Cabinet", "Despacho"],
    ["farm", "Exploitation", "Explotación"],
    ["dealer", "Concession", "Concesionario"],
    ["contractor", "Entreprise de travaux", "Contratista"],
    ["cooperative", "Coopérative", "Cooperativa"],
];

const SOFTWARE: &str = "A3;Agroptima;Aspel;Bejerman;Cegid;Contasol;Contpaqi;EBP;Ekylibre;Holded;Isagri;Pennylane;Quadra;\
    Sage;Smag Farmer;Tango;Xubio";

/// What gets another label still answers to its old one, so that the files of both languages are understood.
fn book() -> Book {
    let mut book = Book::builder().build(now());
    for (value_type, [key, french, spanish]) in FIELDS {
        let field = NewField::new(key, value_type).label(french);
        let field = match key {
            "client_type" => {
                CLIENT_TYPES.iter().fold(field, |field, [key, label, _]| field.labelled_option(*key, *label))
            }
            "software" => SOFTWARE.split(';').fold(field, NewField::option),
            _ => field,
        };
        book.define_field(field, now()).unwrap();
        book.update_field(key, Some(spanish), [], now()).unwrap();
    }
    for [key, _, spanish] in CLIENT_TYPES {
        book.rename_option("client_type", key, spanish, now()).unwrap();
    }
    for label in ["Créé le", "Creado el"] {
        book.update_field("created_at", Some(label), [], now()).unwrap();
    }
    book
}

fn import(book: &mut Book, file: &[u8], options: &ImportOptions) -> ImportReport {
    book.import(Cursor::new(file), options, now()).unwrap()
}

fn rejected(report: &ImportReport) -> Vec<u64> {
    let errors = report.problems.iter().filter(|problem| !problem.is_warning());
    let mut rows: Vec<u64> = errors.map(|problem| problem.row).collect();
    rows.dedup();
    rows
}

/// The rows for a contact that an earlier row is for, with what is said.
fn again(report: &ImportReport) -> Vec<(u64, &str, &str)> {
    let twice = report.problems.iter().filter(|problem| problem.code == Code::ContactTwice);
    twice.map(|problem| (problem.row, problem.column.as_deref().unwrap(), problem.message.as_str())).collect()
}

#[test]
fn both_files_are_imported_with_their_listed_mistakes() {
    let create = ImportOptions::new().unknown_segments(UnknownSegments::Create);
    let mut book = book();
    let french = import(&mut book, FRENCH, &create);
    assert_eq!(counts(&french), [303, 0, 0, 15]);
    assert_eq!(rejected(&french), [17, 30, 41, 47, 58, 60, 88, 97, 164, 174, 203, 215, 222, 230, 242]);
    let expected = [
        (76, "Identifiant externe", "the row is for the same contact as row 12"),
        (187, "Adresse e-mail", "the row is for the same contact as row 50"),
    ];
    assert_eq!((again(&french), french.ignored_columns.len()), (expected.to_vec(), 0));
    let shown = lines(&book, "external_id,first_name,email,status");
    // Rows 12 and 50 with what rows 76 and 187 say later; the external id of row 50 stays.
    assert_eq!(shown[11], "CRM-10034,NOÉMIE,NOEMIE.BONNEFOY@EXAMPLE.FR,vip");
    let wauters = shown.iter().find(|line| line.starts_with("CRM-10148,"));
    assert_eq!(wauters.unwrap(), "CRM-10148,Michaël,michael.wauters@example.org,vip");
    // A shared mailbox does not make two contacts one: their external ids differ.
    assert_eq!(shown.iter().filter(|line| line.contains(",accueil@example.fr,")).count(), 2);

    let spanish = import(&mut book, SPANISH, &create);
    assert_eq!(counts(&spanish), [239, 0, 0, 18]);
    assert_eq!(
        rejected(&spanish),
        [14, 20, 27, 36, 40, 50, 52, 81, 93, 131, 155, 160, 168, 191, 203, 210, 217, 238]
    );
    let expected = [
        (70, "Id externo", "the row is for the same contact as row 9"),
        (180, "Correo electrónico", "the row is for the same contact as row 64"),
        (231, "Id externo", "the row is for the same contact as row 230"),
    ];
    assert_eq!(again(&spanish), expected);
    assert_eq!(book.count("everyone").unwrap(), 542);
    // Names that differ only in case are one segment, in the first spelling; accents and spaces count.
    for name in ["RÉGION NORD", "Region Nord", "grands  comptes", "Espana", "Zona  Sur", "ZONA NORTE"] {
        assert!(book.schema().segment(name).is_some(), "{name}");
    }
    let north = book.schema().segment("région nord").unwrap();
    assert_eq!(book.schema().segment_name(north), "Région Nord");
    assert_eq!(book.schema().segments().count(), 13 + 11);

    // The same files again change nothing.
    let before = everything(&book);
    for (file, first, unchanged) in [(FRENCH, &french, 303), (SPANISH, &spanish, 239)] {
        let report = import(&mut book, file, &create);
        assert_eq!(counts(&report), [0, 0, unchanged, first.rejected]);
        assert!(report.outcome.commit.is_empty());
        assert_eq!(report.rejected_csv, first.rejected_csv);
    }
    assert_eq!(everything(&book), before);

    // Undone from the last one, nothing is left.
    for report in [&spanish, &french] {
        book.undo(&report.outcome.commit, now()).unwrap();
    }
    assert_eq!((book.count("everyone").unwrap(), book.schema().segments().count()), (0, 0));
}

#[test]
fn without_segments_in_the_book_every_name_is_skipped_and_told() {
    let mut book = book();
    let report = import(&mut book, FRENCH, &ImportOptions::new());
    assert_eq!(counts(&report), [303, 0, 0, 15]);
    assert_eq!((book.schema().segments().count(), book.count("segments is empty").unwrap()), (0, 303));
    let skipped = report.problems.iter().filter(|problem| problem.code == Code::UnknownSegment).count();
    assert!(skipped > 400, "{skipped}");
    assert_eq!(report.problems.iter().find(|problem| problem.row == 111).unwrap().value, "RÉGION NORD");
}

#[test]
fn rows_of_the_example_are_mended() {
    let mut book = book();
    let create = ImportOptions::new().unknown_segments(UnknownSegments::Create);
    let report = import(&mut book, FRENCH, &create);
    let reading = tagmata::CsvOptions::new().dates("dmy".parse().unwrap()).decimal(",".parse().unwrap());
    let mended = report
        .rejected_csv
        .replace(";+33;", ";FR;")
        .replace("guenole.lecoeur.example.fr", "guenole.lecoeur@example.fr")
        .replace(";Consession;", ";Concession;");
    let again = book.import(Cursor::new(mended), &create.reading(reading), now()).unwrap();
    assert!(again.rejected < 15 && again.created == 15 - again.rejected, "{:#?}", again.problems);
    let guenole = book.find(tagmata::Field::EMAIL, "guenole.lecoeur@example.fr").unwrap();
    assert!(guenole >= Some(id(303)) && guenole < Some(ContactId::new(318)));
}
