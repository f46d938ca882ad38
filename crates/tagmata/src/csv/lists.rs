//! Lists in one cell: items between `;`, quoted where they need it.

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::{fold, quoted, trim};
use std::borrow::Cow;
use std::collections::HashSet;

/// The items of a cell, each once by its fold, in order.
pub(super) fn items(cell: &str) -> Result<Vec<Cow<'_, str>>> {
    if !cell.as_bytes().contains(&b'"') {
        return Ok(without_twins(plain_items(cell)));
    }
    let mut items = Vec::new();
    let mut rest = cell;
    loop {
        rest = rest.trim_start();
        let (item, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let (item, after) = quoted_item(quoted).ok_or_else(|| bad_list(cell))?;
                (Cow::Owned(item), after)
            }
            None => match rest.split_once(';') {
                Some((item, after)) => (Cow::Borrowed(item.trim_end()), Some(after)),
                None => (Cow::Borrowed(rest.trim_end()), None),
            },
        };
        if !item.trim().is_empty() {
            items.push(item);
        }
        match after {
            Some(after) => rest = after,
            None => break,
        }
    }
    Ok(without_twins(items))
}

/// The items of a cell without quotes.
fn plain_items(cell: &str) -> Vec<Cow<'_, str>> {
    let is_end = |byte: &u8| *byte == b';';
    let mut items = Vec::with_capacity(1 + cell.bytes().filter(is_end).count());
    let mut rest = cell;
    loop {
        // One space stands before most.
        rest = rest.strip_prefix(' ').unwrap_or(rest);
        let end = rest.as_bytes().iter().position(is_end).unwrap_or(rest.len());
        let item = trim(rest.get(..end).unwrap_or_default());
        if !item.is_empty() {
            items.push(Cow::Borrowed(item));
        }
        match rest.get(end + 1..) {
            Some(after) => rest = after,
            None => return items,
        }
    }
}

/// Of items that differ only in case, the first.
fn without_twins(items: Vec<Cow<'_, str>>) -> Vec<Cow<'_, str>> {
    const FEW: usize = 8;
    // Folded ASCII is without space at its edges, and small. Most names end in different ways.
    let end = |item: &str| item.as_bytes().last().map(u8::to_ascii_lowercase);
    let are_twins = |one: &str, other: &str| end(one) == end(other) && one.eq_ignore_ascii_case(other);
    let has_twin = |items: &[Cow<'_, str>]| match items.split_last() {
        Some((last, others)) => {
            let last = trim(last);
            others.iter().any(|other| are_twins(last, trim(other)))
        }
        None => false,
    };
    let are_simple = items.len() <= FEW && items.iter().all(|item| item.is_ascii());
    if items.len() < 2
        || are_simple && !(2..=items.len()).any(|count| items.get(..count).is_some_and(has_twin))
    {
        return items;
    }
    let is_first: Vec<bool> = {
        let folded: Vec<_> = items.iter().map(|item| fold(item)).collect();
        if items.len() > FEW {
            let mut seen = HashSet::new();
            folded.iter().map(|item| seen.insert(item)).collect()
        } else {
            // Comparing a few with each other costs less than a set.
            let earlier = |at: usize, item| folded.iter().take(at).any(|other| other == item);
            folded.iter().enumerate().map(|(at, item)| !earlier(at, item)).collect()
        }
    };
    if is_first.iter().all(|is_first| *is_first) {
        return items;
    }
    items.into_iter().zip(is_first).filter(|(_, is_first)| *is_first).map(|(item, _)| item).collect()
}

/// An item up to its closing quote, and what stands behind the next `;`.
fn quoted_item(text: &str) -> Option<(String, Option<&str>)> {
    let mut item = String::new();
    let mut rest = text;
    loop {
        let (part, after) = rest.split_once('"')?;
        item.push_str(part);
        match after.strip_prefix('"') {
            Some(after) => {
                item.push('"');
                rest = after;
            }
            None => {
                let after = after.trim_start();
                return match after.strip_prefix(';') {
                    Some(after) => Some((item, Some(after))),
                    None => after.is_empty().then_some((item, None)),
                };
            }
        }
    }
}

fn bad_list(cell: &str) -> Error {
    let message = format!("{} is not a list", quoted(cell));
    let help =
        "items stand between `;`; one that begins with `\"` ends with `\"`, and a `\"` inside it is doubled";
    Error::value(Diagnostic::new(Code::BadList, message).help(help))
}

/// A cell that reads back as these items.
pub(super) fn joined<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let mut cell = String::new();
    join(&mut cell, items);
    cell
}

/// Writes a cell that reads back as these items behind a text.
pub(super) fn join<'a>(cell: &mut String, items: impl Iterator<Item = &'a str>) {
    for item in items {
        if !cell.is_empty() {
            cell.push_str("; ");
        }
        let is_sign = |byte: &u8| matches!(byte, b';' | b'"');
        if item.as_bytes().iter().any(is_sign) || trim(item) != item {
            cell.push('"');
            cell.push_str(&item.replace('"', "\"\""));
            cell.push('"');
        } else {
            cell.push_str(item);
        }
    }
}
