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
    json_body::JsonBody,
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

/// The paging of an interface.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paging {
    /// The parameters that select a page.
    pub(crate) parameters: PageParameters,
    /// Maximum number of entries per page.
    pub(crate) max_size: usize,
    /// The member of the reply that contains the total number of entries.
    pub(crate) total: &'static str,
    /// The member of the reply that contains the entries of the page.
    pub(crate) entries: &'static str,
}

/// The parameters that select a page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PageParameters {
    /// Parameters of the query.
    Query {
        /// The page number, from 1.
        page: &'static str,
        /// The number of entries per page.
        size: &'static str,
    },
    /// Members of the JSON body, after those that filter the list.
    Body {
        /// The number of entries on earlier pages.
        offset: &'static str,
        /// The number of entries per page.
        limit: &'static str,
    },
}

/// The pages of a list. Each is requested on demand, so a caller that stops early saves requests.
#[derive(Debug)]
pub struct Pages<T> {
    client: Arc<ClientInner>,
    context: CallContext,
    request: ApiRequest,
    /// The members of the body, in front of the page's.
    filters: JsonBody,
    paging: Paging,
    read: fn(&JsonObject<'_>) -> Result<T, ProtocolProblem>,
    /// The number of the next page; `None` after the last one.
    next: Option<usize>,
    seen: usize,
    /// The total on the last page, as the server returned it.
    last_total: Option<usize>,
    /// The total that the first page announced.
    first_total: Option<usize>,
    /// Whether a later page announced another total, or none announced any: an entry may have moved
    /// from one page to another unseen.
    is_unsteady: bool,
    /// Hashes of the first entry of each page so far, to detect a server that repeats itself.
    firsts: BTreeSet<u64>,
    /// Maximum number of pages to request.
    max_pages: usize,
}

/// The entries of a whole list.
#[derive(Debug)]
pub(crate) struct Listed<T> {
    pub(crate) entries: Vec<T>,
    /// Whether the list kept its length while it was read. Otherwise an entry may be missing that
    /// moved to an earlier page in the meantime.
    pub(crate) is_steady: bool,
}

// === impl Paging ===

impl Paging {
    /// Returns the paging of the interfaces that take `pageNum` and a `pageSize` of 1 to 50: those of
    /// call results, OBS codes and business results.
    pub(crate) const fn by_page_num(entries: &'static str) -> Self {
        Self {
            parameters: PageParameters::Query {
                page: "pageNum",
                size: "pageSize",
            },
            max_size: 50,
            total: "totalCount",
            entries,
        }
    }
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
            filters: JsonBody::new(),
            paging,
            read,
            next: Some(1),
            seen: 0,
            last_total: None,
            first_total: None,
            is_unsteady: false,
            firsts: BTreeSet::new(),
            max_pages: MAX_PAGES,
        }
    }

    /// Sets the members of the body that filter the list.
    pub(crate) fn filtered_by(mut self, filters: JsonBody) -> Self {
        self.filters = filters;
        self
    }

    /// Returns the next page, which is never empty; `None` after the last one.
    ///
    /// # Errors
    ///
    /// Any [`Error`], including one for a list that ends before its total or does not end. Calling
    /// this again requests the same page again.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, Error> {
        let client = Arc::clone(&self.client);
        let mut attempts = Attempts::new(&client, &self.context);
        self.next_within(&mut attempts).await
    }

    /// Returns the next page like [`next`](Self::next), as part of the call whose attempts these are.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    async fn next_within(&mut self, attempts: &mut Attempts<'_>) -> Result<Option<Vec<T>>, Error> {
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
        let members = attempts.make_until_done(&self.page(page)).await?;
        let rows = self
            .rows(&members)
            .map_err(|problem| self.problem(problem))?;
        let entries = self
            .entries(rows)
            .map_err(|problem| self.problem(problem))?;
        let total = self.total(&members);
        self.last_total = total;
        if page == 1 {
            self.first_total = total;
            self.is_unsteady = false;
        } else {
            self.is_unsteady |= total.is_none() || total != self.first_total;
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

    /// Returns all entries, and whether the list kept its length while it was read, as part of the
    /// call whose attempts these are.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub(crate) async fn all_within(
        mut self,
        attempts: &mut Attempts<'_>,
    ) -> Result<Listed<T>, Error> {
        let mut entries = Vec::new();
        while let Some(page) = self.next_within(attempts).await? {
            entries.extend(page);
        }
        Ok(Listed {
            entries,
            is_steady: !self.is_unsteady,
        })
    }

    /// Returns the request for a page.
    fn page(&self, page: usize) -> ApiRequest {
        let size = self.paging.max_size;
        let request = self.request.clone();
        match self.paging.parameters {
            PageParameters::Query {
                page: number,
                size: name,
            } => request.query(number, page).query(name, size),
            PageParameters::Body { offset, limit } => {
                let filters = self.filters.clone();
                let earlier = size.saturating_mul(page.saturating_sub(1));
                request.json(filters.member(offset, earlier).member(limit, size))
            }
        }
    }

    /// Returns the entries of a page. A reply with neither entries nor a total has lost its data: it does
    /// not say that there are no entries.
    fn rows<'a>(&self, members: &'a Envelope) -> Result<&'a [Value], ProtocolProblem> {
        let entries = self.paging.entries;
        if !members.contains_key(entries) && self.total(members).is_none() {
            return Err(ProtocolProblem::Member {
                path: entries.to_owned(),
                expected: "a list",
            });
        }
        json_object::list(members, entries)
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
