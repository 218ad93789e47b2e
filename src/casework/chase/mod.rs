//! The chase: what is not yet held, from whom it is to come, and what has been done about it. Pure but
//! for [`ledger`], the file beside a manifest that remembers each chase.

mod book;
mod category;
mod item;
pub mod ledger;
mod letters;
mod recorded;
mod undo;

pub use book::{Book, BookError, Correspondent, Sender};
pub use category::{Category, category};
pub use item::{
    ChaseItem, Diary, ItemState, NextHearing, chase_items, is_supplier, sort, suppliers,
};
pub use letters::{ChaseLetter, letters};
pub use recorded::recorded;
pub use undo::{LastRecord, UndoError, last_record};
