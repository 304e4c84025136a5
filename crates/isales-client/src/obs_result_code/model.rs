//! An OBS result code.

/// An OBS result code, a value of `obsCodes`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObsResultCode {
    /// `obsCode`.
    pub obs_code: String,
    /// `obsCodeDesc`, the description, if the server returns one.
    pub obs_code_desc: Option<String>,
}
