//! One case of a suite of commands: its steps, one after the other.

use super::answers::Answers;
use super::difference::Differences;
use super::expectations;
use super::names::Names;
use super::perform::perform;
use super::snapshot::snapshot;
use crate::conformance::object::Object;
use tagmata::Book;

/// What a case got wrong; empty if it holds. Panics if it expects nothing.
pub(super) fn check(case: &Object<'_>, mut book: Book, mut names: Names) -> Vec<String> {
    let mut problems = Vec::new();
    let mut expects_something = false;
    for (at, step) in case.list("steps").iter().enumerate() {
        let what = step["do"].as_str().unwrap_or("asks");
        let place = format!("step {} ({what})", at + 1);
        let step = Object::new(step, format!("{}, {place}", case.place()));
        let _place = Place(step.place());
        let then = step.object("then");
        expects_something |= !then.is_empty();
        let wrong = check_step(&step, &then, &mut book, &mut names);
        problems.extend(wrong.0.into_iter().map(|problem| format!("{place}: {problem}")));
    }
    assert!(expects_something, "{}: expects nothing", case.place());
    problems
}

fn check_step(step: &Object<'_>, then: &Object<'_>, book: &mut Book, names: &mut Names) -> Differences {
    let (before, clock) = (snapshot(Answers { book, names }), book.now());
    let done = perform(book, names, step);
    step.finish();
    let seen = Answers { book, names };
    let unchanged = then.flag("unchanged");
    let mut wrong = expectations::check(then, &done, seen);
    then.finish();
    let what = step.text_if("do").unwrap_or_default();
    let is_tried = what.starts_with("preview") || what == "import_csv" && step.flag("dry_run");
    if done.is_err() || is_tried {
        wrong.compare_all("what is refused or tried changes nothing", &before, &snapshot(seen));
        wrong.compare("its clock", &clock.to_string().into(), &book.now().to_string().into());
    } else if unchanged {
        wrong.compare_all("unchanged", &before, &snapshot(seen));
    }
    wrong
}

/// Says where it was when a suite turned out to be wrong further down.
struct Place<'a>(&'a str);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("in {}", self.0);
        }
    }
}
