//! Tests of what the program under test may not have.

use std::io::{Write as _, stderr};

use super::{Feature, program};

/// Ends a test whose program lacks one of these features, and says so. It stands first in a test, where
/// the list of skips (`make skips`) looks for it.
///
/// ```no_run
/// # use test_support::needs;
/// fn the_list_is_complete() {
///     needs!(Query, ImportByIdentity);
/// }
/// ```
#[macro_export]
macro_rules! needs {
    ($($feature:ident),+ $(,)?) => {
        fn here() {}
        let features = [$($crate::terraform::Feature::$feature),+];
        if $crate::terraform::is_skipped(::std::any::type_name_of_val(&here), &features) {
            return;
        }
    };
}

/// Whether the program lacks one of the features. Reports it, if so; `place` is a path in the test.
pub fn is_skipped(place: &str, features: &[Feature]) -> bool {
    let release = program().release;
    let Some(reason) = features.iter().find_map(|feature| release.lacks(*feature)) else {
        return false;
    };
    let test = place.rsplit_once("::").map_or(place, |(test, _)| test);
    report(&format!("skipped: {test}: {reason}"));
    true
}

/// Writes a line past the capture of the test harness, so that it shows although the test passes.
pub fn report(line: &str) {
    // Nobody is left to read of an error.
    let _written = stderr().write_all(format!("{line}\n").as_bytes());
}
