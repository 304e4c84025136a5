//! Sets where the measured provider is built.

use std::{env, error::Error, path::Path};

// Cargo reads a build script's standard output.
#[allow(clippy::disallowed_macros)]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR")?;
    // <target>/<profile>/build/<package>/out
    let target = Path::new(&out)
        .ancestors()
        .nth(4)
        .ok_or("no target folder")?;
    let folder = target.join("measured");
    let provider = folder.join("release/terraform-provider-isales");
    println!("cargo::rustc-env=MEASURED_TARGET={}", folder.display());
    println!(
        "cargo::rustc-env=CARGO_BIN_EXE_terraform-provider-isales={}",
        provider.display()
    );
    Ok(())
}
