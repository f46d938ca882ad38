//! All cases for a database.

use crate::characters::characters;
use crate::dice::Dice;
use crate::drawn::drawn;
use crate::hostile::hostile;
use crate::layout::Layout;
use crate::limits::limits;
use crate::statements::{Asking, Case, Question};
use crate::suites::suites;
use crate::world::World;
use tagmata_sql::Dialect;

/// How many filters are drawn for one world.
const PER_WORLD: usize = 20;

/// The length of the longest statements that Spark plans in seconds.
const LONGEST_IN_SPARK: usize = 100_000;

/// How much is asked.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Where chance begins.
    pub seed: u64,
    /// How many filters are drawn.
    pub filters: usize,
    /// Whether the suites, hostile values and limits are asked too.
    pub with_fixed: bool,
    /// One of how many statements is asked: all, if it is 1.
    pub one_in: usize,
}

/// Hands all cases to somebody, one after the other.
pub fn cases(dialect: Dialect, budget: Budget, mut each: impl FnMut(Case)) {
    let mut dice = Dice::new(budget.seed);
    let mut chosen = Dice::new(budget.seed);
    let mut each = |mut case: Case| {
        case.statements.retain(|_| chosen.one_in(budget.one_in));
        if dialect == Dialect::Spark {
            // It takes them, but needs minutes to plan each.
            case.statements.retain(|statement| statement.text.len() < LONGEST_IN_SPARK);
        }
        each(case);
    };
    if budget.with_fixed {
        for (name, world, questions) in suites() {
            each(laid_out(dialect, &format!("the suite {name}"), &world, &questions, &mut dice));
        }
        for at in 0..6 {
            let (world, questions) = hostile(&mut dice);
            each(laid_out(dialect, &format!("hostile values {at}"), &world, &questions, &mut dice));
        }
        // PostgreSQL has such functions from version 18 on.
        if dialect == Dialect::Clickhouse {
            each(characters(dialect));
        }
        let (world, questions) = limits();
        each(laid_out(dialect, "limits", &world, &questions, &mut dice));
    }
    for at in 0..budget.filters.div_ceil(PER_WORLD) {
        let (world, questions) = drawn(&mut dice, PER_WORLD);
        each(laid_out(dialect, &format!("world {at}"), &world, &questions, &mut dice));
    }
}

fn laid_out(dialect: Dialect, about: &str, world: &World, questions: &[Question], dice: &mut Dice) -> Case {
    let segments = world.segments();
    let layout = Layout::draw(dialect, world, &segments, Dice::new(dice.next()));
    let ids: Vec<_> = segments.iter().map(|(id, _)| *id).collect();
    let asking = Asking { dialect, world, layout: &layout, dice: Dice::new(dice.next()) };
    asking.case(about, questions, &ids)
}
