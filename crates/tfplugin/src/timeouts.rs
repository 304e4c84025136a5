//! Timeouts: the attribute `timeouts` of a schema, its defaults, and the deadlines that the layer
//! sets by it.
//!
//! An author adds [`attribute`] to the schema of a resource, [`read_attribute`] to that of a data
//! source, [`list_attribute`] to that of a list resource or [`invoke_attribute`] to that of an action,
//! and a field `timeouts` to the model. The layer does the rest. Operations whose schema has no such
//! attribute end in time as well.

use std::{fmt, pin::pin, time::Duration};

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::{
    diagnostics::{Diagnostics, Severity},
    duration,
    list_resource::ListEnd,
    model,
    model::Attr,
    path::AttributePath,
    schema::{Attribute, Nesting, Validator},
    value::Value,
};

/// The timeout of an operation that the configuration does not set.
pub const DEFAULT: Duration = Duration::from_secs(5 * 60);

/// The timeout of a list that the configuration does not set. A list may take a request for each
/// object.
pub const DEFAULT_OF_LISTS: Duration = Duration::from_secs(30 * 60);

/// The timeout of an operation that nobody can set, because its schema has no `timeouts`: that of
/// HashiCorp's SDK, which no working provider exceeds.
const WITHOUT_ARGUMENT: Duration = Duration::from_secs(20 * 60);

const ATTRIBUTE: &str = "timeouts";

model! {
    /// The timeouts of a resource's operations, as durations such as `10m`.
    pub struct Timeouts {
        create: Attr<String>,
        read: Attr<String>,
        update: Attr<String>,
        delete: Attr<String>,
    }

    /// The timeout of a data source's read, as a duration such as `10m`.
    pub struct ReadTimeouts {
        read: Attr<String>,
    }

    /// The timeout of a list, as a duration such as `1h`.
    pub struct ListTimeouts {
        list: Attr<String>,
    }

    /// The timeout of an action's invocation, as a duration such as `10m`.
    pub struct InvokeTimeouts {
        invoke: Attr<String>,
    }
}

/// An operation that can have a timeout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Create,
    Read,
    Update,
    Delete,
    Import,
    List,
    Invoke,
}

/// The time that one operation has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    operation: Operation,
    duration: Duration,
    /// Whether the user can raise it.
    is_argument: bool,
}

/// The failure of an operation, as far as a deadline changes it.
pub(crate) trait Failure {
    /// Returns the same failure with other messages.
    #[must_use]
    fn map_diagnostics(self, change: impl FnOnce(Diagnostics) -> Diagnostics) -> Self;
}

/// Returns the attribute of a resource: an optional object of four optional durations, to be read
/// into [`Timeouts`].
pub fn attribute() -> Attribute {
    of_operations(&[
        Operation::Create,
        Operation::Read,
        Operation::Update,
        Operation::Delete,
    ])
}

/// Returns the attribute of a data source: an optional object of one optional duration, to be read
/// into [`ReadTimeouts`].
pub fn read_attribute() -> Attribute {
    of_operations(&[Operation::Read])
}

/// Returns the attribute of a list resource: an optional object of one optional duration, to be read
/// into [`ListTimeouts`].
pub fn list_attribute() -> Attribute {
    of_operations(&[Operation::List])
}

/// Returns the attribute of an action: an optional object of one optional duration, to be read into
/// [`InvokeTimeouts`].
pub fn invoke_attribute() -> Attribute {
    of_operations(&[Operation::Invoke])
}

fn of_operations(operations: &[Operation]) -> Attribute {
    let duration = |operation: &Operation| {
        Attribute::string(operation.name(), operation.description())
            .validator(Validator::new(is_duration))
    };
    Attribute::nested(
        ATTRIBUTE,
        Nesting::Single,
        operations.iter().map(duration).collect(),
        "Timeouts of operations. Each covers all requests of the operation and the waits between \
         them.",
    )
}

fn is_duration(value: &Value) -> Result<(), String> {
    match value {
        Value::String(text) if parse(text).is_none() => Err(format!(
            "The value must be a duration such as 90s, 10m or 1.5h; {text:?} is not."
        )),
        _ => Ok(()),
    }
}

fn parse(text: &str) -> Option<Duration> {
    duration::parse(text).filter(|duration| !duration.is_zero())
}

// === impl Operation ===

