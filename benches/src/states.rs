//! Keeps Terraform's states, as a remote backend does. A local state is written out after every
//! resource, which would be most of what a large apply takes.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::StatusCode,
    routing::get,
};
use tokio::{net::TcpListener, runtime::Runtime};

type Kept = Arc<Mutex<BTreeMap<String, Bytes>>>;

/// A server for Terraform's backend "http", without locks. It ends with its value.
#[derive(Debug)]
pub struct States {
    address: SocketAddr,
    kept: Kept,
    _runtime: Runtime,
}

// === impl States ===

impl States {
    pub fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_io()
            .build()
            .expect("a runtime");
        let kept = Kept::default();
        let one_state = get(read).post(write).delete(remove);
        let router = Router::new()
            .route("/{name}", one_state)
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&kept));
        let listener = runtime
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("a free port");
        let address = listener.local_addr().expect("an address");
        runtime.spawn(async { axum::serve(listener, router).await });
        Self {
            address,
            kept,
            _runtime: runtime,
        }
    }

    /// What `TF_HTTP_ADDRESS` is for the state of this name.
    pub fn url(&self, name: &str) -> String {
        format!("http://{}/{name}", self.address)
    }

    pub fn get(&self, name: &str) -> Option<Bytes> {
        lock(&self.kept).get(name).cloned()
    }

    pub fn set(&self, name: &str, state: impl Into<Bytes>) {
        lock(&self.kept).insert(name.to_owned(), state.into());
    }
}

async fn read(State(kept): State<Kept>, Path(name): Path<String>) -> Result<Bytes, StatusCode> {
    lock(&kept).get(&name).cloned().ok_or(StatusCode::NOT_FOUND)
}

async fn write(State(kept): State<Kept>, Path(name): Path<String>, state: Bytes) {
    lock(&kept).insert(name, state);
}

async fn remove(State(kept): State<Kept>, Path(name): Path<String>) {
    lock(&kept).remove(&name);
}

fn lock(kept: &Kept) -> std::sync::MutexGuard<'_, BTreeMap<String, Bytes>> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
