//! The files of `examples/data`, with counts that were worked out without the library.

use crate::csv_rows::{Reader, open, shown};
use std::collections::BTreeMap;
use tagmata::{CsvOptions, CsvRow, InvalidValues, NewField, RejectedRows, Schema, ValueType};

pub(crate) const FRENCH: &[u8] = include_bytes!("../../../../examples/data/contacts-fr.csv");
pub(crate) const SPANISH: &[u8] = include_bytes!("../../../../examples/data/contactos-es.csv");

struct Labels {
    billed: &'static str,
    employees: &'static str,
    client_type: &'static str,
    types: &'static [&'static str],
    newsletter: &'static str,
    software: &'static str,
    created: &'static str,
    birthday: &'static str,
}

const IN_FRENCH: Labels = Labels {
    billed: "Montant facturé",
    employees: "Effectif",
    client_type: "Type de client",
    types: &["Cabinet", "Exploitation", "Concession", "Entreprise de travaux", "Coopérative"],
    newsletter: "Lettre d'information",
    software: "Logiciels",
    created: "Créé le",
    birthday: "Anniversaire",
};
const IN_SPANISH: Labels = Labels {
    billed: "Importe facturado",
    employees: "Empleados",
    client_type: "Tipo de cliente",
    types: &["Despacho", "Explotación", "Concesionario", "Contratista", "Cooperativa"],
    newsletter: "Boletín",
    software: "Software",
    created: "Creado el",
    birthday: "Cumpleaños",
};
const SOFTWARE: &str = "A3;Agroptima;Aspel;Bejerman;Cegid;Contasol;Contpaqi;EBP;Ekylibre;Holded;Isagri;Pennylane;Quadra;\
    Sage;Smag Farmer;Tango;Xubio";

fn schema(labels: &Labels) -> Schema {
    let mut schema = Schema::default();
    let client_type = NewField::new("client_type", ValueType::Select).label(labels.client_type);
    for field in [
        NewField::new("billed", ValueType::Number).label(labels.billed),
        NewField::new("employees", ValueType::Number).label(labels.employees),
        labels.types.iter().fold(client_type, |field, option| field.option(*option)),
        NewField::new("newsletter", ValueType::Bool).label(labels.newsletter),
        SOFTWARE
            .split(';')
            .fold(NewField::new("software", ValueType::MultiSelect).label(labels.software), NewField::option),
        NewField::new("birthday", ValueType::Date).label(labels.birthday),
    ] {
        schema.define_field(field).unwrap();
    }
    schema
}

fn options(labels: &Labels) -> CsvOptions {
    CsvOptions::new().column(labels.created, "created_at")
}

/// How often each text, or each item of the lists, is there; blank and skipped values are left out.
fn counts(rows: &[CsvRow], key: &str, schema: &Schema) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        for item in shown(row, key, schema).split('|').filter(|item| !["", "-"].contains(item)) {
            *counts.entry(item.to_lowercase()).or_default() += 1;
        }
    }
    counts
}

/// Number, line, column and value of each problem with an error code.
type Found<'a> = (u64, u64, Option<&'a str>, &'a str, &'a str);

fn found(rows: &[CsvRow]) -> Vec<Found<'_>> {
    let problems = rows.iter().flat_map(CsvRow::problems).filter(|problem| !problem.is_warning());
    problems.map(|p| (p.row, p.line, p.column.as_deref(), p.code.as_str(), p.value.as_str())).collect()
}

/// The rows that lack something for a new contact, with the column.
fn lacking(rows: &[CsvRow]) -> Vec<(u64, String)> {
    let accepted = rows.iter().filter(|row| !row.is_rejected());
    accepted
        .flat_map(CsvRow::missing_for_new_contact)
        .map(|p| (p.row, p.column.unwrap_or_default()))
        .collect()
}

