//! The description of an object: its operations, and what the server has of it.

use isales_simulator::{RecordedRequest, Script, Simulator, SimulatorBuilder};
use serde_json::Value as Json;

/// The version of what an object contains, as a number in it.
pub(super) type Version = u32;

/// The version that the server has before Terraform.
pub(super) const BEFORE: Version = 9;
/// The one that exists before an update, a read or a destroy.
pub(super) const FIRST: Version = 1;
/// The one that an update sets.
pub(super) const SECOND: Version = 2;

/// An object whose operations meet faults, each on a subject of its own: numbered from 1, with
/// requests and content of its own.
pub(super) trait Object: Copy + Send + Sync + 'static {
    /// The type of the resource.
    const TYPE: &'static str;

    /// Whether a create that is in doubt leaves a state, because Terraform knows the ID. Without one,
    /// the error has to say so.
    const DOUBT_LEAVES_STATE: bool;

    /// Whether a destroy deletes the object, so that Terraform replaces a tainted one that way.
    const IS_DELETED: bool;

    /// Whether a server is believed that says time and again that there is no object.
    const BELIEVES_DENIALS: bool;

    /// Whether only the list shows the ID of a new object, so that a create whose write was confirmed
    /// is in doubt as long as lists fail.
    const ID_IS_LISTED: bool = false;

    /// The operations, and the request of each that meets the fault.
    fn operations(self) -> Vec<Operation>;

    /// A server for so many subjects.
    fn simulator(self, subjects: i64) -> SimulatorBuilder;

    /// Brings about what the server has before Terraform.
    fn prepare(self, simulator: &Simulator, subject: i64, action: Action) {
        let _ = (simulator, subject, action);
    }

    /// Removes the object behind Terraform's back.
    fn remove(self, simulator: &Simulator, subject: i64);

    /// The resource in the configuration of an operation.
    fn config(self, subject: i64, action: Action, version: Version) -> Json;

    /// The arguments of a list that finds the subject's object.
    fn list_config(self, subject: i64) -> Json;

    /// Whether a request is about the subject.
    fn is_about(self, subject: i64, request: &RecordedRequest) -> bool;

    /// The content of a version, in the words of [`on_server`](Self::on_server).
    fn content(self, version: Version) -> String;

    /// The contents of all objects of the subject that the server has.
    fn on_server(self, simulator: &Simulator, subject: i64) -> Vec<String>;

    /// The import IDs of these objects.
    fn import_ids(self, simulator: &Simulator, subject: i64) -> Vec<String>;

    /// Whether a state is that of a version.
    fn has_version(self, state: &Json, version: Version) -> bool;
}

/// An action of Terraform, and the request of it that meets the fault.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operation {
    pub(super) action: Action,
    pub(super) step: Step,
    pub(super) request: Request,
    /// A write whose reply is always lost, although it takes effect.
    pub(super) lost: Option<Request>,
}

/// An action of Terraform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Read,
    /// A read of an object that is gone.
    ReadGone,
    Create,
    Update,
    Delete,
    /// A destroy that puts back what was there before.
    Restore,
    /// An import, and the read after it.
    Import,
    /// A query for objects, with their contents.
    List,
}

/// One of an action's requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A request before the write; of a read, any.
    Before,
    Write,
    /// A request after the write, which was confirmed.
    After,
    /// A request after a write whose reply was lost.
    Settle,
}

/// Requests of one kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request {
    pub(super) method: &'static str,
    /// The path for a subject, in which a segment `*` stands for any.
    pub(super) path: fn(i64) -> String,
    /// The method of a request on the same path that comes first.
    pub(super) after: Option<&'static str>,
    /// How many of these requests pass before.
    pub(super) skip: u32,
    /// How many of these requests meet the fault as well, each without retries, because the one of
    /// the step is made only if they fail.
    pub(super) failed_before: u32,
}

// === impl Operation ===

impl Operation {
    pub(super) const fn new(action: Action, step: Step, request: Request) -> Self {
        Self {
            action,
            step,
            request,
            lost: None,
        }
    }

    /// The same, with a write whose reply is lost.
    pub(super) const fn losing(self, write: Request) -> Self {
        Self {
            lost: Some(write),
            ..self
        }
    }
}

// === impl Action ===

impl Action {
    /// The version that the server has after a success.
    pub(super) fn wanted(self) -> Option<Version> {
        match self {
            Self::Read | Self::Create | Self::Import | Self::List => Some(FIRST),
            Self::Update => Some(SECOND),
            Self::Restore => Some(BEFORE),
            Self::Delete | Self::ReadGone => None,
        }
    }

    /// The version that the server has had so far.
    pub(super) fn earlier(self) -> Option<Version> {
        match self {
            Self::Create | Self::ReadGone => None,
            _ => Some(FIRST),
        }
    }

    /// The version in the state after a success.
    pub(super) fn remembered(self) -> Option<Version> {
        match self {
            Self::Restore => None,
            other => other.wanted(),
        }
    }

    /// Whether Terraform has a state before it.
    pub(super) fn has_prior(self) -> bool {
        !matches!(self, Self::Create | Self::Import | Self::List)
    }
}

// === impl Request ===

impl Request {
    pub(super) const fn new(method: &'static str, path: fn(i64) -> String) -> Self {
        Self {
            method,
            path,
            after: None,
            skip: 0,
            failed_before: 0,
        }
    }

    /// Only after a request of this method, on the same path.
    pub(super) const fn after(self, method: &'static str) -> Self {
        Self {
            after: Some(method),
            ..self
        }
    }

    /// Only after so many of these requests.
    pub(super) const fn skip(self, skip: u32) -> Self {
        Self { skip, ..self }
    }

    /// Only after so many of these requests have failed.
    pub(super) const fn failed_before(self, failed_before: u32) -> Self {
        Self {
            failed_before,
            ..self
        }
    }

    /// Narrows a script to these requests of a subject, and lets those pass that come first.
    pub(super) fn scripts(self, subject: i64, script: Script) -> Vec<Script> {
        let path = (self.path)(subject);
        let narrow = |script: Script| {
            let script = script.method(self.method).path(&path);
            match self.after {
                Some(method) => script.after(method),
                None => script,
            }
        };
        let passing = (self.skip > 0).then(|| narrow(Script::pass().times(self.skip)));
        passing.into_iter().chain([narrow(script)]).collect()
    }

    /// Whether a recorded request of a subject is one of these.
    pub(super) fn is(self, subject: i64, request: &RecordedRequest) -> bool {
        let path = (self.path)(subject);
        let segments = path.split('/').zip(request.path.split('/'));
        request.method == self.method
            && path.split('/').count() == request.path.split('/').count()
            && segments
                .into_iter()
                .all(|(pattern, segment)| pattern == "*" || pattern == segment)
    }
}
