//! Lists of the server that the reads of one run share, so that reading each object of a list does
//! not request the whole list again.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use isales_client::Error;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How old a list may be, counted from its first request. Terraform compares with a state that is as
/// old by the time it shows a plan. A write to the list ends its use at once.
const FRESH: Duration = Duration::from_secs(30);

/// The lists of one kind, by key, such as the campaign that a list belongs to.
#[derive(Debug)]
pub(crate) struct SharedLists<K, T>(Mutex<HashMap<K, Arc<SharedList<T>>>>);

/// One list. Whoever holds the lock requests it; the others wait for the result.
#[derive(Debug)]
struct SharedList<T> {
    recent: tokio::sync::Mutex<Recent<T>>,
    /// Rises when a write to the list begins, and when it ends.
    writes: AtomicU64,
}

/// The results of the last requests.
#[derive(Debug)]
struct Recent<T> {
    latest: Option<Walk<T>>,
    /// The one before. An entry that neither of them has no longer exists.
    earlier: Option<Walk<T>>,
    /// The last failure, and when it came. It is the answer to those who were waiting then.
    failure: Option<(Instant, Error)>,
}

/// The entries of a list, from its first page to its last.
#[derive(Debug)]
struct Walk<T> {
    began: Instant,
    /// The number of writes before it began.
    writes: u64,
    entries: Vec<T>,
}

/// A write to a list, until dropped.
#[derive(Debug)]
pub(crate) struct Writing<T>(Arc<SharedList<T>>);

// === impl SharedLists ===

impl<K, T> Default for SharedLists<K, T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, T: Clone> SharedLists<K, T> {
    /// Finds an entry of a list, which `request` requests unless a fresh one is at hand. The answer
    /// `None` takes two requests: in a list that changes while it is read, an entry may move from
    /// one page to another unseen.
    ///
    /// # Errors
    /// Those of `request`. A failure is passed on to all that wait for it, unless it is that of a
    /// cancelled call.
    pub(crate) async fn find<R>(
        &self,
        key: K,
        cancel: &CancellationToken,
        is_it: impl Fn(&T) -> bool,
        request: impl Fn() -> R,
    ) -> Result<Option<T>, Error>
    where
        R: Future<Output = Result<Vec<T>, Error>>,
    {
        let arrived = Instant::now();
        let list = self.list(key);
        let mut recent = tokio::select! {
            biased;
            recent = list.recent.lock() => recent,
            // A cancelled request returns the error of its own.
            () = cancel.cancelled() => {
                return Ok(request().await?.into_iter().find(|entry| is_it(entry)));
            }
        };
        loop {
            recent.forget_stale(list.writes.load(Ordering::SeqCst));
            let find = |walk: &Walk<T>| walk.entries.iter().find(|entry| is_it(entry)).cloned();
            match (recent.latest.as_ref().map(find), &recent.earlier) {
                (Some(Some(entry)), _) => return Ok(Some(entry)),
                (Some(None), Some(_)) => return Ok(None),
                (Some(None), None) | (None, _) => {}
            }
            if let Some((came, error)) = &recent.failure
                && *came >= arrived
            {
                return Err(error.clone());
            }
            let (began, writes) = (Instant::now(), list.writes.load(Ordering::SeqCst));
            match request().await {
                Ok(entries) => recent.add(Walk {
                    began,
                    writes,
                    entries,
                }),
                Err(error) => {
                    if !matches!(error, Error::Cancelled { .. }) {
                        recent.failure = Some((Instant::now(), error.clone()));
                    }
                    return Err(error);
                }
            }
        }
    }

    /// Marks a list as being written to. What was read before the mark is dropped is not used after.
    pub(crate) fn writing(&self, key: K) -> Writing<T> {
        let list = self.list(key);
        list.writes.fetch_add(1, Ordering::SeqCst);
        Writing(list)
    }

    fn list(&self, key: K) -> Arc<SharedList<T>> {
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(lists.entry(key).or_default())
    }
}

// === impl SharedList ===

impl<T> Default for SharedList<T> {
    fn default() -> Self {
        Self {
            recent: tokio::sync::Mutex::new(Recent {
                latest: None,
                earlier: None,
                failure: None,
            }),
            writes: AtomicU64::new(0),
        }
    }
}

// === impl Recent ===

impl<T> Recent<T> {
    fn forget_stale(&mut self, writes: u64) {
        let is_fresh = |walk: &Walk<T>| walk.writes == writes && walk.began.elapsed() < FRESH;
        self.latest = self.latest.take().filter(is_fresh);
        self.earlier = self.earlier.take().filter(is_fresh);
    }

    fn add(&mut self, walk: Walk<T>) {
        self.earlier = self.latest.replace(walk);
    }
}

