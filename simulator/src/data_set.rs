//! Generated test data: the same for the same seed.

use fastrand::Rng;

use crate::{business_result, call_result, campaign, retry_policy, special_date, store::Vdn};

/// Adds call results and business results for several pages, and `campaigns` campaigns with IDs from
/// 1001, half of them with a retry policy and a quarter with special dates. Existing campaigns stay
/// as they are.
///
/// All objects draw from one sequence. Add a new object at the end, so that the data of the others
/// stay the same.
pub(crate) fn populate(vdn: &mut Vdn, seed: u64, campaigns: usize) {
    let mut rng = Rng::with_seed(seed);
    call_result::populate(vdn, &mut rng);
    campaign::populate(vdn, &mut rng, campaigns, retry_policy::generate);
    special_date::populate(vdn, &mut rng);
    business_result::populate(vdn, &mut rng);
}
