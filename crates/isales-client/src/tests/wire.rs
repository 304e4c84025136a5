//! Requests on the wire, and the results of replies.

use super::{
    server::{Answer, Request, Server},
    *,
};
use crate::{
    error::{ErrorCode, ProtocolProblem},
    retry_policy::examples::{corrected_bodies, page_bodies},
    sign::{Authorization, RequestToSign, SignedHeaders, Timestamp, TimestampPrecision},
};

#[tokio::test]
async fn requests_are_sent_as_signed() {
    let server = Server::http([Answer::json(200, SUCCESS), Answer::json(200, SUCCESS)]).await;
    let mut config = config(&server.url());
    config.locale = Some("en_US".parse().unwrap());
    config.compatibility.signed_headers =
        "content-length;content-type;host;locale".parse().unwrap();
    let client = client(config);
    set(&client).await.unwrap();
    assert_eq!(query(&client).await, Ok(PolicyLookup::NotSet));

    let requests = server.requests();
    let [body, ..] = corrected_bodies();
    assert_eq!(requests[0].body, body);
    for (request, names) in [
        (&requests[0], "content-length;content-type;host;locale"),
        (&requests[1], "content-type;host;locale"),
    ] {
        let host = format!("127.0.0.1:{}", server.port);
        assert_eq!(request.header("host"), Some(host.as_str()));
        assert_eq!(
            request.header("content-type"),
            Some("application/json; charset=UTF-8")
        );
        assert_eq!(request.header("locale"), Some("en_US"));
        assert_eq!(request.header("accept-encoding"), Some("identity"));
        let path = "/rest/isales/v1/openapi/campaigns/25/retryPolicy/46";
        assert_signed(request, path, names);
    }
}

/// Asserts that a request has this path, and that its signature covers these headers.
pub(crate) fn assert_signed(request: &Request, path: &str, names: &str) {
    let (method, rest) = request.head.split_once(' ').unwrap();
    assert!(rest.starts_with(&format!("{path} HTTP/1.1\r\n")), "{rest}");
    let authorization = request.header("authorization").unwrap();
    let time = authorization.split('/').nth(2).unwrap();
    let second: u64 = time[17..19].parse().unwrap();
    let moment = UNIX_EPOCH + Duration::from_secs(1_735_787_040 + second);
    let headers: Vec<_> = names
        .split(';')
        .map(|name| (name, request.header(name).unwrap()))
        .collect();
    let expected = Authorization::sign(
        &RequestToSign {
            method,
            path,
            query: &[],
            headers: &headers,
            body: request.body.as_bytes(),
        },
        &names.parse::<SignedHeaders>().unwrap(),
        "EXAMPLEAK",
        "EXAMPLESK",
        &Timestamp::new(moment, TimestampPrecision::Milliseconds),
    );
    assert_eq!(authorization, expected.reveal());
}

