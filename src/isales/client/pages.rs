//! Lists that come in pages.

use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::{
    Client,
    envelope::Members,
    exchange::Outgoing,
    retry::Attempts,
    row::{self, Row},
};
use crate::isales::error::{Error, ProtocolProblem};

/// The member of a reply that holds the entries of a page.
const DATA: &str = "data";

/// How an interface counts pages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paging {
    /// The parameter for the number of the page, from 1.
    pub(super) page: &'static str,
    /// The parameter for the entries of a page.
    pub(super) size: &'static str,
    /// The most entries that a page may have.
    pub(super) max_size: usize,
    /// The member of the reply that tells how many entries there are.
    pub(super) total: &'static str,
}

/// The pages of a list, each asked for when it is wanted: who stops asking stops the requests.
#[derive(Debug)]
pub struct Pages<T> {
    client: Client,
    cancel: CancellationToken,
    request: Outgoing,
    paging: Paging,
    read: fn(&Row<'_>) -> Result<T, ProtocolProblem>,
    /// The number of the next page; none after the last one.
    next: Option<usize>,
    seen: usize,
    /// The first entry of the page before, to notice a server that repeats itself.
    before: Option<Value>,
}

// === impl Pages ===

impl<T> Pages<T> {
    pub(super) fn new(
        client: Client,
        cancel: CancellationToken,
        request: Outgoing,
        paging: Paging,
        read: fn(&Row<'_>) -> Result<T, ProtocolProblem>,
    ) -> Self {
        Self {
            client,
            cancel,
            request,
            paging,
            read,
            next: Some(1),
            seen: 0,
            before: None,
        }
    }

    /// The next page, never empty; none after the last one.
    ///
    /// # Errors
    ///
    /// Any [`Error`]. The same page is asked for again if this is called again.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, Error> {
        let Some(page) = self.next else {
            return Ok(None);
        };
        let mut request = self.request.clone();
        let paging = self.paging;
        request.query.push((paging.page, page.to_string()));
        request
            .query
            .push((paging.size, paging.max_size.to_string()));
        let members = Attempts::new(&self.client.shared, &self.cancel)
            .make_until_done(&request)
            .await?;
        let reader = self.client.shared.reader(request.operation);
        let entries = self
            .entries(&members)
            .map_err(|problem| reader.problem(problem))?;
        let first = row::list(&members, DATA)
            .ok()
            .and_then(|rows| rows.first().cloned());

        let total = self.total(&members);
        if entries.is_empty() || (first.is_some() && first == self.before) {
            if total.is_some_and(|total| self.seen < total) {
                log::warn!(
                    operation:% = request.operation,
                    seen = self.seen,
                    total = total;
                    "The list ended before its total: it changed meanwhile, or the server repeats itself"
                );
            }
            self.next = None;
            return Ok(None);
        }
        self.before = first;
        self.seen = self.seen.saturating_add(entries.len());
        let is_last = match total {
            Some(total) => self.seen >= total,
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

    fn entries(&self, members: &Members) -> Result<Vec<T>, ProtocolProblem> {
        row::list(members, DATA)?
            .iter()
            .enumerate()
            .map(|(index, row)| (self.read)(&Row::new(row, &format!("{DATA}[{index}]"))?))
            .collect()
    }

    fn total(&self, members: &Members) -> Option<usize> {
        match members.get(self.paging.total)? {
            Value::Number(total) => usize::try_from(total.as_u64()?).ok(),
            Value::String(total) => total.trim().parse().ok(),
            _ => None,
        }
    }
}
