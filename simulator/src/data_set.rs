//! Made-up campaigns, call results and number types: the same for the same seed.

use fastrand::Rng;

use crate::campaign::{CallResult, Campaign, StoredPolicy, Vdn};
use crate::policy::Policy;

/// The first id of a generated campaign.
const FIRST_CAMPAIGN_ID: i64 = 1001;
/// So many that a client needs three pages of 50.
const CALL_RESULTS: usize = 130;

/// Codes and texts in the manner of the reference's section 3.
const RESULTS: [(&str, &str); 8] = [
    ("001", "Answered"),
    ("002", "Busy"),
    ("003", "No answer"),
    ("004", "Powered off"),
    ("005", "Out of service area"),
    ("006", "Wrong number"),
    ("007", "Rejected"),
    ("OB99999", "Other"),
];
/// Names of number types: digits, letters and hyphens, up to 20 of them.
const NUMBER_TYPES: [&str; 6] = ["ST", "SI", "Mobile-1", "Mobile-2", "Home", "Office"];
const REGIONS: [&str; 6] = ["North", "South", "East", "West", "Centre", "Coast"];
const PURPOSES: [&str; 6] = [
    "Renewal",
    "Survey",
    "Reminder",
    "Welcome",
    "Collection",
    "Recall",
];
const POLICIES: [(i64, &str); 4] = [
    (0, "[{'type':0,'retryTimes':1,'retryDay':1}]"),
    (
        0,
        "[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60}]}]",
    ),
    (
        1,
        "[{'dataType':'ST','type':0,'policy':{'retryTimes':2,'retryDay':1}}]",
    ),
    (
        1,
        "[{'dataType':'SI','type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':600}]}]",
    ),
];

/// A VDN with the usual call results and number types, and no campaign.
pub(crate) fn plain_vdn() -> Vdn {
    Vdn {
        call_results: RESULTS
            .iter()
            .zip(1..)
            .map(|((code, text), id)| call_result((*code).to_owned(), (*text).to_owned(), id))
            .collect(),
        number_types: NUMBER_TYPES.map(str::to_owned).to_vec(),
        ..Vdn::default()
    }
}

/// Adds `campaigns` campaigns with ids from 1001 on, half of them with a policy, and call results
/// for several pages. Campaigns that are there already stay as they are.
pub(crate) fn populate(vdn: &mut Vdn, seed: u64, campaigns: usize) {
    let mut rng = Rng::with_seed(seed);
    for id in vdn.call_results.len() + 1..=CALL_RESULTS {
        let display = format!("{} {}", pick(&mut rng, &REGIONS), pick(&mut rng, &PURPOSES));
        vdn.call_results
            .push(call_result(format!("U{id:03}"), display, id));
    }
    for campaign_id in (FIRST_CAMPAIGN_ID..).take(campaigns) {
        let campaign = campaign(&mut rng, campaign_id);
        vdn.campaigns.entry(campaign_id).or_insert(campaign);
    }
}

fn campaign(rng: &mut Rng, campaign_id: i64) -> Campaign {
    let (region, purpose) = (pick(rng, &REGIONS), pick(rng, &PURPOSES));
    let (year, month, day) = (rng.u16(2023..2026), rng.u8(1..=12), rng.u8(1..=28));
    let (policy_type, policy_json) = pick(rng, &POLICIES);
    let policy = rng
        .bool()
        .then(|| Policy::parse(policy_type, policy_json).ok())
        .flatten();
    Campaign {
        name: format!("{region}-{purpose}-{campaign_id}"),
        description: format!("{purpose} calls, {region}"),
        status: pick(rng, &[2, 3, 4]),
        device_type: pick(rng, &[2, 3, 5, 6]),
        begin_time: format!("{year}-{month:02}-{day:02} 08:00:00"),
        end_time: format!("{}-{month:02}-{day:02} 20:00:00", year + 1),
        policy: policy.map(|policy| StoredPolicy {
            retry_policy_id: format!("made-up-{campaign_id}"),
            policy,
            policy_json: policy_json.to_owned(),
        }),
    }
}

fn call_result(result_code: String, display_result: String, id: usize) -> CallResult {
    CallResult {
        result_code,
        display_result,
        def_id: (1000 + id).to_string(),
    }
}

fn pick<T: Copy, const N: usize>(rng: &mut Rng, values: &[T; N]) -> T {
    const { assert!(N > 0) };
    let index = rng.usize(..N);
    values.get(index).copied().unwrap_or(values[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_campaigns() {
        let made = |seed| {
            let mut vdn = plain_vdn();
            populate(&mut vdn, seed, 200);
            format!("{:?}", vdn.campaigns)
        };
        assert_eq!(made(1), made(1));
        assert_ne!(made(1), made(2));
    }
}
