//! IDs in the URIs of the API: Table 1 of the API reference.

use std::{fmt, num::NonZeroI64, ops::RangeInclusive, str::FromStr};

use crate::{parameter::ParameterName, printable::quoted};

/// `vdnId` as a parameter.
pub(crate) const VDN_ID: ParameterName = ParameterName::new("vdnId", "vdn_id");

/// `campaignId` as a parameter.
pub(crate) const CAMPAIGN_ID: ParameterName = ParameterName::new("campaignId", "campaign_id");

/// `vdnId`: the ID of a VDN, 1 to 9999 (Table 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VdnId(u16);

/// `campaignId`: the ID of an outbound campaign, a positive 64-bit integer (Table 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CampaignId(NonZeroI64);

/// A campaign and the VDN it belongs to. Displays as `vdn_id/campaign_id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CampaignRef {
    /// The VDN that owns the campaign.
    pub vdn_id: VdnId,
    /// The campaign.
    pub campaign_id: CampaignId,
}

/// A number or text that is not an ID of the API.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The VDN ID is outside its range.
    #[error(
        "The VDN ID (vdn_id) is {0}, but the API accepts an integer from 1 to 9999. Use the ID of the VDN that owns the campaign."
    )]
    VdnOutOfRange(i64),
    /// The campaign ID is zero or negative.
    #[error(
        "The campaign ID (campaign_id) is {0}, but it must be a positive integer. Use the ID that CC-iSales shows for the campaign."
    )]
    CampaignNotPositive(i64),
    /// The text is not a decimal 64-bit integer.
    #[error(
        "{} is not an ID. Write a decimal integer without signs or spaces, such as 46.", quoted(.0)
    )]
    NotAnInteger(String),
    /// The text is not the ID of a call batch.
    #[error(
        "{} is not the ID of a call batch. Write its call_batch_id as isales_call_batches shows it, such as 174712034211433247704877116507.", quoted(.0)
    )]
    NotACallBatchId(String),
    /// The text does not have two parts separated by one slash.
    #[error(
        "{} does not name a campaign. Write vdn_id/campaign_id, such as 25/46.", quoted(.0)
    )]
    NotAReference(String),
    /// The text is not the ID of the definition of a call result.
    #[error(
        "{} is not the ID of a call result. Write its def_id as CC-iSales shows it, such as 1645244637.", quoted(.0)
    )]
    NotADefId(String),
}

// === impl VdnId ===

impl VdnId {
    /// Range of the IDs.
    pub const RANGE: RangeInclusive<u16> = 1..=9999;

    /// Returns the ID as a number, 1 to 9999.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<i64> for VdnId {
    type Error = IdError;

    fn try_from(value: i64) -> Result<Self, IdError> {
        u16::try_from(value)
            .ok()
            .filter(|id| Self::RANGE.contains(id))
            .map(Self)
            .ok_or(IdError::VdnOutOfRange(value))
    }
}

impl FromStr for VdnId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        parse_integer(text)?.try_into()
    }
}

impl fmt::Display for VdnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

// === impl CampaignId ===

impl CampaignId {
    /// Returns the ID as a positive number.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0.get()
    }
}

impl TryFrom<i64> for CampaignId {
    type Error = IdError;

    fn try_from(value: i64) -> Result<Self, IdError> {
        NonZeroI64::new(value)
            .filter(|id| id.is_positive())
            .map(Self)
            .ok_or(IdError::CampaignNotPositive(value))
    }
}

impl FromStr for CampaignId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        parse_integer(text)?.try_into()
    }
}

impl fmt::Display for CampaignId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

// === impl CampaignRef ===

impl FromStr for CampaignRef {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let (vdn_id, campaign_id) = text
            .split_once('/')
            .filter(|(_, campaign)| !campaign.contains('/'))
            .ok_or_else(|| IdError::NotAReference(text.to_owned()))?;
        Ok(Self {
            vdn_id: vdn_id.parse()?,
            campaign_id: campaign_id.parse()?,
        })
    }
}

impl fmt::Display for CampaignRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.vdn_id, self.campaign_id)
    }
}

/// Parses decimal digits without sign, space or leading zero, so that each ID has one text form.
pub(crate) fn parse_integer(text: &str) -> Result<i64, IdError> {
    let canonical = text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.len() == 1 || !text.starts_with('0'));
    text.parse()
        .ok()
        .filter(|_| canonical)
        .ok_or_else(|| IdError::NotAnInteger(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_as_it_prints() {
        for text in ["1/1", "25/46", "9999/9223372036854775807"] {
            assert_eq!(text.parse::<CampaignRef>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn every_wrong_text_is_refused_with_its_reason() {
        let error = |text: &str| text.parse::<CampaignRef>().unwrap_err();
        assert_eq!(error("0/46"), IdError::VdnOutOfRange(0));
        assert_eq!(error("10000/46"), IdError::VdnOutOfRange(10_000));
        assert_eq!(error("25/0"), IdError::CampaignNotPositive(0));
        for text in [
            "25/-1",
            "25/+1",
            "25/01",
            "25/ 1",
            "25/",
            "25/9223372036854775808",
        ] {
            assert!(matches!(error(text), IdError::NotAnInteger(_)), "{text}");
        }
        for text in ["", "46", "25/46/1"] {
            assert_eq!(error(text), IdError::NotAReference(text.to_owned()));
        }
    }
}
