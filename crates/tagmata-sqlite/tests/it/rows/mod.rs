//! What changes do to the rows of the tables, worked out by hand.

mod desk;
mod contacts;
mod links;
mod interactions;
mod histories;
mod keys;
