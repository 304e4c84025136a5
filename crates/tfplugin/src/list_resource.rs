//! The trait that the author of a list resource implements: the objects that `terraform query` finds.

use std::{fmt, future::Future, marker::PhantomData};

use thiserror::Error;
use tokio::sync::mpsc;

use crate::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    model::Model,
    schema::Schema,
    value::Value,
};

/// A list resource: finds objects of the managed resource of the same name, which must have an
/// identity.
pub trait ListResource: Send + Sync + 'static {
    /// The provider's data, made from its configuration.
    type Data: Send + Sync + 'static;
    /// The arguments of a query, one field for each attribute of the schema.
    type Config: Model;
    /// The identity of the managed resource.
    type Identity: Model;
    /// The model of the managed resource.
    type Model: Model;

    /// Returns the name of the managed resource's type.
    fn type_name(&self) -> &'static str;

    /// Returns the schema of the arguments. With the attribute
    /// [`timeouts`](crate::timeouts::list_attribute) in it, the user can set how long the list may
    /// take.
    fn schema(&self) -> Schema;

    /// Validates the arguments as a whole. Values may be unknown.
    fn validate(&self, config: &Self::Config) -> Diagnostics {
        let _ = config;
        Diagnostics::new()
    }

    /// Finds the objects, and hands each to the sink as soon as it is found.
    ///
    /// # Errors
    /// [`ListEnd::HungUp`] from [`ListSink::push`] is passed on as it is. Any other error ends the
    /// list after the results so far.
    fn list(
        &self,
        call: &mut Call<'_, Self::Data>,
        config: Self::Config,
        request: ListRequest,
        sink: &mut ListSink<Self::Identity, Self::Model>,
    ) -> impl Future<Output = Result<(), ListEnd>> + Send;
}

/// The options of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListRequest {
    /// Whether each result carries the whole object in addition to its identity.
    pub include_resource: bool,
    /// The maximum number of results.
    pub limit: Option<u64>,
}

/// One object that was found.
pub struct ListResult<I, M> {
    /// The identity of the object.
    pub identity: I,
    /// A name for people to recognize it by.
    pub display_name: String,
    /// The object, if the query asks for it.
    pub model: Option<M>,
}

/// Takes the results of a list. It buffers one of them: the list waits until the host has taken the
/// last one.
#[derive(Debug)]
pub struct ListSink<I, M> {
    sender: mpsc::Sender<ListEvent>,
    left: Option<u64>,
    results: PhantomData<fn(ListResult<I, M>)>,
}

/// Why a list ends early.
#[derive(Debug, Error)]
pub enum ListEnd {
    /// No more results are wanted: the host is gone, or the limit is reached.
    #[error("no more results are wanted")]
    HungUp,
    /// The remaining objects cannot be found.
    #[error("the list cannot go on")]
    Failed(Diagnostics),
}

/// A result or a message without its types.
#[derive(Debug)]
pub(crate) struct ListEvent {
    pub(crate) identity: Option<Value>,
    pub(crate) display_name: String,
    pub(crate) object: Option<Value>,
    pub(crate) diagnostics: Diagnostics,
}

// === impl ListSink ===

impl<I: Model, M: Model> ListSink<I, M> {
    pub(crate) fn new(sender: mpsc::Sender<ListEvent>, limit: Option<u64>) -> Self {
        Self {
            sender,
            left: limit,
            results: PhantomData,
        }
    }

    /// Hands over one result, after waiting until the one before is taken.
    ///
    /// # Errors
    /// [`ListEnd::HungUp`] when no more results are wanted, because this one reached the limit or
    /// because the host is gone: end the list.
    pub async fn push(&mut self, result: ListResult<I, M>) -> Result<(), ListEnd> {
        let event = ListEvent {
            identity: Some(result.identity.into_value()),
            display_name: result.display_name,
            object: result.model.map(M::into_value),
            diagnostics: Diagnostics::new(),
        };
        self.send(event).await?;
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                return Err(ListEnd::HungUp);
            }
        }
        Ok(())
    }

    /// Shows the user a message between the results, for example about an object that is left out.
    ///
    /// # Errors
    /// [`ListEnd::HungUp`] when the host is gone.
    pub async fn warn(&mut self, diagnostic: Diagnostic) -> Result<(), ListEnd> {
        self.send(ListEvent::message(diagnostic)).await
    }

    async fn send(&self, event: ListEvent) -> Result<(), ListEnd> {
        self.sender.send(event).await.map_err(|_| ListEnd::HungUp)
    }
}

// === impl ListEnd ===

impl<D: Into<Diagnostics>> From<D> for ListEnd {
    fn from(diagnostics: D) -> Self {
        Self::Failed(diagnostics.into())
    }
}

// === impl ListEvent ===

impl ListEvent {
    /// Creates a message that concerns no object.
    pub(crate) fn message(diagnostics: impl Into<Diagnostics>) -> Self {
        Self {
            identity: None,
            display_name: String::new(),
            object: None,
            diagnostics: diagnostics.into(),
        }
    }
}

// === impl ListResult ===

impl<I, M> fmt::Debug for ListResult<I, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListResult")
            .field("display_name", &self.display_name)
            .finish_non_exhaustive()
    }
}
