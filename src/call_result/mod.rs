//! Definitions of outbound call results: resource, data source and list resource.

mod create;
mod data_source;
mod delete;
mod display;
mod existing;
mod import;
mod list;
mod model;
mod query;
mod read;
mod resource;
mod schema;
mod update;
mod verify;

pub(crate) use self::{
    data_source::CallResultsDataSource, list::CallResultList, resource::CallResultResource,
};
