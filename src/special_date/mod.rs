//! Special dates of a campaign: resource, data source and list resource.

mod create;
mod data_source;
mod delete;
mod display;
mod import;
mod list;
mod lists;
mod model;
mod read;
mod resource;
mod rules;
mod schema;
mod update;

pub(super) use self::{
    data_source::SpecialDatesDataSource, list::SpecialDateList, resource::SpecialDateResource,
};
