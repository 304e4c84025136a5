//! The ID of a special date.

use std::{fmt, num::NonZeroI64, str::FromStr};

use crate::{
    id::{CampaignRef, IdError, parse_integer},
    printable::quoted,
};

/// `id`, in paths `holidayId`: a positive 64-bit integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpecialDateId(NonZeroI64);

/// A special date and the campaign it belongs to. Displays as `vdn_id/campaign_id/special_date_id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpecialDateRef {
    /// The campaign.
    pub campaign: CampaignRef,
    /// The special date.
    pub special_date_id: SpecialDateId,
}

/// A number or text that does not name a special date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpecialDateIdError {
    /// The ID is zero or negative.
    #[error(
        "The ID of the special date (special_date_id) is {0}, but it must be a positive integer. Use the ID that CC-iSales lists for it."
    )]
    NotPositive(i64),
    /// The ID of the VDN or the campaign is wrong, or the text is not an integer.
    #[error(transparent)]
    Id(#[from] IdError),
    /// The text does not have three parts separated by slashes.
    #[error(
        "{} does not name a special date. Write vdn_id/campaign_id/special_date_id, such as 25/46/1318795089.", quoted(.0)
    )]
    NotAReference(String),
}

// === impl SpecialDateId ===

impl SpecialDateId {
    /// Returns the ID as a positive number.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0.get()
    }
}

impl TryFrom<i64> for SpecialDateId {
    type Error = SpecialDateIdError;

    fn try_from(value: i64) -> Result<Self, SpecialDateIdError> {
        NonZeroI64::new(value)
            .filter(|id| id.is_positive())
            .map(Self)
            .ok_or(SpecialDateIdError::NotPositive(value))
    }
}

impl FromStr for SpecialDateId {
    type Err = SpecialDateIdError;

    fn from_str(text: &str) -> Result<Self, SpecialDateIdError> {
        parse_integer(text)?.try_into()
    }
}

impl fmt::Display for SpecialDateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

// === impl SpecialDateRef ===

impl FromStr for SpecialDateRef {
    type Err = SpecialDateIdError;

    fn from_str(text: &str) -> Result<Self, SpecialDateIdError> {
        let (campaign, special_date_id) = text
            .rsplit_once('/')
            .filter(|(campaign, _)| campaign.matches('/').count() == 1)
            .ok_or_else(|| SpecialDateIdError::NotAReference(text.to_owned()))?;
        Ok(Self {
            campaign: campaign.parse()?,
            special_date_id: special_date_id.parse()?,
        })
    }
}

impl fmt::Display for SpecialDateRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.campaign, self.special_date_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_as_it_prints() {
        for text in ["1/1/1", "25/46/1318795089", "9999/1/9223372036854775807"] {
            assert_eq!(text.parse::<SpecialDateRef>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn every_wrong_text_is_refused_with_its_reason() {
        let error = |text: &str| text.parse::<SpecialDateRef>().unwrap_err();
        assert_eq!(error("25/46/0"), SpecialDateIdError::NotPositive(0));
        for text in ["0/46/1", "25/0/1", "25/46/01", "25/46/", "25/46/x", "//"] {
            assert!(matches!(error(text), SpecialDateIdError::Id(_)), "{text}");
        }
        for text in ["", "25/46", "25/46/1/1", "46"] {
            let expected = SpecialDateIdError::NotAReference(text.to_owned());
            assert_eq!(error(text), expected);
        }
    }
}
