//! The resource's model, and its conversion to and from the API's policy.

use isales_client::{
    CampaignRef,
    retry_policy::{
        Draft, DraftElement, DraftError, DraftResult, DraftValue, PolicyElement, ResultRule,
        RetryPolicy, Rule,
    },
};
use tfplugin::{
    model,
    model::{Attr, AttrSet},
    timeouts::Timeouts,
};

use super::{deletion_policy::DeletionPolicy, on_conflict::OnConflict};

model! {
    /// `isales_retry_policy`: one campaign's retry policy.
    pub(crate) struct RetryPolicyModel {
        pub(crate) id: Attr<String>,
        pub(crate) retry_policy_id: Attr<String>,
        pub(crate) vdn_id: Attr<i64>,
        pub(crate) campaign_id: Attr<i64>,
        pub(crate) policy_type: Attr<i64>,
        pub(crate) policy_json: Attr<Vec<Attr<Element>>>,
        pub(crate) on_conflict: Attr<String>,
        pub(crate) deletion_policy: Attr<String>,
        pub(crate) timeouts: Attr<Timeouts>,
    }

    /// An element of `policy_json` (Table 4).
    pub(crate) struct Element {
        pub(crate) data_type: Attr<String>,
        pub(crate) r#type: Attr<i64>,
        pub(crate) retry_times: Attr<i64>,
        pub(crate) retry_day: Attr<i64>,
        pub(crate) policy: Attr<Vec<Attr<ResultEntry>>>,
        pub(crate) no_retry_policy: Attr<AttrSet<String>>,
    }

    /// An entry of `policy` (Table 5).
    pub(crate) struct ResultEntry {
        pub(crate) result: Attr<i64>,
        pub(crate) retry_number: Attr<i64>,
        pub(crate) call_interval: Attr<i64>,
    }

    /// The identity of a retry policy: that of its campaign.
    pub(crate) struct CampaignIdentity {
        pub(crate) vdn_id: Attr<i64>,
        pub(crate) campaign_id: Attr<i64>,
    }
}

// === impl RetryPolicyModel ===

impl RetryPolicyModel {
    /// Creates the model of a policy that Terraform takes over but has not read yet.
    pub(crate) fn unread(campaign: CampaignRef) -> Self {
        Self {
            id: Attr::Known(campaign.to_string()),
            retry_policy_id: Attr::Null,
            vdn_id: Attr::Known(campaign.vdn_id.get().into()),
            campaign_id: Attr::Known(campaign.campaign_id.get()),
            policy_type: Attr::Null,
            policy_json: Attr::Null,
            on_conflict: Attr::Known(OnConflict::Refuse.name().to_owned()),
            deletion_policy: Attr::Known(DeletionPolicy::Abandon.name().to_owned()),
            timeouts: Attr::Null,
        }
    }

    /// Returns the policy for the API's rules, including values that are not known yet.
    pub(crate) fn draft(&self) -> Draft {
        draft(&self.policy_type, &self.policy_json)
    }

    /// Returns the policy, if all of it is known and follows the API's rules.
    ///
    /// # Errors
    /// Unknown values, or violations of the API's rules.
    pub(crate) fn policy(&self) -> Result<RetryPolicy, DraftError> {
        RetryPolicy::try_from(&self.draft())
    }

    /// Returns the policy without checking the rules, which the server's policy may violate. Returns
    /// `None` if there is none, or not all of it is known.
    pub(crate) fn without_validation(&self) -> Option<RetryPolicy> {
        RetryPolicy::without_validation(&self.draft())
    }

    /// Takes over the server's policy.
    pub(crate) fn set_policy(&mut self, policy: &RetryPolicy) {
        self.policy_type = Attr::Known(policy.policy_type.number());
        self.policy_json = Attr::Known(elements(&policy.policy_json));
    }
}

/// Builds a policy of which parts may not be known yet.
pub(crate) fn draft(policy_type: &Attr<i64>, policy_json: &Attr<Vec<Attr<Element>>>) -> Draft {
    Draft {
        policy_type: given(*policy_type),
        policy_json: given(policy_json.as_ref()).map_each(draft_element),
    }
}

/// Converts the elements of a policy.
pub(crate) fn elements(policy_json: &[PolicyElement]) -> Vec<Attr<Element>> {
    policy_json
        .iter()
        .map(|element| Attr::Known(Element::from(element)))
        .collect()
}

fn draft_element(element: &Element) -> DraftElement {
    DraftElement {
        data_type: given(element.data_type.clone()),
        r#type: given(element.r#type),
        retry_times: given(element.retry_times),
        retry_day: given(element.retry_day),
        policy: given(element.policy.as_ref()).map_each(|entry| DraftResult {
            result: given(entry.result),
            retry_number: given(entry.retry_number),
            call_interval: given(entry.call_interval),
        }),
        no_retry_policy: given(element.no_retry_policy.as_ref()).map_each(String::clone),
    }
}

impl From<&PolicyElement> for Element {
    fn from(element: &PolicyElement) -> Self {
        let (retry_times, retry_day, policy) = match &element.rule {
            Rule::Common(common) => (
                Attr::Known(common.retry_times),
                Attr::Known(common.retry_day),
                Attr::Null,
            ),
            Rule::Result(entries) => {
                let entries = entries.iter().map(|entry| Attr::Known(entry.into()));
                (Attr::Null, Attr::Null, Attr::Known(entries.collect()))
            }
        };
        let codes = &element.no_retry_policy;
        Self {
            data_type: element.data_type.as_ref().map(ToString::to_string).into(),
            r#type: Attr::Known(element.rule.rule_type().number()),
            retry_times,
            retry_day,
            policy,
            no_retry_policy: (!codes.is_empty())
                .then(|| {
                    codes
                        .iter()
                        .map(|code| Attr::Known(code.to_string()))
                        .collect()
                })
                .into(),
        }
    }
}

impl From<&ResultRule> for ResultEntry {
    fn from(rule: &ResultRule) -> Self {
        Self {
            result: Attr::Known(rule.result),
            retry_number: Attr::Known(rule.retry_number),
            call_interval: Attr::Known(rule.call_interval),
        }
    }
}

// === Attr as DraftValue ===

fn given<T>(attr: Attr<T>) -> DraftValue<T> {
    match attr {
        Attr::Null => DraftValue::Null,
        Attr::Unknown => DraftValue::Unknown,
        Attr::Known(value) => DraftValue::Known(value),
    }
}

/// Converts a list of attributes into a list of draft values.
trait MapEach<'a, T: 'a> {
    fn map_each<U>(self, change: impl Fn(&'a T) -> U) -> DraftValue<Vec<DraftValue<U>>>;
}

impl<'a, T: 'a, C> MapEach<'a, T> for DraftValue<&'a C>
where
    &'a C: IntoIterator<Item = &'a Attr<T>>,
{
    fn map_each<U>(self, change: impl Fn(&'a T) -> U) -> DraftValue<Vec<DraftValue<U>>> {
        match self {
            DraftValue::Null => DraftValue::Null,
            DraftValue::Unknown => DraftValue::Unknown,
            DraftValue::Known(elements) => {
                let each = elements.into_iter();
                DraftValue::Known(
                    each.map(|element| given(element.as_ref().map(&change)))
                        .collect(),
                )
            }
        }
    }
}
