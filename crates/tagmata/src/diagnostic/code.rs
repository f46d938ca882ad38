//! The stable codes of all diagnostics and errors, in one table.

/// Builds the enum, its spelling and its title from one table, so that none can be forgotten.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident $code:literal;)+) => {
        /// A stable name for one kind of problem: `E0201` is an unknown field, in every release.
        ///
        /// `docs/errors.md` lists all codes with their causes and cures.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive] // codes are added when capabilities are
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code as it is written in documents and tests.
            ///
            /// ```
            /// # use tagmata::Code;
            /// assert_eq!(Code::UnknownField.as_str(), "E0201");
            /// ```
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// One line that says what the code stands for.
            ///
            /// ```
            /// # use tagmata::Code;
            /// assert_eq!(Code::UnknownField.title(), "a name that is no field");
            /// ```
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+),)+ }.trim_start()
            }
        }
    };
}

codes! {
    /// a character that no filter contains
    UnexpectedCharacter "E0101";
    /// a string or label without its closing quote
    Unterminated "E0102";
    /// an escape in a string that means nothing
    BadEscape "E0103";
    /// a number that cannot be read or is not finite
    BadNumber "E0104";
    /// a date, datetime or month-day that does not exist
    BadDate "E0105";
    /// a word or sign where something else belongs
    Unexpected "E0106";
    /// a filter that stops too early
    UnexpectedEnd "E0107";
    /// a filter with nothing in it
    EmptyFilter "E0108";
    /// a count of units outside 1 to 10,000
    BadCount "E0109";

    /// a name that is no field
    UnknownField "E0201";
    /// a name that is no status
    UnknownStatus "E0202";
    /// a name that is no option of the field
    UnknownOption "E0203";
    /// a name that is no tag
    UnknownTag "E0204";
    /// a name that is no segment
    UnknownSegment "E0205";
    /// a name that is no interaction kind
    UnknownKind "E0206";
    /// letters that are no ISO 3166-1 country
    UnknownCountry "E0207";
    /// segments that use each other in a circle
    SegmentCycle "E0208";

    /// an operator that the type of the field does not have
    OperatorNotAllowed "E0301";
    /// a value of another type than the field
    WrongValueType "E0302";
    /// a unit of time that is too short or too long here
    UnitNotAllowed "E0303";
    /// an instant where a calendar day belongs
    InstantForDate "E0304";
    /// an aggregate of something that has none
    AggregateNotAllowed "E0305";

    /// a text operand with nothing in it
    EmptyOperand "E0401";
    /// a list with nothing in it
    EmptyList "E0402";
    /// a phone number that cannot be read
    BadPhone "E0403";
    /// an amount with more than 6 fraction digits, or too large
    BadAmount "E0404";
    /// an e-mail address that cannot be read
    BadEmail "E0405";
    /// an id that is no contact's
    BadId "E0406";
    /// a value that does not fit its field
    BadValue "E0407";

    /// a source that is too long
    SourceTooLong "E0501";
    /// a filter nested too deeply
    NestingTooDeep "E0502";
    /// segments that refer to segments too often in a row
    SegmentsTooDeep "E0503";
    /// a filter with too many nodes
    TooManyNodes "E0504";
    /// a list with too many items
    ListTooLong "E0505";
    /// a string that is too long
    StringTooLong "E0506";

    /// text that is not JSON
    BadJson "E0601";
    /// a key that means nothing here
    UnknownKey "E0602";
    /// a key that is there twice
    DuplicateKey "E0603";
    /// a key that is not there
    MissingKey "E0604";
    /// a JSON value of another type than the key takes
    WrongJsonType "E0605";
    /// a word that is none of those the key takes
    UnknownWord "E0606";
    /// a version of the format that this release does not read
    UnknownVersion "E0607";

    /// an operator of a query-builder rule that means nothing
    UnknownRuleOperator "E0701";
    /// a query-builder rule that is not filled in
    IncompleteRule "E0702";
    /// a query-builder rule that is muted or disabled
    InactiveRule "E0703";
    /// a query-builder group without rules
    EmptyGroup "E0704";
    /// a filter that a query-builder tree cannot express
    NotExpressible "E0705";
    /// a query-builder feature that filters do not have
    UnsupportedRule "E0706";

    /// a key that is not a word, is reserved or is too long
    BadKey "E0801";
    /// a name with nothing in it, or too long
    BadName "E0802";
    /// a name that something else has
    NameTaken "E0803";
    /// something that is not there
    NotFound "E0804";
    /// a setting that cannot be read
    BadSetting "E0805";
    /// a value that cannot be set by hand
    ReadOnly "E0806";
    /// something that is used and cannot be deleted
    InUse "E0807";
    /// a segment whose filter uses something that was deleted
    BrokenSegment "E0808";
    /// a dynamic segment where a static one is needed, or the other way round
    WrongSegmentKind "E0809";
    /// a part of a definition that never changes
    Unchangeable "E0810";

    /// a file that cannot be read
    Unreadable "E1001";
    /// a file that cannot be written
    Unwritable "E1002";
    /// bytes that are no text in the encoding of the file
    BadEncoding "E1003";
    /// a file without a header
    NoHeader "E1004";
    /// a column that the file does not have
    UnknownColumn "E1005";
    /// two columns for one field
    ColumnTwice "E1006";
    /// a column that may be more than one field
    AmbiguousColumn "E1007";
    /// dates that may be read in two ways
    AmbiguousDates "E1008";
    /// numbers that may be read in two ways
    AmbiguousNumbers "E1009";
    /// a quote that is not closed
    OpenQuote "E1010";
    /// a record that is too long
    RecordTooLong "E1011";
    /// a row with more or fewer cells than the header
    WrongCellCount "E1012";
    /// a NUL character in a file
    NulCharacter "E1013";
    /// a list whose quotes do not fit
    BadList "E1014";
    /// a row that lacks what a new contact needs
    MissingValue "E1015";
    /// a phone number whose country cannot be read
    CountryNeeded "E1016";
    /// work that was stopped on request
    Cancelled "E1017";
    /// a row that is nobody's, where no contact may be made
    NobodyMatches "E1018";
    /// a file that lacks a column without which its rows say nothing
    MissingColumn "E1019";

    /// a selection with another number of contacts than expected
    SelectionDrifted "E1201";
    /// a change that cannot be undone, because what it made has changed since
    ChangedSince "E1202";
    /// a key that several contacts have
    SeveralContacts "E1203";
    /// an external id that another contact has
    ExternalIdTaken "E1204";
    /// an instant before the last one
    ClockBackwards "E1205";
    /// a commit or decision that does not follow the last one
    OutOfOrder "E1206";
    /// a call that the open batch does not allow
    BatchOpen "E1207";
    /// a call that would have to wait for itself, or for work that is still running
    BookBusy "E1208";

    /// no such rule
    UnknownRule "E1301";
    /// two rules that always fire together and want different things
    RuleConflict "E1302";
    /// a rule that uses what was deleted
    BrokenRule "E1303";
    /// a rule that lacks what it needs, or has what does not go together
    BadRule "E1304";

    /// a number of contacts that a page or a batch does not have
    BadSize "E1401";
    /// a page that would start at two places
    TwoStarts "E1402";
    /// a field that has no order
    NotSortable "E1403";
    /// a name that is no preset
    UnknownPreset "E1404";
    /// a field by which contacts are not grouped
    NotGroupable "E1405";
    /// a field that is not added up
    NotMeasurable "E1406";
    /// an opt-out that is no field of yes or no and no tag, or may be either
    BadOptOut "E1407";

    /// a stored book that the system does not let read or write
    StoreFailed "E1501";
    /// a file that is no stored book
    NotABook "E1502";
    /// a stored book of a later format
    NewerFormat "E1503";
    /// a stored book that is open for changes elsewhere
    StoreLocked "E1504";
    /// a stored book, or a stored commit, that is damaged
    StoreDamaged "E1505";
    /// a change of a book that is open for reading only
    StoreReadOnly "E1506";
    /// commits that are no longer kept
    CommitsGone "E1507";
    /// a call of a book that was closed
    StoreClosed "E1508";
    /// settings that are not those of a stored book
    OtherSettings "E1509";

    /// a mapping that cannot be read, or that contradicts itself
    BadMapping "E1601";
    /// something that a mapping does not cover
    Unmapped "E1602";
    /// a text that the database would compare otherwise
    ApproximateText "E1603";
    /// a statement that is larger than the database takes
    StatementTooLarge "E1604";
    /// a name that is no database
    UnknownDialect "E1605";

    /// a condition that is true for contacts without a value
    TrueWhenMissing "W0901";
    /// a range whose ends are the wrong way round
    EmptyRange "W0902";
    /// a phone number of a possible length in an unassigned range
    UnassignedPhone "W0903";
    /// a row for the same contact as an earlier one
    ContactTwice "W0904";
    /// a rule that may fire together with another one, and wants something else
    RulesOverlap "W0905";
    /// an action of a rule that never changes anything
    IdleAction "W0906";
    /// texts that are compared as the database does it
    TextApproximated "W0907";
    /// a function that the database has to be given first
    NeedsFunction "W0908";
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
