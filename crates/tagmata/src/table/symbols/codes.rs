//! Which entry of a list each row has, in as few bytes as will do.

/// The position of an entry by row, or none: a byte for each row while there are at most 255 entries, else four.
#[derive(Debug, Clone)]
pub(super) enum SymbolCodes {
    Narrow(Vec<u8>),
    Wide(Vec<u32>),
}

/// No entry. An entry has the code after its position.
const NONE: u8 = 0;

impl SymbolCodes {
    pub(super) fn new() -> Self {
        Self::Narrow(Vec::new())
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Narrow(codes) => codes.len(),
            Self::Wide(codes) => codes.len(),
        }
    }

    /// The position of the entry that a row has.
    pub(super) fn get(&self, row: u32) -> Option<u32> {
        match self {
            Self::Narrow(codes) => u32::from(*codes.get(row as usize)?).checked_sub(1),
            Self::Wide(codes) => codes.get(row as usize)?.checked_sub(1),
        }
    }

    /// Gives a row that is there an entry, or none.
    pub(super) fn set(&mut self, row: u32, slot: Option<u32>) {
        self.make_room_for(slot);
        let code = code_of(slot);
        match self {
            Self::Narrow(codes) => {
                if let Some(cell) = codes.get_mut(row as usize) {
                    *cell = narrow(code);
                }
            }
            Self::Wide(codes) => {
                if let Some(cell) = codes.get_mut(row as usize) {
                    *cell = code;
                }
            }
        }
    }

    /// Adds a row behind the last one.
    pub(super) fn push(&mut self, slot: Option<u32>) {
        self.make_room_for(slot);
        let code = code_of(slot);
        match self {
            Self::Narrow(codes) => codes.push(narrow(code)),
            Self::Wide(codes) => codes.push(code),
        }
    }

    /// Makes room for so many more rows.
    pub(super) fn reserve(&mut self, rows: usize) {
        match self {
            Self::Narrow(codes) => codes.reserve(rows),
            Self::Wide(codes) => codes.reserve(rows),
        }
    }

    /// Forgets the rows from a number on, or adds rows without an entry up to it.
    pub(super) fn resize(&mut self, rows: u32) {
        match self {
            Self::Narrow(codes) => codes.resize(rows as usize, NONE),
            Self::Wide(codes) => codes.resize(rows as usize, u32::from(NONE)),
        }
    }

    fn make_room_for(&mut self, slot: Option<u32>) {
        if let Self::Narrow(codes) = self
            && slot.is_some_and(|slot| slot >= u32::from(u8::MAX))
        {
            *self = Self::Wide(codes.iter().map(|code| u32::from(*code)).collect());
        }
    }

    pub(super) fn size_in_bytes(&self) -> usize {
        match self {
            Self::Narrow(codes) => codes.capacity(),
            Self::Wide(codes) => size_of::<u32>() * codes.capacity(),
        }
    }
}

fn code_of(slot: Option<u32>) -> u32 {
    slot.map_or(u32::from(NONE), |slot| slot.saturating_add(1))
}

/// A code for which there is room.
fn narrow(code: u32) -> u8 {
    u8::try_from(code).unwrap_or(NONE)
}
