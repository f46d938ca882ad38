//! Reading all pages of the repository, and following what they point at.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::anchors::anchors;
use super::markdown::{self, Found, Page};
use super::targets::{self, Target};
use crate::COMMANDS;
use crate::program::workspace;

/// Folders that are not of the repository.
const BUILT: [&str; 2] = ["node_modules", "target"];

/// Checks the links of all pages, and prints those that lead nowhere.
pub(crate) fn run() -> Result<(), String> {
    let root = workspace();
    let mut pages = BTreeMap::new();
    gather(&root, Path::new(""), &mut pages).map_err(|error| format!("the pages cannot be read: {error}"))?;
    let wrong = wrong(&pages, &|path| root.join(path).exists());
    for line in &wrong {
        println!("{line}");
    }
    let links: usize = pages.values().map(|page| markdown::read(page).links.len()).sum();
    println!("{} pages, {links} links", pages.len());
    match wrong.len() {
        0 => Ok(()),
        1 => Err("1 link leads nowhere".to_owned()),
        many => Err(format!("{many} links lead nowhere")),
    }
}

/// Reads the pages of a folder and of those in it.
fn gather(root: &Path, folder: &Path, pages: &mut BTreeMap<PathBuf, String>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = folder.join(&name);
        if entry.file_type()?.is_dir() {
            if !name.starts_with('.') && !BUILT.contains(&&*name) {
                gather(root, &path, pages)?;
            }
        } else if name.ends_with(".md") {
            pages.insert(path, fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}

/// What leads nowhere, a line for each.
fn wrong(pages: &BTreeMap<PathBuf, String>, is_there: &dyn Fn(&Path) -> bool) -> Vec<String> {
    let read: BTreeMap<&Path, Page> =
        pages.iter().map(|(path, text)| (path.as_path(), markdown::read(text))).collect();
    let anchors: BTreeMap<&Path, Vec<String>> =
        read.iter().map(|(path, page)| (*path, anchors(&page.headings))).collect();
    let mut wrong = Vec::new();
    for (page, Page { links, spans, commands, .. }) in &read {
        let mut say = |found: &Found, what: &str| {
            wrong.push(format!("{}:{}: `{}` {what}", page.display(), found.line, found.text));
        };
        for link in links {
            match targets::target(&link.text, page) {
                Target::Elsewhere => {}
                Target::Wrong(why) => say(link, why),
                Target::Here(path, _) if !is_there(&path) => say(link, "is not there"),
                Target::Here(_, None) => {}
                Target::Here(path, Some(anchor)) => match anchors.get(path.as_path()) {
                    Some(known) if known.contains(&anchor) => {}
                    Some(_) => say(link, "leads to no heading of that page"),
                    None => say(link, "leads into a file that is no page"),
                },
            }
        }
        for span in spans {
            if targets::path(&span.text).is_some_and(|path| !is_there(path)) {
                say(span, "is not there");
            }
        }
        for command in commands {
            if !COMMANDS.split([',', ' ']).any(|known| known == command.text) {
                say(command, "is no command of `cargo xtask`");
            }
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::wrong;
    use std::path::{Path, PathBuf};

    #[test]
    fn what_leads_nowhere_is_named() {
        let pages = [
            (
                "README.md",
                "# A\n[b](docs/b.md#two-words) [c](docs/c.md) [d](docs/b.md#three) `docs/b.md` `docs/e.md`\n",
            ),
            (
                "docs/b.md",
                "## Two words\n[a](../README.md#a) [f](../f.rs#L1)\n[g](ftp://example.org)\n`cargo xtask tests`\n",
            ),
        ];
        let pages = pages.map(|(path, text)| (PathBuf::from(path), text.to_owned())).into();
        let is_there = |path: &Path| ["README.md", "docs/b.md", "f.rs"].map(Path::new).contains(&path);
        assert_eq!(
            wrong(&pages, &is_there),
            [
                "README.md:2: `docs/c.md` is not there",
                "README.md:2: `docs/b.md#three` leads to no heading of that page",
                "README.md:2: `docs/e.md` is not there",
                "docs/b.md:2: `../f.rs#L1` leads into a file that is no page",
                "docs/b.md:3: `ftp://example.org` is not https",
                "docs/b.md:4: `tests` is no command of `cargo xtask`",
            ]
        );
    }
}
