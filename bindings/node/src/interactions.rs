//! Interactions: recorded one by one or many at once, and deleted.

use crate::book::Book;
use crate::convert::{
    Elements, IdsArg, Options, contact_id, contact_ids, elements, entries, instant, number, present, refuse,
    text, wrong,
};
use crate::errors::{Read, refused, told};
use crate::later::NowOrLater;
use crate::outcome::Outcome;
use crate::selection::SelectionArg;
use napi::bindgen_prelude::{Either, Float64ArraySlice, JsValue, Unknown};
use napi::{Result, ValueType};
use napi_derive::napi;
use tagmata::{
    Amount, Command, ContactId, Error, InteractionParts, InteractionQuery, NewInteractions, Number, TimeZone,
    Timestamp,
};

/// What an interaction has, in the order in which a list has it.
const PARTS: [&str; 5] = ["contact", "kind", "at", "amount", "label"];

/// How the call is named to its caller.
const CALL: &str = "recordMany";

/// Numbers in one piece of memory, or anything else.
type NumbersArg<'env> = Either<Float64ArraySlice<'env>, Unknown<'env>>;

#[napi]
impl Book {
    /// Notes that something happened with a contact, now if no instant is given.
    #[napi]
    pub fn record(
        &self,
        #[napi(ts_arg_type = "number")] contact: Unknown<'_>,
        #[napi(ts_arg_type = "string")] kind: Unknown<'_>,
        #[napi(ts_arg_type = "RecordOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("record", options, &["at", "amount", "label"])?;
        let zone = self.read(|book| Ok(book.schema().settings().calendar.zone))?;
        let (contact, kind) = (contact_id("contact", contact)?, text("kind", kind)?);
        let at = given.get("at")?.map(|at| instant("at", at, zone)).transpose()?;
        let (amount, label) = (given.get("amount")?.map(amount).transpose()?, given.text("label")?);
        self.change(&given, |book, stamp| {
            book.record(contact, &kind, at.unwrap_or(stamp.at()), amount, label.as_deref(), stamp)
        })
    }

    /// Notes all that happened, as one change: a list of interactions, or columns of them. Without an instant it is now.
    #[napi]
    pub fn record_many(
        &self,
        #[napi(ts_arg_type = "readonly NewInteraction[] | NewInteractionColumns")] interactions: Unknown<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change(CALL, options, &[])?;
        let zone = self.read(|book| Ok(book.schema().settings().calendar.zone))?;
        let Some(rows) = elements(&interactions)? else {
            let rows = columns(interactions, zone)?;
            return self.change(&given, |book, stamp| {
                let mut new = NewInteractions::new();
                for Row { contact, kind, at, amount, label } in rows {
                    new.push(contact, &kind, at.unwrap_or(stamp.at()), amount, label.as_deref());
                }
                book.record_many(new, stamp)
            });
        };
        let rows = interactions_of(rows, zone)?;
        self.change(&given, |book, stamp| {
            let mut new = NewInteractions::new();
            rows.into_iter().for_each(|row| new.push_parts(row, stamp.at()));
            book.record_many(new, stamp)
        })
    }

    /// Deletes the interactions of contacts: all of them, or those of a kind, with a label, from an instant on, before an instant.
    #[napi(ts_args_type = "selection: SelectionLike, options?: InteractionQuery", ts_return_type = "Outcome")]
    pub fn delete_interactions(
        &self,
        selection: SelectionArg<'_>,
        options: Option<Unknown<'_>>,
        later: Option<bool>,
    ) -> Result<NowOrLater> {
        const CALL: &str = "deleteInteractions";
        let given = Options::of_change(CALL, options, &["kind", "label", "since", "until"])?;
        let zone = self.read(|book| Ok(book.schema().settings().calendar.zone))?;
        let selection = self.selection("selection", selection)?;
        let moment = |name| given.get(name)?.map(|at| instant(name, at, zone)).transpose();
        let mut query = InteractionQuery::new();
        query = given.text("kind")?.into_iter().fold(query, InteractionQuery::kind);
        query = given.text("label")?.into_iter().fold(query, InteractionQuery::labelled);
        query = moment("since")?.into_iter().fold(query, InteractionQuery::since);
        query = moment("until")?.into_iter().fold(query, InteractionQuery::until);
        self.run_now_or_later(CALL, Command::DeleteInteractions { selection, query }, &given, later)
    }
}

/// An interaction to be recorded, from columns.
struct Row {
    contact: ContactId,
    kind: String,
    at: Option<Timestamp>,
    amount: Option<Amount>,
    label: Option<String>,
}

/// All rows of a list. Where it has more holes than problems are told, nobody looks at the rest.
fn interactions_of(rows: Elements<'_>, zone: TimeZone) -> Result<Vec<InteractionParts>> {
    const MOST: usize = 20;
    let (mut all, mut holes) = (Vec::new(), 0);
    for row in rows {
        let row = row?;
        holes += usize::from(row.get_type()? == ValueType::Undefined);
        all.push(interaction(row, zone)?);
        if holes > MOST {
            break;
        }
    }
    Ok(all)
}

