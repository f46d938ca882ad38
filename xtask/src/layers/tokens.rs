//! Rust source as a list of tokens: comments vanish, a literal of any kind is one opaque token.

/// A word, `::`, a single mark, or a literal (whose text is `"`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    /// The line it begins on, from 1.
    pub(super) line: usize,
    /// The line it ends on: a string may go over several.
    pub(super) last_line: usize,
}

/// The tokens of one file. Asking beyond the end gives empty text, so that a scan needs no bounds.
#[derive(Debug, Clone, Default)]
pub(super) struct Tokens(Vec<Token>);

impl Tokens {
    pub(super) fn new(tokens: Vec<Token>) -> Self {
        Self(tokens)
    }

    pub(super) fn of(text: &str) -> Self {
        let mut lexer = Lexer { text, at: 0, line: 1, tokens: Vec::new() };
        while lexer.step() {}
        Self(lexer.tokens)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Token> {
        self.0.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn text(&self, index: usize) -> &str {
        self.0.get(index).map_or("", |token| token.text.as_str())
    }

    pub(super) fn line(&self, index: usize) -> usize {
        self.0.get(index).map_or(0, |token| token.line)
    }

    pub(super) fn get(&self, index: usize) -> Option<&Token> {
        self.0.get(index)
    }
}

/// Whether a token's text is a name or a keyword.
pub(super) fn is_word(text: &str) -> bool {
    text.starts_with(starts_word)
}

fn starts_word(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

fn continues_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        if c == '\n' {
            self.line += 1;
        }
        Some(c)
    }

    fn eat(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            for _ in expected.chars() {
                self.bump();
            }
        }
        found
    }

    fn push(&mut self, text: &str, line: usize) {
        self.tokens.push(Token { text: text.to_owned(), line, last_line: self.line });
    }

    /// Reads one token, comment or space; false at the end.
    fn step(&mut self) -> bool {
        let line = self.line;
        let Some(c) = self.peek() else { return false };
        if self.rest().starts_with("//") {
            while self.peek().is_some_and(|c| c != '\n') {
                self.bump();
            }
        } else if self.eat("/*") {
            self.block_comment();
        } else if starts_word(c) {
            self.word(line);
        } else if c.is_numeric() {
            self.take_word();
            self.push("\"", line);
        } else if self.eat("\"") {
            self.string(line);
        } else if self.eat("'") {
            self.quote(line);
        } else if self.eat("::") {
            self.push("::", line);
        } else {
            self.bump();
            if !c.is_whitespace() {
                self.push(c.encode_utf8(&mut [0; 4]), line);
            }
        }
        true
    }

    /// The rest of a block comment; they nest.
    fn block_comment(&mut self) {
        let mut depth = 1;
        while depth > 0 {
            if self.eat("/*") {
                depth += 1;
            } else if self.eat("*/") {
                depth -= 1;
            } else if self.bump().is_none() {
                return;
            }
        }
    }

    fn take_word(&mut self) -> &'t str {
        let start = self.at;
        while self.peek().is_some_and(continues_word) {
            self.bump();
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// A word; or a literal with a prefix, `b"…"` or `r#"…"#`; or a raw name, `r#type`, which counts as the name.
    fn word(&mut self, line: usize) {
        let word = self.take_word();
        if matches!(word, "r" | "br" | "cr") {
            let hashes = self.rest().chars().take_while(|c| *c == '#').count();
            let after = self.rest().get(hashes..).unwrap_or_default();
            if after.starts_with('"') {
                return self.raw_string(hashes, line);
            }
            if hashes == 1 && after.starts_with(starts_word) {
                self.bump();
                let name = self.take_word();
                return self.push(name, line);
            }
        }
        if matches!(word, "b" | "c") && self.eat("\"") {
            return self.string(line);
        }
        if word == "b" && self.eat("'") {
            return self.quote(line);
        }
        self.push(word, line);
    }

    /// The rest of a string after its opening quote.
    fn string(&mut self, line: usize) {
        while let Some(c) = self.bump() {
            match c {
                '\\' => {
                    self.bump();
                }
                '"' => break,
                _ => {}
            }
        }
        self.push("\"", line);
    }

    fn raw_string(&mut self, hashes: usize, line: usize) {
        let close = format!("\"{}", "#".repeat(hashes));
        for _ in 0..=hashes {
            self.bump();
        }
        while !self.eat(&close) && self.bump().is_some() {}
        self.push("\"", line);
    }

    /// What follows a single quote: a character, or the name of a lifetime.
    fn quote(&mut self, line: usize) {
        let mut ahead = self.rest().chars();
        let first = ahead.next();
        if first == Some('\\') || ahead.next() == Some('\'') {
            if self.bump() == Some('\\') {
                self.bump();
            }
            while self.bump().is_some_and(|c| c != '\'') {}
        } else {
            self.take_word();
        }
        self.push("\"", line);
    }
}

#[cfg(test)]
mod tests {
    use super::Tokens;

    fn words(text: &str) -> String {
        let tokens = Tokens::of(text);
        tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_vanish_and_literals_are_opaque() {
        let table = [
            ("a // b::c\nd", "a d"),
            ("/// crate::x\n//! crate::y\na", "a"),
            ("a /* b /* c */ d */ e", "a e"),
            ("a /** crate::x */ b", "a b"),
            ("a /* never closed", "a"),
            (r#"f("crate::x \" // y") g"#, "f ( \" ) g"),
            (r##"r"\" a r#"b " c"# d br#"e"# f"##, "\" a \" d \" f"),
            (r#"b"x" c"y" b'"' z"#, "\" \" \" z"),
            (r"'a' '\'' '\\' '\u{1F600}' 'é' x", "\" \" \" \" \" x"),
            ("'\"' x \"y\"", "\" x \""),
            ("fn f<'a>(x: &'a str)", "fn f < \" > ( x : & \" str )"),
            ("'outer: loop { break 'outer; }", "\" : loop { break \" ; }"),
            ("r#type r b", "type r b"),
            ("1_000u32 0x1f 1.5 2..3", "\" \" \" . \" \" . . \""),
            ("crate::a::{b}", "crate :: a :: { b }"),
            ("a:b", "a : b"),
            ("naïve::été", "naïve :: été"),
        ];
        for (text, expected) in table {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_are_counted_through_strings_and_comments() {
        let tokens = Tokens::of("a\n/* x\n y */ b \"p\nq\" c\n\"\\\n\" d");
        let lines: Vec<_> = tokens.iter().map(|token| (token.line, token.last_line)).collect();
        assert_eq!(lines, [(1, 1), (3, 3), (3, 4), (4, 4), (5, 6), (6, 6)]);
    }
}
