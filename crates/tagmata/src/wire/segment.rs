//! Definitions of dynamic segments.

use super::format::{from_bytes, to_bytes};
use super::reader::Reader;
use super::wire::{Wire, record};
use super::writer::Writer;
use crate::error::{Error, Result};
use crate::filter::Filter;
use crate::segment::{DynamicSegment, Pins};

record! {
    Pins { always_in always_out }
}

/// The filter, or the text and the error of one that is broken; then the pins.
impl Wire for DynamicSegment {
    fn write(&self, out: &mut Writer) {
        self.error().is_some().write(out);
        match (self.filter(), self.error()) {
            (Some(filter), _) => Wire::write(filter, out),
            (None, error) => {
                self.filter_text().write(out);
                if let Some(error) = error {
                    error.write(out);
                }
            }
        }
        self.pins().write(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let segment = match bool::read(input)? {
            false => Self::new(Filter::read(input)?),
            true => Self::broken_from(Wire::read(input)?, Error::read(input)?),
        };
        Ok(segment.with_pins(Pins::read(input)?))
    }
}

impl DynamicSegment {
    /// The definition as bytes, in format version 1 (`docs/commit-format.md`). They say all that the names in its filter stand
    /// for, so that it is the same again when they are read, whatever has been renamed or deleted since.
    ///
    /// ```
    /// use tagmata::{DynamicSegment, Filter, Schema};
    /// let mut schema = Schema::default();
    /// let vip = schema.define_tag("vip")?;
    /// let segment = DynamicSegment::new(Filter::parse("tags has vip", &schema)?);
    /// let bytes = segment.to_bytes();
    /// schema.rename_tag(vip, "gold")?;
    /// assert_eq!(DynamicSegment::from_bytes(&bytes)?, segment);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        to_bytes(self)
    }

    /// The definition that was written as bytes.
    ///
    /// ```
    /// use tagmata::{Code, DynamicSegment};
    /// assert_eq!(DynamicSegment::from_bytes(b"").unwrap_err().code(), Code::StoreDamaged);
    /// assert_eq!(DynamicSegment::from_bytes(&[2]).unwrap_err().code(), Code::NewerFormat);
    /// ```
    ///
    /// # Errors
    /// [`Code::StoreDamaged`](crate::Code::StoreDamaged) for bytes that are not those of one definition,
    /// [`Code::NewerFormat`](crate::Code::NewerFormat) for those of a later format.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        from_bytes("segment", bytes)
    }
}
