//! The state of a special date.

use isales_client::{
    CampaignRef,
    special_date::{ListedDate, SpecialDate, SpecialDateId, SpecialDateRef, Week},
};
use tfplugin::{
    diagnostics::Diagnostic,
    model,
    model::{Attr, AttrSet},
    timeouts::Timeouts,
};

use crate::provider_data::{ProviderData, invalid_id};

model! {
    /// `isales_special_date`: one special date of a campaign.
    pub(crate) struct SpecialDateModel {
        pub(super) id: Attr<String>,
        // Null from a create whose outcome is open until a read finds the date by its name.
        pub(super) special_date_id: Attr<i64>,
        pub(super) vdn_id: Attr<i64>,
        pub(super) campaign_id: Attr<i64>,
        pub(super) name: Attr<String>,
        pub(super) r#type: Attr<i64>,
        pub(super) week: Attr<AttrSet<i64>>,
        pub(super) begin_time: Attr<String>,
        pub(super) end_time: Attr<String>,
        pub(super) timeouts: Attr<Timeouts>,
    }

    /// The identity of a special date.
    pub(crate) struct SpecialDateIdentity {
        pub(super) vdn_id: Attr<i64>,
        pub(super) campaign_id: Attr<i64>,
        pub(super) special_date_id: Attr<i64>,
    }

    /// A special date in a list.
    pub(crate) struct SpecialDateRow {
        special_date_id: Attr<i64>,
        name: Attr<String>,
        r#type: Attr<i64>,
        week: Attr<AttrSet<i64>>,
        begin_time: Attr<String>,
        end_time: Attr<String>,
    }
}

// === impl SpecialDateModel ===

impl SpecialDateModel {
    /// Creates the model of a special date that Terraform takes over but has not read yet.
    pub(super) fn unread(id: SpecialDateRef) -> Self {
        let SpecialDateRef {
            campaign,
            special_date_id,
        } = id;
        Self {
            id: Attr::Known(id.to_string()),
            special_date_id: Attr::Known(special_date_id.get()),
            vdn_id: Attr::Known(campaign.vdn_id.get().into()),
            campaign_id: Attr::Known(campaign.campaign_id.get()),
            name: Attr::Null,
            r#type: Attr::Null,
            week: Attr::Null,
            begin_time: Attr::Null,
            end_time: Attr::Null,
            timeouts: Attr::Null,
        }
    }

    /// Returns the campaign.
    pub(super) fn campaign(&self, data: &ProviderData) -> Result<CampaignRef, Diagnostic> {
        data.campaign_ref(self.vdn_id.known(), self.campaign_id.known())
    }

    /// Returns the special date that a state refers to.
    pub(super) fn reference(&self, data: &ProviderData) -> Result<SpecialDateRef, Diagnostic> {
        let identity = SpecialDateIdentity {
            vdn_id: self.vdn_id,
            campaign_id: self.campaign_id,
            special_date_id: self.special_date_id,
        };
        identity.reference(data)
    }

    /// Returns the special date as a request sends it.
    pub(super) fn special_date(&self) -> SpecialDate {
        let days = self.week.as_ref().known().into_iter().flatten();
        SpecialDate {
            name: self.name.clone().known().unwrap_or_default(),
            date_type: self.r#type.known().unwrap_or_default().into(),
            week: Week(days.filter_map(|day| day.known()).collect()),
            begin_time: self.begin_time.clone().known(),
            end_time: self.end_time.clone().known(),
        }
    }

    /// Takes over a special date of the server.
    pub(super) fn set(&mut self, campaign: CampaignRef, listed: ListedDate) {
        let id = SpecialDateRef {
            campaign,
            special_date_id: listed.id,
        };
        let SpecialDateRow {
            special_date_id,
            name,
            r#type,
            week,
            begin_time,
            end_time,
        } = listed.into();
        *self = Self {
            special_date_id,
            name,
            r#type,
            week,
            begin_time,
            end_time,
            timeouts: std::mem::take(&mut self.timeouts),
            ..Self::unread(id)
        };
    }
}

// === impl SpecialDateIdentity ===

impl SpecialDateIdentity {
    /// Creates the identity of a special date.
    pub(super) fn of(id: SpecialDateRef) -> Self {
        Self {
            vdn_id: Attr::Known(id.campaign.vdn_id.get().into()),
            campaign_id: Attr::Known(id.campaign.campaign_id.get()),
            special_date_id: Attr::Known(id.special_date_id.get()),
        }
    }

    /// Returns the special date that the identity names.
    pub(super) fn reference(&self, data: &ProviderData) -> Result<SpecialDateRef, Diagnostic> {
        let id = self.special_date_id.known().unwrap_or_default();
        Ok(SpecialDateRef {
            campaign: data.campaign_ref(self.vdn_id.known(), self.campaign_id.known())?,
            special_date_id: SpecialDateId::try_from(id)
                .map_err(|error| invalid_id("special_date_id", &error))?,
        })
    }
}

impl From<ListedDate> for SpecialDateRow {
    fn from(listed: ListedDate) -> Self {
        let ListedDate { id, date } = listed;
        let days = (!date.week.is_empty()).then(|| date.week.0.into_iter().map(Attr::Known));
        Self {
            special_date_id: Attr::Known(id.get()),
            name: Attr::Known(date.name),
            r#type: Attr::Known(date.date_type.number()),
            week: days.map(Iterator::collect).into(),
            begin_time: date.begin_time.into(),
            end_time: date.end_time.into(),
        }
    }
}
