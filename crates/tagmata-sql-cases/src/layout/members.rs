//! Tables of the members of segments: one that is right, and one that is not.

use super::builder::Builder;
use crate::table::Kind;
use serde_json::json;
use tagmata::SegmentId;
use tagmata_sql::{Mapping, MembersTable};

/// Segments and their members.
pub(crate) type Pairs = Vec<(u32, usize)>;

impl Builder<'_> {
    /// A table with these members, and what the mapping says of it.
    pub(super) fn members(&mut self, pairs: &[(u32, usize)]) -> MembersTable {
        let segment = self.name("segment");
        // Segments of another tenant have the same numbers.
        let tenant = self.sure_tenant_column();
        let (at, link) = self.link_of("members", &[(&segment, Kind::Integer)], tenant);
        self.linked[at].may_have_orphans = false;
        for (number, contact) in pairs {
            self.row(at, *contact, &[json!(number)]);
        }
        MembersTable { table: link.table, segment, contact: link.contact, tenant: link.tenant }
    }

    /// Members of whom some are missing, and others are too many.
    pub(super) fn wrong(&mut self, right: &[(u32, usize)], segments: &[SegmentId]) -> Pairs {
        let mut wrong: Pairs = right.iter().filter(|_| !self.dice.one_in(3)).copied().collect();
        for segment in segments {
            let pair = (segment.get(), self.dice.below(self.world.contacts.len()));
            if self.dice.one_in(2) && !wrong.contains(&pair) {
                wrong.push(pair);
            }
        }
        wrong
    }

    /// The mapping with another table of members.
    pub(super) fn with_members(&self, table: MembersTable) -> Mapping {
        self.mapping.clone().members(table)
    }
}
