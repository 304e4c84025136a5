//! The programs that the tests run.

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

/// An example of the provider's package, which cargo builds next to the provider.
pub fn example(name: &str) -> PathBuf {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = built().with_file_name("examples").join(name);
    assert!(path.exists(), "run \"cargo build --examples\" first");
    path
}
