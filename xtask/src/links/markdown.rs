//! What a Markdown page points at, and its headings.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Something on a line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) line: usize,
    pub(super) text: String,
}

/// A page, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// The texts of headings.
    pub(super) headings: Vec<Found>,
    /// The targets of links and images.
    pub(super) links: Vec<Found>,
    /// What stands between backquotes in the text, and the words of commands in blocks of `sh`.
    pub(super) spans: Vec<Found>,
    /// What is said behind `cargo xtask`.
    pub(super) commands: Vec<Found>,
}

/// Reads a page.
pub(super) fn read(page: &str) -> Page {
    let ends: Vec<usize> = page.match_indices('\n').map(|(at, _)| at).collect();
    let (mut found, mut in_heading, mut in_shell) = (Page::default(), false, false);
    for (event, place) in Parser::new_ext(page, Options::ENABLE_TABLES).into_offset_iter() {
        let line = ends.partition_point(|end| *end < place.start) + 1;
        if let (true, Event::Text(text) | Event::Code(text), Some(heading)) =
            (in_heading, &event, found.headings.last_mut())
        {
            heading.text.push_str(text);
        }
        match event {
            Event::Start(Tag::Heading { .. }) => {
                found.headings.push(Found { line, text: String::new() });
                in_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                found.links.push(Found { line, text: dest_url.into_string() });
            }
            Event::Code(text) => found.spans.push(Found { line, text: text.into_string() }),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => in_shell = &*language == "sh",
            Event::End(TagEnd::CodeBlock) => in_shell = false,
            Event::Text(text) if in_shell => {
                for (line, text) in (line..).zip(text.lines()) {
                    let words = text.split(" #").next().unwrap_or_default().split_whitespace();
                    found.spans.extend(words.map(|word| Found { line, text: word.to_owned() }));
                }
            }
            _ => {}
        }
    }
    for (line, text) in (1..).zip(page.lines()) {
        found.commands.extend(commands(text).map(|text| Found { line, text: text.to_owned() }));
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

#[cfg(test)]
mod tests {
    use super::{Found, read};

    fn texts(found: &[Found]) -> Vec<(usize, &str)> {
        found.iter().map(|found| (found.line, found.text.as_str())).collect()
    }

    #[test]
    fn a_page_is_taken_apart() {
        let page = "# A `title` and [a link](b.md) ##\n\
                    see [one](a.md#b), ![two](c.png) and `[no](d.md)`, <https://e.org>\n\
                    ```sh\necho\ncargo xtask test all # no heading [no](f.md)\n```\n\
                    <!-- [no](g.md)\nno -->\n\n\
                    [name]: h.md\n\n\
                    ####### none\n#none\n\n\
                    | a |\n|---|\n| `` b ` c `` [three](i.md) `Vec<u8>` |\n\n\
                    - as [name],\n  [over\n  lines](<j k.md>), `cargo xtask lint`, `cargo xtask --help`\n\n\
                    Two\n---\n";
        let read = read(page);
        assert_eq!(texts(&read.headings), [(1, "A title and a link"), (23, "Two")]);
        let links = [
            (1, "b.md"),
            (2, "a.md#b"),
            (2, "c.png"),
            (2, "https://e.org"),
            (17, "i.md"),
            (19, "h.md"),
            (20, "j k.md"),
        ];
        assert_eq!(texts(&read.links), links);
        let spans = [
            &[(1, "title"), (2, "[no](d.md)"), (4, "echo")][..],
            &["cargo", "xtask", "test", "all"].map(|word| (5, word)),
            &[(17, "b ` c"), (17, "Vec<u8>"), (21, "cargo xtask lint"), (21, "cargo xtask --help")],
        ];
        assert_eq!(texts(&read.spans), spans.concat());
        assert_eq!(texts(&read.commands), [(5, "test"), (21, "lint")]);
    }
}
