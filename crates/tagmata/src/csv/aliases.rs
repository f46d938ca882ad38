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
pub(super) fn plain(header: &str) -> String {
    let folded = accent_fold(header);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The field of a header in its plain form.
pub(super) fn field_of(plain_header: &str) -> Option<FieldId> {
    let all = ALIASES.iter().flat_map(|(field, languages)| {
        languages.iter().flat_map(move |aliases| aliases.iter().map(move |alias| (*field, *alias)))
    });
    all.into_iter().find(|(_, alias)| plain(alias) == plain_header).map(|(field, _)| field)
}
