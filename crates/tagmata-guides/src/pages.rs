//! The pages whose programs are run.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The folder of the repository.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Pages beside the guides that have whole programs, or pieces of files.
const OTHERS: [&str; 4] = ["README.md", "docs/cluster.md", "docs/definitions.md", "docs/import.md"];

/// The README, the guides and other pages with programs: their paths within the repository, and their texts.
///
/// # Errors
/// Those of reading them.
pub fn pages() -> io::Result<Vec<(String, String)>> {
    let guides = repository().join("docs/guides");
    let mut paths = OTHERS.map(str::to_owned).to_vec();
    for entry in fs::read_dir(guides)? {
        paths.push(format!("docs/guides/{}", entry?.file_name().to_string_lossy()));
    }
    paths.sort();
    let read = |path: String| fs::read_to_string(repository().join(&path)).map(|text| (path, text));
    paths.into_iter().map(read).collect()
}
