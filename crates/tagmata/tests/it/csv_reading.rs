//! How files are read: one table for each rule.

use crate::csv_rows::{open, problem, read, rows, schema, shown};
use std::io::Cursor;
use std::ops::ControlFlow;
use tagmata::{
    Code, CsvOptions, CsvReader, CsvRow, Dates, Decimal, Delimiter, ErrorKind, Field, InvalidValues,
    NewField, RejectedRows, Schema, Settings, ValueType,
};

/// The code and the whole text of what is wrong with a file as a whole.
fn refused(file: impl Into<Vec<u8>>, options: &CsvOptions) -> (Code, String) {
    let schema = schema();
    let error = open(file, &schema, options).expect_err("a refusal");
    (error.code(), error.to_string())
}

/// A file with one column.
fn column(header: &str, cells: &[&str]) -> String {
    std::iter::once(&header).chain(cells).map(|cell| format!("\"{}\"\n", cell.replace('"', "\"\""))).collect()
}

/// How the cells of one column are read; what is wrong with them where they are not.
fn cells(header: &str, key: &str, cells: &[&str], options: &CsvOptions) -> Vec<String> {
    let schema = schema();
    let rows = rows(column(header, cells), &schema, options).unwrap();
    let shown = |row: &CsvRow| match row.is_rejected() {
        true => problem(row).message.clone(),
        false => shown(row, key, &schema),
    };
    rows.iter().map(shown).collect()
}

#[test]
fn text_is_decoded() {
    let utf_16 = |text: &str, big: bool| -> Vec<u8> {
        let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
    };
    let text = "Prénom;Nom\nZoé;Œuvre €\n";
    let latin = b"Pr\xe9nom;Nom\nZo\xe9;\x8cuvre \x80\n".to_vec();
    let table = [
        (text.as_bytes().to_vec(), None, "UTF-8"),
        (format!("\u{feff}{text}").into_bytes(), None, "UTF-8"),
        (format!("\u{feff}{text}").into_bytes(), Some("utf8"), "UTF-8"),
        (utf_16(text, false), None, "UTF-16LE"),
        (utf_16(text, true), None, "UTF-16BE"),
        (utf_16(text, true), Some("utf-16"), "UTF-16BE"),
        (utf_16(text, false)[2..].to_vec(), Some("utf-16le"), "UTF-16LE"),
        (latin.clone(), None, "windows-1252"),
        (latin, Some("latin1"), "windows-1252"),
    ];
    let schema = schema();
    for (bytes, label, name) in table {
        let options = label.map_or_else(CsvOptions::new, |label| CsvOptions::new().encoding(label));
        let mut reader = open(bytes, &schema, &options).unwrap();
        assert_eq!(reader.encoding(), name);
        let row = reader.next().unwrap().unwrap();
        assert_eq!(
            (&*shown(&row, "first_name", &schema), &*shown(&row, "last_name", &schema)),
            ("Zoé", "Œuvre €")
        );
    }
    // Characters that are cut by the chunks in which a file is read.
    let long = format!("prénom\n{}", "aé€😀\n".repeat(60_000));
    for shift in 0..4 {
        let file = format!("{}{long}", "\n".repeat(shift));
        let reader = open(file, &schema, &CsvOptions::new()).unwrap();
        assert_eq!((reader.encoding(), reader.row_count()), ("UTF-8", 60_000));
        assert!(reader.map(Result::unwrap).all(|row| shown(&row, "first_name", &schema) == "aé€😀"));
    }
}

#[test]
fn what_is_no_text_is_refused_or_rejected() {
    let declared = CsvOptions::new().encoding("utf-8");
    let schema = schema();
    let rows = rows(b"first_name,note\nZoe,a\nZo\xe9,b\nL\xc3\xa9o,c\n", &schema, &declared).unwrap();
    assert_eq!(rows.iter().map(CsvRow::is_rejected).collect::<Vec<_>>(), [false, true, false]);
    let found = problem(&rows[1]);
    assert_eq!(
        found.to_string(),
        "row 2, line 3, first_name: some bytes are no text in the encoding of the file [E1003]"
    );
    let rows = read("first_name,note\nZoe,a\0b\nZoe,b\n", &schema);
    assert_eq!(problem(&rows[0]).to_string(), "row 1, line 2, note: there is a NUL character in it [E1013]");
    assert!(!rows[1].is_rejected());

    let table: &[(&[u8], CsvOptions, Code, &str)] = &[
        (
            b"Pr\xe9nom\nZoe\n",
            declared,
            Code::BadEncoding,
            "error[E1003]: the header has bytes that are no text in the encoding of the file; \
                help: leave `encoding` out, or say another one",
        ),
        (
            b"n\0o\0t\0e\0\n\0a\0\n\0",
            CsvOptions::new(),
            Code::NulCharacter,
            "error[E1013]: the header `n\\u{0}o\\u{0}t\\u{0}e\\u{0}` has a NUL character; \
                help: a file in UTF-16 without a mark needs `encoding`: `utf-16le` or `utf-16be`",
        ),
        (
            "\u{feff}note\n".as_bytes(),
            CsvOptions::new().encoding("windows-1252"),
            Code::BadEncoding,
            "error[E1003]: the file begins with the mark of UTF-8, and `encoding` says windows-1252; \
                help: leave `encoding` out",
        ),
        (
            b"note\n",
            CsvOptions::new().encoding("utf-9"),
            Code::BadSetting,
            "error[E0805]: there is no encoding `utf-9`; help: did you mean `utf-8`?",
        ),
    ];
    for (file, options, code, message) in table {
        assert_eq!(refused(*file, options), (*code, (*message).to_owned()));
    }
}

