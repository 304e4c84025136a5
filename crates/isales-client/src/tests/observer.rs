//! Observed exchanges.

use std::sync::Mutex;

use super::{
    server::{Answer, Server},
    *,
};
use crate::observer::{Exchange, ExchangeObserver, ExchangeOutcome};

#[derive(Debug, Default)]
struct Recorder(Mutex<Vec<Exchange>>);

impl ExchangeObserver for Recorder {
    fn observe(&self, exchange: Exchange) {
        self.0.lock().unwrap().push(exchange);
    }
}

fn observed(server: &Server) -> (Client, Arc<Recorder>) {
    let recorder = Arc::new(Recorder::default());
    let mut config = config(&server.url());
    config.observer = Some(Arc::clone(&recorder) as Arc<dyn ExchangeObserver>);
    (client(config), recorder)
}

#[tokio::test]
async fn each_attempt_is_observed_with_its_reply() {
    let server = Server::http([
        Answer::with_headers(503, "Retry-After: 0\r\n", "busy"),
        Answer::json(200, SUCCESS),
    ])
    .await;
    let (client, recorder) = observed(&server);
    set(&client).await.unwrap();

    let exchanges = recorder.0.lock().unwrap().clone();
    let seen: Vec<_> = exchanges
        .iter()
        .map(|exchange| match &exchange.outcome {
            ExchangeOutcome::Replied(reply) => {
                let body = String::from_utf8(reply.body.clone().unwrap()).unwrap();
                (exchange.request.method.as_str(), reply.status, body)
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(seen[0], ("POST", 503, "busy".to_owned()));
    assert_eq!(seen[1].1, 200);
    assert_eq!(seen.len(), server.requests().len());

    let request = &exchanges[0].request;
    let sent = &server.requests()[0];
    assert_eq!(request.body.as_deref(), Some(sent.body.as_bytes()));
    for (name, value) in &request.headers {
        assert_eq!(sent.header(name), Some(value.as_str()), "{name}");
    }
    assert_eq!(exchanges[0].operation.to_string(), "set the retry policy");
    let authorization = sent.header("authorization").unwrap();
    let signed = format!("Z/{}/", request.signing.signed_headers);
    assert!(authorization.contains(&signed), "{signed}");
}

#[tokio::test]
async fn an_observer_sees_no_signature() {
    let server = Server::http([Answer::json(200, SUCCESS)]).await;
    let (client, recorder) = observed(&server);
    query(&client).await.unwrap();
    let signature = server.requests()[0]
        .header("authorization")
        .unwrap()
        .to_owned();
    let shown = format!("{:?}", recorder.0.lock().unwrap());
    assert!(
        !shown.contains(signature.rsplit('/').next().unwrap()),
        "{shown}"
    );
    assert!(!shown.contains("authorization"), "{shown}");
}

#[tokio::test]
async fn a_failure_is_observed_as_one() {
    let server = Server::http([Answer::BytesAndClose(String::new())]).await;
    let (client, recorder) = observed(&server);
    let cancel = CancellationToken::new();
    let limit = Duration::from_secs(60);
    let call = client.query_retry_policy_once(campaign(), limit, &cancel);
    call.await.unwrap_err();
    let exchanges = recorder.0.lock().unwrap();
    let [exchange] = exchanges.as_slice() else {
        panic!("{exchanges:?}");
    };
    assert!(
        matches!(
            exchange.outcome,
            ExchangeOutcome::Failed(TransportKind::Reset(_))
        ),
        "{exchange:?}"
    );
}
