//! Terraform, or OpenTofu in its place, as the tests use it.
//!
//! ```no_run
//! use test_support::{
//!     policies::{GLOBAL_COMMON, resource},
//!     server::server,
//!     terraform::Workspace,
//! };
//!
//! let server = server();
//! let workspace = Workspace::new(&server);
//! workspace.write(&resource(46, GLOBAL_COMMON));
//! workspace.apply().succeeds();
//! workspace.plan().finds_no_changes();
//! ```

mod mirror;
mod outcome;
mod program;
mod release;
mod running;
mod skip;
mod workspace;

pub use self::{
    mirror::{REGISTRIES, add_to_mirror, only_mirror},
    outcome::{Diagnostic, Outcome},
    program::{Program, program},
    release::{Feature, Product, Release, Version},
    running::Running,
    skip::{is_skipped, report},
    workspace::{Workspace, connection, connection_to},
};
