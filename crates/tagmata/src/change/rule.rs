//! Rules as they come from outside.

use super::reference::Ref;
use super::source::FilterSource;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::Patch;
use crate::text::quoted;
use crate::value::{SegmentId, StatusId, TagId};

/// What makes a rule fire, by name.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Occasion {
    /// An interaction of a kind, or another value of a field: its key.
    On(String),
    /// A filter that becomes true.
    When(FilterSource),
}

/// A rule to be made.
///
/// ```
/// use tagmata::{Book, Draft, NewRule, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let spender = NewRule::on("big spender", "payment").condition("sum(payment) > 10000");
/// book.add_rule(spender.set_status("vip").add_tags(["gold"]), now)?;
///
/// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
/// book.record(zoe, "payment", now, Some("12000".parse()?), None, now)?;
/// assert!(book.matches(zoe, "status = vip and tags has gold")?);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct NewRule {
    pub(super) name: String,
    pub(super) patch: RulePatch,
}

/// What is to be another about a rule; the rest stays as it is.
///
/// ```
/// use tagmata::{Book, NewRule, RulePatch, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// book.add_rule(NewRule::when("new in France", "country = FR").add_tags(["welcome"]), now)?;
/// book.update_rule("new in France", RulePatch::new().rename("bonjour").enabled(false), now)?;
/// assert_eq!((book.rules()[0].name.as_str(), book.rules()[0].is_enabled), ("bonjour", false));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use]
pub struct RulePatch {
    pub(super) name: Option<String>,
    pub(super) occasion: Option<Occasion>,
    pub(super) condition: Option<Option<FilterSource>>,
    pub(super) status: Option<Option<Ref<StatusId>>>,
    pub(super) add_tags: Option<Vec<Ref<TagId>>>,
    pub(super) remove_tags: Option<Vec<Ref<TagId>>>,
    pub(super) add_to_segments: Option<Vec<Ref<SegmentId>>>,
    pub(super) remove_from_segments: Option<Vec<Ref<SegmentId>>>,
    pub(super) fields: Option<Patch>,
    pub(super) is_enabled: Option<bool>,
    pub(super) position: Option<usize>,
    pub(super) to_existing: bool,
}

/// What a new rule and a change of a rule both say.
macro_rules! parts {
    ($type:ident, $($patch:ident)?) => {
        impl $type {
            /// Fires only for contacts that match this filter as well, by what they are after the change.
            pub fn condition(mut self, filter: impl Into<FilterSource>) -> Self {
                self$(.$patch)?.condition = Some(Some(filter.into()));
                self
            }

            /// Gives contacts a status.
            pub fn set_status(mut self, status: impl Into<Ref<StatusId>>) -> Self {
                self$(.$patch)?.status = Some(Some(status.into()));
                self
            }

            /// Gives contacts exactly these tags besides their own; those that are new are made.
            pub fn add_tags(mut self, tags: impl IntoIterator<Item = impl Into<Ref<TagId>>>) -> Self {
                self$(.$patch)?.add_tags = Some(tags.into_iter().map(Into::into).collect());
                self
            }

            /// Takes exactly these tags from contacts.
            pub fn remove_tags(mut self, tags: impl IntoIterator<Item = impl Into<Ref<TagId>>>) -> Self {
                self$(.$patch)?.remove_tags = Some(tags.into_iter().map(Into::into).collect());
                self
            }

            /// Puts contacts into exactly these static segments besides their own.
            pub fn add_to_segments(
                mut self,
                segments: impl IntoIterator<Item = impl Into<Ref<SegmentId>>>,
            ) -> Self {
                self$(.$patch)?.add_to_segments = Some(segments.into_iter().map(Into::into).collect());
                self
            }

            /// Takes contacts out of exactly these static segments.
            pub fn remove_from_segments(
                mut self,
                segments: impl IntoIterator<Item = impl Into<Ref<SegmentId>>>,
            ) -> Self {
                self$(.$patch)?.remove_from_segments =
                    Some(segments.into_iter().map(Into::into).collect());
                self
            }

            /// Sets exactly these fields; what the patch clears is cleared.
            pub fn set_fields(mut self, fields: Patch) -> Self {
                self$(.$patch)?.fields = Some(fields);
                self
            }

            /// Switches the rule on or off.
            pub fn enabled(mut self, is_enabled: bool) -> Self {
                self$(.$patch)?.is_enabled = Some(is_enabled);
                self
            }

            /// Puts the rule at a place among the others, from 0; behind all of them where there are fewer.
            pub fn position(mut self, position: usize) -> Self {
                self$(.$patch)?.position = Some(position);
                self
            }

            /// Does the same at once for the contacts for whom the rule would have fired: those that match its filters now, and,
            /// of a rule on a kind of interaction or on a field, have such an interaction or a value.
            pub fn apply_to_existing(mut self, to_existing: bool) -> Self {
                self$(.$patch)?.to_existing = to_existing;
                self
            }
        }
    };
}

