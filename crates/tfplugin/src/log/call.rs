//! The call of the host during which a line is logged.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use ring::rand::{SecureRandom as _, SystemRandom};
use tokio::task_local;
use uuid::{Builder, Uuid};

use super::line::Line;

task_local! {
    static CURRENT: Arc<CallContext>;
}

/// A call of the host, as log lines name it: with the fields of HashiCorp's framework.
pub(crate) struct CallContext {
    /// The name of the call, such as `ReadResource`.
    pub(crate) rpc: &'static str,
    object: Option<LoggedObject>,
    /// Made for the first line that names it.
    request_id: OnceLock<Uuid>,
}

/// The object of a call: the name of its field, such as `tf_resource_type`, and its type.
pub(crate) struct LoggedObject {
    pub(crate) field: &'static str,
    pub(crate) type_name: String,
}

/// Returns the future with the call that the current task belongs to. Wrap what is spawned during a call
/// in this, so that its log lines name the call.
pub fn in_current_call<F: Future>(future: F) -> impl Future<Output = F::Output> {
    let current = CURRENT.try_with(Arc::clone).ok();
    async move {
        match current {
            Some(current) => CURRENT.scope(current, future).await,
            None => future.await,
        }
    }
}

/// Adds the fields of the current call to a line.
pub(super) fn add_current_call(line: &mut Line) {
    // Outside of a call there is nothing to add.
    let _outside = CURRENT.try_with(|call| call.add_to(line));
}

// === impl CallContext ===

impl CallContext {
    pub(crate) fn new(rpc: &'static str, object: Option<LoggedObject>) -> Self {
        Self {
            rpc,
            object,
            request_id: OnceLock::new(),
        }
    }

    /// Makes a future a part of the call. Not an `async fn`, which would hold the future twice.
    pub(crate) fn scope<F: Future>(self: Arc<Self>, future: F) -> impl Future<Output = F::Output> {
        CURRENT.scope(self, future)
    }

    fn add_to(&self, line: &mut Line) {
        line.add("tf_rpc", self.rpc.into());
        line.add("tf_req_id", self.request_id().to_string().into());
        if let Some(LoggedObject { field, type_name }) = &self.object {
            line.add(field, type_name.as_str().into());
        }
    }

    fn request_id(&self) -> Uuid {
        *self.request_id.get_or_init(|| {
            let mut bytes = [0; 16];
            // Without randomness all calls look alike, which a log can bear.
            let _filled = SystemRandom::new().fill(&mut bytes);
            Builder::from_random_bytes(bytes).into_uuid()
        })
    }
}

impl fmt::Debug for CallContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CallContext").field(&self.rpc).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use log::Level;
    use serde_json::{Map, Value};

    use super::*;

    fn logged() -> Map<String, Value> {
        let mut line = Line::new(SystemTime::UNIX_EPOCH, Level::Info, "m", "said");
        add_current_call(&mut line);
        serde_json::from_slice(&line.into_bytes()).unwrap()
    }

    fn call(object: Option<LoggedObject>) -> Arc<CallContext> {
        Arc::new(CallContext::new("ReadResource", object))
    }

    #[tokio::test]
    async fn a_line_names_its_call_and_no_other_line_does() {
        let object = LoggedObject {
            field: "tf_resource_type",
            type_name: "example_rule".to_owned(),
        };
        let (one, other) = (call(Some(object)), call(None));
        let (first, second, third) = Arc::clone(&one)
            .scope(async {
                let spawned = tokio::spawn(in_current_call(async { logged() }));
                (
                    logged(),
                    spawned.await.unwrap(),
                    other.scope(async { logged() }).await,
                )
            })
            .await;
        assert_eq!(first["tf_rpc"], "ReadResource");
        assert_eq!(first["tf_resource_type"], "example_rule");
        let id = first["tf_req_id"].as_str().unwrap();
        assert_eq!((id.len(), id.as_bytes()[14]), (36, b'4'), "{id}");
        assert_eq!(first, second);
        assert_ne!(first["tf_req_id"], third["tf_req_id"]);
        assert!(!third.contains_key("tf_resource_type"));
        assert!(!logged().contains_key("tf_rpc"));
    }
}
