//! A server that answers requests in turn from a script, and records them.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpListener,
    sync::watch,
};
use tokio_rustls::TlsAcceptor;

/// The reaction to the next request.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// Write this and keep the connection.
    Bytes(String),
    /// Write this and close the connection.
    BytesAndClose(String),
    /// Never answer.
    Silence,
}

/// A request as received.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) head: String,
    pub(crate) body: String,
}

/// A running server. It ends with the test's runtime.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
    connections: Arc<AtomicUsize>,
    count: watch::Receiver<usize>,
}

// === impl Answer ===

impl Answer {
    /// Creates a JSON reply.
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::with_headers(status, "Content-Type: application/json\r\n", body)
    }

    /// Creates a reply with these headers, each with its line end.
    pub(crate) fn with_headers(status: u16, headers: &str, body: &str) -> Self {
        let length = body.len();
        Self::Bytes(format!(
            "HTTP/1.1 {status} X\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
        ))
    }
}

// === impl Request ===

impl Request {
    pub(crate) fn method(&self) -> &str {
        self.head.split(' ').next().unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

// === impl Server ===

impl Server {
    pub(crate) async fn http(script: impl IntoIterator<Item = Answer>) -> Self {
        Self::start(script, None).await
    }

    pub(crate) async fn https(
        script: impl IntoIterator<Item = Answer>,
        tls: rustls::ServerConfig,
    ) -> Self {
        Self::start(script, Some(TlsAcceptor::from(Arc::new(tls)))).await
    }

    async fn start(script: impl IntoIterator<Item = Answer>, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let script = Arc::new(Mutex::new(script.into_iter().collect::<VecDeque<_>>()));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (counter, count) = watch::channel(0);
        let all = Arc::clone(&requests);
        let connections = Arc::new(AtomicUsize::new(0));
        let accepted = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                accepted.fetch_add(1, Ordering::Relaxed);
                let script = Arc::clone(&script);
                let requests = Arc::clone(&all);
                let counter = counter.clone();
                let tls = tls.clone();
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, &script, &requests, &counter).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, &script, &requests, &counter).await;
                            }
                        }
                    }
                });
            }
        });
        Self {
            port,
            requests,
            connections,
            count,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn methods(&self) -> Vec<String> {
        let requests = self.requests();
        requests
            .iter()
            .map(|request| request.method().to_owned())
            .collect()
    }

    /// Returns the number of connections so far.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// Waits until this many requests have arrived.
    pub(crate) async fn received(&mut self, count: usize) {
        self.count.wait_for(|came| *came >= count).await.unwrap();
    }
}

async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    script: &Mutex<VecDeque<Answer>>,
    requests: &Mutex<Vec<Request>>,
    counter: &watch::Sender<usize>,
) {
    while let Some(request) = read(&mut stream).await {
        let answer = script.lock().unwrap().pop_front();
        requests.lock().unwrap().push(request);
        counter.send_modify(|count| *count += 1);
        match answer.expect("the script has no answer left") {
            Answer::Bytes(bytes) => stream.write_all(bytes.as_bytes()).await.unwrap(),
            Answer::BytesAndClose(bytes) => {
                let _ = stream.write_all(bytes.as_bytes()).await;
                let _ = stream.shutdown().await;
                return;
            }
            Answer::Silence => std::future::pending().await,
        }
    }
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Request> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let request = Request {
                head: head.to_owned(),
                body: body.to_owned(),
            };
            let length = request
                .header("content-length")
                .map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                return Some(request);
            }
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}