/// An interaction from an object, or from a list of contact, kind, instant, amount and label. All that is wrong with it is
/// for the core to tell.
fn interaction(row: Unknown<'_>, zone: TimeZone) -> Result<InteractionParts> {
    let mut parts = InteractionParts::new();
    if let Some(items) = elements(&row)? {
        if items.len() > PARTS.len() {
            parts.refuse(Error::wrong_type(CALL, "at most 5 values for each", &items.len().to_string()));
        } else {
            PARTS.iter().zip(items).try_for_each(|(name, value)| set(&mut parts, name, value?, zone))?;
        }
    } else if row.get_type()? == ValueType::Object && !row.is_date()? {
        for (name, value) in entries(&row.coerce_to_object()?)? {
            set(&mut parts, &name, value, zone)?;
        }
    } else {
        parts.refuse(wrong(CALL, "objects or lists", &row)?);
    }
    Ok(parts)
}

/// Sets one part, unless it is missing.
fn set(parts: &mut InteractionParts, name: &str, value: Unknown<'_>, zone: TimeZone) -> Result<()> {
    if !PARTS.contains(&name) {
        parts.refuse_key(name, Error::unknown_option(CALL, name, &PARTS));
        return Ok(());
    }
    let Some(value) = present(Some(value))? else { return Ok(()) };
    match name {
        "contact" => parts.contact(told(contact_id(name, value))?),
        "kind" => parts.kind(told(text(name, value))?),
        "at" => parts.at(told(instant(name, value, zone))?),
        "amount" => parts.amount(told(amount(value))?),
        _ => parts.label(told(text(name, value))?),
    }
    Ok(())
}

/// Rows from an object of columns.
fn columns(given: Unknown<'_>, zone: TimeZone) -> Result<Vec<Row>> {
    if given.get_type()? != ValueType::Object {
        return refuse(CALL, "a list of interactions, or an object of columns", &given);
    }
    let given = Options::of(CALL, Some(given), &PARTS)?;
    let contacts = given.get_as::<IdsArg<'_>>("contact")?;
    let (Some(contacts), Some(kinds)) = (contacts, given.get("kind")?) else {
        return Err(refused(Error::wrong_type(CALL, "the columns `contact` and `kind`", "others")));
    };
    let contacts = contact_ids("contact", contacts)?;
    let rows = contacts.len();
    let kinds = texts("kind", Some(kinds), rows)?;
    let labels = texts("label", given.get("label")?, rows)?;
    let at = |at| instant("at", at, zone);
    let moments = numbers("at", given.get_as::<NumbersArg<'_>>("at")?, rows, at, milliseconds)?;
    let amounts = numbers("amount", given.get_as::<NumbersArg<'_>>("amount")?, rows, amount, amount_of)?;
    let parts = kinds.into_iter().zip(labels).zip(moments.into_iter().zip(amounts));
    let row = |(contact, ((kind, label), (at, amount))): (ContactId, ((Option<String>, _), _))| Row {
        contact,
        kind: kind.unwrap_or_default(),
        at,
        amount,
        label,
    };
    Ok(contacts.into_iter().zip(parts).map(row).collect())
}

/// A text for all rows, or one for each.
fn texts(name: &str, given: Option<Unknown<'_>>, rows: usize) -> Result<Vec<Option<String>>> {
    let Some(given) = given else { return Ok(vec![None; rows]) };
    match elements(&given)? {
        None => Ok(vec![Some(text(name, given)?); rows]),
        Some(items) => {
            require(name, items.len(), rows)?;
            let each =
                |item: Result<_>| Ok(present(Some(item?))?.map(|item| text(name, item)).transpose()?);
            items.map(each).collect()
        }
    }
}

/// A value for all rows, one for each, or numbers in one piece of memory, of which those that are none are missing.
fn numbers<'env, T: Clone>(
    name: &str,
    given: Option<NumbersArg<'env>>,
    rows: usize,
    read: impl Fn(Unknown<'env>) -> Read<T>,
    of_number: impl Fn(f64) -> Read<T>,
) -> Result<Vec<Option<T>>> {
    match given {
        None => Ok(vec![None; rows]),
        Some(Either::A(numbers)) => {
            require(name, numbers.len(), rows)?;
            let each = |number: &f64| Ok((!number.is_nan()).then(|| of_number(*number)).transpose()?);
            numbers.iter().map(each).collect()
        }
        Some(Either::B(given)) => match elements(&given)? {
            None => Ok(vec![Some(read(given)?); rows]),
            Some(items) => {
                require(name, items.len(), rows)?;
                items.map(|item| Ok(present(Some(item?))?.map(&read).transpose()?)).collect()
            }
        },
    }
}

fn require(name: &str, values: usize, rows: usize) -> Result<()> {
    match values == rows {
        true => Ok(()),
        false => Err(refused(Error::wrong_type(name, &format!("{rows} values"), &values.to_string()))),
    }
}

/// An instant as JavaScript counts it.
fn milliseconds(count: f64) -> Read<Timestamp> {
    // Not every number is in the range of these; its numeral says so.
    let micros = format!("{:.0}", count * 1_000.0).parse().ok();
    let instant = micros.and_then(Timestamp::from_micros);
    instant.ok_or_else(|| Error::wrong_type("at", "instants in milliseconds", &count.to_string()).into())
}

fn amount_of(number: f64) -> Read<Amount> {
    Ok(Number::new(number)?.to_string().parse()?)
}

/// An amount as a number, or exactly as text.
fn amount(given: Unknown<'_>) -> Read<Amount> {
    const NAME: &str = "amount";
    match given.get_type()? {
        ValueType::String => Ok(text(NAME, given)?.parse()?),
        _ => amount_of(number(NAME, given)?),
    }
}