#[test]
fn the_french_file_is_read_with_all_its_problems() {
    let schema = schema(&IN_FRENCH);
    let reader = open(FRENCH, &schema, &options(&IN_FRENCH)).unwrap();
    let how = (reader.encoding(), reader.delimiter(), reader.row_count(), reader.ignored_columns());
    assert_eq!(how, ("windows-1252", ';', 320, &[] as &[String]));
    let rows: Vec<CsvRow> = reader.collect::<Result<_, _>>().unwrap();
    let problems: &[Found<'_>] = &[
        (17, 18, Some("Code pays"), "E0207", "+33"),
        (41, 42, Some("Adresse e-mail"), "E0405", "guenole.lecoeur.example.fr"),
        (47, 48, Some("Adresse e-mail"), "E0405", "gerard duboeuf@example.fr"),
        (58, 59, Some("Téléphone portable"), "E0403", "06 12 34 5"),
        (60, 61, Some("Téléphone portable"), "E0403", "voir bureau"),
        (88, 89, Some("Créé le"), "E0105", "31/02/2026"),
        (97, 98, Some("Statut"), "E0202", "Prospect chaud"),
        (164, 166, None, "E1012", ""),
        (215, 217, Some("Type de client"), "E0203", "Consession"),
        (222, 224, Some("Lettre d'information"), "E0407", "peut-être"),
        (230, 232, Some("Effectif"), "E0104", "une dizaine"),
        (242, 244, Some("Code pays"), "E0207", "France"),
    ];
    assert_eq!(found(&rows), problems);
    assert_eq!(rows.iter().filter(|row| row.is_rejected()).count(), 12);
    let lacks = [(30, "Prénom"), (174, "Téléphone portable"), (203, "Nom")];
    assert_eq!(lacking(&rows), lacks.map(|(row, column)| (row, column.to_owned())));

    let row = |number: usize, key: &str| shown(&rows[number - 1], key, &schema);
    let table: &[(usize, &str, &str)] = &[
        (1, "created_at", "2018-10-10T00:00:00Z"),
        (1, "birthday", "1961-12-09"),
        (104, "first_name", "Julien"),
        (104, "last_name", "Bénard"),
        (111, "segments", "RÉGION NORD|Grands comptes"),
        (114, "segments", "région nord|grands  comptes"),
        (126, "billed", "1234.56"),
        (131, "billed", "48150.5"),
        (139, "organization", "=SOMME(A1)"),
        (141, "organization", "-10 % Pneus Agri"),
        (143, "organization", "+ de Foin"),
        (145, "tags", "@relance|fidèle"),
        (200, "mobile", "+33665050919"),
        (251, "country", "FR"),
        (258, "mobile", "+32475812046"),
        (266, "segments", "Région Sud|Salon SIMA 2026"),
        (290, "birthday", "2062-05-12"),
        (299, "birthday", "1984-06-15"),
    ];
    for (number, key, expected) in table {
        assert_eq!(row(*number, key), *expected, "row {number}, {key}");
    }
}

#[test]
fn the_spanish_file_is_read_with_all_its_problems() {
    let schema = schema(&IN_SPANISH);
    let reader = open(SPANISH, &schema, &options(&IN_SPANISH)).unwrap();
    let how = (reader.encoding(), reader.delimiter(), reader.row_count(), reader.ignored_columns());
    assert_eq!(how, ("UTF-8", ',', 260, &[] as &[String]));
    let rows: Vec<CsvRow> = reader.collect::<Result<_, _>>().unwrap();
    let problems: &[Found<'_>] = &[
        (14, 15, Some("Código de país"), "E0207", "+34"),
        (20, 21, Some("Código de país"), "E0207", "México"),
        (36, 37, Some("Correo electrónico"), "E0405", "agatha.caceres@@example.es"),
        (40, 41, Some("Correo electrónico"), "E0405", "guillermo.galindez@"),
        (50, 51, Some("Teléfono móvil"), "E0403", "612 34"),
        (52, 53, Some("Teléfono móvil"), "E0403", "no tiene"),
        (81, 82, Some("Creado el"), "E0105", "2026-02-30"),
        (93, 94, Some("Estado"), "E0202", "Cliente potencial"),
        (131, 132, Some("Importe facturado"), "E0104", "12.345,6O"),
        (155, 158, None, "E1012", ""),
        (160, 163, None, "E1012", "ver nota"),
        (203, 206, Some("Tipo de cliente"), "E0203", "Explotacion"),
        (210, 213, Some("Boletín"), "E0407", "quizás"),
        (217, 220, Some("Empleados"), "E0104", "unos 20"),
        (238, 241, Some("Software"), "E0203", "Excel casero"),
    ];
    assert_eq!(found(&rows), problems);
    let lacks = [(27, "Nombre"), (168, "Teléfono móvil"), (191, "Apellidos")];
    assert_eq!(lacking(&rows), lacks.map(|(row, column)| (row, column.to_owned())));

    let row = |number: usize, key: &str| shown(&rows[number - 1], key, &schema);
    let table: &[(usize, &str, &str)] = &[
        (1, "tags", "alias \"El Toro\""),
        (1, "billed", "768.68"),
        (87, "birthday", "1979-08-15"),
        (100, "first_name", "José Luis"),
        (107, "segments", "ESPAÑA|zona norte"),
        (110, "segments", "Espana|Zona  Sur"),
        (112, "segments", "México|Morosos"),
        (118, "billed", "1234.56"),
        (132, "organization", "=SUMA(A1:A9)"),
        (134, "organization", "+Campo, S.L."),
        (136, "tags", "-sin llamar|fiel"),
        (138, "organization", "Hermanos\nBriceño"),
        (234, "country", "AR"),
        (245, "birthday", "2071-09-03"),
    ];
    for (number, key, expected) in table {
        assert_eq!(row(*number, key).replace("\r\n", "\n"), *expected, "row {number}, {key}");
    }
}

