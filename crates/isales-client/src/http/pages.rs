//! Lists that come in pages.

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::{
    envelope::Envelope,
    exchange::ApiRequest,
    json_object::{self, JsonObject},
    retry::Attempts,
};
use crate::{
    client::Client,
    error::{Error, ProtocolProblem},
};

/// The member of a reply that holds the entries of a page.
const DATA: &str = "data";

/// The most pages that a list may have.
const MAX_PAGES: usize = 1000;

/// How an interface counts pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paging {
    /// The parameter for the number of the page, from 1.
    pub(crate) page: &'static str,
    /// The parameter for the entries of a page.
    pub(crate) size: &'static str,
    /// The most entries that a page may have.
    pub(crate) max_size: usize,
    /// The member of the reply that tells how many entries there are.
    pub(crate) total: &'static str,
}

/// The pages of a list, each asked for when it is wanted: who stops asking stops the requests.
#[derive(Debug)]
pub struct Pages<T> {
    client: Client,
    cancel: CancellationToken,
    request: ApiRequest,
    paging: Paging,
    read: fn(&JsonObject<'_>) -> Result<T, ProtocolProblem>,
    /// The number of the next page; none after the last one.
    next: Option<usize>,
    seen: usize,
    /// The first entry of each page so far, hashed, to notice a server that repeats itself.
    firsts: BTreeSet<u64>,
    /// The most pages that will be asked for.
    most: usize,
}

// === impl Pages ===

impl<T> Pages<T> {
    pub(crate) fn new(
        client: Client,
        cancel: CancellationToken,
        request: ApiRequest,
        paging: Paging,
        read: fn(&JsonObject<'_>) -> Result<T, ProtocolProblem>,
    ) -> Self {
        Self {
            client,
            cancel,
            request,
            paging,
            read,
            next: Some(1),
            seen: 0,
            firsts: BTreeSet::new(),
            most: MAX_PAGES,
        }
    }

    /// The next page, never empty; none after the last one.
    ///
    /// # Errors
    ///
    /// Any [`Error`], a list that ends before its total or does not end among them. The same page
    /// is asked for again if this is called again.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, Error> {
        let Some(page) = self.next else {
            return Ok(None);
        };
        if page > self.most {
            return Err(self.problem(ProtocolProblem::ListEndless {
                pages: self.most,
                seen: self.seen,
            }));
        }
        let mut request = self.request.clone();
        let paging = self.paging;
        request.query.push((paging.page, page.to_string()));
        request
            .query
            .push((paging.size, paging.max_size.to_string()));
        let members = Attempts::new(&self.client.shared, &self.cancel)
            .make_until_done(&request)
            .await?;
        let rows = json_object::list(&members, DATA).map_err(|problem| self.problem(problem))?;
        let entries = self
            .entries(rows)
            .map_err(|problem| self.problem(problem))?;
        let total = self.total(&members);

        let is_new = rows
            .first()
            .is_some_and(|row| self.firsts.insert(hash(row)));
        if !is_new {
            if let Some(total) = total.filter(|total| self.seen < *total) {
                let seen = self.seen;
                return Err(self.problem(ProtocolProblem::ListIncomplete { seen, total }));
            }
            self.next = None;
            return Ok(None);
        }
        self.seen = self.seen.saturating_add(entries.len());
        // A total that is less than what came tells nothing.
        let total = total.filter(|total| *total >= self.seen);
        if page == 1
            && let Some(total) = total
        {
            self.most = most_pages(total, entries.len());
        }
        let is_last = match total {
            Some(total) => self.seen == total,
            None => entries.len() < paging.max_size,
        };
        self.next = Some(page.saturating_add(1)).filter(|_| !is_last);
        Ok(Some(entries))
    }

    /// The entries of all pages that are left.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn all(mut self) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        while let Some(page) = self.next().await? {
            all.extend(page);
        }
        Ok(all)
    }

    fn entries(&self, rows: &[Value]) -> Result<Vec<T>, ProtocolProblem> {
        rows.iter()
            .enumerate()
            .map(|(index, row)| (self.read)(&JsonObject::new(row, &format!("{DATA}[{index}]"))?))
            .collect()
    }

    fn total(&self, members: &Envelope) -> Option<usize> {
        match members.get(self.paging.total)? {
            Value::Number(total) => usize::try_from(total.as_u64()?).ok(),
            Value::String(total) => total.trim().parse().ok(),
            _ => None,
        }
    }

    fn problem(&self, problem: ProtocolProblem) -> Error {
        let reader = self.client.shared.reader(self.request.operation);
        reader.problem(problem)
    }
}

/// The most pages that a list may come to. It may grow while it is read, but not without end.
fn most_pages(total: usize, page_size: usize) -> usize {
    let pages = total.div_ceil(page_size.max(1));
    pages.saturating_mul(2).saturating_add(8).min(MAX_PAGES)
}

fn hash(row: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    row.hash(&mut hasher);
    hasher.finish()
}
