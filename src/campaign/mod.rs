//! Outbound campaigns.

mod data_source;
mod data_sources;
mod filter;
mod row;

pub(crate) use self::{
    data_source::CampaignDataSource, data_sources::CampaignsDataSource, filter::Filters,
};