#[test]
fn delimiters_are_detected_in_the_header_outside_quotes() {
    let table = [
        ("first name,last name", ','),
        ("first name;last name", ';'),
        ("first name\tlast name", '\t'),
        ("\n\r\nnote;first name,last name;email", ';'),
        ("\"a,b,c\";first name", ';'),
        ("\"a;b;c;d\",first name", ','),
        ("note, with comma;first name", ';'),
        ("note", ','),
    ];
    let schema = schema();
    for (header, delimiter) in table {
        let reader = open(header, &schema, &CsvOptions::new()).unwrap();
        assert_eq!(reader.delimiter(), delimiter, "{header}");
    }
    let options = CsvOptions::new().delimiter(Delimiter::Comma);
    let reader = open("a;b;c,note", &schema, &options).unwrap();
    assert_eq!((reader.delimiter(), reader.ignored_columns()), (',', &["a;b;c".to_owned()] as &[_]));
}

#[test]
fn records_have_numbers_and_lines() {
    let schema = schema();
    for end in ["\n", "\r\n", "\r"] {
        let file = [
            "",
            "first_name,note",
            "",
            "A,\"one",
            "",
            "two \"\"three\"\"\"",
            "   ",
            "B,",
            "",
            "",
            "\"C\", x ",
            ",",
            "D,last",
        ]
        .join(end);
        let rows = read(&file, &schema);
        let found: Vec<_> = rows
            .iter()
            .map(|row| {
                (row.number(), row.line(), shown(row, "first_name", &schema), shown(row, "note", &schema))
            })
            .collect();
        let note = format!("one{end}{end}two \"three\"");
        let expected =
            [(1, 4, "A", &*note), (2, 8, "B", ""), (3, 11, "C", "x"), (4, 12, "", ""), (5, 13, "D", "last")];
        assert_eq!(
            found,
            expected.map(|(row, line, a, b)| (row, line, a.to_owned(), b.to_owned())),
            "{end:?}"
        );
    }
}

#[test]
fn rows_with_another_number_of_cells_are_rejected() {
    let schema = schema();
    let rows = read("first_name,last_name,note\nA\nB,b\nC,c,,\nD,d,x,y\nE,e,z\n\"\"\n", &schema);
    let found: Vec<_> =
        rows.iter().map(|row| row.problems().first().map(|p| (p.code, &*p.message, &*p.value))).collect();
    let wrong = |message, value| Some((Code::WrongCellCount, message, value));
    assert_eq!(
        found,
        [
            wrong("the row has 1 cell, the header 3", ""),
            wrong("the row has 2 cells, the header 3", ""),
            wrong("the row has 4 cells, the header 3", ""),
            wrong("the row has 4 cells, the header 3", "y"),
            None,
            wrong("the row has 1 cell, the header 3", ""),
        ]
    );
    assert!(rows[0].values().next().is_none() && rows[0].problems()[0].column.is_none());
}

#[test]
fn files_without_header_or_rows() {
    let empty = "error[E1004]: there is nothing in the file; help: its first line names the columns";
    for file in ["", "\n\n", "\u{feff}", "   \n"] {
        assert_eq!(refused(file, &CsvOptions::new()), (Code::NoHeader, empty.to_owned()), "{file:?}");
    }
    assert_eq!(
        refused("FR,Zoé,\"Martin\n\"\n", &CsvOptions::new()),
        (
            Code::NoHeader,
            "error[E1004]: no column of the file is a field: `FR`, `Zoé`, `Martin\\n`; help: the first line names \
                the columns, such as `first name`; `columns` says what other names mean"
                .to_owned()
        )
    );
    let schema = schema();
    let mut reader = open("email", &schema, &CsvOptions::new()).unwrap();
    assert_eq!(reader.row_count(), 0);
    assert!(reader.next().is_none() && reader.next().is_none());
}