// === impl Writing ===

impl<T> Drop for Writing<T> {
    fn drop(&mut self) {
        self.0.writes.fetch_add(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use tokio::time::advance;

    use super::*;

    /// A list on a server, and the number of requests for it.
    #[derive(Debug, Default)]
    struct Remote {
        entries: Mutex<Vec<u32>>,
        requests: AtomicUsize,
    }

    impl Remote {
        fn of(entries: impl IntoIterator<Item = u32>) -> Self {
            let remote = Self::default();
            *remote.entries.lock().unwrap() = entries.into_iter().collect();
            remote
        }

        async fn list(&self) -> Result<Vec<u32>, Error> {
            self.requests.fetch_add(1, Ordering::SeqCst);
            let entries = self.entries.lock().unwrap().clone();
            tokio::time::sleep(Duration::from_secs(1)).await;
            Ok(entries)
        }

        fn requests(&self) -> usize {
            self.requests.load(Ordering::SeqCst)
        }
    }

    type Lists = SharedLists<&'static str, u32>;

    async fn find(lists: &Lists, remote: &Remote, entry: u32) -> Option<u32> {
        let cancel = CancellationToken::new();
        let found = lists.find("a", &cancel, |one| *one == entry, || remote.list());
        found.await.unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn one_request_serves_many_reads_for_a_while() {
        let (lists, remote) = (Lists::default(), Remote::of(0..100));
        let reads = (0..100).map(|entry| find(&lists, &remote, entry));
        let found = futures_util::future::join_all(reads).await;
        assert_eq!(found, (0..100).map(Some).collect::<Vec<_>>());
        assert_eq!(remote.requests(), 1);
        advance(FRESH).await;
        find(&lists, &remote, 1).await;
        assert_eq!(remote.requests(), 2);
        let cancel = CancellationToken::new();
        let other = lists.find("b", &cancel, |_| true, || remote.list()).await;
        assert_eq!(other.unwrap(), Some(0));
        assert_eq!(remote.requests(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn entries_are_gone_if_two_requests_say_so() {
        let (lists, remote) = (Lists::default(), Remote::of([1]));
        for gone in 2..50 {
            assert_eq!(find(&lists, &remote, gone).await, None);
        }
        assert_eq!(remote.requests(), 2);

        // An entry that one request missed.
        let (lists, remote) = (Lists::default(), Remote::of([]));
        let mut missed = std::pin::pin!(find(&lists, &remote, 1));
        tokio::select! {
            biased;
            _ = &mut missed => panic!("one request is not enough"),
            () = tokio::time::sleep(Duration::from_millis(1)) => {}
        }
        remote.entries.lock().unwrap().push(1);
        assert_eq!(missed.await, Some(1));
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_read_before_a_write_is_used_after_it() {
        let (lists, remote) = (Lists::default(), Remote::of([1]));
        find(&lists, &remote, 1).await;
        let writing = lists.writing("a");
        // A read during the write is of no use after it either.
        assert_eq!(find(&lists, &remote, 1).await, Some(1));
        assert_eq!(remote.requests(), 2);
        drop(writing);
        remote.entries.lock().unwrap().push(2);
        assert_eq!(find(&lists, &remote, 2).await, Some(2));
        assert_eq!(remote.requests(), 3);
        drop(lists.writing("b"));
        find(&lists, &remote, 2).await;
        assert_eq!(remote.requests(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_is_the_answer_to_those_who_waited() {
        let (lists, cancel) = (Lists::default(), CancellationToken::new());
        let requests = AtomicUsize::new(0);
        let fail = || async {
            requests.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_secs(1)).await;
            Err(Error::SystemRoots("none".to_owned()))
        };
        let reads = (0..10).map(|_| lists.find("a", &cancel, |_| true, fail));
        for found in futures_util::future::join_all(reads).await {
            assert!(found.is_err());
        }
        assert_eq!(requests.load(Ordering::SeqCst), 1);
        // Who comes later asks again.
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert!(lists.find("a", &cancel, |_| true, fail).await.is_err());
        assert_eq!(requests.load(Ordering::SeqCst), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_another_read_after_a_stop() {
        let (lists, remote) = (Lists::default(), Remote::of([1]));
        let cancel = CancellationToken::new();
        let endless = std::future::pending::<Result<Vec<u32>, Error>>;
        let held = lists.find("a", &cancel, |_| true, endless);
        let stopped = CancellationToken::new();
        stopped.cancel();
        let found = lists.find("a", &stopped, |one| *one == 1, || remote.list());
        tokio::select! {
            biased;
            _ = held => panic!("it has no end"),
            found = found => assert_eq!(found.unwrap(), Some(1)),
        }
    }
}
