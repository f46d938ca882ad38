//! Changes of names, fields and settings.

use super::reader::Reader;
use super::wire::{Wire, record, tagged};
use super::writer::Writer;
use crate::error::Result;
use crate::model::{Limits, NameSpace, SchemaEdit, Settings};
use crate::time::{Calendar, LeapDay, TimeZone, Weekday};
use crate::value::ValueType;

tagged! {
    SchemaEdit, "change of a schema" {
        0 => Name { space number old new };
        1 => Alias { space folded old new };
        2 => Field { id old new };
        3 => Kind { id old new };
        4 => StatusOrder { old new };
        5 => Settings { old new };
    }

    NameSpace, "list of names" {
        0 => FieldKeys;
        1 => FieldLabels;
        2 => OptionKeys(field);
        3 => OptionLabels(field);
        4 => StatusKeys;
        5 => StatusLabels;
        6 => Kinds;
        7 => Tags;
        8 => Segments;
    }

    ValueType, "type of field" {
        0 => Text;
        1 => Email;
        2 => Phone;
        3 => Number;
        4 => Date;
        5 => DateTime;
        6 => Bool;
        7 => Select;
        8 => MultiSelect;
        9 => Status;
        10 => Country;
        11 => Tags;
        12 => Segments;
        13 => Id;
    }

    Weekday, "day of the week" {
        0 => Monday;
        1 => Tuesday;
        2 => Wednesday;
        3 => Thursday;
        4 => Friday;
        5 => Saturday;
        6 => Sunday;
    }

    LeapDay, "rule for 29 February" {
        0 => Feb28;
        1 => Mar1;
        2 => Skip;
    }
}

record! {
    Settings { calendar default_country limits }
    Calendar { zone week_start leap_day }
    Limits { source nesting segment_depth nodes list_items string diagnostics }
}

/// A time zone is its name.
impl Wire for TimeZone {
    fn write(&self, out: &mut Writer) {
        out.bytes(self.name().as_bytes());
    }

    fn read(input: &mut Reader<'_>) -> Result<Self> {
        let name = input.text()?;
        name.parse().map_err(|_| input.damaged("there is no such time zone"))
    }
}
