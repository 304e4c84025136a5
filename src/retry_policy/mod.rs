//! The retry policy of a campaign: resource, data source and list resource.

mod conflict;
mod create;
mod data_source;
mod delete;
mod deletion_policy;
mod display;
mod earlier;
mod errors;
mod import;
mod list;
mod model;
mod moved;
mod on_conflict;
mod order;
mod owners;
mod plan;
mod private;
mod query;
mod read;
mod replacement;
mod resource;
mod run_history;
mod schema;
mod set;
mod sightings;
mod state;
mod unsupported;
mod update;
mod verify;

pub(super) use self::{
    data_source::RetryPolicyDataSource,
    list::RetryPolicyList,
    model::{Element, draft, elements},
    resource::RetryPolicyResource,
    schema::policy_json_type,
};
