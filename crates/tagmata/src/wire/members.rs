//! Sets of contacts.

use super::reader::Reader;
use super::wire::Wire;
use super::writer::Writer;
use crate::error::Result;
use crate::value::{ContactId, MemberSet};

/// So many contacts are written one by one: most commits are about one, and a bitmap has a header.
const FEW: u64 = 8;

/// The number of the contacts, then the first one and the gaps between few, or the bitmap of many with the number of its bytes.
impl Wire for MemberSet {
    fn write(&self, out: &mut Writer) {
        out.number(self.len());
        if self.len() > FEW {
            out.bytes(&self.to_bytes());
            return;
        }
        let mut least = 0;
        for contact in self.iter() {
            out.number(u64::from(contact.get()) - least);
            least = u64::from(contact.get()) + 1;
        }
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let count = input.number()?;
        if count > FEW {
            let members = Self::from_bytes(input.bytes()?)?;
            return match members.len() == count {
                true => Ok(members),
                false => Err(input.damaged("a set has another number of contacts")),
            };
        }
        let mut least = 0_u64;
        let mut members = Self::new();
        for _ in 0..count {
            let contact = least.checked_add(input.number()?).and_then(|number| u32::try_from(number).ok());
            let Some(contact) = contact else {
                return Err(input.damaged("a number is greater than it may be"));
            };
            members.insert(ContactId::new(contact));
            least = u64::from(contact) + 1;
        }
        Ok(members)
    }
}