impl Operation {
    const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Import => "import",
            Self::List => "list",
            Self::Invoke => "invoke",
        }
    }

    /// Returns the name in a sentence.
    const fn noun(self) -> &'static str {
        match self {
            Self::Invoke => "invocation",
            Self::Create | Self::Read | Self::Update | Self::Delete | Self::Import | Self::List => {
                self.name()
            }
        }
    }

    const fn description(self) -> &'static str {
        match self {
            Self::Create => "Create timeout, for example `10m`. Defaults to `5m`.",
            Self::Read => "Read timeout, for example `10m`. Defaults to `5m`.",
            Self::Update => "Update timeout, for example `10m`. Defaults to `5m`.",
            Self::Delete => "Delete timeout, for example `10m`. Defaults to `5m`.",
            Self::Import => "Import timeout, for example `10m`. Defaults to `5m`.",
            Self::List => "List timeout, for example `1h`. Defaults to `30m`.",
            Self::Invoke => "Invoke timeout, for example `10m`. Defaults to `5m`.",
        }
    }

    /// Returns the timeout that the configuration can set, where it does not.
    const fn default_timeout(self) -> Duration {
        match self {
            Self::List => DEFAULT_OF_LISTS,
            _ => DEFAULT,
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

// === impl Deadline ===

impl Deadline {
    /// Returns the deadline that a configuration, plan or state sets, or the default.
    pub(crate) fn of(operation: Operation, model: &Value) -> Self {
        let timeouts = match model {
            Value::Object(attributes) => attributes.get(ATTRIBUTE),
            _ => None,
        };
        let Some(timeouts) = timeouts else {
            let longest = WITHOUT_ARGUMENT.max(operation.default_timeout());
            return Self::fixed(operation, longest);
        };
        let text = match timeouts {
            Value::Object(timeouts) => timeouts.get(operation.name()),
            _ => None,
        };
        let duration = match text {
            // Text that is not a duration was rejected when the configuration was validated.
            Some(Value::String(text)) => parse(text),
            _ => None,
        };
        Self {
            operation,
            duration: duration.unwrap_or(operation.default_timeout()),
            is_argument: true,
        }
    }

    /// Returns a deadline that the provider itself sets.
    pub(crate) const fn fixed(operation: Operation, duration: Duration) -> Self {
        Self {
            operation,
            duration,
            is_argument: false,
        }
    }

    /// Returns the time at which an operation that begins now has to end; `None` if no clock reaches
    /// it.
    pub(crate) fn instant(self) -> Option<Instant> {
        Instant::now().checked_add(self.duration)
    }

    /// Runs an operation, which `cancel` cancels. When its time is up, it is cancelled and then
    /// awaited, so that it can report what it has done; its errors name the timeout.
    ///
    /// # Errors
    /// Those of the operation.
    pub(crate) async fn run<T, E: Failure>(
        self,
        cancel: &CancellationToken,
        operation: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let mut operation = pin!(operation);
        tokio::select! {
            biased;
            result = &mut operation => result,
            () = tokio::time::sleep(self.duration) => {
                cancel.cancel();
                operation
                    .await
                    .map_err(|failure| failure.map_diagnostics(|errors| self.explain(errors)))
            }
        }
    }

    fn explain(self, errors: Diagnostics) -> Diagnostics {
        let operation = self.operation;
        let duration = duration::format(self.duration);
        let explained = errors.into_iter().map(|mut error| {
            if error.severity == Severity::Error {
                error.summary = "Operation Timed Out".to_owned();
                error.detail = format!(
                    "The {} took longer than {duration} and was stopped. {}",
                    operation.noun(),
                    error.detail
                );
                if self.is_argument {
                    error.detail +=
                        &format!(" If the server needs more time, raise {ATTRIBUTE}.{operation}.");
                    error.path = AttributePath::attribute(ATTRIBUTE);
                }
            }
            error
        });
        explained.collect()
    }
}

// === impl Failure ===

impl Failure for Diagnostics {
    fn map_diagnostics(self, change: impl FnOnce(Diagnostics) -> Diagnostics) -> Self {
        change(self)
    }
}

impl Failure for ListEnd {
    fn map_diagnostics(self, change: impl FnOnce(Diagnostics) -> Diagnostics) -> Self {
        match self {
            Self::HungUp => Self::HungUp,
            Self::Failed(diagnostics) => Self::Failed(change(diagnostics)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{diagnostics::Diagnostic, model::IntoValue as _};

    fn cancelled() -> Diagnostics {
        Diagnostic::error("Request Cancelled", "Nothing has changed.").into()
    }

    fn create_within(text: &str) -> Value {
        let timeouts = Timeouts {
            create: Attr::Known(text.to_owned()),
            read: Attr::Null,
            update: Attr::Unknown,
            delete: Attr::Null,
        };
        Value::Object([(ATTRIBUTE.to_owned(), timeouts.into_value())].into())
    }

    async fn until_cancelled(cancel: &CancellationToken) -> Result<(), Diagnostics> {
        cancel.cancelled().await;
        Err(cancelled())
    }

    #[test]
    fn a_duration_has_a_unit_and_is_not_zero() {
        for text in ["90s", "10m", "1h30m", "1.5h", "500ms"] {
            assert_eq!(is_duration(&text.into()), Ok(()), "{text}");
        }
        for text in ["", "10", "m", "0s", "-1m", "1h30", "1h 30m"] {
            let error = is_duration(&text.into()).unwrap_err();
            assert!(error.contains("such as 90s"), "{error}");
        }
    }

    #[test]
    fn the_default_is_the_one_that_the_schema_names() {
        for operation in [
            Operation::Create,
            Operation::Read,
            Operation::List,
            Operation::Invoke,
        ] {
            let default = duration::format(operation.default_timeout());
            let named = format!("Defaults to `{default}`.");
            assert!(operation.description().ends_with(&named), "{operation}");
        }
    }

    #[test]
    fn every_operation_has_a_limit_which_the_argument_can_change() {
        let minutes = |operation, value: &Value| {
            let deadline = Deadline::of(operation, value);
            (deadline.duration.as_secs() / 60, deadline.is_argument)
        };
        let model = create_within("2m");
        assert_eq!(minutes(Operation::Create, &model), (2, true));
        for operation in [Operation::Read, Operation::Update, Operation::Delete] {
            assert_eq!(minutes(operation, &model), (5, true), "{operation}");
        }
        let left_out = Value::Object([(ATTRIBUTE.to_owned(), Value::Null)].into());
        assert_eq!(minutes(Operation::Create, &left_out), (5, true));
        assert_eq!(minutes(Operation::List, &left_out), (30, true));
        let no_argument = Value::Object([].into());
        assert_eq!(minutes(Operation::Create, &no_argument), (20, false));
        assert_eq!(minutes(Operation::List, &no_argument), (30, false));
    }

    #[test]
    fn a_timeout_beyond_all_time_is_no_deadline() {
        let deadline = Deadline::fixed(Operation::Create, Duration::MAX);
        assert_eq!(deadline.instant(), None);
        // Go's durations end earlier, so a configuration cannot name one.
        assert!(parse("18446744073709551615s").is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn the_operation_is_cancelled_and_its_errors_name_the_timeout() {
        let cancel = CancellationToken::new();
        let began = tokio::time::Instant::now();
        let deadline = Deadline::of(Operation::Create, &create_within("2m"));
        let result = deadline.run(&cancel, until_cancelled(&cancel)).await;
        assert_eq!(began.elapsed(), Duration::from_secs(120));
        let errors = result.unwrap_err();
        let error = errors.iter().next().unwrap();
        assert_eq!(
            error.detail,
            "The create took longer than 2m and was stopped. Nothing has changed. If the server \
             needs more time, raise timeouts.create."
        );
        assert_eq!(error.path.to_string(), "timeouts");
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_of_the_provider_names_no_argument() {
        let cancel = CancellationToken::new();
        let deadline = Deadline::fixed(Operation::List, Duration::from_secs(9));
        let result = deadline.run(&cancel, until_cancelled(&cancel)).await;
        let errors = result.unwrap_err();
        let error = errors.iter().next().unwrap();
        assert_eq!(
            error.detail,
            "The list took longer than 9s and was stopped. Nothing has changed."
        );
        assert!(error.path.is_root());
    }

    #[tokio::test(start_paused = true)]
    async fn a_stop_is_not_taken_for_a_timeout() {
        let cancel = CancellationToken::new();
        let deadline = Deadline::of(Operation::Update, &create_within("2m"));
        cancel.cancel();
        let result = deadline.run(&cancel, until_cancelled(&cancel)).await;
        assert_eq!(result, Err(cancelled()));
    }
}
