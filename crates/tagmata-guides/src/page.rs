//! The blocks of code of one page.

/// A block of code between fences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The first word behind the fence.
    pub language: String,
    /// The words behind that, such as `file=contacts.csv`, at their `=`.
    pub attributes: Vec<(String, String)>,
    /// The line of the fence, from 1.
    pub line: usize,
    /// Which section it is in: how many headings of the second level stand before it.
    pub section: usize,
    /// What stands between the fences.
    pub text: String,
}

impl Block {
    /// What stands behind the `=` of a word.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether it is a program of a language, not a file or an excerpt of one.
    #[must_use]
    pub fn is_program(&self, language: &str) -> bool {
        self.language == language && self.attributes.is_empty()
    }
}

/// The blocks of a page, in their order.
#[must_use]
pub fn blocks(page: &str) -> Vec<Block> {
    let (mut blocks, mut section) = (Vec::new(), 0);
    let mut lines = (1..).zip(page.lines());
    while let Some((line, text)) = lines.next() {
        if text.starts_with("## ") {
            section += 1;
        }
        let Some(info) = text.strip_prefix("```") else { continue };
        let mut words = info.split_whitespace();
        let language = words.next().unwrap_or_default().to_owned();
        let attributes = words.filter_map(|word| word.split_once('='));
        let attributes = attributes.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        let within = lines.by_ref().map(|(_, text)| text).take_while(|text| !text.starts_with("```"));
        let text = within.map(|line| format!("{line}\n")).collect();
        blocks.push(Block { language, attributes, line, section, text });
    }
    blocks
}

/// What the program at a place among the blocks prints: the next block of `text` in its section.
#[must_use]
pub fn output(blocks: &[Block], program: usize) -> Option<&str> {
    let section = blocks.get(program)?.section;
    let mut behind = blocks.iter().skip(program + 1).take_while(|block| block.section == section);
    behind.find(|block| block.is_program("text")).map(|block| block.text.as_str())
}