#[test]
fn open_quotes_and_endless_records_are_refused_before_any_row() {
    assert_eq!(
        refused("first_name,note\nA,a\nB,\"b\nC,c\n", &CsvOptions::new()),
        (
            Code::OpenQuote,
            "error[E1010]: the record on line 3 has a quote that is not closed; help: a cell that begins with `\"` \
                ends with `\"`, and a `\"` inside it is doubled"
                .to_owned()
        )
    );
    let schema = schema();
    for (file, is_closed) in [
        ("note\n\"a\"", true),
        ("note\n\"a\"\"", false),
        ("note\n\"", false),
        ("note\na\"", true),
        ("note\n\"\"", true),
    ] {
        assert_eq!(rows(file, &schema, &CsvOptions::new()).is_ok(), is_closed, "{file}");
    }
    let limit = CsvOptions::new().record_limit(10);
    assert!(rows("note\n1234567890\n", &schema, &limit).is_ok());
    assert_eq!(
        refused("note\n12345678901\n", &limit),
        (
            Code::RecordTooLong,
            "error[E1011]: the record on line 2 has more than 10 bytes; help: perhaps a quote is not closed, or the \
                file is no CSV file"
                .to_owned()
        )
    );
    let endless = format!("note\n{}", "a".repeat(CsvOptions::RECORD_LIMIT + 1));
    assert_eq!(refused(endless, &CsvOptions::new()).0, Code::RecordTooLong);
    let wide = format!("note\n{}", ",".repeat(20_000));
    assert_eq!(refused(wide, &CsvOptions::new()).0, Code::RecordTooLong);
}

/// Every header of the table in `docs/import.md`.
const HEADERS: &[(&str, &[&str])] = &[
    (
        "country",
        &[
            "country",
            "Country code",
            "pays",
            "CODE PAYS",
            "indicatif pays",
            "país",
            "Código de país",
            "código do país",
        ],
    ),
    (
        "first_name",
        &[
            "first name",
            "First-Name",
            "first_name",
            "given name",
            "prénom",
            "PRENOM",
            "nombre",
            "nome",
            "primeiro nome",
        ],
    ),
    (
        "last_name",
        &[
            "last name",
            "surname",
            "family name",
            "nom",
            "Nom de famille",
            "apellido",
            "Apellidos",
            "sobrenome",
            "apelido",
        ],
    ),
    (
        "mobile",
        &[
            "mobile",
            "mobile phone",
            "mobile phone number",
            "cell phone",
            "phone",
            "Téléphone portable",
            "numéro de téléphone portable",
            "móvil",
            "teléfono móvil",
            "número de teléfono móvil",
            "celular",
            "telemóvel",
            "número de celular",
        ],
    ),
    (
        "email",
        &[
            "email",
            "E-mail",
            "e mail",
            "email address",
            "adresse e-mail",
            "courriel",
            "correo electrónico",
            "correo",
            "correio eletrônico",
        ],
    ),
    ("account_number", &["account number", "numéro de compte", "número de cuenta", "número da conta"]),
    (
        "organization",
        &[
            "organization",
            "company",
            "organisation",
            "société",
            "entreprise",
            "organización",
            "empresa",
            "organização",
        ],
    ),
    (
        "external_id",
        &["external id", "External  ID", "identifiant externe", "id externo", "identificador externo"],
    ),
    ("segments", &["segments", "groups", "groupes", "segmentos", "grupos"]),
    ("tags", &["tags", "labels", "étiquettes", "etiquetas"]),
    ("status", &["status", "statut", "estado"]),
    ("source", &["source", "origen", "origem"]),
    ("created_at", &["created_at", "Created at", "created-at"]),
    ("last_interaction", &["last_interaction", "Last interaction"]),
    ("billed", &["billed", "Montant facturé", "  montant  FACTURE: "]),
    ("client_type", &["client_type", "Client type", "client-type"]),
];

#[test]
fn headers_are_recognised_in_four_languages() {
    let schema = schema();
    for (key, headers) in HEADERS {
        for header in *headers {
            let file = format!("note2,{header}");
            let reader =
                open(file, &schema, &CsvOptions::new()).unwrap_or_else(|error| panic!("{header}: {error}"));
            let field = schema.field_by_key(key).map(Field::id);
            assert_eq!(reader.columns().collect::<Vec<_>>(), [("note2", None), (*header, field)]);
            assert_eq!(reader.ignored_columns(), ["note2"]);
        }
    }
}

