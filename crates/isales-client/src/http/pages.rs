//! Lists that come in pages.

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::Arc,
};

use serde_json::Value;

use super::{
    client_inner::ClientInner,
    envelope::{Envelope, ReplyReader},
    json_object::{self, JsonObject},
    request::ApiRequest,
    retry::Attempts,
};
use crate::{
    call_context::CallContext,
    error::{Error, ProtocolProblem},
    whole_number::integer_of,
};

/// How often a list is walked through that changes meanwhile.
const MAX_WALKS: usize = 3;

/// Maximum number of pages of a list.
const MAX_PAGES: usize = 1000;

/// The paging parameters of an interface.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paging {
    /// The parameter for the page number, from 1.
    pub(crate) page: &'static str,
    /// The parameter for the number of entries per page.
    pub(crate) size: &'static str,
    /// Maximum number of entries per page.
    pub(crate) max_size: usize,
    /// The member of the reply that contains the total number of entries.
    pub(crate) total: &'static str,
    /// The member of the reply that contains the entries of the page.
    pub(crate) entries: &'static str,
}

/// The pages of a list. Each is requested on demand, so a caller that stops early saves requests.
#[derive(Debug)]
pub struct Pages<T> {
    client: Arc<ClientInner>,
    context: CallContext,
    request: ApiRequest,
    paging: Paging,
    read: fn(&JsonObject<'_>) -> Result<T, ProtocolProblem>,
    /// The number of the next page; `None` after the last one.
    next: Option<usize>,
    seen: usize,
    /// The total on the last page, as the server returned it.
    last_total: Option<usize>,
    /// Hashes of the first entry of each page so far, to detect a server that repeats itself.
    firsts: BTreeSet<u64>,
    /// Maximum number of pages to request.
    max_pages: usize,
}

// === impl Pages ===

impl<T> Pages<T> {
    pub(crate) fn new(
        client: Arc<ClientInner>,
        context: impl Into<CallContext>,
        request: ApiRequest,
        paging: Paging,
        read: fn(&JsonObject<'_>) -> Result<T, ProtocolProblem>,
    ) -> Self {
        Self {
            client,
            context: context.into(),
            request,
            paging,
            read,
            next: Some(1),
            seen: 0,
            last_total: None,
            firsts: BTreeSet::new(),
            max_pages: MAX_PAGES,
        }
    }

    /// Returns the next page, which is never empty; `None` after the last one.
    ///
    /// # Errors
    ///
    /// Any [`Error`], including one for a list that ends before its total or does not end. Calling
    /// this again requests the same page again.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, Error> {
        let Some(page) = self.next else {
            return Ok(None);
        };
        if page > self.max_pages {
            return Err(self.problem(ProtocolProblem::ListEndless {
                pages: self.max_pages,
                seen: self.seen,
            }));
        }
        let paging = self.paging;
        let request = self
            .request
            .clone()
            .query(paging.page, page)
            .query(paging.size, paging.max_size);
        let members = Attempts::new(&self.client, &self.context)
            .make_until_done(&request)
            .await?;
        let rows =
            json_object::list(&members, paging.entries).map_err(|problem| self.problem(problem))?;
        let entries = self
            .entries(rows)
            .map_err(|problem| self.problem(problem))?;
        let total = self.total(&members);
        self.last_total = total;
        if page == 1 && total.is_none() && !members.contains_key(paging.entries) {
            // Neither entries nor a total: the reply has lost its data, so the list is not empty.
            return Err(self.problem(ProtocolProblem::Member {
                path: paging.entries.to_owned(),
                expected: "a list",
            }));
        }

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
        // A total below the number of entries received is meaningless.
        let total = total.filter(|total| *total >= self.seen);
        if page == 1
            && let Some(total) = total
        {
            self.max_pages = max_pages(total, entries.len());
        }
        let is_last = match total {
            Some(total) => self.seen == total,
            None => entries.len() < paging.max_size,
        };
        self.next = Some(page.saturating_add(1)).filter(|_| !is_last);
        Ok(Some(entries))
    }

    /// Returns the entries of all remaining pages.
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

    /// Returns all entries, from a walk during which the total did not change, so that an entry that
    /// is missing does not exist. In any other walk, an entry may have moved to a page that was read
    /// already.
    ///
    /// # Errors
    ///
    /// Any [`Error`], including one for a server that returns no total, or whose list keeps changing.
    pub async fn snapshot(mut self) -> Result<Vec<T>, Error> {
        for _ in 0..MAX_WALKS {
            if let Some(all) = self.unchanged_walk().await? {
                return Ok(all);
            }
            self.next = Some(1);
            self.firsts.clear();
        }
        Err(self.problem(ProtocolProblem::ListIncomplete {
            seen: self.seen,
            total: self.last_total.unwrap_or_default(),
        }))
    }

    /// Returns all entries, or `None` if the total is not that of the first page throughout.
    async fn unchanged_walk(&mut self) -> Result<Option<Vec<T>>, Error> {
        let mut all = Vec::new();
        let mut first_total = None;
        self.seen = 0;
        loop {
            let page = self.next().await?;
            let Some(total) = self.last_total else {
                return Err(self.problem(ProtocolProblem::Member {
                    path: self.paging.total.to_owned(),
                    expected: "the number of all entries",
                }));
            };
            if *first_total.get_or_insert(total) != total {
                return Ok(None);
            }
            match page {
                Some(page) => all.extend(page),
                None => return Ok(Some(all).filter(|all| all.len() == total)),
            }
        }
    }

    fn entries(&self, rows: &[Value]) -> Result<Vec<T>, ProtocolProblem> {
        rows.iter()
            .enumerate()
            .map(|(index, row)| {
                (self.read)(&JsonObject::new(
                    row,
                    &format!("{}[{index}]", self.paging.entries),
                )?)
            })
            .collect()
    }

    fn total(&self, members: &Envelope) -> Option<usize> {
        let value = members.get(self.paging.total)?;
        let total = match value {
            Value::Number(total) => total.as_u64(),
            Value::String(total) => total.trim().parse().ok(),
            _ => None,
        };
        let total = total.or_else(|| u64::try_from(integer_of(value)?).ok())?;
        usize::try_from(total).ok()
    }

    fn problem(&self, problem: ProtocolProblem) -> Error {
        ReplyReader::new(&self.client, self.request.operation).problem(problem)
    }
}

/// Returns the maximum number of pages of a list with this total. A list may grow while it is read,
/// but not without end.
fn max_pages(total: usize, page_size: usize) -> usize {
    let pages = total.div_ceil(page_size.max(1));
    pages.saturating_mul(2).saturating_add(8).min(MAX_PAGES)
}

fn hash(row: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    row.hash(&mut hasher);
    hasher.finish()
}
