//! Generated campaigns.

use fastrand::Rng;

use super::{Campaign, CampaignStatus, Campaigns};
use crate::{
    random::{PURPOSES, REGIONS, pick},
    store::{Parts, Vdn},
};

/// The first ID of a generated campaign.
const FIRST_ID: i64 = 1001;

const STATUSES: [CampaignStatus; 3] = [
    CampaignStatus::Running,
    CampaignStatus::Suspended,
    CampaignStatus::Expired,
];

/// Generates data of an object that belongs to the campaign with this ID.
type GeneratePart = fn(&mut Rng, i64, &mut Parts);

/// Adds `count` campaigns with IDs from 1001. Existing campaigns stay as they are.
pub(crate) fn populate(vdn: &mut Vdn, rng: &mut Rng, count: usize, part: GeneratePart) {
    let campaigns = vdn.part_mut::<Campaigns>();
    for campaign_id in (FIRST_ID..).take(count) {
        let campaign = generate(rng, campaign_id, part);
        campaigns.0.entry(campaign_id).or_insert(campaign);
    }
}

fn generate(rng: &mut Rng, campaign_id: i64, part: GeneratePart) -> Campaign {
    let (region, purpose) = (pick(rng, &REGIONS), pick(rng, &PURPOSES));
    let (year, month, day) = (rng.u16(2023..2026), rng.u8(1..=12), rng.u8(1..=28));
    let mut parts = Parts::default();
    part(rng, campaign_id, &mut parts);
    Campaign {
        name: format!("{region}-{purpose}-{campaign_id}"),
        description: format!("{purpose} calls, {region}"),
        status: pick(rng, &STATUSES),
        status_changed: false,
        device_type: pick(rng, &[2, 3, 5, 6]),
        begin_time: format!("{year}-{month:02}-{day:02} 08:00:00"),
        end_time: format!("{}-{month:02}-{day:02} 20:00:00", year + 1),
        parts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_determines_the_campaigns() {
        let generated = |seed| {
            let mut vdn = Vdn::default();
            populate(&mut vdn, &mut Rng::with_seed(seed), 200, |_, _, _| {});
            format!("{:?}", vdn.part::<Campaigns>())
        };
        assert_eq!(generated(1), generated(1));
        assert_ne!(generated(1), generated(2));
    }
}
