//! What names, places and choices are drawn from, and how often.

use unicode_normalization::UnicodeNormalization;

use super::dice::Weighted;

const FIRST_NAMES: &str = "Jean Marie Zoë François Hélène José Ana Luís João Sofía Müller Åsa Björn Emma Liam Noah Olivia \
                           Léa Chloé Hugo Lucas Inês Pedro Diego Carmen Ivan Olga Mehmet Ayşe Wei Ling Yuki Sanjay \
                           Priya Fatima Omar Chinedu Amara Kofi Thabo";
const LAST_NAMES: &str = "Dupont Martin Bernard Durand García Rodríguez Martínez Silva Santos Oliveira Smith Johnson Brown \
                          Jones Müller Schmidt Schneider Fischer Nguyen Tran Kowalski Nowak Ivanov Petrov Yılmaz Kaya \
                          Wang Li Zhang Sato Tanaka Patel Sharma Khan Okafor Mensah Dlamini Lefèvre Öberg Núñez";
const MAIL_DOMAINS: &str = "example.com gmail.com outlook.fr yahoo.es agro-sud.fr tractores.mx farmline.ca acme.io correo.es \
                            mail.br";
const ORGANIZATIONS: &str = "Agri Farm Terra Nord Sud Green Silo Campo Rural Delta";

/// The options of `client_type`, and how often each is drawn.
const CLIENT_TYPES: [(&str, f64); 5] =
    [("Individual", 0.5), ("Company", 0.3), ("Trust", 0.1), ("Partnership", 0.07), ("Charity", 0.03)];
/// The options of `software`, the most frequent first.
const SOFTWARE: [&str; 8] = ["Xero", "MYOB", "QuickBooks", "Sage", "Odoo", "Pennylane", "Holded", "Zoho"];

const STATUSES: [(&str, f64); 4] = [("lead", 0.45), ("active", 0.35), ("vip", 0.05), ("inactive", 0.15)];

/// A country, how its mobile numbers begin, and how many digits follow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) country: &'static str,
    pub(super) dialling: &'static str,
    pub(super) digits: usize,
}

const PLACES: [(&str, &str, usize, f64); 12] = [
    ("US", "+1212", 7, 30.0),
    ("FR", "+336", 8, 18.0),
    ("BR", "+55119", 8, 12.0),
    ("CA", "+1416", 7, 8.0),
    ("ES", "+346", 8, 8.0),
    ("MX", "+5255", 8, 6.0),
    ("BE", "+3247", 7, 4.0),
    ("CH", "+4179", 7, 4.0),
    ("DE", "+4915", 9, 4.0),
    ("GB", "+4477", 8, 3.0),
    ("AU", "+614", 8, 2.0),
    ("ZA", "+2782", 7, 1.0),
];

/// A name, and how it is spelled in an e-mail address.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) written: &'static str,
    pub(super) ascii: String,
}

/// All that is drawn from.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) first_names: Vec<Name>,
    pub(super) last_names: Vec<Name>,
    pub(super) mail_domains: Vec<&'static str>,
    pub(super) organizations: Vec<&'static str>,
    pub(super) places: Weighted<Place>,
    pub(super) statuses: Weighted<&'static str>,
    pub(super) client_types: Weighted<&'static str>,
    pub(super) software: Weighted<&'static str>,
    pub(super) tags: Weighted<String>,
    pub(super) segments: Weighted<String>,
}

impl Words {
    pub(super) fn new() -> Self {
        let places =
            PLACES.map(|(country, dialling, digits, weight)| (Place { country, dialling, digits }, weight));
        Self {
            first_names: names(FIRST_NAMES),
            last_names: names(LAST_NAMES),
            mail_domains: MAIL_DOMAINS.split_whitespace().collect(),
            organizations: ORGANIZATIONS.split_whitespace().collect(),
            places: Weighted::new(places),
            statuses: Weighted::new(STATUSES),
            client_types: Weighted::new(CLIENT_TYPES),
            software: Weighted::zipf(SOFTWARE, 0.7),
            tags: Weighted::zipf((0..500).map(|number| format!("tag_{number:03}")), 1.1),
            segments: Weighted::zipf((0..40).map(|number| format!("Segment {number:03}")), 0.8),
        }
    }
}

fn names(list: &'static str) -> Vec<Name> {
    let ascii = |name: &str| name.nfkd().filter(char::is_ascii).collect::<String>().to_lowercase();
    list.split_whitespace().map(|written| Name { written, ascii: ascii(written) }).collect()
}
