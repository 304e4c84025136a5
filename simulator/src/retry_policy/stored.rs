//! The policies and campaigns of all VDNs, in memory and, where asked for, in a file.

use std::collections::BTreeMap;

use crate::campaign::{Campaign, KeptPolicy, StoredPolicy, Vdn};
use crate::data_set;
use crate::error::SetError;
use crate::policy::{Keeps, Policy};
use crate::result_code::{Refusal, ResultCode};
use crate::state_file::{SavedPolicy, StateFile};

/// Everything that survives a request.
#[derive(Debug, Default)]
pub(crate) struct Store {
    vdns: BTreeMap<u16, Vdn>,
    last_policy_id: u64,
    file: Option<StateFile>,
}

/// What became of an accepted policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stored {
    Changed,
    /// The campaign had a policy of the same meaning already.
    SameAsBefore,
    /// The server was told to keep nothing.
    Ignored,
}

impl Store {
    pub(crate) fn vdn(&self, vdn_id: u16) -> Option<&Vdn> {
        self.vdns.get(&vdn_id)
    }

    /// The VDN, made with its usual call results and number types if it is new.
    pub(crate) fn vdn_or_new(&mut self, vdn_id: u16) -> &mut Vdn {
        self.vdns.entry(vdn_id).or_insert_with(data_set::plain_vdn)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.vdns.is_empty()
    }

    pub(crate) fn vdn_ids(&self) -> Vec<u16> {
        self.vdns.keys().copied().collect()
    }

    pub(crate) fn add_campaign(&mut self, vdn_id: u16, campaign_id: i64) {
        self.vdn_or_new(vdn_id)
            .campaigns
            .entry(campaign_id)
            .or_insert_with(|| Campaign::plain(campaign_id));
    }

    /// Returns whether the campaign is there.
    pub(crate) fn name_campaign(&mut self, vdn_id: u16, campaign_id: i64, name: &str) -> bool {
        let campaign = self.campaign_mut(vdn_id, campaign_id);
        campaign.is_some_and(|campaign| {
            name.clone_into(&mut campaign.name);
            true
        })
    }

    /// Returns whether the campaign was there.
    pub(crate) fn remove_campaign(&mut self, vdn_id: u16, campaign_id: i64) -> bool {
        let removed = self
            .vdns
            .get_mut(&vdn_id)
            .is_some_and(|vdn| vdn.campaigns.remove(&campaign_id).is_some());
        removed && self.save().is_ok()
    }

    pub(crate) fn campaign(&self, vdn_id: u16, campaign_id: i64) -> Option<&Campaign> {
        self.vdns.get(&vdn_id)?.campaigns.get(&campaign_id)
    }

    fn campaign_mut(&mut self, vdn_id: u16, campaign_id: i64) -> Option<&mut Campaign> {
        self.vdns.get_mut(&vdn_id)?.campaigns.get_mut(&campaign_id)
    }

    pub(crate) fn policy(&self, vdn_id: u16, campaign_id: i64) -> Option<KeptPolicy> {
        Some(self.campaign(vdn_id, campaign_id)?.policy.as_ref()?.kept())
    }

    /// All policies that are set, by VDN and campaign.
    pub(crate) fn policies(&self) -> BTreeMap<(u16, i64), KeptPolicy> {
        self.saved()
            .filter_map(|saved| {
                let key = (saved.vdn_id, saved.campaign_id);
                Some((key, self.policy(saved.vdn_id, saved.campaign_id)?))
            })
            .collect()
    }

