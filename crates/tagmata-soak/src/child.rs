//! A program that was started, and what it says.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// What a program said: a word, and numbers.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) word: String,
    pub(crate) numbers: Vec<u64>,
}

impl Said {
    fn read(line: &str) -> Self {
        let mut parts = line.split(' ');
        let word = parts.next().unwrap_or_default().to_owned();
        Self { word, numbers: parts.filter_map(|part| part.parse().ok()).collect() }
    }

    /// One of the numbers; 0 if there are fewer.
    pub(crate) fn number(&self, place: usize) -> u64 {
        self.numbers.get(place).copied().unwrap_or(0)
    }
}

/// A program of our own.
#[derive(Debug)]
pub(crate) struct Program {
    part: &'static str,
    path: PathBuf,
    child: Child,
    /// Until it is told to end.
    input: Option<ChildStdin>,
    lines: Receiver<Said>,
}

impl Program {
    /// Starts this very program in another part.
    pub(crate) fn start(part: &'static str, path: &Path, seed: u64) -> Self {
        let own = std::env::current_exe().expect("a program");
        let mut command = Command::new(own);
        command.arg(part).arg(path).arg(seed.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("a program that starts");
        let (tell, lines) = channel();
        let out = BufReader::new(child.stdout.take().expect("its output"));
        std::thread::spawn(move || {
            out.lines().map_while(Result::ok).all(|line| tell.send(Said::read(&line)).is_ok())
        });
        let input = child.stdin.take();
        Self { part, path: path.to_owned(), child, input, lines }
    }

    /// What it has said since.
    ///
    /// # Panics
    /// When it has ended by itself.
    pub(crate) fn said(&mut self) -> Vec<Said> {
        let said = self.lines.try_iter().collect();
        if let Some(status) = self.child.try_wait().expect("how it is") {
            panic!("the program `{}` ended by itself: {status}", self.part);
        }
        said
    }

    /// Kills it, gives what it had said, and starts another one.
    pub(crate) fn kill(&mut self, seed: u64) -> Vec<Said> {
        self.child.kill().expect("a program that runs");
        self.child.wait().expect("how it ended");
        let said = self.lines.iter().collect();
        *self = Self::start(self.part, &self.path, seed);
        said
    }

    /// Tells it to end, and gives all that it says until it has.
    ///
    /// # Panics
    /// When it does not end well, or not within some minutes.
    pub(crate) fn end(mut self) -> Vec<Said> {
        self.input = None;
        let (mut said, latest) = (Vec::new(), Instant::now() + Duration::from_secs(600));
        while let Ok(line) = self.lines.recv_timeout(latest.saturating_duration_since(Instant::now())) {
            said.push(line);
        }
        let status = self.child.wait().expect("how it ended");
        assert!(status.success(), "the program `{}` ended with {status}", self.part);
        said
    }
}
