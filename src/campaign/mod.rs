//! Outbound campaigns.

mod data_source;
mod data_sources;
mod filter;
mod row;
mod status;
mod switch;
mod walk;

pub(crate) use self::{
    data_source::CampaignDataSource,
    data_sources::CampaignsDataSource,
    filter::Filters,
    switch::CampaignAction,
    walk::{OneOrAllCampaigns, one_or_all_campaigns, walk},
};
