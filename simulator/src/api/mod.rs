//! The interfaces: from a request whose signature is good to a reply.

#[path = "../call_result/list.rs"]
mod call_results;
#[path = "../campaign/list.rs"]
mod campaigns;
#[path = "../number_type/list.rs"]
mod number_types;
mod parameters;
#[path = "../retry_policy/query.rs"]
mod retry_policy;

use crate::policy::Keeps;
use crate::reply::Reply;
use crate::result_code::{Refusal, ResultCode};
use crate::shape::Shape;
use crate::store::{Store, Stored};
use crate::wire::WireRequest;

const BASE: &str = "/rest/isales/v1/openapi/campaigns/";
const CONTENT_TYPE: &[u8] = b"application/json; charset=UTF-8";

/// An answer, and what a POST did to the store.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) reply: Reply,
    pub(crate) stored: Option<Stored>,
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        Self {
            reply,
            stored: None,
        }
    }
}

/// Answers a request. Never fails: what is wrong with the request becomes the reply.
pub(crate) fn answer(
    store: &mut Store,
    shape: Shape,
    keeps: Keeps,
    request: &WireRequest,
) -> Answer {
    let Some(rest) = request.path.strip_prefix(BASE) else {
        return not_found().into();
    };
    let segments: Vec<&str> = rest.split('/').collect();
    let method = request.method.as_str();
    match (segments.as_slice(), method) {
        ([vdn_id, "retryPolicy", campaign_id], "POST") => {
            retry_policy::set(store, keeps, request, vdn_id, campaign_id)
        }
        ([vdn_id, "retryPolicy", campaign_id], "GET") => {
            retry_policy::query(store, shape, request, vdn_id, campaign_id).into()
        }
        ([_, "retryPolicy", _], _) => method_not_allowed("GET, POST").into(),
        ([vdn_id, "queryOBSResults"], "GET") => {
            finish(call_results::list(store, request, vdn_id)).into()
        }
        ([vdn_id, "callNoType", "query"], "GET") => {
            finish(number_types::list(store, request, vdn_id)).into()
        }
        ([vdn_id], "GET") => finish(campaigns::list(store, request, vdn_id)).into(),
        ([vdn_id, campaign_id], "GET") => {
            finish(campaigns::detail(store, request, vdn_id, campaign_id)).into()
        }
        ([_] | [_, _] | [_, "callNoType", "query"], _) => method_not_allowed("GET").into(),
        _ => not_found().into(),
    }
}

/// HTTP 200 with a result or with a refusal's codes.
fn finish(result: Result<String, Refusal>) -> Reply {
    Reply::json(200, result.unwrap_or_else(|refusal| refusal.to_json()))
}

/// Table 2: the value is fixed.
fn check_content_type(request: &WireRequest) -> Result<(), Refusal> {
    if request.header("content-type") == Some(CONTENT_TYPE) {
        return Ok(());
    }
    let detail = "The Content-Type header must be application/json; charset=UTF-8.";
    Err(Refusal::new(ResultCode::ParameterError, detail))
}

fn not_found() -> Reply {
    Reply::new(
        404,
        "text/html",
        "<html><body><h1>404 Not Found</h1></body></html>",
    )
}

fn method_not_allowed(allow: &str) -> Reply {
    Reply::new(
        405,
        "text/html",
        "<html><body><h1>405 Method Not Allowed</h1></body></html>",
    )
    .with_header("allow", allow)
}
