//! Interactions, column by column.

use super::reader::Reader;
use super::value::instant;
use super::wire::Wire;
use super::writer::Writer;
use crate::error::Result;
use crate::model::Interaction;
use crate::table::Interactions;
use crate::value::{Amount, ContactId, KindId, Text};
use std::collections::HashMap;

/// Their number; whose, of which kind and when each is; which have an amount, and the amounts; the different labels, and for
/// each interaction the place of its own among them, from 1.
impl Wire for Interactions {
    fn write(&self, out: &mut Writer) {
        out.count(self.len());
        self.contacts().iter().for_each(|contact| out.raw(&contact.get().to_le_bytes()));
        self.kinds().iter().for_each(|kind| kind.write(out));
        self.times().for_each(|at| at.write(out));
        out.bits(self.amounts().map(|amount| amount.is_some()));
        self.amounts().flatten().for_each(|amount| out.raw(&amount.micros().to_le_bytes()));
        let (mut labels, mut places): (Vec<&Text>, HashMap<&str, usize>) = (Vec::new(), HashMap::new());
        for label in self.labels().flatten() {
            places.entry(label.as_str()).or_insert_with(|| {
                labels.push(label);
                labels.len()
            });
        }
        out.count(labels.len());
        labels.iter().for_each(|label| label.write(out));
        let place = |label: &Text| places.get(label.as_str()).copied().unwrap_or_default();
        self.labels().for_each(|label| out.count(label.map_or(0, place)));
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let count = input.count()?;
        let contacts = input.each(count)?;
        let kinds = (0..count).map(|_| KindId::read(input)).collect::<Result<Vec<_>>>()?;
        let times = input.each(count)?;
        let bits = input.bits(count)?;
        let mut amounts = input.each(bits.set())?.iter();
        let labels: Vec<Text> = Vec::read(input)?;
        let mut all = Self::new();
        for (((contact, kind), at), has_amount) in contacts.iter().zip(kinds).zip(times).zip(bits.iter()) {
            let amount = if has_amount { amounts.next() } else { None };
            let label = match input.small::<usize>()?.checked_sub(1).map(|place| labels.get(place)) {
                None => None,
                Some(Some(label)) => Some(label.clone()),
                Some(None) => return Err(input.damaged("a label is not among those of the interactions")),
            };
            let amount = amount.map(|bytes| Amount::from_micros(i64::from_le_bytes(*bytes)));
            let interaction = Interaction { kind, at: instant(input, *at)?, amount, label };
            all.push(ContactId::new(u32::from_le_bytes(*contact)), &interaction);
        }
        Ok(all)
    }
}