    /// Stores a policy that a client posted and writes the state file before it returns.
    pub(crate) fn post_policy(
        &mut self,
        vdn_id: u16,
        campaign_id: i64,
        (policy, policy_json): (Policy, String),
        keeps: Keeps,
    ) -> Result<Stored, Refusal> {
        let next_id = self.last_policy_id + 1;
        let campaign = self
            .campaign_mut(vdn_id, campaign_id)
            .ok_or(ResultCode::NoSuchCampaign)?;
        let Some(policy) = keeps.apply(policy) else {
            return Ok(Stored::Ignored);
        };
        let (retry_policy_id, outcome) = match &campaign.policy {
            Some(before) if before.policy.means_the_same_as(&policy) => {
                (before.retry_policy_id.clone(), Stored::SameAsBefore)
            }
            Some(before) => (before.retry_policy_id.clone(), Stored::Changed),
            None => (next_id.to_string(), Stored::Changed),
        };
        // A text that no longer says what is kept would mislead whoever reads it.
        let policy_json = if keeps == Keeps::AsSent {
            policy_json
        } else {
            policy.meaning().to_string()
        };
        campaign.policy = Some(StoredPolicy {
            retry_policy_id,
            policy,
            policy_json,
        });
        self.last_policy_id = next_id;
        self.save()?;
        Ok(outcome)
    }

    /// Sets a policy as somebody else than the client would.
    pub(crate) fn set_policy(
        &mut self,
        vdn_id: u16,
        campaign_id: i64,
        policy_type: u8,
        policy_json: &str,
    ) -> Result<(), SetError> {
        if self.campaign(vdn_id, campaign_id).is_none() {
            return Err(SetError::NoSuchCampaign {
                vdn_id,
                campaign_id,
            });
        }
        Policy::parse(policy_type.into(), policy_json)
            .and_then(|policy| {
                let posted = (policy, policy_json.to_owned());
                self.post_policy(vdn_id, campaign_id, posted, Keeps::AsSent)
            })
            .map_err(|refusal| SetError::Refused(refusal.to_string()))?;
        Ok(())
    }

    /// Returns whether there was a policy.
    pub(crate) fn remove_policy(&mut self, vdn_id: u16, campaign_id: i64) -> bool {
        let removed = self
            .campaign_mut(vdn_id, campaign_id)
            .is_some_and(|campaign| campaign.policy.take().is_some());
        removed && self.save().is_ok()
    }

    /// Reads the policies of a state file and keeps it up to date from now on. A campaign that
    /// the file knows and the command line does not is added.
    pub(crate) fn attach(
        &mut self,
        file: StateFile,
        saved: Vec<SavedPolicy>,
    ) -> Result<(), String> {
        for saved in saved {
            let policy = Policy::parse(saved.policy_type.into(), &saved.policy_json)
                .map_err(|refusal| refusal.to_string())?;
            self.add_campaign(saved.vdn_id, saved.campaign_id);
            let id = saved.retry_policy_id.parse().unwrap_or_default();
            self.last_policy_id = self.last_policy_id.max(id);
            if let Some(campaign) = self.campaign_mut(saved.vdn_id, saved.campaign_id) {
                campaign.policy = Some(StoredPolicy {
                    retry_policy_id: saved.retry_policy_id,
                    policy,
                    policy_json: saved.policy_json,
                });
            }
        }
        self.file = Some(file);
        self.save().map_err(|refusal| refusal.detail)
    }

    fn save(&self) -> Result<(), Refusal> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        file.write(&self.saved().collect::<Vec<_>>())
            .map_err(|error| {
                Refusal::new(
                    ResultCode::ParameterError,
                    format!("The state was not saved: {error}."),
                )
            })
    }

    fn saved(&self) -> impl Iterator<Item = SavedPolicy> + '_ {
        self.vdns.iter().flat_map(|(vdn_id, vdn)| {
            vdn.campaigns.iter().filter_map(|(campaign_id, campaign)| {
                let stored = campaign.policy.as_ref()?;
                Some(SavedPolicy {
                    vdn_id: *vdn_id,
                    campaign_id: *campaign_id,
                    retry_policy_id: stored.retry_policy_id.clone(),
                    policy_type: stored.policy.policy_type.number(),
                    policy_json: stored.policy_json.clone(),
                })
            })
        })
    }
}
