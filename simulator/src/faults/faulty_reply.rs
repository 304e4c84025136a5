//! The reply of each fault.

use std::time::{Duration, SystemTime};

use super::Fault;
use crate::{
    api::{Refusal, ResultCode, success},
    http::{Delivery, Outcome, Reply},
};

/// The delay that `Retry-After` asks for.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// The padding of an oversized body.
const OVERSIZED: usize = 32 * 1024 * 1024;
/// Nesting levels or digits that no client should accept.
const DEEP: usize = 100_000;
const HTML: &str = "<!DOCTYPE html>\n<html><head><title>Error</title></head>\
                    <body><h1>The service is being maintained</h1></body></html>\n";
const ELSEWHERE: &str = "https://elsewhere.invalid/";

/// Returns the outcome of a request with this fault. `answer` is the server's own reply, if the
/// fault handles the request.
pub(crate) fn faulty_reply(fault: Fault, answer: Option<Reply>, now: SystemTime) -> Outcome {
    let mut answer = answer.unwrap_or_else(|| Reply::json(200, success()));
    let retry_date = || httpdate::fmt_http_date(now + RETRY_AFTER);
    let reply = match fault {
        Fault::ResetBeforeStored | Fault::ResetAfterStored | Fault::Restart => {
            return Outcome::Reset;
        }
        Fault::CloseAfterStored => return Outcome::Close,
        Fault::CutShort => answer.with_delivery(Delivery::CutShort),
        Fault::EndlessBody => answer.with_delivery(Delivery::Endless),
        Fault::SlowDrip => answer.with_delivery(Delivery::SlowDrip),
        Fault::Latency => answer,
        Fault::OversizedBody => {
            answer.body.resize(answer.body.len() + OVERSIZED, b' ');
            answer
        }
        Fault::WrongContentType => Reply::new(200, "text/plain", answer.body),
        Fault::HtmlErrorPage => Reply::new(200, "text/html; charset=UTF-8", HTML),
        Fault::InvalidUtf8 => {
            // In the first key, which even a tolerant reader has to decode.
            answer.body.insert(2.min(answer.body.len()), 0xff);
            answer
        }
        Fault::TruncatedJson => {
            answer.body.truncate(answer.body.len() / 2);
            answer
        }
        Fault::DeepNesting => with_data(&format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP))),
        Fault::HugeNumbers => with_data(&format!(r#"{{"policyType":{}}}"#, "9".repeat(DEEP))),
        Fault::DisagreeingCodes => {
            let (success, error) = (ResultCode::Success, ResultCode::ParameterError);
            let body = format!(
                r#"{{"resultCode":"{}","resultDesc":"","returnCode":"{}","returnDesc":""}}"#,
                success.as_str(),
                error.as_str()
            );
            Reply::json(200, body)
        }
        Fault::SuccessWithoutData => Reply::json(200, success()),
        Fault::Redirect => status(307).with_header("location", ELSEWHERE),
        Fault::TooManyRequestsSeconds => status(429).with_header("retry-after", "1"),
        Fault::TooManyRequestsDate => status(429).with_header("retry-after", retry_date()),
        Fault::UnavailableSeconds => status(503).with_header("retry-after", "1"),
        Fault::UnavailableDate => status(503).with_header("retry-after", retry_date()),
        Fault::TooFast => Reply::json(200, Refusal::from(ResultCode::TooFast).to_json()),
        Fault::InternalServerError => status(500),
        Fault::BadGateway => status(502),
        Fault::GatewayTimeout => status(504),
    };
    Outcome::Reply(reply)
}

fn status(status: u16) -> Reply {
    Reply::new(status, "text/html; charset=UTF-8", HTML)
}

/// Returns a success with this JSON text as `data`.
fn with_data(data: &str) -> Reply {
    let envelope = success();
    let open = envelope.strip_suffix('}').unwrap_or(&envelope);
    Reply::json(200, format!(r#"{open},"data":{data}}}"#))
}
