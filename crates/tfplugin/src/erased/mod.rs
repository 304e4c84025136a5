//! Object-safe forms of the author's traits.
//!
//! Each `Any…` trait speaks in values. Each `Erased…` struct implements one for an author's type:
//! it converts values to the author's models, applies the rules of the schema, and converts the
//! results back.

mod action;
mod any_resource;
mod capabilities;
mod data_source;
mod function;
mod future;
mod generation;
mod list_resource;
mod planning;
mod resource;
mod validation;

pub(crate) use self::{
    action::{AnyAction, ErasedAction},
    any_resource::{AnyResource, ApplyRequest, ImportTarget, Outcome, PlanOutcome, PlanRequest},
    data_source::{AnyDataSource, ErasedDataSource},
    function::{AnyFunction, ErasedFunction},
    list_resource::{AnyListResource, ErasedListResource},
    resource::ErasedResource,
    validation::validate_config,
};
