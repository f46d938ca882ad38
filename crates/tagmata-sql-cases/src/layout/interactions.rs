//! Interactions, and when contacts were last heard of.

use super::builder::Builder;
use crate::folds::FOLD;
use crate::kept;
use crate::table::Kind;
use serde_json::{Value, json};
use tagmata::{Field, Interaction, Timestamp, fold};
use tagmata_sql::{Dialect, FieldMapping, Folding, Format, InteractionsTable};

impl Builder<'_> {
    pub(super) fn interactions(&mut self) {
        let own = self.own_last_interactions();
        let recorded: Vec<Interaction> = self.recorded().into_iter().map(|(_, each)| each).collect();
        let all: Vec<Timestamp> =
            own.iter().flatten().copied().chain(recorded.iter().map(|each| each.at)).collect();
        let format = self.dice.pick(&kept::instant_formats(self.dialect, &all));

        let kinds: Vec<(u32, String)> =
            self.world.schema().kind_entries().map(|(kind, key)| (kind.id.get(), key.to_owned())).collect();
        // All in one table, each kind in its own, or something between.
        let alone = match self.dice.below(3) {
            0 => 0,
            1 => kinds.len(),
            _ => self.dice.below(kinds.len()),
        };
        for kind in &kinds[..alone] {
            let table = self.interactions_table(std::slice::from_ref(kind), format, false);
            self.mapping = self.mapping.clone().interactions(kind.1.clone(), table);
        }
        if alone < kinds.len() {
            let table = self.interactions_table(&kinds[alone..], format, true);
            self.mapping = self.mapping.clone().interactions("*", table);
        }
        self.last_interaction(&own, format);
    }

    /// All interactions with their contacts.
    fn recorded(&self) -> Vec<(usize, Interaction)> {
        let each = self.world.built.contacts.iter().enumerate();
        each.flat_map(|(contact, (_, values))| {
            values.interactions().iter().map(move |interaction| (contact, interaction.clone()))
        })
        .collect()
    }

    fn interactions_table(
        &mut self,
        kinds: &[(u32, String)],
        format: Format,
        has_kinds: bool,
    ) -> InteractionsTable {
        let rows: Vec<(usize, Interaction)> = self
            .recorded()
            .into_iter()
            .filter(|(_, each)| kinds.iter().any(|(number, _)| *number == each.kind.get()))
            .collect();
        let (names, kind, written) = self.words(kinds);
        let [kind_column, at_column, amount_column, label_column, folded_column] =
            ["kind", "at", "amount", "label", "folded"].map(|about| self.name(about));
        let amount_format = self.amount_format(&rows);
        let amount_kind = if amount_format == Format::Micros { Kind::Integer } else { Kind::Decimal };
        let makes = matches!(self.dialect, Dialect::Sqlite | Dialect::Duckdb | Dialect::Clickhouse)
            && self.dice.one_in(2);
        let mut columns = vec![
            (at_column.as_str(), kept::kind_of(format)),
            (amount_column.as_str(), amount_kind),
            (label_column.as_str(), Kind::Text),
        ];
        if !makes {
            columns.push((folded_column.as_str(), Kind::Text));
        }
        if has_kinds {
            columns.push((kind_column.as_str(), kind));
        }
        let (place, mut link) = self.link("happened", &columns);
        for (contact, interaction) in rows {
            let label = interaction.label.as_ref().map(|label| label.as_str().to_owned());
            let amount = interaction.amount.map(|amount| amount_cell(amount.micros(), amount_format));
            let mut cells =
                vec![kept::instant(interaction.at, format, &mut self.dice), json!(amount), json!(label)];
            if !makes {
                cells.push(json!(label.as_deref().map(fold)));
            }
            if has_kinds {
                cells.push(written[&interaction.kind.get()].clone());
            }
            self.row(place, contact, &cells);
        }
        if self.dice.one_in(3) {
            self.condition(place, &mut link);
        }
        let label = FieldMapping::column(label_column);
        let label = match (makes, self.dialect) {
            (false, _) => label.folded(folded_column),
            (true, Dialect::Clickhouse) => label.fold(Folding::Native),
            (true, _) => label.fold(Folding::Function(FOLD.to_owned())),
        };
        let table = InteractionsTable::new(link, at_column)
            .at_format(format)
            .amount(amount_column, amount_format)
            .label(label);
        match has_kinds {
            true => table.kind(kind_column, names.unwrap_or_default()),
            false => table,
        }
    }

    /// Doubles, which SQLite has for decimals, do not have all of them.
    fn amount_format(&mut self, rows: &[(usize, Interaction)]) -> Format {
        const EXACT: u64 = 1 << 50;
        let amounts = rows.iter().filter_map(|(_, each)| each.amount);
        let is_exact = amounts.into_iter().all(|amount| amount.micros().unsigned_abs() < EXACT);
        match (self.dialect != Dialect::Sqlite || is_exact) && self.dice.one_in(2) {
            true => Format::Number,
            false => Format::Micros,
        }
    }

    fn own_last_interactions(&self) -> Vec<Option<Timestamp>> {
        let read = |(_, values): &(String, Value)| {
            let own = values.get("last_interaction")?.as_str()?.trim();
            (!own.is_empty()).then(|| own.parse().unwrap())
        };
        self.world.contacts.iter().map(read).collect()
    }

    /// A column beside what was recorded, a column with the later of both, or only what was recorded.
    fn last_interaction(&mut self, own: &[Option<Timestamp>], format: Format) {
        if own.iter().all(Option::is_none) && self.dice.one_in(2) {
            return;
        }
        let column = self.name("heard");
        let is_recorded = self.dice.one_in(2);
        let mut instants = own.to_vec();
        if !is_recorded {
            let outgoing: Vec<_> =
                self.world.schema().kind_entries().filter(|(kind, _)| kind.outgoing).collect();
            for (contact, interaction) in self.recorded() {
                if !outgoing.iter().any(|(kind, _)| kind.id == interaction.kind) {
                    instants[contact] = instants[contact].max(Some(interaction.at));
                }
            }
        }
        let cells = self.instant_cells(&instants, format);
        self.contacts.add(&column, kept::kind_of(format), cells);
        let mapping = FieldMapping::column(column).format(format);
        let mapping = if is_recorded { mapping.recorded() } else { mapping };
        self.mapping =
            self.mapping.clone().field(self.world.schema().field_key(Field::LAST_INTERACTION), mapping);
    }
}

fn amount_cell(micros: i64, format: Format) -> Value {
    let (sign, size) = (if micros < 0 { "-" } else { "" }, micros.unsigned_abs());
    match format {
        Format::Micros => json!(micros),
        _ => json!(format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000)),
    }
}
