//! The filters of the lists of campaigns.

use isales_client::campaign::CampaignFilter;
use tfplugin::{
    model::Attr,
    schema::{Attribute, Validator},
};

use super::status::STATUSES;

/// The filter arguments of a model.
pub(crate) struct Filters<'a> {
    pub(crate) name: &'a Attr<String>,
    pub(crate) status: Attr<i64>,
    pub(crate) device_type: Attr<i64>,
    pub(crate) begin_time: &'a Attr<String>,
    pub(crate) end_time: &'a Attr<String>,
}

/// The longest `name` that the API's filter takes, in characters. Campaigns may have longer names.
pub(crate) const LONGEST_NAME: usize = 30;

// === impl Filters ===

impl Filters<'_> {
    /// Returns the arguments for a schema.
    pub(crate) fn attributes() -> Vec<Attribute> {
        vec![
            Attribute::string(
                "name",
                format!(
                    "List only campaigns whose name matches this text (`name`), of at most \
                     {LONGEST_NAME} characters. How the server matches is not documented."
                ),
            )
            .validator(Validator::at_most_characters(LONGEST_NAME)),
            Attribute::number(
                "status",
                format!("List only campaigns in this status (`status`): {STATUSES}."),
            )
            .validator(Validator::positive()),
            Attribute::number(
                "device_type",
                "List only campaigns of this device type (`deviceType`), for example `1` for IVR in \
                 intelligent outbound calls.",
            )
            .validator(Validator::positive()),
            Attribute::string(
                "begin_time",
                "List only campaigns that begin at this time or later (`beginTime`).",
            ),
            Attribute::string(
                "end_time",
                "List only campaigns that end at this time or earlier (`endTime`).",
            ),
        ]
    }

    /// Converts the arguments into the filter of a request.
    pub(crate) fn to_filter(&self) -> CampaignFilter {
        CampaignFilter {
            name: self.name.clone().known(),
            status: self.status.known().map(Into::into),
            device_type: self.device_type.known().map(Into::into),
            begin_time: self.begin_time.clone().known(),
            end_time: self.end_time.clone().known(),
        }
    }
}
