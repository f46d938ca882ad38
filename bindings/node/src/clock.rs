//! Clocks that are functions of JavaScript.
//!
//! Only their own thread may call them, while changes happen on several: before each call that may change the book,
//! `clock.js` asks the function and tells the book what it shows.

use crate::convert::instant;
use napi::Result;
use napi::bindgen_prelude::{Function, Unknown};
use std::sync::{Arc, Mutex, PoisonError};
use tagmata::{Clock, TimeZone, Timestamp};

/// What a clock showed when it was asked last.
#[derive(Clone)]
pub(crate) struct Hand(Arc<Mutex<Timestamp>>);

impl Hand {
    /// Asks a clock for the first time.
    pub(crate) fn of(clock: &Function<'_, (), Unknown<'_>>, zone: TimeZone) -> Result<Self> {
        Ok(Self(Arc::new(Mutex::new(instant("clock", clock.call(())?, zone)?))))
    }

    pub(crate) fn shows(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set(&self, shows: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = shows;
    }

    pub(crate) fn clock(&self) -> Clock {
        let hand = self.clone();
        Clock::Running(Arc::new(move || hand.shows()))
    }
}