#[test]
fn without_what_cannot_be_read_every_other_value_is_there() {
    let whole = |counts: &BTreeMap<String, usize>| (counts.values().sum::<usize>(), counts.len());
    for (file, labels, expected) in [
        (FRENCH, &IN_FRENCH, [(306, 4), (504, 13), (197, 10), (464, 8), (289, 2), (318, 5), (317, 3)]),
        (SPANISH, &IN_SPANISH, [(246, 4), (504, 11), (184, 10), (290, 10), (234, 2), (257, 4), (256, 3)]),
    ] {
        let schema = schema(labels);
        let skipping = options(labels).invalid_values(InvalidValues::Skip);
        let rows: Vec<CsvRow> = open(file, &schema, &skipping).unwrap().collect::<Result<_, _>>().unwrap();
        let keys = ["status", "segments", "tags", "software", "newsletter", "client_type", "country"];
        assert_eq!(keys.map(|key| whole(&counts(&rows, key, &schema))), expected);
        let billed = rows.iter().filter_map(|row| shown(row, "billed", &schema).parse::<f64>().ok());
        let (count, sum) = billed.fold((0, 0.0), |(count, sum), amount| (count + 1, sum + amount));
        let cents = format!("{sum:.2}");
        let is_french = file == FRENCH;
        assert_eq!((count, &*cents), if is_french { (221, "11237584.95") } else { (172, "45095983.27") });
        let statuses = counts(&rows, "status", &schema).into_values().collect::<Vec<_>>();
        assert_eq!(statuses, if is_french { [136, 38, 104, 28] } else { [116, 33, 78, 19] });
        let rejected: Vec<u64> = rows.iter().filter(|row| row.is_rejected()).map(CsvRow::number).collect();
        assert_eq!(rejected, if is_french { vec![164] } else { vec![155, 160] });
    }
}

#[test]
fn rejected_rows_are_as_they_were_and_are_rejected_again_until_they_are_mended() {
    for (file, labels) in [(FRENCH, &IN_FRENCH), (SPANISH, &IN_SPANISH)] {
        let schema = schema(labels);
        let collect = |mut reader: Reader<'_>| {
            let mut rejected = RejectedRows::new(&reader);
            let mut rows = Vec::new();
            for row in reader.by_ref() {
                let row = row.unwrap();
                if row.is_rejected() {
                    rejected.add(&row, row.problems());
                    rows.push(row);
                }
            }
            (rows, rejected.into_csv())
        };
        // Whoever mends it knows what the whole file said.
        let options = options(labels).dates("dmy".parse().unwrap()).decimal(",".parse().unwrap());
        let (first, once) = collect(open(file, &schema, &options).unwrap());
        let (second, twice) = collect(open(once.clone(), &schema, &options).unwrap());
        assert_eq!(once, twice);
        let problems = |rows: &[CsvRow]| -> Vec<_> {
            found(rows)
                .into_iter()
                .map(|f| (f.2.map(str::to_owned), f.3.to_owned(), f.4.to_owned()))
                .collect()
        };
        assert_eq!(problems(&first), problems(&second));
        for (first, second) in first.iter().zip(&second) {
            assert!(second.cells().skip(1).eq(first.cells()), "{second:?}");
        }
        assert!(once.starts_with("(why rejected)") && !once.starts_with("(why rejected)\n"));
    }
}
