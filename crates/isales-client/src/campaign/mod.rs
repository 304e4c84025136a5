//! Outbound campaigns: list and detail, pause and resume.

mod calls;
pub(crate) mod codes;
mod model;
mod switch;

pub use self::model::{Campaign, CampaignFilter, CampaignStatus, DeviceType};

use crate::error::Operation;

/// The operations of the interfaces.
pub(crate) const OPERATIONS: &[&Operation] =
    &[calls::LIST, calls::QUERY, switch::PAUSE, switch::RESUME];
