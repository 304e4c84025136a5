//! Proxies that open no tunnel, each with its reason.

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::*;

/// A proxy that answers each CONNECT with these bytes and closes the connection.
async fn answering(answer: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 1024]).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    port
}

/// The error of a request through a proxy, to a server that no name server knows.
async fn refused(scheme: &str, port: u16) -> Error {
    refused_within(Duration::from_secs(5), scheme, port).await
}

async fn refused_within(connect_timeout: Duration, scheme: &str, port: u16) -> Error {
    let mut config = config("https://isales.invalid:28443");
    let url = format!("{scheme}://me:pass-word@127.0.0.1:{port}");
    config.proxy = Some(Proxy::new(url.parse().unwrap(), "HTTPS_PROXY"));
    config.connect_timeout = connect_timeout;
    config.max_retries = 0;
    let error = set(&client(config)).await.unwrap_err();
    assert!(!error.may_have_taken_effect());
    let text = error.to_string();
    let way = format!(
        "did not get through to isales.invalid:28443 by way of the proxy 127.0.0.1:{port} (from \
         HTTPS_PROXY): "
    );
    assert!(text.contains(&way), "{text}");
    for secret in ["me:", "pass-word"] {
        assert!(!format!("{text}{error:?}").contains(secret), "{error:?}");
    }
    error
}

#[tokio::test]
async fn a_proxy_that_refuses_the_tunnel_is_named() {
    for (answer, words) in [
        ("HTTP/1.1 403 Forbidden\r\n\r\n", "CONNECT with status 200"),
        (
            "HTTP/1.1 502 Bad Gateway\r\n\r\n",
            "CONNECT with status 200",
        ),
        (
            "HTTP/1.1 302 Found\r\nLocation: http://x\r\n\r\n",
            "CONNECT with status 200",
        ),
        ("garbage\r\n\r\n", "CONNECT with status 200"),
        ("", "it closed the connection"),
    ] {
        let error = refused("http", answering(answer).await).await;
        let kind = transport_kind(&error);
        assert!(matches!(kind, TransportKind::ProxyRefused(_)), "{kind:?}");
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[tokio::test]
async fn a_proxy_that_wants_a_login_says_so() {
    let answer = "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n";
    let error = refused("http", answering(answer).await).await;
    assert_eq!(*transport_kind(&error), TransportKind::ProxyLogin);
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_to_blame_and_not_the_server() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let error = refused("http", port).await;
    let text = error.to_string();
    assert!(
        text.contains("no connection to the proxy was made (Connection refused"),
        "{text}"
    );
}

#[tokio::test]
async fn a_proxy_without_tls_is_named_where_its_url_says_https() {
    let error = refused("https", answering("HTTP/1.1 400 Bad Request\r\n\r\n").await).await;
    let text = error.to_string();
    assert!(
        text.contains("no connection to the proxy was made"),
        "{text}"
    );
    assert!(text.contains("most proxies want http://"), "{text}");
}

#[tokio::test]
async fn a_proxy_that_does_not_answer_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    for (scheme, advice) in [
        ("http", "or raise connect_timeout. Check the proxy as well."),
        ("https", "most proxies want http://."),
    ] {
        let error = refused_within(Duration::from_millis(50), scheme, port).await;
        assert_eq!(*transport_kind(&error), TransportKind::ConnectTimeout);
        assert!(error.to_string().ends_with(advice), "{error}");
    }
}