#[test]
fn columns_name_and_ignore_headers() {
    let schema = schema();
    let file = "E-mail;e-mail;Zéit;id;name;first name;last name;;;(why rejected)";
    let options = CsvOptions::new().ignore_column("e-mail").column("zeit", "Created_At");
    let reader = open(file, &schema, &options).unwrap();
    let fields: Vec<_> = reader.columns().map(|(_, field)| field).collect();
    assert_eq!(fields[..3], [Some(Field::EMAIL), None, Some(Field::CREATED_AT)]);
    assert_eq!(reader.ignored_columns(), ["id", "name", ""]);

    let new = CsvOptions::new;
    let table = [
        (
            "nmae,Email",
            new().column("Emial", "email"),
            "E1005",
            "the file has no column `Emial`; help: did you mean `Email`?",
        ),
        (
            "a,email",
            new().ignore_column("zzz"),
            "E1005",
            "the file has no column `zzz`; help: its columns are `a`, `email`",
        ),
        (
            "a,email",
            new().column("a", "fisrt_name"),
            "E0201",
            "there is no field `fisrt_name`; help: did you mean `first_name`?",
        ),
        ("a,email", new().column("a", "updated_at"), "E0806", "`updated_at` cannot be imported"),
        (
            "a,email",
            new().column("a", "name"),
            "E0806",
            "`name` cannot be imported; help: read the column as `first_name` or `last_name`",
        ),
        (
            "Email,Courriel",
            new(),
            "E1006",
            "the columns `Email` and `Courriel` are both `email`; help: ignore one of them with `columns`, or give them \
                different headers",
        ),
        (
            "Email,Email",
            new(),
            "E1006",
            "the columns `Email` and `Email` are both `email`; help: ignore one of them with `columns`, or give them \
                different headers",
        ),
        (
            "Name,email",
            new(),
            "E1007",
            "the column `Name` may be a first name, a last name or both; help: say with `columns` which field it is, \
                such as `{\"Name\": \"last_name\"}`, or ignore it",
        ),
    ];
    for (file, options, code, message) in table {
        assert_eq!(refused(file, &options).1, format!("error[{code}]: {message}"), "{file}");
    }
    let options = new().column("Name", "last_name");
    assert_eq!(
        open("Name,email", &schema, &options).unwrap().columns().next(),
        Some(("Name", Some(Field::LAST_NAME)))
    );
    // All that is wrong is told at once.
    let error = open("Name,email,courriel", &schema, &new().ignore_column("x")).unwrap_err();
    let codes: Vec<_> = error.diagnostics().iter().map(|found| found.code().as_str()).collect();
    assert_eq!((error.kind(), codes), (ErrorKind::Csv, vec!["E1005", "E1006", "E1007"]));
}

#[test]
fn a_field_of_the_book_is_meant_before_an_alias() {
    let mut schema = Schema::default();
    for (key, label) in [("company", "Company"), ("region_1", "Région"), ("region_2", "Region")] {
        schema.define_field(NewField::new(key, ValueType::Text).label(label)).unwrap();
    }
    let field = |header: &str| {
        let reader = open(header, &schema, &CsvOptions::new())?;
        Ok::<_, tagmata::Error>(
            reader.columns().next().and_then(|(_, field)| field).map(|field| schema.field_key(field)),
        )
    };
    assert_eq!(field("COMPANY").unwrap(), Some("company"));
    assert_eq!(field("région").unwrap(), Some("region_1"));
    assert_eq!(field("region").unwrap(), Some("region_2"));
    assert_eq!(
        field("Region:").unwrap_err().to_string(),
        "error[E1007]: the column `Region:` may be `region_1` or `region_2`; help: say with `columns` which field it is, \
            such as `{\"Region:\": \"region_1\"}`"
    );
}

#[test]
fn lists_stand_between_semicolons() {
    let table = [
        ("a; b ;c", "a|b|c"),
        (" ;; a;A ; ;", "a"),
        ("Région sud; RÉGION SUD;Region sud", "Région sud|Region sud"),
        ("\"a;b\"; \"dit \"\"le Grand\"\"\" ;x", "a;b|dit \"le Grand\"|x"),
        ("\" edge \";plain", " edge |plain"),
        ("5\" pipe; say \"hi\"", "5\" pipe|say \"hi\""),
        ("\u{a0}a\u{a0};b", "a|b"),
        ("; ;", ""),
        ("\" \"", ""),
        ("a\nb", "a\nb"),
        ("'-a; b", "-a|b"),
    ];
    for (cell, expected) in table {
        assert_eq!(cells("tags", "tags", &[cell], &CsvOptions::new()), [expected], "{cell}");
    }
    for cell in ["\"a", "\"a\" b", "\"a\"\"", "x;\"a\"b;c"] {
        let found = cells("tags", "tags", &[cell], &CsvOptions::new());
        let help = "items stand between `;`; one that begins with `\"` ends with `\"`, and a `\"` inside it is doubled";
        assert_eq!(found, [format!("`{cell}` is not a list; {help}")]);
    }
}

