//! A static file server over HTTPS, such as a network mirror of providers needs.

use std::{
    fs, io,
    net::{Ipv4Addr, TcpListener},
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex},
    thread,
};

use http_body_util::Full;
use hyper::{
    Request, Response, StatusCode, body::Bytes, header::CONTENT_TYPE, server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer};
use tempfile::NamedTempFile;
use tokio::{runtime, sync::oneshot};
use tokio_rustls::TlsAcceptor;

/// A server on a free port of this machine. It ends with the value.
#[derive(Debug)]
pub struct FileServer {
    port: u16,
    certificate: NamedTempFile,
    requests: Arc<Mutex<Vec<String>>>,
    _stop: oneshot::Sender<()>,
}

// === impl FileServer ===

impl FileServer {
    /// Serves the files below a folder, with a new certificate for `localhost`.
    pub fn start(folder: &Path) -> Self {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let certificate = NamedTempFile::new().expect("a temporary file");
        fs::write(certificate.path(), cert.pem()).expect("a file");
        let key = PrivateKeyDer::Pkcs8(signing_key.serialize_der().into());
        let tls = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("protocol versions")
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .expect("a key that fits");

        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        listener.set_nonblocking(true).expect("a socket");
        let port = listener.local_addr().expect("an address").port();
        let (stop, stopped) = oneshot::channel();
        let requests = Arc::default();
        let files = Files {
            folder: folder.to_owned(),
            requests: Arc::clone(&requests),
        };
        thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                tokio::select! {
                    () = serve(listener, TlsAcceptor::from(Arc::new(tls)), files) => {}
                    _dropped = stopped => {}
                }
            });
        });
        Self {
            port,
            certificate,
            requests,
            _stop: stop,
        }
    }

    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// The PEM file with the certificate that clients have to trust.
    pub fn certificate(&self) -> &Path {
        self.certificate.path()
    }

    /// The paths that were asked for.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no panic").clone()
    }
}

async fn serve(listener: TcpListener, tls: TlsAcceptor, files: Files) {
    let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
    loop {
        let (stream, _) = listener.accept().await.expect("a client");
        let (tls, files) = (tls.clone(), files.clone());
        tokio::spawn(async move {
            let Ok(stream) = tls.accept(stream).await else {
                return;
            };
            let service = service_fn(async |request: Request<_>| {
                io::Result::Ok(files.answer(request.uri().path()))
            });
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            // A client may leave at any time.
            let _ended = connection.await;
        });
    }
}

#[derive(Clone)]
struct Files {
    folder: PathBuf,
    requests: Arc<Mutex<Vec<String>>>,
}

// === impl Files ===

impl Files {
    fn answer(&self, path: &str) -> Response<Full<Bytes>> {
        self.requests
            .lock()
            .expect("no panic")
            .push(path.to_owned());
        let relative = Path::new(path.trim_start_matches('/'));
        let is_below = relative
            .components()
            .all(|component| matches!(component, Component::Normal(_)));
        let content = match fs::read(self.folder.join(relative)) {
            Ok(content) if is_below => content,
            _ => {
                let mut missing = Response::default();
                *missing.status_mut() = StatusCode::NOT_FOUND;
                return missing;
            }
        };
        let kind = match relative
            .extension()
            .and_then(|extension| extension.to_str())
        {
            Some("json") => "application/json",
            _ => "application/octet-stream",
        };
        let response = Response::builder().header(CONTENT_TYPE, kind);
        response.body(content.into()).expect("a response")
    }
}
