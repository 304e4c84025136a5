//! Result codes of the API (API reference, Table 7).

/// A code of Table 7, or one that only other interfaces return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResultCode {
    /// `0200000`.
    Success,
    /// `0200001`; `resultDesc` has the details.
    ParameterError,
    /// `0200-01`: the campaign does not exist (retry policy interfaces).
    NoSuchCampaign,
    /// `0200007`: the campaign does not exist (other interfaces).
    CampaignGone,
    /// `0200011`: the status of the campaign rules it out (pause and resume).
    WrongStatus,
    /// `0200013`: another special date has the name.
    SpecialDateNameExists,
    /// `0200014`: the special date does not exist.
    NoSuchSpecialDate,
    /// `0200015`: the campaign has as many special dates as allowed.
    TooManySpecialDates,
    /// `0200030`: a date or time has the wrong format.
    BadTimeFormat,
    /// `0200022`: the interface is called too fast.
    TooFast,
    /// `03000001`: another call batch has the name.
    DuplicateCallBatch,
    /// `03000002`: the state of the campaign does not allow the change of a call batch.
    CallBatchNotAllowed,
    /// `03000003`: the campaign has as many call batches as it may.
    TooManyCallBatches,
    /// `03000004`: the call batch does not exist.
    NoSuchCallBatch,
    /// `03000005`: the call batch is started already \[I\].
    CallBatchStarted,
    /// `03000006`: the call batch is suspended already.
    CallBatchSuspended,
    /// `02000001`.
    Empty,
    /// `02000002`.
    InvalidCharacters,
    /// `02000003`.
    TooLong,
    /// `02000004`.
    TooShort,
    /// `02000005`.
    LengthOutOfRange,
    /// `02000006`.
    WrongType,
    /// `02000007`.
    WrongValue,
    /// `02000008`.
    Conversion,
    /// `02000009`.
    BadCombination,
    /// `02000010`.
    HourWithoutMinute,
    /// `02000011`.
    TooManyParameters,
}

// === impl ResultCode ===

impl ResultCode {
    /// All failures of Table 7, in its order.
    pub const TABLE_7: [Self; 13] = [
        Self::ParameterError,
        Self::NoSuchCampaign,
        Self::Empty,
        Self::InvalidCharacters,
        Self::TooLong,
        Self::TooShort,
        Self::LengthOutOfRange,
        Self::WrongType,
        Self::WrongValue,
        Self::Conversion,
        Self::BadCombination,
        Self::HourWithoutMinute,
        Self::TooManyParameters,
    ];

    /// Returns the code as sent. `0200001` and `02000001` are different codes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "0200000",
            Self::ParameterError => "0200001",
            Self::NoSuchCampaign => "0200-01",
            Self::CampaignGone => "0200007",
            Self::WrongStatus => "0200011",
            Self::SpecialDateNameExists => "0200013",
            Self::NoSuchSpecialDate => "0200014",
            Self::TooManySpecialDates => "0200015",
            Self::BadTimeFormat => "0200030",
            Self::TooFast => "0200022",
            Self::DuplicateCallBatch => "03000001",
            Self::CallBatchNotAllowed => "03000002",
            Self::TooManyCallBatches => "03000003",
            Self::NoSuchCallBatch => "03000004",
            Self::CallBatchStarted => "03000005",
            Self::CallBatchSuspended => "03000006",
            Self::Empty => "02000001",
            Self::InvalidCharacters => "02000002",
            Self::TooLong => "02000003",
            Self::TooShort => "02000004",
            Self::LengthOutOfRange => "02000005",
            Self::WrongType => "02000006",
            Self::WrongValue => "02000007",
            Self::Conversion => "02000008",
            Self::BadCombination => "02000009",
            Self::HourWithoutMinute => "02000010",
            Self::TooManyParameters => "02000011",
        }
    }

    pub(super) fn description(self) -> &'static str {
        match self {
            Self::Success => "",
            Self::ParameterError => "Parameter error.",
            Self::NoSuchCampaign => "The outbound campaign does not exist.",
            Self::CampaignGone => "The outbound campaign no longer exists.",
            Self::WrongStatus => "The campaign status does not support this operation.",
            Self::SpecialDateNameExists => "The name of the special date already exists.",
            Self::NoSuchSpecialDate => "The special date does not exist.",
            Self::TooManySpecialDates => {
                "The number of special dates of the outbound campaign has reached the limit."
            }
            Self::BadTimeFormat => "The time format is incorrect.",
            Self::TooFast => "The interface is called too fast.",
            Self::DuplicateCallBatch => "The batch name already exists.",
            Self::CallBatchNotAllowed => "The task status does not support this operation.",
            Self::TooManyCallBatches => "The number of batches exceeds the upper limit.",
            Self::NoSuchCallBatch => "The batch ID does not exist.",
            Self::CallBatchStarted => "The batch has been started.",
            Self::CallBatchSuspended => "The batch has been suspended.",
            Self::Empty => "Empty parameter.",
            Self::InvalidCharacters => "The parameter contains invalid characters.",
            Self::TooLong => "The parameter length cannot exceed the maximum length.",
            Self::TooShort => "The parameter length cannot be less than the minimum length.",
            Self::LengthOutOfRange => "The parameter length must be within the specified range.",
            Self::WrongType => "Incorrect parameter type.",
            Self::WrongValue => "Incorrect parameter value.",
            Self::Conversion => "Parameter conversion error. Check the request parameters.",
            Self::BadCombination => {
                "Incorrect parameter combination. Check the request parameters."
            }
            Self::HourWithoutMinute => {
                "The hour and minute parameters must be set at the same time."
            }
            Self::TooManyParameters => {
                "The number of parameters cannot exceed the specified number."
            }
        }
    }
}
