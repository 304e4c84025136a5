//! Random choices for generated data.

use fastrand::Rng;

pub(crate) const REGIONS: [&str; 6] = ["North", "South", "East", "West", "Centre", "Coast"];
pub(crate) const PURPOSES: [&str; 6] = [
    "Renewal",
    "Survey",
    "Reminder",
    "Welcome",
    "Collection",
    "Recall",
];

/// Returns one of the values, each equally likely.
pub(crate) fn pick<T: Copy, const N: usize>(rng: &mut Rng, values: &[T; N]) -> T {
    const { assert!(N > 0) };
    let index = rng.usize(..N);
    values.get(index).copied().unwrap_or(values[0])
}
