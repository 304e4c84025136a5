//! The provider that the tests run.

use std::{env, path::PathBuf};

/// Set by cargo (1.94 and newer) for the integration tests of the package that the provider is in.
const VARIABLE: &str = "CARGO_BIN_EXE_terraform-provider-isales";

/// The provider that cargo has built for the tests.
pub fn built() -> PathBuf {
    let Some(path) = env::var_os(VARIABLE) else {
        panic!("{VARIABLE} is not set: run the provider's integration tests with cargo");
    };
    path.into()
}
