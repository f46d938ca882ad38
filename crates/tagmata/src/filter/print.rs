//! Asts to text. What is printed reads back as the same ast.

use super::ast::Matching;
use super::ast::{
    Aggregate, Ast, Comparison, Condition, Distance, During, Literal, LiteralKind, Name, NodeId, NodeKind,
    Operand, Quantifier, Test,
};
use std::fmt::{self, Display, Formatter, Write};

impl Display for Ast {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        enum Task {
            Node { id: NodeId, inside: bool },
            Text(&'static str),
        }
        let mut tasks = vec![Task::Node { id: self.root(), inside: false }];
        while let Some(task) = tasks.pop() {
            let (id, inside) = match task {
                Task::Text(text) => {
                    f.write_str(text)?;
                    continue;
                }
                Task::Node { id, inside } => (id, inside),
            };
            match self.get(id).map(|node| &node.kind) {
                Some(NodeKind::Everyone) => f.write_str("everyone")?,
                Some(NodeKind::Nobody) => f.write_str("nobody")?,
                Some(NodeKind::Search(phrase)) => {
                    write!(f, "search {}", Quoted(&phrase.it))?;
                }
                Some(NodeKind::Condition(condition)) => condition.fmt(f)?,
                Some(NodeKind::Not(arg)) => {
                    f.write_str("not ")?;
                    tasks.push(Task::Node { id: *arg, inside: true });
                }
                Some(kind @ (NodeKind::And(args) | NodeKind::Or(args))) => {
                    let word = if matches!(kind, NodeKind::And(_)) { " and " } else { " or " };
                    if inside {
                        f.write_char('(')?;
                        tasks.push(Task::Text(")"));
                    }
                    for (i, arg) in args.iter().enumerate().rev() {
                        tasks.push(Task::Node { id: *arg, inside: true });
                        if i > 0 {
                            tasks.push(Task::Text(word));
                        }
                    }
                }
                Some(NodeKind::Invalid) | None => {}
            }
        }
        Ok(())
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.operand)?;
        let negated = self.negated;
        // Some operators have a negative form of their own; the others take `not` in front.
        if let Test::Compare(comparison, value) = &self.test.it {
            let sign = match comparison {
                Comparison::Equal if negated => "!=",
                Comparison::Equal => "=",
                Comparison::Less => "<",
                Comparison::LessOrEqual => "<=",
                Comparison::Greater => ">",
                Comparison::GreaterOrEqual => ">=",
            };
            return write!(f, "{sign} {value}");
        }
        let is = if negated { "is not" } else { "is" };
        match &self.test.it {
            Test::Empty => return write!(f, "{is} empty"),
            Test::Is(value) => return write!(f, "{is} {value}"),
            Test::Has(Quantifier::Any, values) if negated => return write!(f, "has none {}", List(values)),
            _ if negated => f.write_str("not ")?,
            _ => {}
        }
        match &self.test.it {
            Test::Compare(..) | Test::Empty | Test::Is(_) => Ok(()),
            Test::In(values) => write!(f, "in {}", List(values)),
            Test::Between(low, high) => write!(f, "between {low} and {high}"),
            Test::Match(matching, text) => {
                write!(f, "{} {}", matching.as_text(), Quoted(&text.it))
            }
            Test::Has(Quantifier::One, values) => {
                f.write_str("has")?;
                values.iter().try_for_each(|value| write!(f, " {value}"))
            }
            Test::Has(Quantifier::Any, values) => write!(f, "has any {}", List(values)),
            Test::Has(Quantifier::All, values) => write!(f, "has all {}", List(values)),
            Test::Has(Quantifier::Only, values) => write!(f, "has only {}", List(values)),
            Test::Position(position, moment) => write!(f, "{} {moment}", position.as_str()),
            Test::During(window) => window.fmt(f),
            Test::Distance(distance) => distance.fmt(f),
            Test::Anniversary(anniversary) => write!(f, "anniversary {anniversary}"),
        }
    }
}

impl Matching {
    /// The words that filters use.
    ///
    /// ```
    /// # use tagmata::Matching;
    /// assert_eq!(Matching::StartsWith.as_text(), "starts with");
    /// ```
    #[must_use]
    pub const fn as_text(self) -> &'static str {
        match self {
            Self::Contains => "contains",
            Self::StartsWith => "starts with",
            Self::EndsWith => "ends with",
        }
    }
}

impl Display for Distance {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let more = if self.more { "more" } else { "less" };
        let side = if self.ago { "ago" } else { "from now" };
        write!(f, "{more} than {} {side}", self.count)
    }
}

impl Display for Operand {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => name.fmt(f),
            Self::Aggregate(aggregate) => aggregate.it.fmt(f),
        }
    }
}

impl Display for Aggregate {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}({}", self.function.as_str(), self.of)?;
        if let Some(label) = &self.labelled {
            write!(f, " labelled {}", Quoted(&label.it))?;
        }
        match &self.during {
            None => {}
            Some(During::Window(window)) => write!(f, " {}", window.it)?,
            Some(During::Position(position, moment)) => write!(f, " {} {moment}", position.as_str())?,
            Some(During::Between(low, high)) => write!(f, " between {low} and {high}")?,
        }
        f.write_char(')')
    }
}

impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.quoted {
            true => write!(f, "`{}`", self.text.replace('`', "``")),
            false => f.write_str(&self.text),
        }
    }
}

struct List<'a>(&'a [Literal]);

impl Display for List<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (i, value) in self.0.iter().enumerate() {
            write!(f, "{}{value}", if i == 0 { "(" } else { ", " })?;
        }
        f.write_char(')')
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.it {
            LiteralKind::Text(text) => Quoted(text).fmt(f),
            LiteralKind::Word(word) => f.write_str(word),
            LiteralKind::Number(number) => number.fmt(f),
            LiteralKind::Bool(value) => value.fmt(f),
            LiteralKind::Moment(moment) => moment.fmt(f),
        }
    }
}

/// A string in double quotes, with escapes for what could not be read back or seen.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                '\t' => f.write_str("\\t")?,
                c if c.is_control() => write!(f, "\\u{{{:x}}}", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}
