//! Tables while they grow.

use crate::dice::Dice;
use crate::names::Namer;
use crate::table::{Kind, Table};
use crate::world::World;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use tagmata_sql::{Dialect, LinkTable, Literal, Mapping};

/// What is added to the ids of the contacts of another tenant.
const FOREIGN: i64 = 1000;

/// The tenant whose contacts are asked for, and another one.
#[derive(Debug, Clone)]
pub(super) struct Tenant {
    pub(super) kind: Kind,
    pub(super) own: Literal,
    pub(super) other: Literal,
}

/// A table that refers to contacts, of which only some rows count.
#[derive(Debug)]
pub(super) struct Linked {
    pub(super) table: Table,
    /// The columns of the contact and of the tenant.
    contact: String,
    tenant: Option<String>,
    /// Columns that say which rows count, with what they have in those that do not.
    conditions: Vec<(String, Value)>,
    /// Whether there may be rows of nobody.
    pub(super) may_have_orphans: bool,
}

/// A JSON object in a column of contacts.
#[derive(Debug)]
struct Document {
    column: String,
    root: Option<String>,
    objects: Vec<Map<String, Value>>,
}

/// All that a layout is made with.
#[derive(Debug)]
pub(super) struct Builder<'w> {
    pub(super) dialect: Dialect,
    pub(super) world: &'w World,
    pub(super) dice: Dice,
    pub(super) namer: Namer,
    pub(super) contacts: Table,
    pub(super) linked: Vec<Linked>,
    pub(super) named: Vec<Table>,
    pub(super) mapping: Mapping,
    pub(super) tenant: Option<Tenant>,
    /// Tables of keys and values, by what they hold.
    pub(super) pairs: BTreeMap<(Kind, usize), (usize, LinkTable, Vec<String>)>,
    document: Option<Document>,
    id: String,
    tenant_column: Option<String>,
}

impl<'w> Builder<'w> {
    pub(super) fn new(dialect: Dialect, world: &'w World, mut dice: Dice) -> Self {
        let is_hostile = dice.one_in(2);
        let mut namer = Namer::new(dialect, is_hostile);
        let (name, id) = (namer.name("contacts", &mut dice), namer.name("id", &mut dice));
        let mut contacts = Table::new(name.clone(), &[(&id, Kind::Integer)]);
        contacts.rows = (0..world.contacts.len()).map(|id| vec![json!(id)]).collect();
        let mut mapping = Mapping::new(name.as_str(), id.clone());
        let tenant = (!dice.one_in(3)).then(|| match dice.one_in(2) {
            true => Tenant { kind: Kind::Integer, own: Literal::Integer(7), other: Literal::Integer(8) },
            false => {
                let [own, other] = ["own", "other"].map(|word| Literal::Text(namer.word(word, &mut dice)));
                Tenant { kind: Kind::Text, own, other }
            }
        });
        let tenant_column = tenant.as_ref().map(|tenant| {
            let column = namer.name("tenant", &mut dice);
            mapping = mapping.clone().tenant(column.clone(), tenant.own.clone());
            contacts.add(&column, tenant.kind, vec![cell(&tenant.own); world.contacts.len()]);
            column
        });
        Self {
            dialect,
            world,
            dice,
            namer,
            contacts,
            linked: Vec::new(),
            named: Vec::new(),
            mapping,
            tenant,
            pairs: BTreeMap::new(),
            document: None,
            id,
            tenant_column,
        }
    }

    pub(super) fn name(&mut self, about: &str) -> String {
        self.namer.name(about, &mut self.dice)
    }

    /// A column for tenants, in some tables.
    pub(super) fn tenant_column(&mut self) -> Option<(String, Kind, Value)> {
        (!self.dice.one_in(3)).then(|| self.sure_tenant_column()).flatten()
    }

    /// A column for tenants, if there are any.
    pub(super) fn sure_tenant_column(&mut self) -> Option<(String, Kind, Value)> {
        let tenant = self.tenant.clone()?;
        Some((self.name("of"), tenant.kind, cell(&tenant.own)))
    }

    /// A new table that refers to contacts: its place, and how the mapping calls it.
    pub(super) fn link(&mut self, about: &str, columns: &[(&str, Kind)]) -> (usize, LinkTable) {
        let tenant = self.tenant_column();
        self.link_of(about, columns, tenant)
    }

    /// The same with a certain column for tenants, or with none.
    pub(super) fn link_of(
        &mut self,
        about: &str,
        columns: &[(&str, Kind)],
        tenant: Option<(String, Kind, Value)>,
    ) -> (usize, LinkTable) {
        let (name, contact) = (self.name(about), self.name("contact"));
        let mut link = LinkTable::new(name.as_str(), contact.clone());
        let mut table = Table::new(name, &[(&contact, Kind::Integer)]);
        table.columns.extend(Table::new(String::new(), columns).columns);
        if let Some((column, kind, _)) = &tenant {
            table.add(column, *kind, Vec::new());
            link.tenant = Some(column.clone());
        }
        let tenant = tenant.map(|(column, ..)| column);
        self.linked.push(Linked { table, contact, tenant, conditions: Vec::new(), may_have_orphans: true });
        (self.linked.len() - 1, link)
    }

