//! IDs of call batches.

use std::{fmt, str::FromStr};

use crate::id::{CampaignRef, IdError};

/// `id` of a call batch: text that the server makes, of 30 digits in the API's example.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallBatchId(String);

/// A call batch and the campaign it belongs to. Displays as `vdn_id/campaign_id/call_batch_id`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallBatchRef {
    /// The campaign.
    pub campaign: CampaignRef,
    /// The call batch.
    pub call_batch_id: CallBatchId,
}

// === impl CallBatchId ===

impl CallBatchId {
    /// Takes an ID from a reply. Returns `None` for text that cannot be an ID: it would not survive a
    /// reference, which separates IDs by slashes.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Option<Self> {
        let id = id.into();
        let is_id = |c: char| c.is_ascii_graphic() && c != '/';
        (!id.is_empty() && id.chars().all(is_id)).then_some(Self(id))
    }

    /// Returns the ID as the server writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CallBatchId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::new(text).ok_or_else(|| IdError::NotACallBatchId(text.to_owned()))
    }
}

impl fmt::Display for CallBatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// === impl CallBatchRef ===

impl FromStr for CallBatchRef {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let (campaign, call_batch_id) = text
            .rsplit_once('/')
            .ok_or_else(|| IdError::NotACallBatchId(text.to_owned()))?;
        Ok(Self {
            campaign: campaign.parse()?,
            call_batch_id: call_batch_id.parse()?,
        })
    }
}

impl fmt::Display for CallBatchRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.campaign, self.call_batch_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_as_it_prints() {
        for text in ["25/46/174712034211433247704877116507", "1/1/a-b.c"] {
            assert_eq!(text.parse::<CallBatchRef>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn every_wrong_text_is_refused_with_its_reason() {
        let error = |text: &str| text.parse::<CallBatchRef>().unwrap_err();
        assert_eq!(error("0/46/1"), IdError::VdnOutOfRange(0));
        assert_eq!(error("25/0/1"), IdError::CampaignNotPositive(0));
        for text in ["25/46/", "25/46/1 2", "25/46/\u{e9}", "", "46"] {
            assert!(matches!(error(text), IdError::NotACallBatchId(_)), "{text}");
        }
        for text in ["46/1", "25/46/1/2"] {
            assert!(matches!(error(text), IdError::NotAReference(_)), "{text}");
        }
    }
}
