//! The parameters of the interfaces for call results.

use crate::{id::VDN_ID, parameter::ParameterName};

/// The parameters that the server may name in an error.
pub(super) const NAMES: &[ParameterName] = &[
    VDN_ID,
    ParameterName::new("defId", "def_id"),
    ParameterName::new("resultCode", "result_code"),
    ParameterName::new("displayResult", "display_result"),
    ParameterName::new("obsCodes", "obs_codes"),
];
