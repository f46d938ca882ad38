//! Named steps run in order, each under a heading, with one line per step at the end.

use crate::stop::Stop;

/// One part of a command: it passes, or says why not.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) run: Box<dyn Fn() -> Result<(), String>>,
}

impl Step {
    pub(crate) fn new(name: &'static str, run: impl Fn() -> Result<(), String> + 'static) -> Self {
        Self { name, run: Box::new(run) }
    }
}

/// Runs the steps that are named, or all if none is. A failure does not keep the later ones from running, so that one
/// call shows everything there is to mend.
pub(crate) fn run(steps: &[Step], names: &[String]) -> Result<(), Stop> {
    let chosen = choose(steps, names)?;
    let mut outcomes = Vec::new();
    for step in chosen {
        println!("\n== {} ==", step.name);
        outcomes.push((step.name, (step.run)()));
    }

    println!();
    let mut failed = Vec::new();
    for (name, outcome) in outcomes {
        match outcome {
            Ok(()) => println!("{name}: passed"),
            Err(reason) => {
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
    use super::{Step, Stop, run};

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
            let got = run(&steps(), &names).map_err(|stop| match stop {
                Stop::Failed(message) => message,
                Stop::Usage(message) => panic!("usage: {message}"),
            });
            assert_eq!(got, expected.map_err(str::to_owned), "{names:?}");
        }
    }
}
