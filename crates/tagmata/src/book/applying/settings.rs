//! The settings of a document.

use super::applier::Applier;
use crate::change::Command;
use crate::definitions::SettingsEntry;

impl Applier<'_, '_> {
    /// Changes the settings that the document has; the others stay.
    pub(super) fn settings(&mut self, entry: &SettingsEntry) {
        let mut settings = *self.schema().settings();
        let calendar = &mut settings.calendar;
        calendar.zone = entry.time_zone.unwrap_or(calendar.zone);
        calendar.week_start = entry.week_start.unwrap_or(calendar.week_start);
        calendar.leap_day = entry.leap_day.unwrap_or(calendar.leap_day);
        settings.default_country = entry.default_country.unwrap_or(settings.default_country);
        self.run(&Command::ChangeSettings(settings), entry.at);
    }
}
