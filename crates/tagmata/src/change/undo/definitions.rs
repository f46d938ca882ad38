//! Facts about definitions are turned round together, or not at all.

use super::undone::{Undone, symbols};
use crate::automation::{AutomationEdit, Rule, Rules};
use crate::change::commit::Entry;
use crate::change::fact::Fact;
use crate::change::reread::{reread, reread_all, reread_rule, reread_rules};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::filter::Uses;
use crate::model::{Field, NameSpace, Schema, SchemaEdit};
use crate::segment::{DynamicSegment, Segments};
use crate::text::quoted;
use crate::value::{FieldId, KindId, RuleId, SegmentId, Symbol};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Definitions as they are while a run of facts is turned round.
struct Draft<'u, 's> {
    undone: &'u mut Undone<'s>,
    schema: Schema,
    segments: Segments,
    rules: Rules,
    facts: Vec<(Fact, Entry)>,
    /// The symbols that contacts have, by field; found when they are first asked for.
    used: BTreeMap<FieldId, BTreeSet<Symbol>>,
}

impl Undone<'_> {
    /// Turns round definitions that were changed one after the other, given from the last one to the first.
    ///
    /// # Errors
    /// Unless by `force`, [`Code::ChangedSince`] for what is another by now, or is used by something that came later.
    pub(super) fn definitions(&mut self, run: Vec<(&Fact, Entry)>, force: bool) -> Result<()> {
        if run.is_empty() {
            return Ok(());
        }
        let mut draft = Draft {
            schema: self.schema.clone().into_owned(),
            segments: self.segments.clone().into_owned(),
            rules: self.rules.clone().into_owned(),
            undone: &mut *self,
            facts: Vec::new(),
            used: BTreeMap::new(),
        };
        let turned = run.iter().try_for_each(|(fact, entry)| draft.turn_round(fact, entry));
        let Draft { schema, segments, rules, facts, .. } = draft;
        match turned {
            Ok(()) => {
                self.schema = std::borrow::Cow::Owned(schema);
                self.segments = std::borrow::Cow::Owned(segments);
                self.rules = std::borrow::Cow::Owned(rules);
                facts.into_iter().for_each(|(fact, entry)| self.push(fact, entry));
                Ok(())
            }
            Err(_) if force => {
                self.refused.extend(run.iter().filter_map(|(fact, _)| match fact {
                    Fact::Segment { segment, .. } => Some(*segment),
                    _ => None,
                }));
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

impl Draft<'_, '_> {
    fn turn_round(&mut self, fact: &Fact, entry: &Entry) -> Result<()> {
        match fact {
            Fact::Schema(edit) => self.edit(edit, entry),
            Fact::Segment { segment, old, new } => {
                self.segment(*segment, old.as_deref(), new.as_deref(), entry)
            }
            Fact::Automation(edit) => self.automation(edit, entry),
            _ => Ok(()),
        }
    }

    fn edit(&mut self, edit: &SchemaEdit, entry: &Entry) -> Result<()> {
        // Old names are of a later change of the name, even if that is the same again.
        let has_old_names = match edit {
            SchemaEdit::Name { space, number, old: None, .. } => self.schema.has_old_names(*space, *number),
            _ => false,
        };
        if has_old_names || !self.schema.is_so(edit) {
            return Err(changed(&named(edit, &self.schema)));
        }
        let inverse = edit.inverse();
        if self.schema.is_taken(&inverse) {
            return Err(taken(edit));
        }
        if self.is_used(edit) {
            let message = format!("{} is in use since then", named(edit, &self.schema));
            let help = "undo what uses it first";
            return Err(Error::conflict(Diagnostic::new(Code::ChangedSince, message).help(help)));
        }
        let before = matches!(edit, SchemaEdit::Settings { .. }).then(|| self.schema.clone());
        self.schema.apply(&inverse);
        self.facts.push((Fact::Schema(inverse), entry.clone()));
        match before {
            Some(before) => self.reread_others(&before, entry),
            None => Ok(()),
        }
    }

    /// Filters are read by the settings: those of segments that were made since are read again.
    fn reread_others(&mut self, before: &Schema, entry: &Entry) -> Result<()> {
        for fact in reread_all(&self.segments, before, &self.schema)
            .map_err(|error| impossible("a segment", &error))?
        {
            if let Fact::Segment { segment, new, .. } = &fact {
                self.segments.set(*segment, new.clone());
            }
            self.facts.push((fact, entry.clone()));
        }
        for fact in
            reread_rules(&self.rules, before, &self.schema).map_err(|error| impossible("a rule", &error))?
        {
            if let Fact::Automation(edit) = &fact {
                self.rules.apply(edit);
            }
            self.facts.push((fact, entry.clone()));
        }
        Ok(())
    }

    fn automation(&mut self, edit: &AutomationEdit, entry: &Entry) -> Result<()> {
        if !self.rules.is_so(edit) {
            return Err(changed(&described(edit)));
        }
        let mut inverse = edit.inverse();
        if let AutomationEdit::Rule { rule, old, new } = &mut inverse {
            *old = self.rules.get(*rule).cloned();
            if let Some(again) = new {
                *again = Arc::new(self.restored_rule(*rule, again)?);
            }
            if old == new {
                return Ok(());
            }
        }
        self.rules.apply(&inverse);
        self.facts.push((Fact::Automation(inverse), entry.clone()));
        Ok(())
    }

    /// A rule as it was, read by the settings as they are.
    fn restored_rule(&self, id: RuleId, old: &Rule) -> Result<Rule> {
        let what = format!("the rule {}", quoted(&old.name));
        let uses = old.uses();
        if let Some(gone) = self.schema.missing_of(&uses.fields, &uses.symbols, &uses.segments, &uses.kinds) {
            return Err(changed(&format!("{gone} that {what} uses")));
        }
        let links = old.says().map(|says| &says.actions.links);
        let into_dynamic = links.into_iter().flat_map(|links| links.keys()).any(|(field, symbol)| {
            *field == Field::SEGMENTS && self.segments.get(SegmentId::new(symbol.get())).is_some()
        });
        if into_dynamic {
            return Err(changed(&format!("a segment that {what} uses")));
        }
        if self.rules.find(&old.name).is_some_and(|other| other != id) {
            return Err(name_given(&old.name));
        }
        reread_rule(old, &self.schema, &self.schema).map_err(|error| impossible(&what, &error))
    }

    fn segment(
        &mut self,
        segment: SegmentId,
        old: Option<&DynamicSegment>,
        new: Option<&DynamicSegment>,
        entry: &Entry,
    ) -> Result<()> {
        let name = self.schema.segment_name(segment).to_owned();
        let what = format!("the segment {}", quoted(&name));
        let now = self.segments.shared(segment);
        let is_so = match (now.as_deref(), new) {
            (Some(now), Some(new)) => now.is_like(new),
            (now, new) => now.is_none() && new.is_none(),
        };
        if !is_so {
            return Err(changed(&what));
        }
        let again = old.map(|old| self.restored(segment, &name, old, new)).transpose()?.map(Arc::new);
        if again != now {
            self.segments.set(segment, again.clone());
            self.facts.push((Fact::Segment { segment, old: now, new: again }, entry.clone()));
        }
        Ok(())
    }

    /// A definition that a segment had, as it can be now.
    fn restored(
        &mut self,
        segment: SegmentId,
        name: &str,
        old: &DynamicSegment,
        new: Option<&DynamicSegment>,
    ) -> Result<DynamicSegment> {
        if !self.schema.has_segment(segment) {
            let message = "a segment that it made static was deleted since then";
            let help = "undo the deletion first";
            return Err(Error::conflict(Diagnostic::new(Code::ChangedSince, message).help(help)));
        }
        let what = format!("the segment {}", quoted(name));
        let uses = old.uses();
        if let Some(gone) = self.schema.missing_of(&uses.fields, &uses.symbols, &uses.segments, &uses.kinds) {
            return Err(changed(&format!("{gone} that {what} uses")));
        }
        // Contacts that were put in by hand have no place in a dynamic segment.
        let is_in_action = |rule: &Rule| {
            let links = rule.says().map(|says| &says.actions.links);
            links.is_some_and(|links| links.contains_key(&(Field::SEGMENTS, segment.into())))
        };
        if new.is_none()
            && (self.has_symbol(Field::SEGMENTS, segment.into())
                || self.rules.iter().any(|(_, rule)| is_in_action(rule)))
        {
            return Err(changed(&what));
        }
        let left_out = &self.undone.left_out.wholly;
        let pins = new.map_or_else(|| old.pins().clone(), |new| old.pins().except(left_out, new.pins()));
        let refused = |error| impossible(&what, &error);
        let restored = reread(&old.with_pins(pins), &self.schema, &self.schema).map_err(refused)?;
        self.segments.check_definition(segment, name, &restored, &self.schema).map_err(refused)?;
        Ok(restored)
    }

    /// Whether something stands on a definition that goes away.
    fn is_used(&mut self, edit: &SchemaEdit) -> bool {
        match edit {
            SchemaEdit::Name { space, number, old: None, .. } => {
                let symbol = Symbol::new(*number);
                match *space {
                    NameSpace::Tags => self.is_symbol_used(Field::TAGS, symbol),
                    NameSpace::StatusKeys => self.is_symbol_used(Field::STATUS, symbol),
                    NameSpace::OptionKeys(field) => self.is_symbol_used(field, symbol),
                    NameSpace::Segments => {
                        let segment = SegmentId::new(*number);
                        self.has_symbol(Field::SEGMENTS, symbol)
                            || self.is_in_filter(|uses| uses.segments.contains(&segment))
                    }
                    NameSpace::Kinds => {
                        let kind = KindId::new(*number);
                        self.is_in_filter(|uses| uses.kinds.contains(&kind))
                            || self.undone.interactions().count_of(kind) > 0
                    }
                    _ => false,
                }
            }
            SchemaEdit::Field { id, old: None, .. } => {
                let has_options =
                    self.schema.field(*id).is_some_and(|field| field.options().iter().next().is_some());
                has_options
                    || self.undone.values(*id).next().is_some()
                    || self.is_in_filter(|uses| uses.fields.contains(id))
            }
            _ => false,
        }
    }

    fn is_symbol_used(&mut self, field: FieldId, symbol: Symbol) -> bool {
        self.has_symbol(field, symbol) || self.is_in_filter(|uses| uses.symbols.contains(&(field, symbol)))
    }

    /// Whether a contact has a symbol by then.
    fn has_symbol(&mut self, field: FieldId, symbol: Symbol) -> bool {
        let find = || self.undone.values(field).flat_map(|value| symbols(&value)).collect();
        self.used.entry(field).or_insert_with(find).contains(&symbol)
    }

    fn is_in_filter(&self, uses_it: impl Fn(&Uses) -> bool) -> bool {
        self.segments.iter().any(|(_, definition)| uses_it(definition.uses()))
            || self.rules.iter().any(|(_, rule)| uses_it(rule.uses()))
    }
}

/// What an edit is about, as messages name it.
fn named(edit: &SchemaEdit, schema: &Schema) -> String {
    match edit {
        SchemaEdit::Name { space, old, new, .. } => {
            let what = match space {
                NameSpace::FieldKeys | NameSpace::FieldLabels => "the field",
                NameSpace::OptionKeys(_) | NameSpace::OptionLabels(_) => "the option",
                NameSpace::StatusKeys | NameSpace::StatusLabels => "the status",
                NameSpace::Kinds => "the kind of interaction",
                NameSpace::Tags => "the tag",
                NameSpace::Segments => "the segment",
            };
            let name = new.as_deref().or(old.as_deref()).unwrap_or_default();
            format!("{what} {}", quoted(name))
        }
        SchemaEdit::Field { id, .. } => format!("the field {}", quoted(schema.field_key(*id))),
        SchemaEdit::Kind { id, .. } => format!("the kind of interaction {}", quoted(schema.kind_key(*id))),
        SchemaEdit::Alias { folded, .. } => format!("what {} stands for", quoted(folded)),
        SchemaEdit::StatusOrder { .. } => "the order of the statuses".to_owned(),
        SchemaEdit::Settings { .. } => "a setting".to_owned(),
    }
}

fn changed(what: &str) -> Error {
    let message = format!("{what} has changed since then");
    let help = "undo the later change first";
    Error::conflict(Diagnostic::new(Code::ChangedSince, message).help(help))
}

/// A filter that was read once and cannot be any more: limits, or other segments, have changed.
fn impossible(segment: &str, error: &Error) -> Error {
    let why = error.diagnostics().first().map_or("", Diagnostic::message);
    let message = format!("{segment} cannot be what it was: {why}");
    Error::conflict(Diagnostic::new(Code::ChangedSince, message).help("undo the later change first"))
}

fn taken(edit: &SchemaEdit) -> Error {
    let name = match edit {
        SchemaEdit::Name { old, .. } => old.as_deref().unwrap_or_default(),
        SchemaEdit::Alias { folded, .. } => folded,
        _ => "",
    };
    name_given(name)
}

fn name_given(name: &str) -> Error {
    let message = format!("the name {} was given to something else since then", quoted(name));
    Error::conflict(Diagnostic::new(Code::ChangedSince, message).help("rename that first"))
}

/// What an edit of the rules is about.
fn described(edit: &AutomationEdit) -> String {
    match edit {
        AutomationEdit::Rule { old, new, .. } => {
            let name = new.as_ref().or(old.as_ref()).map(|rule| rule.name()).unwrap_or_default();
            format!("the rule {}", quoted(name))
        }
        AutomationEdit::Order { .. } => "the order of the rules".to_owned(),
        AutomationEdit::Switches { .. } => "a switch of the default rules".to_owned(),
    }
}
