//! `cargo xtask crm` starts the contact page of `examples/node/crm`; `cargo xtask test crm` tests it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::PathBuf;

use lexopt::{Arg, Parser};

use crate::node::{self, Profile};
use crate::npm::{Package, Release, find_node};
use crate::program::{target, workspace};
use crate::stop::Stop;

/// The oldest release of Node that builds the page: Vite needs it.
const OLDEST: Release = (20, 19);

/// What the page is started with.
#[derive(Default)]
pub(crate) struct Start {
    /// How many contacts are drawn for a new book, instead of those of the sample files.
    contacts: Option<u32>,
    port: Option<u16>,
}

impl Start {
    /// Reads the arguments of the command; nothing when help was asked for.
    pub(crate) fn read(mut arguments: Parser) -> Result<Option<Self>, Stop> {
        let mut start = Self::default();
        while let Some(argument) = arguments.next()? {
            match argument {
                Arg::Long("contacts") => {
                    let given = arguments.value()?.to_string_lossy().into_owned();
                    let contacts = given.parse().ok().filter(|contacts| (1..=10_000_000).contains(contacts));
                    let wrong = || format!("`{given}` is not a number of contacts: 1 to 10000000");
                    start.contacts = Some(contacts.ok_or_else(|| Stop::Usage(wrong()))?);
                }
                Arg::Long("port") => {
                    let given = arguments.value()?.to_string_lossy().into_owned();
                    let wrong = || format!("`{given}` is not a port: 0 to 65535");
                    start.port = Some(given.parse().map_err(|_| Stop::Usage(wrong()))?);
                }
                Arg::Long("help") | Arg::Short('h') => return Ok(None),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(Some(start))
    }

    /// The book of so many contacts, which stays from one start to the next.
    fn book(&self) -> String {
        self.contacts.map_or_else(|| "samples.db".to_owned(), |contacts| format!("{contacts}.db"))
    }
}

/// Builds the package and the page, and serves the page until it is stopped.
pub(crate) fn run(start: &Start) -> Result<(), String> {
    let page = built(Profile::Release)?;
    let books = target().join("crm-books");
    fs::create_dir_all(&books).map_err(|error| format!("`{}`: {error}", books.display()))?;
    let mut arguments: Vec<OsString> = ["dist/server/main.js", "--book"].map(OsString::from).into();
    arguments.push(books.join(start.book()).into());
    match start.contacts {
        Some(contacts) => arguments.extend(["--contacts".into(), contacts.to_string().into()]),
        None => arguments.extend(["--samples".into(), samples().into()]),
    }
    if let Some(port) = start.port {
        arguments.extend(["--port".into(), port.to_string().into()]);
    }
    page.start(OsStr::new("node"), &arguments, &[])
}

/// Checks the types, builds the page, and tests its server and, where Chromium is installed, the page in a browser.
pub(crate) fn test() -> Result<(), String> {
    let page = built(Profile::Debug)?;
    page.call("tsc", &["--project", "client"])?;
    let (samples, pictures) = (samples(), target().join("crm-pictures"));
    let variables = [("TAGMATA_SAMPLES", samples.as_os_str()), ("TAGMATA_PICTURES", pictures.as_os_str())];
    let mut files = page.files("dist/test", ".test.js")?;
    files.extend(page.files("dist/test/browser", ".test.js")?);
    page.test(&files, &variables)
}

/// The page and its server, with the package that they stand on.
fn built(profile: Profile) -> Result<Package, String> {
    find_node(OLDEST)?;
    let tagmata = node::built(profile)?;
    let page = Package::copied("examples/node/crm", "crm", |name| name == "dist")?;
    page.install()?;
    page.link("tagmata", &tagmata)?;
    page.call("tsc", &["--project", "."])?;
    page.call("vite", &["build", "--logLevel", "warn"])?;
    Ok(page)
}

fn samples() -> PathBuf {
    workspace().join("examples/data")
}
