//! The attribute `timeouts`, as providers have it, and the deadlines that it sets.

use std::{
    fmt,
    future::Future,
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use tokio_util::sync::CancellationToken;

use super::{
    call::Call,
    diagnostics::{Diagnostics, Severity},
    model::Attr,
    path::AttributePath,
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

/// The time that one operation has. It cancels the operation, not what is around it.
#[derive(Debug)]
pub struct Deadline {
    token: CancellationToken,
    operation: Operation,
    limit: Duration,
    has_passed: AtomicBool,
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
    /// The deadline of an operation within a call; a stop of the call ends it too.
    pub fn new<C>(call: &Call<'_, C>, timeouts: &Attr<Timeouts>, operation: Operation) -> Self {
        let limit = match timeouts {
            Attr::Known(timeouts) => timeouts.of(operation).as_ref().known(),
            Attr::Null | Attr::Unknown => None,
        };
        Self {
            token: call.cancel.child_token(),
            operation,
            // A text that is no duration was refused when the configuration was validated.
            limit: limit.and_then(|text| parse(text)).unwrap_or(DEFAULT),
            has_passed: AtomicBool::new(false),
        }
    }

    /// The call, as the operation sees it.
    pub fn limit<'a, C>(&'a self, call: &Call<'a, C>) -> Call<'a, C> {
        Call::new(call.client, &self.token)
    }

    /// Runs the operation; it is cancelled when the time is up, and then awaited, so that it can
    /// say what it has done.
    pub async fn run<T>(&self, operation: impl Future<Output = T>) -> T {
        let mut operation = pin!(operation);
        tokio::select! {
            biased;
            done = &mut operation => done,
            () = tokio::time::sleep(self.limit) => {
                self.has_passed.store(true, Ordering::Relaxed);
                self.token.cancel();
                operation.await
            }
        }
    }

    /// The errors of the operation. They name the timeout if it was what ended the operation.
    pub fn explain(&self, errors: impl Into<Diagnostics>) -> Diagnostics {
        let errors = errors.into();
        if !self.has_passed.load(Ordering::Relaxed) {
            return errors;
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tf_provider::diagnostics::Diagnostic;

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
        let call = Call::new(&(), &stop);
        let deadline = Deadline::new(&call, &create_within("2m"), Operation::Create);
        let limited = deadline.limit(&call);
        let began = tokio::time::Instant::now();
        let result = deadline.run(async {
            limited.cancel.cancelled().await;
            Err::<(), _>(Diagnostic::error(
                "Request Cancelled",
                "Nothing has changed.",
            ))
        });
        let errors = deadline.explain(result.await.unwrap_err());
        assert_eq!(began.elapsed(), Duration::from_secs(120));
        assert!(!stop.is_cancelled());
        let error = errors.iter().next().unwrap();
        assert_eq!(
            error.detail,
            "The create took longer than 2m and was stopped. Nothing has changed. If the server \
             needs more time, raise timeouts.create."
        );
        assert_eq!(error.path.to_string(), "timeouts");
    }

    #[tokio::test(start_paused = true)]
    async fn a_stop_is_not_taken_for_a_timeout() {
        let stop = CancellationToken::new();
        let call = Call::new(&(), &stop);
        let deadline = Deadline::new(&call, &Attr::Null, Operation::Update);
        let limited = deadline.limit(&call);
        stop.cancel();
        deadline.run(limited.cancel.cancelled()).await;
        let error = Diagnostic::error("Request Cancelled", "Nothing has changed.");
        let errors = Diagnostics::from(error);
        assert_eq!(deadline.explain(errors.clone()), errors);
    }
}
