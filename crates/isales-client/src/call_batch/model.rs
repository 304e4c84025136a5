//! Call batches, as their interfaces describe them.

use super::id::CallBatchId;

/// A call batch of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallBatch {
    /// `id`.
    pub call_batch_id: CallBatchId,
    /// `name`, unique in the campaign.
    pub name: String,
    /// `status`, if the server returns it.
    pub status: Option<CallBatchStatus>,
}

/// A call batch to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCallBatch {
    /// `name`.
    pub name: String,
    /// `status`. Without it, the server creates the batch suspended.
    pub status: Option<WantedStatus>,
}

/// A filter for call batches. The default matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallBatchFilter {
    /// `name`. The server matches it fuzzily.
    pub name: Option<String>,
    /// `status`.
    pub status: Option<CallBatchStatus>,
}

/// `status` of a call batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallBatchStatus {
    /// 1.
    Started,
    /// 2.
    Suspended,
    /// A number that the API reference does not list.
    Other(i64),
}

/// A status that a call batch can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WantedStatus {
    /// 1: created as started, or resumed.
    Started,
    /// 2: created as suspended, or paused.
    Suspended,
}

// === impl NewCallBatch ===

impl NewCallBatch {
    /// The longest `name`, in characters.
    pub const LONGEST_NAME: usize = 255;

    /// Characters that `name` must not have.
    pub const FORBIDDEN_CHARACTERS: &str = "<>!@#$%^&*?;\"~/\\";

    /// The status of a batch that is created without one.
    pub const DEFAULT_STATUS: WantedStatus = WantedStatus::Suspended;
}

// === impl CallBatchStatus ===

impl CallBatchStatus {
    /// Returns the number that the API uses.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Started => 1,
            Self::Suspended => 2,
            Self::Other(number) => number,
        }
    }
}

impl From<i64> for CallBatchStatus {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::Started,
            2 => Self::Suspended,
            other => Self::Other(other),
        }
    }
}

impl From<WantedStatus> for CallBatchStatus {
    fn from(status: WantedStatus) -> Self {
        match status {
            WantedStatus::Started => Self::Started,
            WantedStatus::Suspended => Self::Suspended,
        }
    }
}

// === impl WantedStatus ===

impl WantedStatus {
    /// Returns the number that the API uses.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Started => 1,
            Self::Suspended => 2,
        }
    }

    /// Returns the status with this number, if a batch can be given it.
    #[must_use]
    pub const fn from_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Started),
            2 => Some(Self::Suspended),
            _ => None,
        }
    }
}
