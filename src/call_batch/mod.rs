//! The call batches of a campaign: resource, data source, list resource and actions.

mod create;
mod data_source;
mod delete;
mod filter;
mod import;
mod list;
mod lists;
mod located;
mod model;
mod plan;
mod read;
mod resource;
mod schema;
mod switch;
mod update;
mod verify;

pub(super) use self::{
    data_source::CallBatchesDataSource, list::CallBatchList, resource::CallBatchResource,
    switch::CallBatchAction,
};
