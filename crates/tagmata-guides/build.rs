//! Takes the programs out of the pages, each as a module of its own.

// The library has these for the tests, which use all of them.
#[allow(dead_code, unreachable_pub)]
#[path = "src/page.rs"]
mod page;
#[allow(dead_code, unreachable_pub)]
#[path = "src/pages.rs"]
mod pages;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut modules, mut list) = (String::new(), String::new());
    println!("cargo::rerun-if-changed={}", pages::repository().join("docs/guides").display());
    for (path, text) in pages::pages()? {
        println!("cargo::rerun-if-changed={}", pages::repository().join(&path).display());
        for block in page::blocks(&text).iter().filter(|block| block.is_program("rust")) {
            let place = format!("{path}:{}", block.line);
            let name: String =
                place.chars().map(|sign| if sign.is_alphanumeric() { sign } else { '_' }).collect();
            let name = name.to_lowercase();
            let run =
                "pub(super) fn run() -> std::process::ExitCode { std::process::Termination::report(main()) }";
            // A program for readers may end where it cannot go on.
            write!(
                modules,
                "#[allow(clippy::expect_used, clippy::indexing_slicing)]\nmod {name} {{\n{}{run}\n}}\n",
                block.text
            )?;
            writeln!(list, "    ({place:?}, {name}::run),")?;
        }
    }
    let programs = format!("{modules}const PROGRAMS: &[Program] = &[\n{list}];\n");
    let folder = std::env::var_os("OUT_DIR").ok_or("cargo names a folder")?;
    std::fs::write(Path::new(&folder).join("programs.rs"), programs)?;
    Ok(())
}