    /// Only rows with a value in a new column count.
    pub(super) fn condition(&mut self, at: usize, link: &mut LinkTable) {
        let column = self.name("when");
        let (kind, own, other) = match self.dice.below(3) {
            0 => (Kind::Integer, Literal::Integer(1), Literal::Integer(0)),
            1 if self.dialect != Dialect::Sqlite && self.dialect != Dialect::Mysql => {
                (Kind::Boolean, Literal::Bool(true), Literal::Bool(false))
            }
            _ => {
                let [own, other] =
                    ["yes", "no"].map(|word| Literal::Text(self.namer.word(word, &mut self.dice)));
                (Kind::Text, own, other)
            }
        };
        let linked = &mut self.linked[at];
        let cells = vec![cell(&own); linked.table.rows.len()];
        linked.table.add(&column, kind, cells);
        linked.conditions.push((column.clone(), cell(&other)));
        *link = link.clone().when(column, own);
    }

    /// A column that tells rows of keys and values apart; the rows of others do not count.
    pub(super) fn keyed(&mut self, at: usize, column: &str) {
        self.linked[at].conditions.push((column.to_owned(), json!("none of these")));
    }

    /// A row of a contact, with what stands in the columns behind that of the contact.
    pub(super) fn row(&mut self, at: usize, contact: usize, cells: &[Value]) {
        let own = self.tenant.as_ref().map(|tenant| cell(&tenant.own));
        let linked = &mut self.linked[at];
        let own = own.filter(|_| linked.tenant.is_some());
        let row = [json!(contact)].into_iter().chain(cells.iter().cloned()).chain(own);
        linked.table.rows.push(row.collect());
    }

    /// The path of a value in the JSON document of contacts, which is put there.
    pub(super) fn in_document(&mut self, about: &str, cells: &[Value]) -> (String, Vec<String>) {
        if self.document.is_none() {
            let column = self.name("doc");
            let root = self.dice.one_in(2).then(|| self.namer.key("custom", &mut self.dice));
            let objects = vec![Map::new(); self.world.contacts.len()];
            self.document = Some(Document { column, root, objects });
        }
        let key = self.namer.key(about, &mut self.dice);
        let document = self.document.as_mut().unwrap();
        for (object, cell) in document.objects.iter_mut().zip(cells) {
            if !(cell.is_null() && self.dice.one_in(2)) {
                object.insert(key.clone(), cell.clone());
            }
        }
        (document.column.clone(), document.root.iter().cloned().chain([key]).collect())
    }

    /// All tables, with rows that must never be found.
    pub(super) fn finish(mut self) -> (Vec<Table>, Mapping) {
        if let Some(Document { column, root, objects }) = self.document.take() {
            // Some programs write all that is not ASCII as escapes.
            let is_escaped = self.dice.one_in(3);
            let write = |document: Value| match is_escaped {
                true => json!(escaped(&document.to_string())),
                false => json!(document.to_string()),
            };
            let whole = |object: Map<String, Value>| match (object.is_empty(), &root) {
                (true, _) => Value::Null,
                (false, Some(root)) => write(json!({ root: object })),
                (false, None) => write(Value::Object(object)),
            };
            self.contacts.add(&column, Kind::Json, objects.into_iter().map(whole).collect());
        }
        let contacts = self.world.contacts.len();
        if let (Some(tenant), Some(column)) = (&self.tenant, &self.tenant_column) {
            let (id, at) = (self.contacts.place(&self.id), self.contacts.place(column));
            for mut row in self.contacts.rows.clone() {
                row[id] = json!(row[id].as_i64().unwrap() + FOREIGN);
                row[at] = cell(&tenant.other);
                self.contacts.rows.push(row);
            }
        }
        for linked in &mut self.linked {
            let at = linked.table.place(&linked.contact);
            let rows = linked.table.rows.clone();
            let mut someone = || json!(self.dice.below(contacts));
            for (column, other) in &linked.conditions {
                let condition = linked.table.place(column);
                for mut row in rows.clone() {
                    (row[at], row[condition]) = (someone(), other.clone());
                    linked.table.rows.push(row);
                }
            }
            let Some(tenant) = &self.tenant else { continue };
            for mut row in rows {
                match &linked.tenant {
                    Some(column) => {
                        row[at] = someone();
                        let column = linked.table.place(column);
                        row[column] = cell(&tenant.other);
                    }
                    None => row[at] = json!(row[at].as_i64().unwrap() + FOREIGN),
                }
                linked.table.rows.push(row);
            }
        }
        for linked in &mut self.linked {
            // A row of nobody.
            let row =
                linked.table.rows.first().cloned().filter(|_| linked.may_have_orphans && self.dice.one_in(4));
            if let Some(mut row) = row {
                row[linked.table.place(&linked.contact)] = Value::Null;
                linked.table.rows.push(row);
            }
        }
        let linked = self.linked.into_iter().map(|linked| linked.table);
        ([self.contacts].into_iter().chain(linked).chain(self.named).collect(), self.mapping)
    }
}

/// A value of the mapping as what a column has.
pub(super) fn cell(literal: &Literal) -> Value {
    serde_json::to_value(literal).unwrap()
}

/// A JSON document in ASCII.
fn escaped(document: &str) -> String {
    let escape = |c: char| match c.is_ascii() {
        true => c.to_string(),
        false => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
    };
    document.chars().map(escape).collect()
}
