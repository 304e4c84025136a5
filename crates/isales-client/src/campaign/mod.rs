//! Outbound campaigns: list and detail.

mod calls;
pub(crate) mod codes;
mod model;

pub(crate) use self::calls::OPERATIONS;
pub use self::model::{Campaign, CampaignFilter, CampaignStatus, DeviceType};
