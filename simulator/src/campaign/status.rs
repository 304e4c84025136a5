//! The status of a campaign.

use serde::{Deserialize, Serialize};

/// What a campaign is doing. The API shows a number, and the same one for three of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CampaignStatus {
    /// Not started yet.
    Draft,
    /// Started, and not begun to call.
    NotBegun,
    /// Calling.
    Running,
    /// Every call is finished.
    Finished,
    /// Paused.
    Suspended,
    /// Past its end.
    Expired,
}

// === impl CampaignStatus ===

impl CampaignStatus {
    /// Returns `status` of list and detail (cec_07_0726, Table 4).
    pub(super) const fn number(self) -> i64 {
        match self {
            Self::Draft => 1,
            Self::NotBegun | Self::Running | Self::Finished => 2,
            Self::Suspended => 3,
            Self::Expired => 4,
        }
    }

    /// Returns a status with this number. One that is not known is that of a draft.
    pub(super) const fn of_number(number: i64) -> Self {
        match number {
            2 => Self::Running,
            3 => Self::Suspended,
            4 => Self::Expired,
            _ => Self::Draft,
        }
    }
}
