//! Compiles `proto/` without `protoc`.

use std::{error::Error, fs, path::PathBuf};

use prost::Message as _;

const PROTOS: [&str; 5] = [
    "tfplugin6.proto",
    "grpc_broker.proto",
    "grpc_controller.proto",
    "grpc_stdio.proto",
    "grpc_health.proto",
];

// Cargo reads the standard output of a build script.
#[allow(clippy::disallowed_macros)]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=proto");
    let descriptors = protox::compile(PROTOS, ["proto"])?;

    // The test of the wire table reads the descriptors as they were compiled.
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    fs::write(out.join("descriptors.bin"), descriptors.encode_to_vec())?;

    tonic_prost_build::configure()
        .build_transport(false)
        .generate_default_stubs(true)
        .compile_fds(descriptors)?;
    Ok(())
}