parts!(NewRule, patch);
parts!(RulePatch,);

impl NewRule {
    /// A rule that fires on an interaction of a kind, or on another value of a field: the key of the one or the other.
    pub fn on(name: impl Into<String>, kind_or_field: impl Into<String>) -> Self {
        Self { name: name.into(), patch: RulePatch::new().on(kind_or_field) }
    }

    /// A rule that fires when a filter becomes true of a contact: by a change, or because time passes.
    pub fn when(name: impl Into<String>, filter: impl Into<FilterSource>) -> Self {
        Self { name: name.into(), patch: RulePatch::new().when(filter) }
    }

    /// A rule of its parts: for hosts that take them as options, each of which may be left out.
    ///
    /// ```
    /// use tagmata::{Book, Code, NewRule, RulePatch, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let tag = RulePatch::new().add_tags(["gold"]);
    /// book.add_rule(NewRule::of_parts("paid", Some("payment".into()), None, tag.clone())?, now)?;
    ///
    /// let nothing = NewRule::of_parts("when?", None, None, tag);
    /// assert_eq!(nothing.unwrap_err().code(), Code::BadRule);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadRule`] for a rule that says both or neither of on what and when it fires.
    pub fn of_parts(
        name: impl Into<String>,
        on: Option<String>,
        when: Option<FilterSource>,
        patch: RulePatch,
    ) -> Result<Self> {
        let name = name.into();
        let patch = patch.fires(&name, on, when)?;
        match patch.occasion {
            Some(_) => Ok(Self { name, patch }),
            None => Err(bad_occasion(&name, "does not say when it fires")),
        }
    }
}

impl RulePatch {
    /// No changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Is switched on or off as this says, if it says it.
    pub(crate) fn enabled_if(mut self, is_enabled: Option<bool>) -> Self {
        self.is_enabled = is_enabled.or(self.is_enabled);
        self
    }

    /// Another name.
    pub fn rename(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Fires on an interaction of this kind, or on another value of this field.
    pub fn on(mut self, kind_or_field: impl Into<String>) -> Self {
        self.occasion = Some(Occasion::On(kind_or_field.into()));
        self
    }

    /// Fires when this filter becomes true.
    pub fn when(mut self, filter: impl Into<FilterSource>) -> Self {
        self.occasion = Some(Occasion::When(filter.into()));
        self
    }

    /// Fires on what is given, if anything is: for hosts that take both as options.
    ///
    /// # Errors
    /// [`Code::BadRule`] if both are given.
    pub fn fires(self, name: &str, on: Option<String>, when: Option<FilterSource>) -> Result<Self> {
        match (on, when) {
            (None, None) => Ok(self),
            (Some(key), None) => Ok(self.on(key)),
            (None, Some(filter)) => Ok(self.when(filter)),
            (Some(_), Some(_)) => Err(bad_occasion(name, "says twice when it fires")),
        }
    }

    /// Has no condition any more.
    pub fn without_condition(mut self) -> Self {
        self.condition = Some(None);
        self
    }

    /// Whether more is to be another than the name, the place and whether the rule is switched on.
    pub(super) fn says_something(&self) -> bool {
        self.occasion.is_some()
            || self.condition.is_some()
            || self.status.is_some()
            || self.fields.is_some()
            || [&self.add_tags, &self.remove_tags].into_iter().any(Option::is_some)
            || [&self.add_to_segments, &self.remove_from_segments].into_iter().any(Option::is_some)
    }

    /// Sets no status any more.
    pub fn without_status(mut self) -> Self {
        self.status = Some(None);
        self
    }
}

pub(super) fn bad_occasion(name: &str, what: &str) -> Error {
    let message = format!("the rule {} {what}", quoted(name));
    let help = "give either `on`, a kind of interaction or a field, or `when`, a filter that becomes true";
    Error::value(Diagnostic::new(Code::BadRule, message).help(help))
}
