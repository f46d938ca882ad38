//! What the columns of a file are called (ExpertConnect: the headers of its sample file in each language).

use crate::model::Field;
use crate::text::accent_fold;
use crate::value::FieldId;

/// The headers of a field in English, French, Spanish and Portuguese.
const ALIASES: [(FieldId, [&[&str]; 4]); 12] = [
    (
        Field::COUNTRY,
        [
            &["country", "country code"],
            &["pays", "code pays", "indicatif pays"],
            &["país", "código de país"],
            &["país", "código do país"],
        ],
    ),
    (
        Field::FIRST_NAME,
        [&["first name", "given name"], &["prénom"], &["nombre"], &["nome", "primeiro nome"]],
    ),
    (
        Field::LAST_NAME,
        [
            &["last name", "surname", "family name"],
            &["nom", "nom de famille"],
            &["apellido", "apellidos"],
            &["sobrenome", "apelido"],
        ],
    ),
    (
        Field::MOBILE,
        [
            &["mobile", "mobile phone", "mobile phone number", "cell phone", "phone"],
            &["téléphone portable", "numéro de téléphone portable", "mobile"],
            &["móvil", "teléfono móvil", "número de teléfono móvil", "celular"],
            &["celular", "telemóvel", "número de celular"],
        ],
    ),
    (
        Field::EMAIL,
        [
            &["email", "e-mail", "email address"],
            &["adresse e-mail", "courriel", "e-mail"],
            &["correo electrónico", "correo"],
            &["e-mail", "correio eletrônico"],
        ],
    ),
    (
        Field::ACCOUNT_NUMBER,
        [&["account number"], &["numéro de compte"], &["número de cuenta"], &["número da conta"]],
    ),
    (
        Field::ORGANIZATION,
        [
            &["organization", "company"],
            &["organisation", "société", "entreprise"],
            &["organización", "empresa"],
            &["organização", "empresa"],
        ],
    ),
    (
        Field::EXTERNAL_ID,
        [
            &["external id"],
            &["identifiant externe"],
            &["id externo", "identificador externo"],
            &["id externo", "identificador externo"],
        ],
    ),
    (
        Field::SEGMENTS,
        [
            &["segments", "groups"],
            &["segments", "groupes"],
            &["segmentos", "grupos"],
            &["segmentos", "grupos"],
        ],
    ),
    (Field::TAGS, [&["tags", "labels"], &["étiquettes", "tags"], &["etiquetas"], &["etiquetas", "tags"]]),
    (Field::STATUS, [&["status"], &["statut"], &["estado"], &["status"]]),
    (Field::SOURCE, [&["source"], &["source"], &["origen"], &["origem"]]),
];

/// The form in which headers are compared: [`accent_fold`], and every run of other than letters and digits is one space.
pub(crate) fn plain(header: &str) -> String {
    let folded = accent_fold(header);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The headers of the fields of interactions, by the keys of these, in the same languages.
const INTERACTION_ALIASES: [(&str, [&[&str]; 4]); 4] = [
    (
        "kind",
        [
            &["kind", "type", "interaction", "interaction type", "event", "event type"],
            &["type", "type d'interaction", "nature", "événement"],
            &["tipo", "tipo de interacción", "evento"],
            &["tipo", "tipo de interação", "evento"],
        ],
    ),
    (
        "time",
        [
            &["time", "date", "date and time", "datetime", "timestamp", "at", "when"],
            &["date", "date et heure", "horodatage"],
            &["fecha", "fecha y hora"],
            &["data", "data e hora"],
        ],
    ),
    ("amount", [&["amount", "total"], &["montant", "total"], &["importe", "monto"], &["valor", "montante"]]),
    (
        "label",
        [
            &["label", "description"],
            &["libellé", "description"],
            &["etiqueta", "concepto", "descripción"],
            &["etiqueta", "rótulo", "descrição"],
        ],
    ),
];

/// The field of contacts of a header in its plain form.
pub(super) fn contact_field_of(plain_header: &str) -> Option<FieldId> {
    called(&ALIASES, plain_header)
}

/// The key of the field of interactions of a header in its plain form.
pub(super) fn interaction_field_of(plain_header: &str) -> Option<&'static str> {
    called(&INTERACTION_ALIASES, plain_header)
}

fn called<F: Copy>(all: &[(F, [&[&str]; 4])], plain_header: &str) -> Option<F> {
    let has = |aliases: &&[&str]| aliases.iter().any(|alias| plain(alias) == plain_header);
    all.iter().find(|(_, languages)| languages.iter().any(has)).map(|(field, _)| *field)
}
