//! Terraform as the tests use it.
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

mod outcome;
mod program;
mod running;
mod workspace;

pub use self::{
    outcome::{Diagnostic, Outcome},
    running::Running,
    workspace::{Workspace, connection, connection_to},
};
