//! A world in tables.

use super::builder::Builder;
use super::members::Pairs;
use crate::dice::Dice;
use crate::table::Table;
use crate::world::World;
use tagmata::{Field, FieldId, SegmentId, ValueType};
use tagmata_sql::{Dialect, Mapping};

/// The tables of a world, and where in them everything is.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) tables: Vec<Table>,
    /// With a table of members that is right.
    pub(crate) mapping: Mapping,
    /// With one that is not.
    pub(crate) with_wrong: Mapping,
    pub(crate) right: Pairs,
    pub(crate) wrong: Pairs,
}

impl Layout {
    /// Draws a layout, given who is in which segment.
    pub(crate) fn draw(
        dialect: Dialect,
        world: &World,
        segments: &[(SegmentId, Vec<usize>)],
        dice: Dice,
    ) -> Self {
        let mut builder = Builder::new(dialect, world, dice);
        let fields: Vec<(FieldId, String, ValueType)> = world
            .schema()
            .fields()
            .map(|field| (field.id(), world.schema().field_key(field.id()).to_owned(), field.value_type()))
            .collect();
        // Without a place of its own, a name is made of two columns of one row.
        let has_name = builder.dice.one_in(2);
        for (field, key, value_type) in fields {
            let is_part = [Field::FIRST_NAME, Field::LAST_NAME].contains(&field);
            match value_type {
                _ if [Field::ID, Field::LAST_INTERACTION].contains(&field) => {}
                _ if field == Field::NAME && !has_name => {}
                ValueType::Text | ValueType::Email => {
                    let is_searched = is_part || [Field::NAME, Field::EMAIL].contains(&field);
                    builder.texts(&key, has_name || !is_part, is_searched);
                }
                ValueType::Phone => builder.phones(),
                ValueType::Number => builder.numbers(&key, field),
                ValueType::Bool => builder.flags(&key, field),
                ValueType::Date => builder.days(&key, field),
                ValueType::DateTime => builder.instants(&key, field),
                ValueType::Select | ValueType::Status | ValueType::Country => builder.one(&key, field),
                ValueType::MultiSelect | ValueType::Tags | ValueType::Segments => builder.many(&key, field),
                ValueType::Id => {}
            }
        }
        builder.interactions();
        let number = |(segment, members): &(SegmentId, Vec<usize>)| {
            let segment = segment.get();
            members.iter().map(move |member| (segment, *member)).collect::<Pairs>()
        };
        let right: Pairs = segments.iter().flat_map(number).collect();
        let ids: Vec<SegmentId> = segments.iter().map(|(id, _)| *id).collect();
        let wrong = builder.wrong(&right, &ids);
        let (is_right, is_wrong) = (builder.members(&right), builder.members(&wrong));
        let with_wrong = builder.with_members(is_wrong);
        builder.mapping = builder.with_members(is_right);
        let (tables, mapping) = builder.finish();
        Self { tables, mapping, with_wrong, right, wrong }
    }
}
