//! Medians, and measurements taken in turn.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert!((median(&[3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(&[4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < f64::EPSILON);
        assert!(median(&[]).is_nan());
    }
}
