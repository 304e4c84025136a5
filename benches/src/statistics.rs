//! Medians, measurements taken in turn, and whether a difference is more than noise.

/// The middle of the values; of an even number, the mean of the two in the middle.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        length if length % 2 == 1 => sorted[middle],
        _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}

/// Measures each of these in turn, so many times over: whatever else the machine does meets all of
/// them alike.
pub fn in_turn<const N: usize>(
    runs: usize,
    mut measures: [&mut dyn FnMut() -> f64; N],
) -> [Vec<f64>; N] {
    let mut values = [const { Vec::new() }; N];
    for _ in 0..runs {
        for (values, measure) in values.iter_mut().zip(&mut measures) {
            values.push(measure());
        }
    }
    values
}

/// In how many orders three measurements can be taken.
pub const ORDERS: usize = 6;

/// The order of three measurements in a round. Over [`ORDERS`] rounds each of them comes as often first,
/// second and third, and each follows each of the others as often.
pub const fn order(round: usize) -> [usize; 3] {
    match round % ORDERS {
        0 => [0, 1, 2],
        1 => [2, 1, 0],
        2 => [1, 2, 0],
        3 => [0, 2, 1],
        4 => [2, 0, 1],
        _ => [1, 0, 2],
    }
}

/// The median of the ratios of two measurements that were taken in the same rounds. What slows a
/// round down as a whole does not show in it.
pub fn ratio(base: &[f64], other: &[f64]) -> f64 {
    median(&pairs(base, other).map(|(a, b)| b / a).collect::<Vec<_>>())
}

/// How far a [`ratio`] may be from 1 where both measurements are of the same thing.
///
/// In each round either of the two could have been the base. So the rounds are swapped at random,
/// many times over, and the spread is the farthest from 1 that the ratio gets. A percentile of these
/// would be too narrow, as one comparison has two dozen rows.
pub fn spread(base: &[f64], again: &[f64]) -> f64 {
    const SWAPS: usize = 2_000;
    // Seeded, so that the same measurements always have the same spread.
    let mut random = fastrand::Rng::with_seed(0);
    let mut swapped = || {
        let ratios = pairs(base, again).map(|(a, b)| if random.bool() { b / a } else { a / b });
        median(&ratios.collect::<Vec<_>>())
    };
    (0..SWAPS)
        .map(|_| swapped())
        .chain([ratio(base, again)])
        .map(|ratio| (ratio - 1.0).abs())
        .fold(0.0, f64::max)
}

fn pairs(base: &[f64], other: &[f64]) -> impl Iterator<Item = (f64, f64)> {
    base.iter().copied().zip(other.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Measurements of something that takes `value`, each up to `noise` longer, in rounds of which
    /// every fourth is half as slow again.
    fn measured(seed: u64, rounds: usize, value: f64, noise: f64) -> Vec<f64> {
        let mut random = fastrand::Rng::with_seed(seed);
        (0..rounds)
            .map(|round| {
                let slow = if round % 4 == 0 { 1.5 } else { 1.0 };
                value * slow * (1.0 + noise * random.f64())
            })
            .collect()
    }

    #[test]
    fn medians() {
        assert!((median(&[3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(&[4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < f64::EPSILON);
        assert!(median(&[]).is_nan());
    }
    #[test]
    fn each_order_is_as_frequent() {
        let mut places = [[0; 3]; 3];
        let mut before = [[0; 3]; 3];
        for round in 0..ORDERS {
            let order = order(round);
            for (place, lane) in order.into_iter().enumerate() {
                places[lane][place] += 1;
            }
            for (first, second) in [(0, 1), (0, 2), (1, 2)] {
                before[order[first]][order[second]] += 1;
            }
        }
        assert_eq!(places, [[2; 3]; 3]);
        assert_eq!(before, [[0, 3, 3], [3, 0, 3], [3, 3, 0]]);
    }

    #[test]
    fn a_ratio_is_that_of_the_rounds() {
        // The medians, 2 and 3, are of different rounds.
        let (base, other) = ([1.0, 2.0, 4.0], [3.0, 4.0, 2.0]);
        assert!((ratio(&base, &other) - 2.0).abs() < 1e-9);
        assert!((ratio(&other, &base) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_spread_grows_with_the_noise() {
        let spread_of = |noise| spread(&measured(1, 30, 2.0, noise), &measured(2, 30, 2.0, noise));
        assert!(spread_of(0.0) < 1e-9);
        assert!(spread_of(0.01) < 0.01, "{}", spread_of(0.01));
        assert!(spread_of(0.2) > 0.03, "{}", spread_of(0.2));
    }

    #[test]
    fn a_spread_shrinks_with_the_rounds() {
        let spread_of = |rounds| {
            spread(
                &measured(1, rounds, 2.0, 0.1),
                &measured(2, rounds, 2.0, 0.1),
            )
        };
        assert!(
            spread_of(240) < 0.7 * spread_of(12),
            "{} {}",
            spread_of(240),
            spread_of(12)
        );
    }

    #[test]
    fn a_spread_covers_the_measured_ratio() {
        let (base, again) = ([1.0; 40], [1.2; 40]);
        assert!(spread(&base, &again) >= 0.2 - 1e-9);
    }

    #[test]
    fn noise_is_within_the_spread_and_a_difference_is_not() {
        let mut beyond = 0;
        for seed in 0..200 {
            let [base, again, same] = [0, 1, 2].map(|lane| measured(3 * seed + lane, 18, 2.0, 0.1));
            let slower = measured(3 * seed + 2, 18, 2.3, 0.1);
            let spread = spread(&base, &again);
            beyond += usize::from((ratio(&base, &same) - 1.0).abs() > spread);
            assert!((ratio(&base, &slower) - 1.0).abs() > spread, "seed {seed}");
        }
        assert!(beyond <= 4, "{beyond} of 200");
    }
}
