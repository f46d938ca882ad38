//! The settings of a book, as the table `settings` spells them.

use crate::error::{Fault, Result};
use rusqlite::{Connection, OptionalExtension, params};
use tagmata::{Automation, DefaultRule, Limits, RuleId, Settings, StatusId};

/// The table `settings`: words by words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SettingsTable<'c>(pub(crate) &'c Connection);

/// A limit by its name.
type Named = (&'static str, fn(&Limits) -> usize);

const LIMITS: [Named; 7] = [
    ("source", |limits| limits.source),
    ("nesting", |limits| limits.nesting),
    ("segment_depth", |limits| limits.segment_depth),
    ("nodes", |limits| limits.nodes),
    ("list_items", |limits| limits.list_items),
    ("string", |limits| limits.string),
    ("diagnostics", |limits| limits.diagnostics),
];

impl SettingsTable<'_> {
    /// A setting.
    ///
    /// # Errors
    /// What SQLite says.
    pub(crate) fn get(self, key: &str) -> Result<Option<String>> {
        let mut statement = self.0.prepare_cached("SELECT value FROM settings WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    /// Gives a setting another value.
    ///
    /// # Errors
    /// What SQLite says.
    pub(crate) fn set(self, key: &str, value: &str) -> Result<()> {
        let mut statement =
            self.0.prepare_cached("INSERT OR REPLACE INTO settings (key, value) VALUES (?1, ?2)")?;
        statement.execute(params![key, value])?;
        Ok(())
    }

    /// What values and filters depend on.
    ///
    /// # Errors
    /// What SQLite says; a value that is none.
    pub(crate) fn settings(self) -> Result<Settings> {
        let mut settings = Settings::default();
        settings.calendar.zone = self.needed("timezone")?;
        settings.calendar.week_start = self.needed("week_start")?;
        settings.calendar.leap_day = self.needed("leap_day")?;
        settings.default_country = self.read("default_country")?;
        for (name, _) in LIMITS {
            settings.limits = settings.limits.with(name, self.needed(&format!("limit_{name}"))?)?;
        }
        Ok(settings)
    }

    /// Writes what values and filters depend on.
    ///
    /// # Errors
    /// What SQLite says.
    pub(crate) fn set_settings(self, settings: &Settings) -> Result<()> {
        let calendar = &settings.calendar;
        self.set("timezone", calendar.zone.name())?;
        self.set("week_start", calendar.week_start.as_str())?;
        self.set("leap_day", calendar.leap_day.as_str())?;
        match &settings.default_country {
            Some(country) => self.set("default_country", country.as_str())?,
            None => drop(self.0.execute("DELETE FROM settings WHERE key = 'default_country'", [])?),
        }
        LIMITS
            .iter()
            .try_for_each(|(name, of)| self.set(&format!("limit_{name}"), &of(&settings.limits).to_string()))
    }

    /// The order of the statuses.
    ///
    /// # Errors
    /// What SQLite says; what is no number.
    pub(crate) fn status_order(self) -> Result<Box<[StatusId]>> {
        Ok(self.numbers("status_order")?.into_iter().map(StatusId::new).collect())
    }

    /// Writes the order of the statuses.
    ///
    /// # Errors
    /// What SQLite says.
    pub(crate) fn set_status_order(self, order: &[StatusId]) -> Result<()> {
        self.set("status_order", &spelled(order.iter().map(|status| status.get())))
    }

    /// The order of the rules.
    ///
    /// # Errors
    /// What SQLite says; what is no number.
    pub(crate) fn rule_order(self) -> Result<Box<[RuleId]>> {
        Ok(self.numbers("rule_order")?.into_iter().map(RuleId::new).collect())
    }

    /// Writes the order of the rules.
    ///
    /// # Errors
    /// What SQLite says.
    pub(crate) fn set_rule_order(self, order: &[RuleId]) -> Result<()> {
        self.set("rule_order", &spelled(order.iter().map(|rule| rule.get())))
    }

    /// The switches of the default rules.
    ///
    /// # Errors
    /// What SQLite says; what is neither `on` nor `off`.
    pub(crate) fn automation(self) -> Result<Automation> {
        let mut switches = Automation::default();
        switches.lead_to_active = self.switch("lead_to_active")?;
        for rule in DefaultRule::ALL {
            switches = switches.with(rule, self.switch(&format!("rule_{}", rule.as_str()))?);
        }
        Ok(switches)
    }

    /// Writes the switches of the default rules.
    ///
    /// # Errors
    /// What SQLite says.
    pub(crate) fn set_automation(self, switches: Automation) -> Result<()> {
        let word = |is_on| if is_on { "on" } else { "off" };
        self.set("lead_to_active", word(switches.lead_to_active))?;
        let rules = DefaultRule::ALL.into_iter();
        rules
            .map(|rule| (rule.as_str(), switches.is_on(rule)))
            .try_for_each(|(name, is_on)| self.set(&format!("rule_{name}"), word(is_on)))
    }

    /// Whether a switch is on; one that is not there is.
    fn switch(self, key: &str) -> Result<bool> {
        match self.get(key)?.as_deref() {
            None | Some("on") => Ok(true),
            Some("off") => Ok(false),
            Some(other) => Err(unreadable(key, other)),
        }
    }

    fn numbers(self, key: &str) -> Result<Vec<u32>> {
        let Some(text) = self.get(key)?.filter(|text| !text.is_empty()) else { return Ok(Vec::new()) };
        text.split(' ').map(str::parse).collect::<Result<_, _>>().map_err(|_| unreadable(key, &text))
    }

    /// A setting that can be read, if it is there.
    pub(crate) fn read<T: std::str::FromStr>(self, key: &str) -> Result<Option<T>> {
        let read = |text: String| text.parse().map_err(|_| unreadable(key, &text));
        self.get(key)?.map(read).transpose()
    }

    fn needed<T: std::str::FromStr>(self, key: &str) -> Result<T> {
        self.read(key)?.ok_or_else(|| Fault::Damaged(format!("the setting `{key}` is missing")))
    }
}

fn spelled(numbers: impl Iterator<Item = u32>) -> String {
    numbers.map(|number| number.to_string()).collect::<Vec<_>>().join(" ")
}

fn unreadable(key: &str, value: &str) -> Fault {
    Fault::Damaged(format!("the setting `{key}` is `{value}`"))
}
