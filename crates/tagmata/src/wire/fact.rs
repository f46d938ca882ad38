//! Facts.

use super::column;
use super::reader::Reader;
use super::wire::Wire;
use super::writer::Writer;
use crate::change::Fact;
use crate::error::Result;
use crate::model::Field;
use crate::value::{FieldId, MemberSet};

/// Kinds of facts. The numbers never change their meaning.
mod kind {
    pub(super) const CREATED: u8 = 0;
    pub(super) const DELETED: u8 = 1;
    pub(super) const SET: u8 = 2;
    pub(super) const LINKED: u8 = 3;
    pub(super) const UNLINKED: u8 = 4;
    pub(super) const RECORDED: u8 = 5;
    pub(super) const ERASED: u8 = 6;
    pub(super) const ALIAS: u8 = 7;
    pub(super) const MERGED: u8 = 8;
    pub(super) const SCHEMA: u8 = 9;
    pub(super) const SEGMENT: u8 = 10;
    pub(super) const AUTOMATION: u8 = 11;
}

impl Wire for Fact {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Created(rows) => out.tagged(kind::CREATED, rows),
            Self::Deleted(rows) => out.tagged(kind::DELETED, rows),
            Self::Set { field, contacts, old, new } => {
                out.tagged(kind::SET, field);
                contacts.write(out);
                column::write(old, out);
                column::write(new, out);
            }
            Self::Linked { field, symbol, contacts } => {
                out.tagged(kind::LINKED, field);
                symbol.write(out);
                contacts.write(out);
            }
            Self::Unlinked { field, symbol, contacts } => {
                out.tagged(kind::UNLINKED, field);
                symbol.write(out);
                contacts.write(out);
            }
            Self::Recorded(interactions) => out.tagged(kind::RECORDED, interactions),
            Self::Erased(interactions) => out.tagged(kind::ERASED, interactions),
            Self::Alias { field, key, old, new } => {
                out.tagged(kind::ALIAS, field);
                key.write(out);
                old.write(out);
                new.write(out);
            }
            Self::Merged { kept, other } => {
                out.tagged(kind::MERGED, kept);
                other.write(out);
            }
            Self::Schema(edit) => out.tagged(kind::SCHEMA, edit),
            Self::Segment { segment, old, new } => {
                out.tagged(kind::SEGMENT, segment);
                old.write(out);
                new.write(out);
            }
            Self::Automation(edit) => out.tagged(kind::AUTOMATION, edit),
        }
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        Ok(match input.byte()? {
            kind::CREATED => Self::Created(Wire::read(input)?),
            kind::DELETED => Self::Deleted(Wire::read(input)?),
            kind::SET => {
                let (field, contacts): (_, MemberSet) = Wire::read(input)?;
                let (old, new) = (column::read(input, contacts.len())?, column::read(input, contacts.len())?);
                Self::Set { field, contacts, old, new }
            }
            kind::LINKED => {
                let (field, symbol, contacts) = (linked(input)?, Wire::read(input)?, Wire::read(input)?);
                Self::Linked { field, symbol, contacts }
            }
            kind::UNLINKED => {
                let (field, symbol, contacts) = (linked(input)?, Wire::read(input)?, Wire::read(input)?);
                Self::Unlinked { field, symbol, contacts }
            }
            kind::RECORDED => Self::Recorded(Wire::read(input)?),
            kind::ERASED => Self::Erased(Wire::read(input)?),
            kind::ALIAS => {
                let (field, key) = Wire::read(input)?;
                let (old, new) = Wire::read(input)?;
                Self::Alias { field, key, old, new }
            }
            kind::MERGED => {
                let (kept, other) = Wire::read(input)?;
                Self::Merged { kept, other }
            }
            kind::SCHEMA => Self::Schema(Wire::read(input)?),
            kind::SEGMENT => {
                let (segment, old, new) = (Wire::read(input)?, Wire::read(input)?, Wire::read(input)?);
                Self::Segment { segment, old, new }
            }
            kind::AUTOMATION => Self::Automation(Wire::read(input)?),
            other => return Err(input.damaged(&format!("there is no kind of fact {other}"))),
        })
    }
}

impl Writer {
    fn tagged(&mut self, kind: u8, first: &impl Wire) {
        self.byte(kind);
        first.write(self);
    }
}

/// The field whose values are linked one by one.
fn linked(input: &mut Reader<'_>) -> Result<FieldId> {
    match FieldId::read(input)? {
        field @ (Field::TAGS | Field::SEGMENTS) => Ok(field),
        _ => Err(input.damaged("a field has neither tags nor segments")),
    }
}