#[test]
fn yes_and_no_have_words_in_four_languages() {
    let yes =
        ["yes", "Y", "TRUE", "1", "Oui", "o", "VRAI", "sí", "SI", "s", "Verdadero", "sim", "verdadeiro"];
    let no = ["no", "N", "false", "0", "non", "Faux", "FALSO", "não", "nao"];
    let read = |words: &[&str]| cells("newsletter", "newsletter", words, &CsvOptions::new());
    assert!(read(&yes).iter().all(|word| word == "true"));
    assert!(read(&no).iter().all(|word| word == "false"));
    for word in ["peut-être", "2", "x", "-", "on"] {
        let help = "write `yes` or `no`, `oui` or `non`, `sí` or `no`, `sim` or `não`";
        assert_eq!(read(&[word]), [format!("`{word}` is neither yes nor no; {help}")]);
    }
}

#[test]
fn dates_have_the_one_reading_that_the_column_leaves() {
    let new = CsvOptions::new;
    let read = |dates: &[&str], options: &CsvOptions| cells("birthday", "birthday", dates, options);
    assert_eq!(
        read(&["2026-12-31", "03/04/2026", "31/12/2026"], &new()),
        ["2026-12-31", "2026-04-03", "2026-12-31"]
    );
    assert_eq!(read(&["3/4/2026", "12/31/2026", ""], &new()), ["2026-03-04", "2026-12-31", ""]);
    assert_eq!(read(&["05/05/2026"], &new()), ["2026-05-05"]);
    assert_eq!(read(&["03/04/2026"], &new().dates(Dates::Dmy)), ["2026-04-03"]);
    assert_eq!(read(&["03/04/2026"], &new().dates(Dates::Mdy)), ["2026-03-04"]);
    let dmy = "the days of this column are written `2026-12-31` or `31/12/2026`";
    for bad in [
        "31/02/2026",
        "2026-02-30",
        "1/2/26",
        "31.12.2026",
        "31/12",
        "2026/12/31",
        "soon",
        "31/12/2026/1",
        "+1/2/2026",
    ] {
        assert_eq!(read(&["13/01/2026", bad], &new())[1], format!("`{bad}` is not a date; {dmy}"));
    }
    let mdy = "the days of this column are written `2026-12-31` or `12/31/2026`";
    assert_eq!(
        read(&["31/12/2026"], &new().dates(Dates::Mdy)),
        [format!("`31/12/2026` is not a date; {mdy}")]
    );
    let help = "help: say `dates`: `dmy` for day/month/year, or `mdy` for month/day/year";
    let table: [(&[&str], &str); 3] = [
        (
            &["2026-01-01", "03/04/2026", "31/02/2026"],
            "`03/04/2026` on line 3 may have its day or its month first",
        ),
        (
            &["31/12/2026", "12/31/2026"],
            "`31/12/2026` on line 2 has its day first, `12/31/2026` on line 3 its month",
        ),
        (&["04/03/2026"], "`04/03/2026` on line 2 may have its day or its month first"),
    ];
    for (dates, why) in table {
        let message = format!(
            "error[E1008]: it is not clear how dates are written in `Anniversaire`, where {why}; {help}"
        );
        assert_eq!(refused(column("Anniversaire", dates), &new()), (Code::AmbiguousDates, message));
    }
    // Each column for itself, one error for all of them; a row of another shape says nothing.
    let file = "birthday,created_at,seen_at\n01/02/2026,13/01/2026,02/01/2026\n31/12/2026\n";
    let error = open(file, &schema(), &new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "error[E1008]: it is not clear how dates are written in `birthday`, where `01/02/2026` on line 2 may have its \
                day or its month first; in `seen_at`, where `02/01/2026` on line 2 may have its day or its month first; {help}"
        )
    );
}

#[test]
fn datetimes_are_instants_in_the_zone_of_the_book() {
    let mut settings = Settings::default();
    settings.calendar.zone = "Europe/Paris".parse().unwrap();
    let schema = Schema::new(settings);
    let table = [
        ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z"),
        ("2026-01-31T12:00:00.25+02:00", "2026-01-31T10:00:00.25Z"),
        ("2026-01-31T12:00", "2026-01-31T11:00:00Z"),
        ("2026-07-31 12:00", "2026-07-31T10:00:00Z"),
        ("2026-01-31 12:00:30", "2026-01-31T11:00:30Z"),
        ("2026-01-31 9:05", "2026-01-31T08:05:00Z"),
        ("2026-01-31", "2026-01-30T23:00:00Z"),
        ("31/01/2026", "2026-01-30T23:00:00Z"),
        ("31/01/2026 09:05", "2026-01-31T08:05:00Z"),
        ("2026-03-29 02:30", "2026-03-29T01:00:00Z"),
    ];
    for (cell, expected) in table {
        let rows = read(&format!("created_at\n{cell}\n"), &schema);
        assert_eq!(shown(&rows[0], "created_at", &schema), expected, "{cell}");
    }
    for bad in [
        "2026-01-31 25:00",
        "2026-01-31 12",
        "2026-01-31x12:00",
        "12:00",
        "2026-01-31 ",
        "0001-01-01T00:00+14:00",
    ] {
        let rows =
            read(&format!("created_at,note\n{bad},x\n").replace(",note", "").replace(",x", ""), &schema);
        let is_day = bad.trim() == "2026-01-31";
        assert_eq!(rows[0].is_rejected(), !is_day, "{bad}");
    }
}

