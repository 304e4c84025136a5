//! Outbound campaigns, as their list and detail interfaces describe them.

use crate::id::CampaignId;

/// An outbound campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// The ID.
    pub campaign_id: CampaignId,
    /// `name`.
    pub name: String,
    /// `status`, if the server returns it.
    pub status: Option<CampaignStatus>,
    /// `deviceType`, if the server returns it.
    pub device_type: Option<DeviceType>,
    /// The begin time, as the server writes it.
    pub begin_time: Option<String>,
    /// The end time, as the server writes it.
    pub end_time: Option<String>,
}

/// A filter for campaigns. The default matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CampaignFilter {
    /// `name`. How the server compares names is not documented.
    pub name: Option<String>,
    /// `status`.
    pub status: Option<CampaignStatus>,
    /// `deviceType`.
    pub device_type: Option<DeviceType>,
    /// `beginTime`: the earliest start, as `yyyy-MM-dd HH:mm:ss`.
    pub begin_time: Option<String>,
    /// `endTime`: the latest end, as `yyyy-MM-dd HH:mm:ss`.
    pub end_time: Option<String>,
}

/// `status` of a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CampaignStatus {
    /// 2: running, finished, or not begun yet. The API does not tell them apart.
    Active,
    /// 3: paused.
    Suspended,
    /// 4: past its end.
    Ended,
    /// A number that the API reference does not list, such as 1 for a draft.
    Other(i64),
}

/// `deviceType` of a campaign: the device that is connected to the called number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeviceType {
    /// 1: IVR in intelligent outbound calls.
    IntelligentIvr,
    /// 2: skill queue in predicted outbound calls.
    PredictedSkillQueue,
    /// 3: IVR in automatic outbound calls.
    AutomaticIvr,
    /// 5: skill queue in previewed outbound calls.
    PreviewedSkillQueue,
    /// 6: skill queue in preempted outbound calls.
    PreemptedSkillQueue,
    /// A number that the API reference does not list.
    Other(i64),
}

// === impl CampaignStatus ===

impl CampaignStatus {
    /// Returns the number that the API uses.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Active => 2,
            Self::Suspended => 3,
            Self::Ended => 4,
            Self::Other(number) => number,
        }
    }
}

impl From<i64> for CampaignStatus {
    fn from(number: i64) -> Self {
        match number {
            2 => Self::Active,
            3 => Self::Suspended,
            4 => Self::Ended,
            other => Self::Other(other),
        }
    }
}

// === impl DeviceType ===

impl DeviceType {
    /// Returns the number that the API uses.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::IntelligentIvr => 1,
            Self::PredictedSkillQueue => 2,
            Self::AutomaticIvr => 3,
            Self::PreviewedSkillQueue => 5,
            Self::PreemptedSkillQueue => 6,
            Self::Other(number) => number,
        }
    }
}

impl From<i64> for DeviceType {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::IntelligentIvr,
            2 => Self::PredictedSkillQueue,
            3 => Self::AutomaticIvr,
            5 => Self::PreviewedSkillQueue,
            6 => Self::PreemptedSkillQueue,
            other => Self::Other(other),
        }
    }
}
