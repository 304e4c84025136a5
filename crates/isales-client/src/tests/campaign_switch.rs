//! Pausing and resuming a campaign.

use super::{
    server::{Answer, Server},
    wire::assert_signed,
    *,
};
use crate::switch::{Switch, Switched};

const PATH: &str = "/rest/isales/v1/openapi/campaigns/25/46";

/// Each switch with its verb in the path, the status that it leaves, and the one from before.
const SWITCHES: [(Switch, &str, i64, i64); 2] = [
    (Switch::Pause, "pause", 3, 2),
    (Switch::Resume, "resume", 2, 3),
];

fn lost() -> Answer {
    Answer::BytesAndClose(String::new())
}

fn confirmed() -> Answer {
    Answer::json(200, SUCCESS)
}

fn code(code: &str) -> Answer {
    Answer::json(
        200,
        &format!(r#"{{"resultCode":"{code}","resultDesc":"no"}}"#),
    )
}

/// The detail of the campaign, with its `status` as JSON.
fn detail(status: impl ToString) -> Answer {
    let status = status.to_string();
    Answer::json(
        200,
        &format!(
            r#"{{"resultCode":"0200000","returnObject":{{"name":"Renewal","status":{status}}}}}"#
        ),
    )
}

/// Switches against a script, and returns the result with the methods of the requests.
async fn switched(
    switch: Switch,
    script: impl IntoIterator<Item = Answer>,
) -> (Result<Switched, Error>, Vec<String>) {
    let server = Server::http(script).await;
    let client = client(config(&server.url()));
    let cancel = CancellationToken::new();
    let result = client.switch_campaign(campaign(), switch, &cancel).await;
    (result, server.methods())
}

#[tokio::test]
async fn a_switch_is_a_put_without_a_body() {
    for (switch, verb, ..) in SWITCHES {
        let server = Server::http([confirmed()]).await;
        let client = client(config(&server.url()));
        let cancel = CancellationToken::new();
        let result = client.switch_campaign(campaign(), switch, &cancel).await;
        assert_eq!(result, Ok(Switched::Confirmed));
        let [sent] = &server.requests()[..] else {
            panic!("one request");
        };
        assert_eq!((sent.method(), sent.body.as_str()), ("PUT", ""));
        assert_eq!(sent.header("content-length"), Some("0"));
        let path = format!("{PATH}/{verb}");
        assert_signed(sent, &path, "content-length;content-type;host");
    }
}

#[tokio::test]
async fn a_lost_reply_is_settled_by_the_detail() {
    for (switch, _, after, before) in SWITCHES {
        let (result, methods) = switched(switch, [lost(), detail(after)]).await;
        assert_eq!(result, Ok(Switched::Shown));
        assert_eq!(methods, ["PUT", "GET"]);

        let script = [lost(), detail(before), confirmed()];
        let (result, methods) = switched(switch, script).await;
        assert_eq!(result, Ok(Switched::Confirmed));
        assert_eq!(methods, ["PUT", "GET", "PUT"]);

        // The detail does not say.
        let (result, methods) = switched(switch, [lost(), detail("null")]).await;
        assert!(result.unwrap_err().may_have_taken_effect());
        assert_eq!(methods, ["PUT", "GET"]);
    }
}

#[tokio::test]
async fn a_refused_status_is_a_success_only_if_the_detail_has_the_status_asked_for() {
    for (switch, _, after, before) in SWITCHES {
        let script = [code("0200011"), detail(after)];
        let (result, methods) = switched(switch, script).await;
        assert_eq!(result, Ok(Switched::Shown));
        assert_eq!(methods, ["PUT", "GET"]);

        let gone = code("0200007");
        let broken = Answer::json(403, "");
        for reading in [detail(before), detail(4), detail("null"), gone, broken] {
            let (result, methods) = switched(switch, [code("0200011"), reading]).await;
            let error = result.unwrap_err();
            let title = match switch {
                Switch::Pause => "Campaign Cannot Be Paused",
                Switch::Resume => "Campaign Cannot Be Resumed",
            };
            assert_eq!(error.summary(), title);
            assert!(!error.may_have_taken_effect());
            assert_eq!(methods, ["PUT", "GET"]);
        }
    }
}

#[tokio::test]
async fn a_repeated_request_that_is_refused_because_of_the_lost_one_is_a_success() {
    for (switch, _, after, before) in SWITCHES {
        let refused = || [lost(), detail(before), code("0200011")];
        let script = refused().into_iter().chain([detail(after)]);
        let (result, methods) = switched(switch, script).await;
        assert_eq!(result, Ok(Switched::Shown));
        assert_eq!(methods, ["PUT", "GET", "PUT", "GET"]);

        // Still open: the lost request may have led to the refusal.
        let script = refused().into_iter().chain([detail(before)]);
        let (result, _) = switched(switch, script).await;
        assert!(result.unwrap_err().may_have_taken_effect());
    }
}

#[tokio::test]
async fn other_refusals_are_errors_without_a_second_look() {
    for (switch, ..) in SWITCHES {
        for (refusal, title) in [
            ("0200007", "Campaign Not Found"),
            ("0200006", "Database Error Of The Server"),
            ("0200009", "Unknown Error Code"),
        ] {
            let (result, methods) = switched(switch, [code(refusal)]).await;
            assert_eq!(result.unwrap_err().summary(), title);
            assert_eq!(methods, ["PUT"]);
        }
    }
}
