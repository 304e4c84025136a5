//! Replacements of the server's own replies: faults, by probability or by script, and scripts.

mod fault;
mod faulty_reply;
mod script;

pub(crate) use fault::FaultSequence;
pub use fault::{Fault, Faults};
pub(crate) use faulty_reply::faulty_reply;
pub(crate) use script::{Action, Scripts};
pub use script::{Hold, Script};
