//! The messages and services that `build.rs` compiles from `proto/`.

// Generated code follows its generator's habits.
#![allow(missing_docs, clippy::all, unreachable_pub)]

/// Terraform's plugin protocol, version 6.
pub mod tfplugin6 {
    tonic::include_proto!("tfplugin6");
}

/// go-plugin's broker, controller and stdio services.
pub mod plugin {
    tonic::include_proto!("plugin");
}

/// The health service of gRPC.
pub mod health {
    tonic::include_proto!("grpc.health.v1");
}

/// The compiled `FileDescriptorSet`, for the test of the wire table.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