#[test]
fn numbers_have_the_one_reading_that_the_column_leaves() {
    let new = CsvOptions::new;
    let read = |numbers: &[&str], options: &CsvOptions| cells("billed", "billed", numbers, options);
    let table: [(&[&str], &[&str]); 9] = [
        (&["1234.56", "-3", "1.5e6", "1,234"], &["1234.56", "-3", "1500000", "1234"]),
        (&["1 234,56", "1.234", "7"], &["1234.56", "1234", "7"]),
        (&["1.234,56", "12"], &["1234.56", "12"]),
        (&["1\u{a0}234,56", "1\u{202f}234\u{202f}567"], &["1234.56", "1234567"]),
        (&["1 234", "12 345 678"], &["1234", "12345678"]),
        (&["1.234.567"], &["1234567"]),
        (&["1,234.5"], &["1234.5"]),
        (&["0.125"], &["0.125"]),
        (&["-1.234,5", ""], &["-1234.5", ""]),
    ];
    for (numbers, expected) in table {
        assert_eq!(read(numbers, &new()), expected, "{numbers:?}");
    }
    assert_eq!(read(&["1.234"], &new().decimal(Decimal::Point)), ["1.234"]);
    assert_eq!(read(&["1.234"], &new().decimal(Decimal::Comma)), ["1234"]);
    let help = "the numbers of this column are written `1234,56`, `1 234,56` or `1.234,56`";
    for bad in [
        "12.345,6O",
        "unos 20",
        "1.23.456",
        "12 34",
        "1.234 567",
        "12,",
        ",5",
        "€ 5",
        "5 %",
        "1,2,3",
        "--1",
        "∞",
        "NaN",
    ] {
        assert_eq!(read(&["0,5", bad], &new())[1], format!("`{bad}` is not a number; {help}"));
    }
    let help = "help: say `decimal`: `.` for a point before the fraction, or `,` for a comma";
    let table: [(&[&str], &str); 3] = [
        (&["7", "1.234"], "`1.234` on line 3 may have thousands or a fraction after its sign"),
        (&["1,234"], "`1,234` on line 2 may have thousands or a fraction after its sign"),
        (&["1.5", "1,5"], "`1.5` on line 2 has a point before its fraction, `1,5` on line 3 a comma"),
    ];
    for (numbers, why) in table {
        let message =
            format!("error[E1009]: it is not clear how numbers are written in `billed`, where {why}; {help}");
        assert_eq!(refused(column("billed", numbers), &new()), (Code::AmbiguousNumbers, message));
    }
}

#[test]
fn phones_are_read_in_the_country_of_their_row() {
    let belgian =
        Schema::new(Settings { default_country: Some("BE".parse().unwrap()), ..Settings::default() });
    let plain = Schema::default();
    let table = [
        (&plain, "fr", "06 12 34 56 78", "+33612345678", None),
        (&plain, "FR", "+32 475 81 20 46", "+32475812046", None),
        (&plain, "FR", "'+33612345678", "+33612345678", None),
        (&belgian, "", "0475 81 20 46", "+32475812046", None),
        (&belgian, "FR", "06 12 34 56 78", "+33612345678", None),
        (&plain, "", "06 12 34 56 78", "-", Some(Code::BadPhone)),
        (&plain, "US", "555 555 5555", "+15555555555", Some(Code::UnassignedPhone)),
        (&plain, "FR", "06 12", "-", Some(Code::BadPhone)),
    ];
    for (schema, country, mobile, expected, code) in table {
        let row = &read(&format!("mobile,country\n{mobile},{country}\n"), schema)[0];
        assert_eq!(shown(row, "mobile", schema), expected, "{country} {mobile}");
        assert_eq!(row.problems().first().map(|found| found.code), code, "{country} {mobile}");
        assert_eq!(row.is_rejected(), code == Some(Code::BadPhone));
    }
    let row = &read("mobile,country\n555 555 5555,US\n", &plain)[0];
    assert_eq!(
        problem(row).to_string(),
        "row 1, line 2, mobile: no range of the country holds `+15555555555` [W0903]"
    );
    // Without its country a number means nothing, not even in the default country.
    let file = "mobile,country\n0475 81 20 46,Belgica\n+32475812046,Belgica\n";
    let read = |invalid| rows(file, &belgian, &CsvOptions::new().invalid_values(invalid)).unwrap();
    let codes = |row: &CsvRow| row.problems().iter().map(|found| found.code).collect::<Vec<_>>();
    assert_eq!(codes(&read(InvalidValues::Reject)[0]), [Code::UnknownCountry]);
    let skipped = read(InvalidValues::Skip);
    assert_eq!(codes(&skipped[0]), [Code::CountryNeeded, Code::UnknownCountry]);
    assert_eq!(shown(&skipped[0], "mobile", &belgian), "-");
    assert_eq!(shown(&skipped[1], "mobile", &belgian), "+32475812046");
}

