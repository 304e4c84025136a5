//! The plan engine: turns what Terraform proposes into what the provider promises.
//!
//! Terraform proposes the configuration laid over the prior state. The rules of the schema turn
//! that into a plan: defaults, values that stay unknown until apply, and changes that need a new
//! resource.

mod defaults;
mod generated;
mod replace;
#[cfg(test)]
mod tests;
mod unknowns;
mod walk;
pub(crate) mod write_only;

pub(crate) use self::{
    defaults::apply_defaults, generated::leave_out_the_obvious, replace::required_replacements,
    unknowns::mark_computed,
};
