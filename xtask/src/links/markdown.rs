//! What a Markdown page points at, and its headings. Only as much of Markdown is read as the documents use.

/// Something on a line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found<'p> {
    pub(super) line: usize,
    pub(super) text: &'p str,
}

/// A page, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page<'p> {
    /// The texts of headings, as they are written.
    pub(super) headings: Vec<Found<'p>>,
    /// The targets of links and images: `[text](target)`, `[name]: target`, `<https://…>`.
    pub(super) links: Vec<Found<'p>>,
    /// What stands between backquotes in the text, and the words of commands in blocks of `sh`.
    pub(super) spans: Vec<Found<'p>>,
    /// What is said behind `cargo xtask`.
    pub(super) commands: Vec<Found<'p>>,
}

/// Reads a page. Blocks of code and comments have neither headings nor links.
pub(super) fn read(page: &str) -> Page<'_> {
    let mut found = Page::default();
    let (mut fence, mut is_shell, mut in_comment) = (None, false, false);
    for (line, text) in (1..).zip(page.lines()) {
        let trimmed = text.trim_start();
        found.commands.extend(commands(text).map(|text| Found { line, text }));
        if let Some(open) = fence {
            if trimmed.starts_with(open) {
                fence = None;
            } else if is_shell {
                let words = text.split(" #").next().unwrap_or_default().split_whitespace();
                found.spans.extend(words.map(|text| Found { line, text }));
            }
            continue;
        }
        if in_comment || trimmed.starts_with("<!--") {
            in_comment = !text.contains("-->");
            continue;
        }
        fence = ["```", "~~~"].into_iter().find(|fence| trimmed.starts_with(fence));
        if fence.is_some() {
            is_shell = trimmed.trim_start_matches(['`', '~']) == "sh";
            continue;
        }
        if let Some(heading) = heading(text) {
            found.headings.push(Found { line, text: heading });
        }
        if let Some((_, target)) = text.strip_prefix('[').and_then(|text| text.split_once("]: ")) {
            found.links.push(Found { line, text: target.trim() });
        }
        inline(line, text, &mut found);
    }
    found
}

/// The words behind `cargo xtask`.
fn commands(line: &str) -> impl Iterator<Item = &str> {
    let behind = line.split("cargo xtask ").skip(1);
    let word = |text: &'_ str| {
        text.find(|sign: char| !sign.is_ascii_lowercase() && sign != '-').unwrap_or(text.len())
    };
    behind
        .filter_map(move |text| text.get(..word(text)))
        .filter(|word| !word.is_empty() && !word.starts_with('-'))
}

/// The text of a heading: behind one to six `#` and a space.
fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let text = text.strip_prefix(' ').filter(|_| (1..=6).contains(&level))?;
    Some(text.trim().trim_end_matches('#').trim_end())
}

/// Finds spans of code and, outside of them, links.
fn inline<'p>(line: usize, text: &'p str, found: &mut Page<'p>) {
    let mut rest = text;
    while let Some(at) = rest.find(['`', ']', '<']) {
        let here = rest.get(at..).unwrap_or_default();
        rest = if here.starts_with('`') {
            let (span, behind) = code(here);
            found.spans.extend(span.map(|text| Found { line, text }));
            behind
        } else {
            let (open, close) = if here.starts_with('<') { ("<", '>') } else { ("](", ')') };
            let target = here.strip_prefix(open).and_then(|target| target.split_once(close));
            match target {
                Some((target, behind)) if open != "<" || target.contains("://") => {
                    found.links.push(Found { line, text: target });
                    behind
                }
                _ => here.get(1..).unwrap_or_default(),
            }
        };
    }
}

/// A span of code that begins here, and what is behind it: it ends with as many backquotes as it begins with.
fn code(here: &str) -> (Option<&str>, &str) {
    let inner = here.trim_start_matches('`');
    let (quotes, _) = here.split_at(here.len() - inner.len());
    match inner.split_once(quotes) {
        Some((span, behind)) => (Some(span.trim()), behind),
        None => (None, inner),
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, read};

    fn texts<'p>(found: &[Found<'p>]) -> Vec<(usize, &'p str)> {
        found.iter().map(|found| (found.line, found.text)).collect()
    }

    #[test]
    fn a_page_is_taken_apart() {
        let page = "# A `title` ##\n\
                    see [one](a.md#b), ![two](c.png) and `[no](d.md)`, <https://e.org>\n\
                    ```sh\ncargo xtask test all # no heading [no](f.md)\n```\n\
                    <!-- [no](g.md)\nno -->\n\
                    [name]: h.md\n\
                    ####### none\n#none\n\
                    | `` a ` b `` | [three](i.md) `Vec<u8>` |\n\
                    `cargo xtask lint`, `cargo xtask --help`\n";
        let read = read(page);
        assert_eq!(texts(&read.headings), [(1, "A `title`")]);
        assert_eq!(
            texts(&read.links),
            [(2, "a.md#b"), (2, "c.png"), (2, "https://e.org"), (8, "h.md"), (11, "i.md")]
        );
        let of_the_command = ["cargo", "xtask", "test", "all"].map(|word| (4, word));
        let spans = [
            &[(1, "title"), (2, "[no](d.md)")],
            &of_the_command[..],
            &[(11, "a ` b"), (11, "Vec<u8>"), (12, "cargo xtask lint"), (12, "cargo xtask --help")],
        ];
        assert_eq!(texts(&read.spans), spans.concat());
        assert_eq!(texts(&read.commands), [(4, "test"), (12, "lint")]);
    }
}