#[tokio::test]
async fn a_query_tells_policy_none_gone_and_unsupported_apart() {
    let [body, ..] = corrected_bodies();
    let stored = format!(r#"{{"resultCode":"0200000","data":{body}}}"#);
    let server = Server::http([
        Answer::json(200, &stored),
        Answer::json(200, r#"{"resultCode":"0200000","data":null}"#),
        Answer::json(200, r#"{"resultCode":"0200-01","returnCode":"0200-01"}"#),
        Answer::with_headers(404, "Content-Type: text/html\r\n", "<html>"),
        Answer::json(405, r#"{"error":"Method Not Allowed"}"#),
        Answer::json(404, r#"{"resultCode":"0200-01"}"#),
        Answer::json(404, r#"{"resultCode":"02000007"}"#),
        Answer::json(
            200,
            r#"{"resultCode":"0200000","data":{"policyJson":"[{"}}"#,
        ),
    ])
    .await;
    let client = client(config(&server.url()));
    let set = PolicyLookup::Found(StoredPolicy {
        retry_policy_id: None,
        policy: policy(),
    });
    assert_eq!(query(&client).await, Ok(set));
    assert_eq!(query(&client).await, Ok(PolicyLookup::NotSet));
    assert_eq!(
        query(&client).await,
        Ok(PolicyLookup::CampaignNotFound(ErrorCode::new("0200-01")))
    );
    assert_eq!(query(&client).await, Ok(PolicyLookup::Unsupported));
    assert_eq!(query(&client).await, Ok(PolicyLookup::Unsupported));
    assert_eq!(
        query(&client).await,
        Ok(PolicyLookup::CampaignNotFound(ErrorCode::new("0200-01")))
    );
    let Err(Error::Api(error)) = query(&client).await else {
        panic!("a code is an answer of the API");
    };
    assert_eq!(error.code, ErrorCode::new("02000007"));
    let Err(Error::Protocol(error)) = query(&client).await else {
        panic!("half a policy is none");
    };
    assert!(matches!(
        error.problem,
        ProtocolProblem::Document { noun: "policy", .. }
    ));
}

#[tokio::test]
async fn a_reply_in_another_form_is_read_or_refused_and_never_taken_for_none() {
    let [body, ..] = corrected_bodies();
    let [_, _, misprint, _] = page_bodies();
    let reply = |rest: &str| format!(r#"{{"resultCode":"0200000",{rest}}}"#);
    let server = Server::http([
        Answer::with_headers(
            200,
            "Content-Type: text/plain\r\n",
            &reply(&format!(r#""data":{body}"#)),
        ),
        Answer::json(
            200,
            &format!("\u{feff}{}", reply(&format!(r#""data":{body}"#))),
        ),
        Answer::json(
            200,
            &reply(&format!(r#""returnCode":"","returnObject":{body}"#)),
        ),
        Answer::json(200, &reply(&format!(r#""data":{misprint}"#))),
        Answer::json(200, &reply(r#""data":{"policyType":-1,"policyJson":""}"#)),
        Answer::json(200, &reply(r#""returnObject":{"retryTimes":1}"#)),
    ])
    .await;
    let client = client(config(&server.url()));
    let found = |policy| {
        Ok(PolicyLookup::Found(StoredPolicy {
            retry_policy_id: None,
            policy,
        }))
    };
    for _ in 0..3 {
        assert_eq!(query(&client).await, found(policy()));
    }
    let [_, _, number_type, _] = policies();
    assert_eq!(query(&client).await, found(number_type));
    assert_eq!(query(&client).await, Ok(PolicyLookup::NotSet));
    let error = query(&client).await.unwrap_err().to_string();
    assert!(
        error.contains("its policy cannot be read: returnObject.retryTimes: found here, but"),
        "{error}"
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Server::http([]).await;
    let location = format!("Location: {}/x\r\n", other.url());
    let server = Server::http([Answer::with_headers(307, &location, "")]).await;
    let error = set(&client(config(&server.url()))).await.unwrap_err();
    assert!(
        error.to_string().contains("redirects to 127.0.0.1,"),
        "{error}"
    );
    assert!(!error.may_have_taken_effect());
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn a_reply_that_is_too_large_is_not_read_to_its_end() {
    let chunk = format!("{:x}\r\n{}\r\n", 1 << 16, " ".repeat(1 << 16)).repeat(17);
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    let server = Server::http([
        Answer::Bytes(format!("{head}Content-Length: 1048577\r\n\r\n")),
        Answer::Bytes(format!("{head}Transfer-Encoding: chunked\r\n\r\n{chunk}")),
    ])
    .await;
    let mut config = config(&server.url());
    config.max_retries = 0;
    let client = client(config);
    for _ in 0..2 {
        let Err(Error::Protocol(error)) = set(&client).await else {
            panic!("the reply has no end");
        };
        assert_eq!(error.problem, ProtocolProblem::TooLarge { limit: 1 << 20 });
        assert!(Error::from(error).may_have_taken_effect());
    }
}

#[test]
fn debug_output_shows_no_secret() {
    let mut config = config("https://127.0.0.1:1");
    let proxy = "http://me:pass-word@127.0.0.1:2".parse().unwrap();
    config.proxy = Some(Proxy::new(proxy, "proxy_url"));
    let text = format!("{:?}", client(config));
    assert!(
        !text.contains("EXAMPLESK") && !text.contains("pass-word"),
        "{text}"
    );
}

#[test]
fn no_signed_request_goes_to_a_proxy_in_clear() {
    for (endpoint, is_refused) in [
        ("http://127.0.0.1:1", true),
        ("http://localhost:1", true),
        ("https://127.0.0.1:1", false),
    ] {
        let mut config = config(endpoint);
        let proxy = "http://127.0.0.1:2".parse().unwrap();
        config.proxy = Some(Proxy::new(proxy, "proxy_url"));
        let made = Client::new(config);
        let refused = matches!(made, Err(ConfigError::ProxyInClear));
        assert_eq!(refused, is_refused, "{endpoint}");
    }
}
