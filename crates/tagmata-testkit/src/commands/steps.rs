//! What a book goes through, step by step.

use super::definitions::usual_fields;
use super::names::{SEGMENTS, TAGS};
use super::{contacts, definitions, rules, segments};
use proptest::bool::ANY;
use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, prop_oneof};
use proptest::sample::select;
use tagmata::{Command, Commit, Draft, NewRule, NewSegment, Patch, Timestamp};

/// One change.
#[derive(Debug, Clone)]
pub enum Act {
    /// A command.
    Run(Box<Command>),
    /// The undo of a commit, counted back from the last one.
    Undo {
        /// How many commits back.
        back: usize,
        /// By force.
        force: bool,
    },
}

impl Act {
    /// The command, where these commits were made so far; none if there is nothing to undo.
    pub fn command(&self, commits: &[Commit]) -> Option<Command> {
        match self {
            Self::Run(command) => Some((**command).clone()),
            Self::Undo { back, force } => {
                let at = commits.len().checked_sub(1 + back % commits.len().max(1))?;
                Some(Command::Undo { commit: Box::new(commits[at].clone()), force: *force })
            }
        }
    }
}

/// What happens, so much time after the step before.
#[derive(Debug, Clone)]
pub struct Step {
    /// Microseconds.
    pub later: i64,
    /// Changes: none if only time passes, several for a batch.
    pub acts: Vec<Act>,
}

impl Step {
    /// When it happens.
    pub fn at(&self, now: Timestamp) -> Timestamp {
        Timestamp::from_micros(now.as_micros() + self.later).unwrap()
    }
}

fn act() -> BoxedStrategy<Act> {
    let undo =
        (prop_oneof![Just(0_usize), 0..20_usize], ANY).prop_map(|(back, force)| Act::Undo { back, force });
    let run = |commands: BoxedStrategy<Command>| commands.prop_map(|command| Act::Run(Box::new(command)));
    prop_oneof![
        9 => run(contacts::command()),
        4 => run(segments::command()),
        4 => run(definitions::command()),
        3 => run(rules::command()),
        3 => undo,
    ]
    .boxed()
}

/// Often nothing: what happens at the same instant is hard to tell apart.
fn later() -> BoxedStrategy<i64> {
    const MINUTE: i64 = 60_000_000;
    let moved = prop_oneof![
        Just(1),
        (1..120_i64).prop_map(|minutes| minutes * MINUTE),
        (1..72_i64).prop_map(|hours| hours * 60 * MINUTE),
        (1..40_i64).prop_map(|days| days * 24 * 60 * MINUTE),
    ];
    prop_oneof![2 => Just(0), 1 => moved].boxed()
}

/// Random steps.
pub fn steps(most: usize) -> BoxedStrategy<Vec<Step>> {
    let acts = prop_oneof![
        1 => Just(Vec::new()),
        14 => vec(act(), 1),
        3 => vec(act(), 0..5),
    ];
    vec((later(), acts).prop_map(|(later, acts)| Step { later, acts }), 1..most).boxed()
}

/// Steps that make a small world: fields of every type, a few contacts, tags and segments; some of each are left out, and
/// now and then there is a crowd.
pub fn first_steps() -> BoxedStrategy<Vec<Step>> {
    let fields = usual_fields().into_iter().map(Command::DefineField);
    let tags = TAGS.iter().take(3).map(|name| Command::DefineTag((*name).to_owned()));
    let contacts = [
        Draft::new().set("first_name", "Zoé").set("external_id", "X1").set("email", "zoe@example.com"),
        Draft::new().set("first_name", "Léo").set("mobile", "06 12 34 56 78").set("tags", ["gold", "web"]),
        Draft::new().set("email", "zoe@example.com").set("tags", ["web"]).set("segments", ["big"]),
        Draft::new().set("external_id", "X2").set("status", "active").set("software", ["xero"]),
    ]
    .map(Command::CreateContact);
    let fixed = SEGMENTS.iter().take(2).map(|name| NewSegment::fixed(*name));
    let dynamic = [
        NewSegment::dynamic("Sud", "status = active or segments has nord"),
        NewSegment::dynamic("Leads", "not segments has sud and tags has web"),
        NewSegment::dynamic("Recent", "created_at in last 2 days or plan = xero or count(demo) = 1"),
    ];
    let segment = |segment| Command::CreateSegments(vec![segment]);
    let others = [
        Command::DefineStatus { key: "churned".to_owned(), label: Some("Lost".to_owned()) },
        Command::DefineKind { key: "demo".to_owned(), outgoing: false },
    ];
    let rules = [
        NewRule::when("welcome", "tags has web").set_status("active").add_to_segments(["nord"]),
        NewRule::on("spender", "payment").condition("sum(payment) > 100").add_tags(["gold"]),
        NewRule::on("dormant", "status").remove_tags(["web"]).set_fields(Patch::new().set("agreed", true)),
    ];
    let rules = rules.map(|rule| Command::AddRule(Box::new(rule)));
    let names = fields.chain(tags).chain(others).chain(fixed.map(segment));
    let commands: Vec<Command> = names.chain(contacts).chain(dynamic.map(segment)).chain(rules).collect();
    let crowd = select(vec![0_usize, 0, 0, 0, 20]);
    (vec(proptest::bool::weighted(0.95), commands.len()), crowd)
        .prop_map(move |(kept, crowd)| {
            let crowd = (0..crowd).map(|_| Command::CreateContact(Draft::new()));
            let kept =
                commands.iter().zip(kept).filter(|(_, kept)| *kept).map(|(command, _)| command.clone());
            let step = |command| Step { later: 0, acts: vec![Act::Run(Box::new(command))] };
            kept.chain(crowd).map(step).collect()
        })
        .boxed()
}
