//! The attribute `timeouts`, as providers have it, and the deadlines that it sets.

use std::{fmt, pin::pin, time::Duration};

use super::{
    call::Call,
    diagnostics::{Diagnostics, Severity},
    model::Attr,
    path::AttributePath,
    resource::{ApplyFailure, Resource},
    schema::{Attribute, Nesting, Validator},
    value::Value,
};
use crate::model;

/// How long an operation may take where the configuration does not say.
const DEFAULT: Duration = Duration::from_secs(5 * 60);

const ATTRIBUTE: &str = "timeouts";

model! {
    /// How long each operation may take, as durations such as `10m`.
    pub struct Timeouts {
        create: Attr<String>,
        read: Attr<String>,
        update: Attr<String>,
        delete: Attr<String>,
    }
}

/// What a timeout is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Making the object.
    Create,
    /// Reading it.
    Read,
    /// Changing it.
    Update,
    /// Destroying it.
    Delete,
}

/// The time that one operation has.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    operation: Operation,
    limit: Duration,
}

/// Why an operation failed, as far as a deadline has a say in it.
pub trait Failure {
    /// The same failure, told otherwise.
    #[must_use]
    fn map_diagnostics(self, change: impl FnOnce(Diagnostics) -> Diagnostics) -> Self;
}

/// The attribute, an optional object of four optional durations.
pub fn attribute() -> Attribute {
    let duration = |name, description| {
        Attribute::string(name, description).validator(Validator::new(is_duration))
    };
    Attribute::nested(
        ATTRIBUTE,
        Nesting::Single,
        vec![
            duration(
                "create",
                "How long a create may take, retries included, for example `10m`. Defaults to \
                 `5m`.",
            ),
            duration(
                "read",
                "How long a read may take, likewise. Defaults to `5m`.",
            ),
            duration(
                "update",
                "How long an update may take, likewise. Defaults to `5m`.",
            ),
            duration(
                "delete",
                "How long a destroy may take, likewise. Defaults to `5m`.",
            ),
        ],
        "How long operations may take, all requests and the waits between them together.",
    )
}

fn is_duration(value: &Value) -> Result<(), String> {
    match value {
        Value::String(text) if parse(text).is_none() => Err(format!(
            "The value must be a duration such as 90s, 10m or 1h30m; {text:?} is not."
        )),
        _ => Ok(()),
    }
}

fn parse(text: &str) -> Option<Duration> {
    let duration = humantime::parse_duration(text).ok()?;
    (!duration.is_zero()).then_some(duration)
}

// === impl Timeouts ===

impl Timeouts {
    fn of(&self, operation: Operation) -> &Attr<String> {
        match operation {
            Operation::Create => &self.create,
            Operation::Read => &self.read,
            Operation::Update => &self.update,
            Operation::Delete => &self.delete,
        }
    }
}

// === impl Operation ===

impl Operation {
    const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Update => "update",
            Self::Delete => "delete",
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
    /// The deadline of an operation, as the configuration or the default has it.
    pub fn of(operation: Operation, timeouts: &Attr<Timeouts>) -> Self {
        let limit = match timeouts {
            Attr::Known(timeouts) => timeouts.of(operation).as_ref().known(),
            Attr::Null | Attr::Unknown => None,
        };
        Self {
            operation,
            // A text that is no duration was refused when the configuration was validated.
            limit: limit.and_then(|text| parse(text)).unwrap_or(DEFAULT),
        }
    }

    /// Runs an operation of a call. When the time is up, it is cancelled, and then awaited, so that
    /// it can say what it has done; its errors name the timeout. What is around it goes on.
    ///
    /// # Errors
    /// Those of the operation.
    pub async fn run<C, T, E: Failure>(
        self,
        call: &mut Call<'_, C>,
        operation: impl AsyncFnOnce(&mut Call<'_, C>) -> Result<T, E>,
    ) -> Result<T, E> {
        // A stop of the call ends the operation too.
        let token = call.cancel.child_token();
        let mut limited = Call::new(call.data, &token);
        let (result, has_passed) = {
            let mut operation = pin!(operation(&mut limited));
            tokio::select! {
                biased;
                result = &mut operation => (result, false),
                () = tokio::time::sleep(self.limit) => {
                    token.cancel();
                    (operation.await, true)
                }
            }
        };
        call.diagnostics.extend(limited.diagnostics);
        match result {
            Err(failure) if has_passed => {
                Err(failure.map_diagnostics(|errors| self.explain(errors)))
            }
            result => result,
        }
    }

    fn explain(self, errors: Diagnostics) -> Diagnostics {
        let (operation, limit) = (self.operation, humantime::format_duration(self.limit));
        let explained = errors.into_iter().map(|mut error| {
            if error.severity == Severity::Error {
                error.summary = format!("Timeout Of {operation}");
                error.detail = format!(
                    "The {operation} took longer than {limit} and was stopped. {} If the server \
                     needs more time, raise {ATTRIBUTE}.{operation}.",
                    error.detail
                );
                error.path = AttributePath::attribute(ATTRIBUTE);
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

impl<R: Resource> Failure for ApplyFailure<R> {
    fn map_diagnostics(mut self, change: impl FnOnce(Diagnostics) -> Diagnostics) -> Self {
        self.diagnostics = change(self.diagnostics);
        self
    }
}

#[cfg(test)]
mod tests {
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::diagnostics::Diagnostic;

    fn cancelled() -> Diagnostics {
        Diagnostic::error("Request Cancelled", "Nothing has changed.").into()
    }

    fn create_within(text: &str) -> Attr<Timeouts> {
        Attr::Known(Timeouts {
            create: Attr::Known(text.to_owned()),
            read: Attr::Null,
            update: Attr::Unknown,
            delete: Attr::Null,
        })
    }

    #[test]
    fn a_duration_has_a_unit_and_is_not_zero() {
        for text in ["90s", "10m", "1h30m", "1h 30m", "500ms"] {
            assert_eq!(is_duration(&text.into()), Ok(()), "{text}");
        }
        for text in ["", "10", "m", "0s", "-1m", "1h30"] {
            let error = is_duration(&text.into()).unwrap_err();
            assert!(error.contains("such as 90s"), "{error}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_operation_is_cancelled_and_says_what_it_did() {
        let stop = CancellationToken::new();
        let mut call = Call::new(&(), &stop);
        let deadline = Deadline::of(Operation::Create, &create_within("2m"));
        let began = tokio::time::Instant::now();
        let result = deadline.run(&mut call, async |call| {
            call.cancel.cancelled().await;
            call.warn("Half Done", "One of two.");
            Err::<(), _>(cancelled())
        });
        let errors = result.await.unwrap_err();
        assert_eq!(began.elapsed(), Duration::from_secs(120));
        assert!(!stop.is_cancelled());
        let error = errors.iter().next().unwrap();
        assert_eq!(
            error.detail,
            "The create took longer than 2m and was stopped. Nothing has changed. If the server \
             needs more time, raise timeouts.create."
        );
        assert_eq!(error.path.to_string(), "timeouts");
        assert_eq!(call.diagnostics.iter().count(), 1, "what it warned of");
    }

    #[tokio::test(start_paused = true)]
    async fn a_stop_is_not_taken_for_a_timeout() {
        let stop = CancellationToken::new();
        let mut call = Call::new(&(), &stop);
        let deadline = Deadline::of(Operation::Update, &Attr::Null);
        stop.cancel();
        let result = deadline.run(&mut call, async |call| {
            call.cancel.cancelled().await;
            Err::<(), _>(cancelled())
        });
        assert_eq!(result.await, Err(cancelled()));
    }
}
