//! The parameters of the call batch interfaces.

use crate::{
    id::{CAMPAIGN_ID, VDN_ID},
    parameter::ParameterName,
};

/// `id` of a call batch.
pub(super) const CALL_BATCH_ID: ParameterName = ParameterName::new("id", "call_batch_id");

/// `name` of a call batch.
pub(super) const NAME: ParameterName = ParameterName::new("name", "name");

/// `status` of a call batch.
pub(super) const STATUS: ParameterName = ParameterName::new("status", "status");

/// All parameters that the user sets.
pub(super) const ALL: &[ParameterName] = &[VDN_ID, CAMPAIGN_ID, CALL_BATCH_ID, NAME, STATUS];
