//! The body that most interfaces have: the ID of the batch.

use super::id::CallBatchRef;
use crate::http::JsonBody;

/// Returns the body of a request about one batch.
pub(super) fn by_id(batch: &CallBatchRef) -> JsonBody {
    JsonBody::new().member("id", batch.call_batch_id.as_str())
}
