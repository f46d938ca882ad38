//! `cargo xtask test node`: the npm package, built and tested in a folder of its own under `target`.

use std::ffi::OsStr;

use crate::npm::{Package, Release, find_node, read};
use crate::program::{target, workspace};

/// The oldest release of Node that the package is for.
const OLDEST: Release = (20, 0);

/// Builds the addon and runs the tests of the package.
pub(crate) fn run() -> Result<(), String> {
    let package = built(Profile::Debug)?;
    compare_types(&package)?;
    package.call("tsc", &["--project", "types"])?;
    let suites = workspace().join("conformance");
    package.test(&package.files("test", ".test.mjs")?, &[("TAGMATA_CONFORMANCE", suites.as_os_str())])
}

/// How the addon is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Debug,
    Release,
}

/// The package with its addon, which is built like the crates, and its generated types.
pub(crate) fn built(profile: Profile) -> Result<Package, String> {
    find_node(OLDEST)?;
    let package = Package::copied("bindings/node", "node", |name| {
        let name = name.to_string_lossy();
        ["native.js", "src", "Cargo.toml", "build.rs"].contains(&&*name) || name.ends_with(".node")
    })?;
    package.install()?;
    build(&package, profile)?;
    Ok(package)
}

fn build(package: &Package, profile: Profile) -> Result<(), String> {
    let manifest = package.source.join("Cargo.toml");
    let target = target();
    let mut arguments: Vec<&OsStr> = vec![
        "build".as_ref(),
        "--manifest-path".as_ref(),
        manifest.as_ref(),
        "--target-dir".as_ref(),
        target.as_ref(),
        "--output-dir".as_ref(),
        package.folder.as_ref(),
        "--platform".as_ref(),
        "--no-const-enum".as_ref(),
        "--js".as_ref(),
        "native.js".as_ref(),
        "--dts".as_ref(),
        "index.d.ts".as_ref(),
    ];
    if profile == Profile::Release {
        arguments.push("--release".as_ref());
    }
    arguments.extend(["--", "--locked"].map(OsStr::new));
    package.call("napi", &arguments)
}

/// Whether the committed types are those of the code.
fn compare_types(package: &Package) -> Result<(), String> {
    const TYPES: &str = "index.d.ts";
    let (committed, built) = (package.source.join(TYPES), package.folder.join(TYPES));
    let (old, new) = (read(&committed)?, read(&built)?);
    if old == new {
        println!("{TYPES} is what the build generates");
        return Ok(());
    }
    for (line, (old, new)) in (1..).zip(old.lines().zip(new.lines())) {
        if old != new {
            println!("{}:{line}: {old}\n{}:{line}: {new}", committed.display(), built.display());
            break;
        }
    }
    Err(format!("`{}` is not what the build generates: copy `{}`", committed.display(), built.display()))
}
