//! Named steps run in order, each under a heading, with one line per step at the end.

use crate::stop::Stop;
use crate::tools::Tool;

/// One part of a command: it passes, or says why not.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    tool: Option<Tool>,
    pub(crate) run: Box<dyn Fn() -> Result<(), String>>,
}

impl Step {
    pub(crate) fn new(name: &'static str, run: impl Fn() -> Result<(), String> + 'static) -> Self {
        Self { name, tool: None, run: Box::new(run) }
    }

    /// It is skipped where this tool is missing and nobody asks for it, neither for the tool nor for the step by its name.
    pub(crate) fn needs(self, tool: Tool) -> Self {
        Self { tool: Some(tool), ..self }
    }
}

/// What came of a step.
enum Outcome {
    Passed,
    Failed(String),
    Skipped(String),
}

/// Runs the steps that are named, or all if none is; these tools have to be there. A failure does not keep the later ones from running, so
/// that one call shows everything there is to mend.
pub(crate) fn run(steps: &[Step], names: &[String], required: &[Tool]) -> Result<(), Stop> {
    run_where(steps, names, required, Tool::find)
}

/// The same where these tools are found.
fn run_where(
    steps: &[Step],
    names: &[String],
    required: &[Tool],
    find: impl Fn(Tool) -> Result<(), String>,
) -> Result<(), Stop> {
    let chosen = choose(steps, names)?;
    let mut outcomes = Vec::new();
    for step in chosen {
        println!("\n== {} ==", step.name);
        let dispensable = step.tool.filter(|tool| names.is_empty() && !required.contains(tool));
        let outcome = match dispensable.map_or(Ok(()), &find) {
            Ok(()) => (step.run)().map_or_else(Outcome::Failed, |()| Outcome::Passed),
            Err(missing) => Outcome::Skipped(missing),
        };
        outcomes.push((step.name, outcome));
    }

    println!();
    let mut failed = Vec::new();
    for (name, outcome) in outcomes {
        match outcome {
            Outcome::Passed => println!("{name}: passed"),
            Outcome::Skipped(missing) => println!("{name}: SKIPPED, nothing was checked ({missing})"),
            Outcome::Failed(reason) => {
                println!("{name}: failed ({reason})");
                failed.push(name);
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Stop::Failed(format!("failed: {}", failed.join(", ")))) }
}

fn choose<'s>(steps: &'s [Step], names: &[String]) -> Result<Vec<&'s Step>, Stop> {
    for name in names {
        if !steps.iter().any(|step| step.name == name) {
            return Err(Stop::Usage(format!("`{name}` is not a step: say {}", choices(steps))));
        }
    }
    Ok(steps.iter().filter(|step| names.is_empty() || names.iter().any(|name| name == step.name)).collect())
}

fn choices(steps: &[Step]) -> String {
    let names: Vec<_> = steps.iter().map(|step| step.name).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, Stop, Tool, run, run_where};

    fn steps() -> [Step; 3] {
        [
            Step::new("first", || Ok(())),
            Step::new("second", || Err("it rained".to_owned())),
            Step::new("third", || Err("it snowed".to_owned())),
        ]
    }

    #[test]
    fn every_step_runs_and_the_failed_ones_are_named() {
        let table: &[(&[&str], Result<(), &str>)] = &[
            (&[], Err("failed: second, third")),
            (&["first"], Ok(())),
            (&["second"], Err("failed: second")),
            (&["third", "first"], Err("failed: third")),
        ];
        for (names, expected) in table {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            let got = run(&steps(), &names, &[]).map_err(|stop| match stop {
                Stop::Failed(message) => message,
                Stop::Usage(message) => panic!("usage: {message}"),
            });
            assert_eq!(got, expected.map_err(str::to_owned), "{names:?}");
        }
    }

    #[test]
    fn a_step_is_skipped_where_its_tool_is_missing_and_nobody_asks_for_it() {
        let steps = [Step::new("count", || Err("it was called".to_owned())).needs(Tool::Valgrind)];
        let (missing, there) = (|_| Err("missing".to_owned()), |_| Ok(()));
        let is_skipped = |names: &[&str], required: &[Tool], find: fn(Tool) -> Result<(), String>| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            run_where(&steps, &names, required, find).is_ok()
        };
        assert!(is_skipped(&[], &[], missing));
        assert!(is_skipped(&[], &[Tool::Nightly], missing));
        assert!(!is_skipped(&[], &[Tool::Valgrind], missing));
        assert!(!is_skipped(&["count"], &[], missing));
        assert!(!is_skipped(&[], &[], there));
    }
}
