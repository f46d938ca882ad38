//! Diagnostics drawn over their source, as compilers do it.

use super::{Diagnostic, Severity};
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

/// Draws all diagnostics, one below the other, without colours and without a newline at the end.
pub(crate) fn render<'a>(diagnostics: impl Iterator<Item = (&'a Diagnostic, Option<&'a str>)>) -> String {
    let report: Vec<_> = diagnostics.map(|(diagnostic, source)| group(source, diagnostic)).collect();
    let drawn: Vec<_> = report
        .into_iter()
        .map(|group| {
            Renderer::plain().render(&[group]).lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
        })
        .collect();
    drawn.join("\n\n")
}

fn group<'a>(source: Option<&'a str>, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message()).id(diagnostic.code().as_str());
    let mut elements: Vec<Element<'a>> = Vec::new();
    match (source, diagnostic.place().span(), diagnostic.place().pointer().or(diagnostic.place().field())) {
        (Some(source), Some(span), part) => elements.push(
            Snippet::source(source)
                .path(part)
                .annotation(AnnotationKind::Primary.span(visible(source, span)))
                .into(),
        ),
        (_, _, Some(pointer)) => {
            elements.push(Origin::path(if pointer.is_empty() { "/" } else { pointer }).into());
        }
        _ => {}
    }
    if let Some(help) = diagnostic.help_text() {
        elements.push(Level::HELP.message(help).into());
    } else if let Some(note) = allowed(diagnostic) {
        elements.push(Level::NOTE.message(note).into());
    }
    if elements.is_empty() { Group::with_title(title) } else { title.elements(elements) }
}

/// What is allowed, where the message does not say it and it is not too much to read.
fn allowed(diagnostic: &Diagnostic) -> Option<String> {
    const MOST: usize = 36;
    let expected = diagnostic.expected();
    if expected.len() > MOST || expected.iter().all(|choice| diagnostic.message().contains(choice.as_str())) {
        return None;
    }
    let choices: Vec<_> = expected.iter().map(|choice| format!("`{choice}`")).collect();
    let (last, others) = choices.split_last()?;
    Some(match others {
        [] => format!("allowed here: {last}"),
        others => format!("allowed here: {} or {last}", others.join(", ")),
    })
}

/// A span that can be drawn: inside the source and on character boundaries.
fn visible(source: &str, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(source.len());
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    floor(span.start)..floor(span.end)
}
