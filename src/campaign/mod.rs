//! Outbound campaigns.

mod data_source;
mod data_sources;
mod filter;
mod row;
mod status;
mod switch;

pub(crate) use self::{
    data_source::CampaignDataSource, data_sources::CampaignsDataSource, filter::Filters,
    switch::CampaignAction,
};
