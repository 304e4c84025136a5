//! Lists that the operations of a run share, so that a thousand of them do not walk through the same
//! list a thousand times.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Mutex, time::Instant};
use tokio_util::sync::CancellationToken;

/// The content of a list, as the last walk through it has found it.
#[derive(Debug)]
pub(crate) struct SharedWalk<T>(Mutex<Option<Walk<T>>>);

#[derive(Debug)]
struct Walk<T> {
    began: Instant,
    content: Arc<T>,
}

// === impl SharedWalk ===

impl<T> SharedWalk<T> {
    /// Returns what a walk has found that began at most `max_age` ago. If there is none, takes a
    /// walk, for which everybody else waits who needs one.
    ///
    /// # Errors
    /// The walk has failed. The next caller walks again.
    pub(crate) async fn content<E>(
        &self,
        max_age: Duration,
        cancel: &CancellationToken,
        walk: impl Future<Output = Result<T, E>>,
    ) -> Result<Arc<T>, E> {
        let mut kept = tokio::select! {
            biased;
            kept = self.0.lock() => kept,
            // A cancelled walk returns the error of its own.
            () = cancel.cancelled() => return walk.await.map(Arc::new),
        };
        let now = Instant::now();
        if let Some(walk) = &*kept
            && now.duration_since(walk.began) <= max_age
        {
            return Ok(Arc::clone(&walk.content));
        }
        let content = Arc::new(walk.await?);
        *kept = Some(Walk {
            began: now,
            content: Arc::clone(&content),
        });
        Ok(content)
    }
}

impl<T> Default for SharedWalk<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    const SHORT: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn walks_are_shared_until_they_are_old() {
        let shared = SharedWalk::default();
        let walks = AtomicU32::new(0);
        let cancel = CancellationToken::new();
        let walk = || async {
            tokio::time::sleep(SHORT / 2).await;
            Ok::<_, ()>(walks.fetch_add(1, Ordering::Relaxed))
        };
        let content = |max_age| shared.content(max_age, &cancel, walk());
        let all = tokio::join!(content(SHORT), content(SHORT), content(SHORT));
        assert_eq!(walks.load(Ordering::Relaxed), 1);
        assert_eq!(*all.2.unwrap(), 0);
        tokio::time::sleep(SHORT).await;
        assert_eq!(*content(2 * SHORT).await.unwrap(), 0);
        assert_eq!(*content(SHORT).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn a_walk_that_fails_is_not_kept() {
        let shared = SharedWalk::default();
        let cancel = CancellationToken::new();
        let failed = shared.content(SHORT, &cancel, async { Err::<u8, _>("lost") });
        assert_eq!(failed.await, Err("lost"));
        let walked = shared.content(SHORT, &cancel, async { Ok::<_, ()>(7) });
        assert_eq!(*walked.await.unwrap(), 7);
    }

    #[tokio::test]
    async fn nobody_waits_for_the_walk_of_another_after_a_stop() {
        let shared = Arc::new(SharedWalk::default());
        let waiting = Arc::clone(&shared);
        let cancel = CancellationToken::new();
        let first = tokio::spawn(async move {
            let cancel = CancellationToken::new();
            let endless = std::future::pending::<Result<u8, ()>>();
            waiting.content(SHORT, &cancel, endless).await
        });
        tokio::task::yield_now().await;
        cancel.cancel();
        let stopped = shared.content(SHORT, &cancel, async { Err::<u8, _>("stopped") });
        assert_eq!(stopped.await, Err("stopped"));
        first.abort();
    }
}
