//! Object-safe forms of the author's traits.
//!
//! Each `Any…` trait speaks in values. Each `Erased…` struct implements one for an author's type: it
//! converts values to the author's models, calls the author's code, and converts the results back.
//!
//! That code exists once for each of the author's types, so there is little of it. The rest, such as
//! the deadlines and the rules of the schema, is in methods of `dyn Any…`, which exist once.

mod action;
mod any_resource;
mod capabilities;
mod data_source;
mod function;
mod future;
mod generation;
mod list_resource;
mod operations;
mod planning;
mod resource;
mod validation;

pub(crate) use self::{
    action::{AnyAction, ErasedAction},
    any_resource::{AnyResource, ApplyRequest, ImportTarget, Outcome, PlanOutcome, PlanRequest},
    data_source::{AnyDataSource, ErasedDataSource},
    function::{AnyFunction, ErasedFunction},
    future::BoxFuture,
    list_resource::{AnyListResource, ErasedListResource},
    resource::ErasedResource,
    validation::validate_config,
};
