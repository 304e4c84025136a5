//! Requests ahead of the results that are passed on.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::{Stream, StreamExt as _, stream};
use tfplugin::log::in_current_call;
use tokio::task::{JoinError, JoinHandle};

/// Number of requests ahead of the result that is passed on. The client's own limits apply as well.
const AHEAD: usize = 8;

/// A task that is aborted when nobody waits for it any more.
struct Task<T>(JoinHandle<T>);

/// Runs a few futures ahead of the one whose result is next, in their order.
///
/// Each is a task of its own, so it goes on while nobody takes the results: a future that nobody polls
/// would keep its permit, or its place in the schedule, from all other requests. Dropping the stream
/// aborts the tasks.
pub(crate) fn ahead<F>(
    futures: impl IntoIterator<Item = F>,
) -> impl Stream<Item = Result<F::Output, JoinError>>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    stream::iter(futures)
        .map(|future| Task(tokio::spawn(in_current_call(future))))
        .buffered(AHEAD)
}

// === impl Task ===

impl<T> Future for Task<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context)
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::{pin::pin, sync::Arc, time::Duration};

    use tokio::{sync::Semaphore, time::timeout};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_nobody_takes_gives_back_its_permit() {
        let permits = Arc::new(Semaphore::new(1));
        let queries = (0..20).map(|number| {
            let permits = Arc::clone(&permits);
            async move {
                let _permit = permits.acquire_owned().await;
                tokio::time::sleep(Duration::from_secs(1)).await;
                number
            }
        });
        let mut results = pin!(ahead(queries));
        assert_eq!(results.next().await.unwrap().unwrap(), 0);
        let waited = timeout(
            Duration::from_secs(60),
            Arc::clone(&permits).acquire_owned(),
        )
        .await;
        drop(waited.unwrap().unwrap());
        assert_eq!(results.next().await.unwrap().unwrap(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn what_nobody_wants_is_aborted() {
        let permits = Arc::new(Semaphore::new(AHEAD));
        let queries = (0..20).map(|number| {
            let permits = Arc::clone(&permits);
            async move {
                let _permit = permits.acquire_owned().await;
                if number > 0 {
                    std::future::pending::<()>().await;
                }
            }
        });
        {
            let mut results = pin!(ahead(queries));
            assert!(results.next().await.unwrap().is_ok());
        }
        let all = u32::try_from(AHEAD).unwrap();
        let waited = timeout(Duration::from_secs(60), permits.acquire_many(all)).await;
        assert!(waited.unwrap().is_ok());
    }
}
