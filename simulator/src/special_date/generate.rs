//! Generated special dates.

use fastrand::Rng;

use super::model::{SpecialDate, SpecialDates};
use crate::{campaign::Campaigns, random::pick, store::Vdn};

/// The first ID of a generated campaign, and of a generated special date.
const FIRST_ID: i64 = 1001;
/// The number of campaigns for one with special dates.
const EVERY: usize = 4;
const DAYS: [&str; 4] = ["7", "6,7", "5,7", "1,2,3,4,5"];

/// Adds a special date of each type to every fourth generated campaign.
pub(crate) fn populate(vdn: &mut Vdn, rng: &mut Rng) {
    let campaigns = vdn.part_mut::<Campaigns>().0.range_mut(FIRST_ID..);
    let mut next_id = FIRST_ID..;
    for (_, campaign) in campaigns.step_by(EVERY) {
        campaign
            .parts
            .insert(SpecialDates(next_id.by_ref().zip(generate(rng)).collect()));
    }
}

fn generate(rng: &mut Rng) -> [SpecialDate; 3] {
    let (year, month, day) = (rng.u16(2025..2028), rng.u8(1..=12), rng.u8(1..=26));
    let week = Some(pick(rng, &DAYS).to_owned());
    let time = |prefix: &str, day: u8| Some(format!("{prefix}{month:02}-{day:02}"));
    let date = |name: &str, date_type, week, begin_time, end_time| SpecialDate {
        name: name.to_owned(),
        date_type,
        week,
        begin_time,
        end_time,
    };
    let once = format!("{year}-");
    [
        date("Every week", 1, week, None, None),
        date("Once", 2, None, time(&once, day), time(&once, day + 2)),
        date("Every year", 3, None, time("", day), time("", day + 2)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        api::{Fields, Refusal},
        campaign,
        special_date::validate::{ID, MEMBERS, special_date},
    };

    #[test]
    fn generated_dates_follow_the_rules() {
        let mut vdn = Vdn::default();
        let mut rng = Rng::with_seed(1);
        campaign::populate(&mut vdn, &mut rng, 40, |_, _, _| {});
        populate(&mut vdn, &mut rng);
        let campaigns = vdn.part::<Campaigns>();
        let dates: Vec<_> = campaigns
            .0
            .values()
            .filter_map(|campaign| campaign.parts.get::<SpecialDates>())
            .flat_map(|dates| &dates.0)
            .collect();
        assert_eq!(dates.len(), 30);
        let known: Vec<_> = [ID].into_iter().chain(MEMBERS).collect();
        for (id, date) in dates {
            let row = date.row(*id);
            let read: Result<_, Refusal> =
                Fields::new("The row", &row, &known).and_then(|fields| special_date(&fields));
            assert_eq!(read.as_ref(), Ok(date));
        }
    }
}