#[test]
fn names_that_are_unknown_propose_what_is_near() {
    let table = [
        ("status", "status", "Actve", "there is no status `Actve`; did you mean `Active` or `active`?"),
        (
            "status",
            "status",
            "zzzzzz",
            "there is no status `zzzzzz`; choose `Lead`, `Active`, `VIP` or `Inactive`",
        ),
        (
            "client_type",
            "client_type",
            "Consession",
            "`client_type` has no option `Consession`; did you mean `Concession`?",
        ),
        (
            "country",
            "country",
            "+33",
            "there is no country `+33`; use the two letters of ISO 3166-1, such as `FR`, not the dial code",
        ),
    ];
    for (header, key, cell, message) in table {
        assert_eq!(cells(header, key, &[cell], &CsvOptions::new()), [message]);
    }
    let found = cells("status", "status", &["LEAD", "Vip", "inactive"], &CsvOptions::new());
    assert_eq!(found, ["lead", "vip", "inactive"]);
    let found = cells("client_type", "client_type", &["FARM", "concession"], &CsvOptions::new());
    assert_eq!(found, ["farm", "dealer"]);
}

#[test]
fn invalid_values_are_skipped_on_request_and_told_all_the_same() {
    let schema = schema();
    let file = "first_name,email,billed,software\nZoé,zoe@,viele,\"xero; Sage; \"\"Sage; EBP\"\"; Excel\"\nA,,,Excel\n";
    let read = |invalid| rows(file, &schema, &CsvOptions::new().invalid_values(invalid)).unwrap();
    let (rejected, skipped) = (read(InvalidValues::Reject), read(InvalidValues::Skip));
    assert!(rejected.iter().all(CsvRow::is_rejected) && !skipped.iter().any(CsvRow::is_rejected));
    for rows in [&rejected, &skipped] {
        let found: Vec<_> =
            rows[0].problems().iter().map(|p| (p.column.as_deref().unwrap(), &*p.value)).collect();
        assert_eq!(
            found,
            [("email", "zoe@"), ("billed", "viele"), ("software", "Sage"), ("software", "Excel")]
        );
    }
    let keys = ["first_name", "email", "billed", "software"];
    assert_eq!(keys.map(|key| shown(&skipped[0], key, &schema)), ["Zoé", "-", "-", "Xero|Sage; EBP"]);
    assert_eq!(keys.map(|key| shown(&skipped[1], key, &schema)), ["A", "", "", "-"]);
}

#[test]
fn a_new_contact_needs_a_name_a_country_and_a_way_to_reach_it() {
    let schema = schema();
    let lacks = |file: &str| -> Vec<String> {
        read(file, &schema)[0].missing_for_new_contact().iter().map(ToString::to_string).collect()
    };
    assert!(lacks("Pays,Prénom,Nom,Courriel\nFR,Zoé,Martin,zoe@example.fr\n").is_empty());
    assert!(lacks("Pays,Prénom,Nom,Mobile,Courriel\nFR,Zoé,Martin,0612345678,\n").is_empty());
    let reach = "a new contact needs a mobile number or an e-mail address [E1015]";
    assert_eq!(
        lacks("Pays,Prénom,Courriel,Mobile\n , ,,\n"),
        [
            "row 1, line 2, Pays: a new contact needs a country [E1015]".to_owned(),
            "row 1, line 2, Prénom: a new contact needs a first name [E1015]".to_owned(),
            "row 1, line 2: a new contact needs a last name [E1015]".to_owned(),
            format!("row 1, line 2, Mobile: {reach}"),
        ]
    );
    assert_eq!(
        lacks("Pays,Prénom,Nom,Courriel\nFR,Zoé,Martin,\n"),
        [format!("row 1, line 2, Courriel: {reach}")]
    );
    assert_eq!(lacks("Pays,Prénom,Nom\nFR,Zoé,Martin\n"), [format!("row 1, line 2: {reach}")]);
}

