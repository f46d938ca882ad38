//! Cases: tables, and statements with what they have to find.

use crate::dice::Dice;
use crate::folds::folds;
use crate::layout::Layout;
use crate::table::Table;
use crate::world::World;
use serde::Serialize;
use std::collections::BTreeMap;
use tagmata::{Code, Error, Filter, SegmentId};
use tagmata_sql::{Compiler, Dialect, Mapping, Param, Placeholders, SegmentsFrom, Sql};

/// What a statement has to find, in any order.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The ids of contacts.
    Ids(Vec<i64>),
    /// How many contacts there are.
    Count(usize),
    /// Numbers of segments with ids of contacts.
    Pairs(Vec<(u32, usize)>),
}

/// A statement and its answer.
#[derive(Debug, Clone, Serialize)]
pub struct Statement {
    /// What it asks.
    pub about: String,
    /// Its text.
    pub text: String,
    /// Its parameters.
    pub params: Vec<Param>,
    /// Whether parameters are marked as drivers of Python want them.
    pub is_format: bool,
    /// What it has to find.
    pub answer: Answer,
}

/// Tables and the statements that are asked of them.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    /// Where the case comes from.
    pub about: String,
    /// The tables, with rows that must never be found.
    pub tables: Vec<Table>,
    /// What the functions of folds give for each text.
    pub folds: BTreeMap<String, (String, String)>,
    /// The statements.
    pub statements: Vec<Statement>,
    /// What is more than the database takes.
    pub refused: Vec<String>,
}

/// A filter and whom it matches.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) about: String,
    pub(crate) filter: Filter,
    pub(crate) members: Vec<usize>,
}

/// Questions to a world in a layout.
pub(crate) struct Asking<'a> {
    pub(crate) dialect: Dialect,
    pub(crate) world: &'a World,
    pub(crate) layout: &'a Layout,
    pub(crate) dice: Dice,
}

impl Asking<'_> {
    fn compiler<'a>(&'a self, mapping: &'a Mapping, placeholders: Placeholders) -> Compiler<'a> {
        let built = &self.world.built;
        Compiler::of(self.dialect, mapping, &built.schema, &built.segments, self.world.now)
            .placeholders(placeholders)
    }

    /// A case of all questions, and of all segments at once.
    pub(crate) fn case(mut self, about: &str, questions: &[Question], segments: &[SegmentId]) -> Case {
        let json = self.layout.mapping.to_json();
        let read = Mapping::from_json(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
        assert_eq!(read, self.layout.mapping, "a mapping comes back from its JSON");
        let (mut statements, mut refused) = (Vec::new(), Vec::new());
        for question in questions {
            match self.ask(question, &mut statements) {
                Ok(()) => {}
                Err(error) if error.code() == Code::StatementTooLarge => {
                    refused.push(format!("{}: {error}", question.about));
                }
                Err(error) => panic!("{} was refused: {error}\n{json}", question.about),
            }
        }
        if !segments.is_empty() {
            match self.ask_segments(segments, &mut statements) {
                Ok(()) => {}
                Err(error) if error.code() == Code::StatementTooLarge => {
                    refused.push(format!("all segments: {error}"));
                }
                Err(error) => panic!("all segments were refused: {error}\n{json}"),
            }
        }
        let folds = folds(&self.layout.tables);
        Case { about: about.to_owned(), tables: self.layout.tables.clone(), folds, statements, refused }
    }

    fn placeholders(&mut self) -> Placeholders {
        match self.dialect {
            Dialect::Mysql => Placeholders::Format,
            Dialect::Postgres if self.dice.one_in(3) => Placeholders::Format,
            _ => Placeholders::Native,
        }
    }

    fn ask(&mut self, question: &Question, statements: &mut Vec<Statement>) -> Result<(), Error> {
        let Question { about, filter, members } = question;
        let ids: Vec<i64> = members.iter().map(|id| i64::try_from(*id).unwrap()).collect();
        let placeholders = self.placeholders();
        let from = match self.dice.one_in(4) {
            true => SegmentsFrom::Members,
            false => SegmentsFrom::Filters,
        };
        let (counts, finds_others) = (self.dice.one_in(5), self.dice.one_in(4));
        let compiler = self.compiler(&self.layout.mapping, placeholders).segments_from(from);
        let mut add = |how: &str, sql: Sql, answer| {
            statements.push(Statement {
                about: format!("{how} {about}"),
                text: sql.text,
                params: sql.params,
                is_format: placeholders == Placeholders::Format,
                answer,
            });
        };
        let select = compiler.select(filter)?;
        if counts {
            let count = compiler.count(filter)?;
            add("count", count, Answer::Count(ids.len()));
        }
        if finds_others {
            let all = self.layout.tables[0].rows.iter().map(|row| row[0].as_i64().unwrap());
            let others = all.filter(|id| !ids.contains(id)).collect();
            let mut condition = compiler.condition(filter)?;
            let (before, _) = select.text.split_once(" WHERE ").unwrap();
            condition.text = format!("{before} WHERE NOT ({})", condition.text);
            add("all but", condition, Answer::Ids(others));
        }
        add("select", select, Answer::Ids(ids));
        Ok(())
    }

    fn ask_segments(&mut self, segments: &[SegmentId], statements: &mut Vec<Statement>) -> Result<(), Error> {
        let placeholders = self.placeholders();
        let Layout { mapping, with_wrong, right, wrong, .. } = self.layout;
        let mut add = |about: &str, sql: &Sql, answer: Vec<(u32, usize)>| {
            statements.push(Statement {
                about: about.to_owned(),
                text: sql.text.clone(),
                params: sql.params.clone(),
                is_format: placeholders == Placeholders::Format,
                answer: Answer::Pairs(answer),
            });
        };
        let of = |mapping| self.compiler(mapping, placeholders);
        let members = of(mapping).members(segments)?;
        assert_eq!(members.len(), 1, "few segments are one statement");
        add("all segments", &members[0], right.clone());
        // What is read from the table of members, and from itself, is what stands there.
        let members = of(mapping).segments_from(SegmentsFrom::Members).members(segments)?;
        add("all segments by others", &members[0], right.clone());
        let differences = of(with_wrong).differences(segments)?;
        assert_eq!(differences.len(), 1, "few segments are one statement");
        let without = |these: &[(u32, usize)], others: &[(u32, usize)]| {
            these.iter().filter(|pair| !others.contains(pair)).copied().collect::<Vec<_>>()
        };
        add("who entered", &differences[0].entered, without(right, wrong));
        add("who left", &differences[0].left, without(wrong, right));
        Ok(())
    }
}
