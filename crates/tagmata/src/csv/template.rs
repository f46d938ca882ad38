//! A file to start from (ExpertConnect: the sample file that can be downloaded).

use super::language::Language;

/// A file with the columns that are always understood, in a language: the header line and one example row.
///
/// Country, first name, last name, and a mobile number or an e-mail address are needed for a new contact; the other columns
/// may be left out. Columns for custom fields are added by their labels or keys.
///
/// ```
/// use tagmata::{Language, import_template};
/// assert_eq!(import_template(Language::Spanish).lines().next(), Some("Código de país,Nombre,Apellidos,\
///     Número de teléfono móvil,Correo electrónico,Número de cuenta,Empresa,Id externo,Segmentos,Etiquetas,Estado,Origen"));
/// ```
#[must_use]
pub fn import_template(language: Language) -> String {
    let (header, example) = match language {
        Language::English => (
            "Country code,First name,Last name,Mobile phone number,E-mail,Account number,Organization,External id,Segments,Tags,Status,Source",
            "US,Jane,Miller,(415) 555-2671,jane.miller@example.com,4110012,Miller Farms,CRM-10001,Region North; Key accounts,newsletter; loyal,lead,Trade fair",
        ),
        Language::French => (
            "Code pays,Prénom,Nom,Numéro de téléphone portable,Adresse e-mail,Numéro de compte,Société,Identifiant externe,Segments,Étiquettes,Statut,Source",
            "FR,Zoé,Martin,06 12 34 56 78,zoe.martin@example.fr,4110012,Coopérative du Nord,CRM-10001,Région Nord; Grands comptes,lettre; fidèle,lead,Salon",
        ),
        Language::Spanish => (
            "Código de país,Nombre,Apellidos,Número de teléfono móvil,Correo electrónico,Número de cuenta,Empresa,Id externo,Segmentos,Etiquetas,Estado,Origen",
            "ES,Lucía,García Peña,612 34 56 78,lucia.garcia@example.es,4110012,Rancho Los Piñones,CRM-10001,Zona Norte; Grandes cuentas,boletín; fiel,lead,Feria",
        ),
        Language::Portuguese => (
            "Código do país,Primeiro nome,Sobrenome,Número de celular,Correio eletrônico,Número da conta,Empresa,Id externo,Segmentos,Etiquetas,Status,Origem",
            "BR,João,Conceição,(11) 96123-4567,joao.conceicao@example.com.br,4110012,Fazenda Boa Vista,CRM-10001,Região Norte; Grandes contas,boletim; fiel,lead,Feira",
        ),
    };
    format!("{header}\n{example}\n")
}
