//! The parameters of the interfaces for special dates.

use crate::{
    id::{CAMPAIGN_ID, VDN_ID},
    parameter::ParameterName,
};

pub(super) const NAME: ParameterName = ParameterName::new("name", "name");
pub(super) const BEGIN_TIME: ParameterName = ParameterName::new("beginTime", "begin_time");

/// The names that the server may use in the description of an error.
pub(super) const NAMES: &[ParameterName] = &[
    VDN_ID,
    CAMPAIGN_ID,
    // `id` in a body.
    ParameterName::new("holidayId", "special_date_id"),
    NAME,
    ParameterName::new("type", "type"),
    ParameterName::new("week", "week"),
    BEGIN_TIME,
    ParameterName::new("endTime", "end_time"),
];