#[test]
fn rejected_rows_can_be_mended_and_read_again() {
    let schema = schema();
    let file = "note;status\n\"a;\"\"b\"\"\";laed\n;lead\n'=x;bad;more\n=1+1;\u{a0}x\n";
    let mut reader = open(file, &schema, &CsvOptions::new()).unwrap();
    let mut rejected = RejectedRows::new(&reader);
    for row in reader.by_ref().map(Result::unwrap).filter(CsvRow::is_rejected) {
        rejected.add(&row, row.problems());
    }
    assert_eq!(rejected.len(), 3);
    let csv = rejected.into_csv();
    let expected = "(why rejected);note;status\n\
        \"status: there is no status `laed`; did you mean `Lead` or `lead`?\";\"a;\"\"b\"\"\";laed\n\
        the row has 3 cells, the header 2;'=x;bad;more\n\
        \"status: there is no status `x`; choose `Lead`, `Active`, `VIP` or `Inactive`\";'=1+1;\u{a0}x\n";
    assert_eq!(csv, expected);
    let mended = csv.replace(";laed\n", ";lead\n").replace(";more", "");
    let rows = read(&mended, &schema);
    assert_eq!(rows.iter().map(CsvRow::is_rejected).collect::<Vec<_>>(), [false, true, true]);
    assert_eq!(shown(&rows[0], "note", &schema), "a;\"b\"");
    // A reason is text, and no formula either.
    let options = CsvOptions::new().column("=state", "status");
    let mut reader = open("=state\nx\n", &schema, &options).unwrap();
    let mut rejected = RejectedRows::new(&reader);
    let row = reader.next().unwrap().unwrap();
    rejected.add(&row, row.problems());
    assert!(rejected.into_csv().contains("'=state: "));
}

#[test]
fn progress_is_told_and_reading_can_be_stopped() {
    let schema = schema();
    let file = format!("note\n{}", "some text of a note\n".repeat(20_000));
    let mut told = Vec::new();
    let reader =
        CsvReader::open_watched(Cursor::new(file.clone()), &schema, &CsvOptions::new(), |progress| {
            told.push(progress);
            ControlFlow::Continue(())
        });
    assert_eq!(reader.unwrap().map(Result::unwrap).count(), 20_000);
    assert!(told.len() > 15 && told.is_sorted_by_key(|progress| (progress.done_bytes, progress.rows)));
    let last = told.last().unwrap();
    assert_eq!(
        (last.done_bytes, last.total_bytes, last.rows),
        (file.len() as u64, file.len() as u64, 20_000)
    );
    assert!(told.iter().any(|progress| (1..20_000).contains(&progress.rows)));

    for stop_at in 0..told.len() {
        let mut calls = 0;
        let watched = CsvReader::open_watched(Cursor::new(file.clone()), &schema, &CsvOptions::new(), |_| {
            calls += 1;
            if calls > stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let outcome = watched.and_then(|mut reader| reader.try_for_each(|row| row.map(drop)));
        assert_eq!(outcome.unwrap_err().code(), Code::Cancelled, "{stop_at}");
    }
}

#[test]
fn a_reader_that_fails_or_gives_little_at_a_time() {
    struct Slow(Cursor<Vec<u8>>, bool);
    impl std::io::Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let one = buffer.len().min(1);
            match self.1 {
                true => Err(std::io::Error::other("the disk is on fire")),
                false => self.0.read(&mut buffer[..one]),
            }
        }
    }
    impl std::io::Seek for Slow {
        fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
            self.0.seek(to)
        }
    }
    let schema = schema();
    let file = || Cursor::new("lead-in\u{feff}prénom;nom\nZoé;Martin\n".as_bytes().to_vec());
    let mut slow = Slow(file(), false);
    std::io::Seek::seek(&mut slow, std::io::SeekFrom::Start(7)).unwrap();
    let rows: Vec<CsvRow> =
        CsvReader::open(slow, &schema, &CsvOptions::new()).unwrap().map(Result::unwrap).collect();
    assert_eq!((rows.len(), shown(&rows[0], "first_name", &schema)), (1, "Zoé".to_owned()));
    let error = CsvReader::open(Slow(file(), true), &schema, &CsvOptions::new()).unwrap_err();
    assert_eq!(error.to_string(), "error[E1001]: the file cannot be read: the disk is on fire");
}

#[test]
fn options_have_words() {
    assert_eq!("skip".parse::<InvalidValues>().unwrap(), InvalidValues::Skip);
    assert_eq!(("dmy".parse(), "mdy".parse()), (Ok(Dates::Dmy), Ok(Dates::Mdy)));
    assert_eq!((".".parse(), ",".parse()), (Ok(Decimal::Point), Ok(Decimal::Comma)));
    assert_eq!((";".parse(), "\t".parse()), (Ok(Delimiter::Semicolon), Ok(Delimiter::Tab)));
    assert_eq!(
        "ymd".parse::<Dates>().unwrap_err().to_string(),
        "error[E0805]: `dates` does not take `ymd`; help: it takes `dmy` or `mdy`"
    );
}
