//! Settings that are named where a book is opened.

use tagmata::{Country, PartialSettings, Settings};

fn france() -> Country {
    "FR".parse().unwrap()
}

#[test]
fn every_setting_that_differs_is_said() {
    let named = PartialSettings {
        time_zone: Some("Europe/London".parse().unwrap()),
        default_country: Some(None),
        week_start: Some("sunday".parse().unwrap()),
        leap_day: Some("feb_28".parse().unwrap()),
        limits: vec![("nesting".into(), 8), ("nodes".into(), 10_000)],
    };
    let mut settings = Settings { default_country: Some(france()), ..Settings::default() };
    settings.calendar.zone = "Europe/Paris".parse().unwrap();
    let error = named.require(&settings, "crm.db").unwrap_err();
    let help = "help: open the book without this setting, then change its settings if that is meant";
    let said = [
        "the time zone of the book `crm.db` is `Europe/Paris`, not `Europe/London`",
        "the default country of the book `crm.db` is `FR`, which was to be none",
        "the first day of the week of the book `crm.db` is `monday`, not `sunday`",
        "the limit `nesting` of the book `crm.db` is `64`, not `8`",
    ];
    let said: Vec<String> = said.iter().map(|message| format!("error[E1509]: {message}; {help}")).collect();
    assert_eq!(error.to_string(), said.join("\n"));
    let wanted = named.onto(settings).unwrap();
    assert!(named.require(&wanted, "crm.db").is_ok());
}

#[test]
fn a_country_that_is_missing_is_said() {
    let named = PartialSettings { default_country: Some(Some(france())), ..PartialSettings::default() };
    let error = named.require(&Settings::default(), "crm.db").unwrap_err();
    let message = error.diagnostics()[0].message();
    assert_eq!(message, "the default country of the book `crm.db` is none, not `FR`");
}
