//! What can be written as bytes and read again, and how structures are put together of such.

use super::reader::Reader;
use super::writer::Writer;
use crate::error::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Something that is written as bytes and read again.
pub(super) trait Wire: Sized {
    fn write(&self, out: &mut Writer);

    /// # Errors
    /// [`Code::StoreDamaged`](crate::Code::StoreDamaged) for bytes that were not written so.
    fn read(input: &mut Reader<'_>) -> Result<Self>;
}

/// A structure is its fields, in the order of this list.
macro_rules! record {
    ($($type:ty { $($field:ident)+ })+) => {$(
        impl Wire for $type {
            fn write(&self, out: &mut Writer) {
                $(self.$field.write(out);)+
            }

            fn read(input: &mut Reader<'_>) -> Result<Self> {
                Ok(Self { $($field: Wire::read(input)?),+ })
            }
        }
    )+};
}
pub(super) use record;

/// An enum is a byte for the variant and what that holds. The numbers never change their meaning.
macro_rules! tagged {
    ($($type:ty, $what:literal {
        $($tag:literal => $variant:ident $(($($inner:ident),+))? $({$($field:ident)+})?;)+
    })+) => {$(
        impl Wire for $type {
            fn write(&self, out: &mut Writer) {
                match self {
                    $(Self::$variant $(($($inner),+))? $({$($field),+})? => {
                        out.byte($tag);
                        $($($inner.write(out);)+)?
                        $($($field.write(out);)+)?
                    })+
                }
            }

            fn read(input: &mut Reader<'_>) -> Result<Self> {
                match input.byte()? {
                    $($tag => {
                        $($(let $inner = Wire::read(input)?;)+)?
                        $($(let $field = Wire::read(input)?;)+)?
                        Ok(Self::$variant $(($($inner),+))? $({$($field),+})?)
                    })+
                    other => Err(input.damaged(&format!(concat!("there is no ", $what, " {}"), other))),
                }
            }
        }
    )+};
}
pub(super) use tagged;

impl Wire for u64 {
    fn write(&self, out: &mut Writer) {
        out.number(*self);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        input.number()
    }
}

impl Wire for u32 {
    fn write(&self, out: &mut Writer) {
        out.number(u64::from(*self));
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        input.small()
    }
}

impl Wire for usize {
    fn write(&self, out: &mut Writer) {
        out.count(*self);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        input.small()
    }
}

impl Wire for bool {
    fn write(&self, out: &mut Writer) {
        out.byte(u8::from(*self));
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        match input.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(input.damaged("a byte is neither yes nor no")),
        }
    }
}

/// Texts with the number of their bytes in front.
macro_rules! texts {
    ($($type:ty)+) => {$(
        impl Wire for $type {
            fn write(&self, out: &mut Writer) {
                out.bytes(self.as_bytes());
            }

            fn read(input: &mut Reader<'_>) -> Result<Self> {
                input.text().map(Self::from)
            }
        }
    )+};
}

texts!(String Box<str> Arc<str>);

/// A byte says whether there is one.
impl<T: Wire> Wire for Option<T> {
    fn write(&self, out: &mut Writer) {
        self.is_some().write(out);
        if let Some(it) = self {
            it.write(out);
        }
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        match bool::read(input)? {
            true => T::read(input).map(Some),
            false => Ok(None),
        }
    }
}

/// A list has the number of its items in front.
impl<T: Wire> Wire for Vec<T> {
    fn write(&self, out: &mut Writer) {
        out.count(self.len());
        self.iter().for_each(|item| item.write(out));
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        // It grows as items come, each of which takes a byte at least.
        (0..input.count()?).map(|_| T::read(input)).collect()
    }
}

impl<T: Wire + Clone> Wire for Box<[T]> {
    fn write(&self, out: &mut Writer) {
        out.count(self.len());
        self.iter().for_each(|item| item.write(out));
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        Vec::read(input).map(Vec::into_boxed_slice)
    }
}

impl<T: Wire> Wire for Arc<T> {
    fn write(&self, out: &mut Writer) {
        T::write(self, out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        T::read(input).map(Self::new)
    }
}

impl<T: Wire> Wire for Box<T> {
    fn write(&self, out: &mut Writer) {
        T::write(self, out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        T::read(input).map(Self::new)
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        Ok((A::read(input)?, B::read(input)?))
    }
}

/// A map is the list of its entries, ascending.
impl<K: Wire + Ord, V: Wire> Wire for BTreeMap<K, V> {
    fn write(&self, out: &mut Writer) {
        out.count(self.len());
        for (key, value) in self {
            key.write(out);
            value.write(out);
        }
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let entries = Vec::<(K, V)>::read(input)?;
        match entries.is_sorted_by(|(one, _), (next, _)| one < next) {
            true => Ok(entries.into_iter().collect()),
            false => Err(input.damaged("a list does not ascend")),
        }
    }
}

/// A set is the list of its items, ascending.
impl<T: Wire + Ord> Wire for BTreeSet<T> {
    fn write(&self, out: &mut Writer) {
        out.count(self.len());
        self.iter().for_each(|item| item.write(out));
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let items = Vec::<T>::read(input)?;
        match items.is_sorted_by(|one, next| one < next) {
            true => Ok(items.into_iter().collect()),
            false => Err(input.damaged("a list does not ascend")),
        }
    }
}
