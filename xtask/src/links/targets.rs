//! What a link leads to.

use std::path::{Component, Path, PathBuf};

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Into the net.
    Elsewhere,
    /// To a file or folder of the repository, and perhaps to a heading in it.
    Here(PathBuf, Option<String>),
    /// Nowhere, and why.
    Wrong(&'static str),
}

/// Reads the target of a link on a page, whose path is that within the repository.
pub(super) fn target(link: &str, page: &Path) -> Target {
    if link.contains(char::is_whitespace) {
        return Target::Wrong("has white space in it");
    }
    if let Some((scheme, rest)) = link.split_once("://") {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        return match scheme {
            "https" if host.contains('.') && !host.starts_with('.') && !host.ends_with('.') => {
                Target::Elsewhere
            }
            "http" if host == "localhost" || host.starts_with("localhost:") => Target::Elsewhere,
            "https" => Target::Wrong("has no host"),
            _ => Target::Wrong("is not https"),
        };
    }
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (link, None),
    };
    if path.starts_with('/') {
        return Target::Wrong("is not relative to its page");
    }
    if path.is_empty() {
        return if anchor.is_some() {
            Target::Here(page.to_owned(), anchor)
        } else {
            Target::Wrong("is empty")
        };
    }
    match within(&page.parent().unwrap_or(Path::new("")).join(path)) {
        Some(path) => Target::Here(path, anchor),
        None => Target::Wrong("leads out of the repository"),
    }
}

/// The path without `.` and `..`, if it stays within the repository.
fn within(path: &Path) -> Option<PathBuf> {
    let mut kept = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => kept.push(name),
            Component::ParentDir if !kept.pop() => return None,
            _ => {}
        }
    }
    Some(kept)
}

/// A span of code that names a file or folder of the repository: a path that begins with one of its folders.
pub(super) fn path(span: &str) -> Option<&Path> {
    const FOLDERS: [&str; 8] =
        ["benches/", "bindings/", "conformance/", "crates/", "docs/", "examples/", "fuzz/", "xtask/"];
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "/._-".contains(sign);
    (FOLDERS.iter().any(|folder| span.starts_with(folder)) && span.chars().all(plain))
        .then(|| Path::new(span))
}

#[cfg(test)]
mod tests {
    use super::{Target, path, target};
    use std::path::Path;

    #[test]
    fn targets_are_read_from_where_they_stand() {
        let here = |path: &str, anchor: Option<&str>| Target::Here(path.into(), anchor.map(str::to_owned));
        let table = [
            ("sql.md", here("docs/sql.md", None)),
            ("../README.md#more", here("README.md", Some("more"))),
            ("#tables", here("docs/import.md", Some("tables"))),
            ("./guides/", here("docs/guides/", None)),
            ("https://example.org/a?b#c", Target::Elsewhere),
            ("http://localhost:8000/", Target::Elsewhere),
            ("http://example.org", Target::Wrong("is not https")),
            ("https://example", Target::Wrong("has no host")),
            ("/docs/sql.md", Target::Wrong("is not relative to its page")),
            ("../../other.md", Target::Wrong("leads out of the repository")),
            ("a b.md", Target::Wrong("has white space in it")),
            ("", Target::Wrong("is empty")),
        ];
        for (link, expected) in table {
            assert_eq!(target(link, Path::new("docs/import.md")), expected, "{link}");
        }
    }

    #[test]
    fn paths_are_those_of_the_repository() {
        for (span, expected) in [
            ("docs/sql.md", true),
            ("examples/*/automation.*", false),
            ("docs", false),
            ("src/lib.rs", false),
            ("python examples/x.py", false),
        ] {
            assert_eq!(path(span).is_some(), expected, "{span}");
        }
    }
}
