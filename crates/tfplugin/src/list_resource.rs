//! What the author of a list resource writes: the objects that `terraform query` finds.

use std::{fmt, future::Future};

use thiserror::Error;
use tokio::sync::mpsc;

use super::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    model::{IntoValue as _, Model},
    resource::Resource,
    schema::Schema,
    service::AnyListResource,
    value::Value,
};

/// A list resource. It has the type name and the identity of the managed resource it finds.
pub trait ListResource: Send + Sync + 'static {
    /// The managed resource that is found.
    type Resource: Resource;
    /// The `config` block of a query.
    type Config: Model;

    /// The schema of the `config` block.
    fn schema(&self) -> Schema;

    /// Judges a query; unknown values are never judged.
    fn validate(&self, config: &Self::Config) -> Diagnostics {
        let _ = config;
        Diagnostics::new()
    }

    /// Walks the objects and hands each over as soon as it is found.
    ///
    /// # Errors
    /// [`ListEnd::HungUp`] from [`Findings::found`] is passed on as it is; anything else ends
    /// the list with an error after what was found.
    fn list(
        &self,
        call: &mut Call<'_, <Self::Resource as Resource>::Data>,
        config: Self::Config,
        query: Query,
        findings: &mut Findings<Self::Resource>,
    ) -> impl Future<Output = Result<(), ListEnd>> + Send;
}

/// How a query wants its results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query {
    /// Whether each result carries the whole object beside its identity.
    pub include_resource: bool,
    /// How many results are wanted at most.
    pub limit: Option<u64>,
}

/// One object that was found.
pub struct Finding<R: Resource> {
    /// Which object.
    pub identity: R::Identity,
    /// What a person would call it.
    pub display_name: String,
    /// The object, where the query asks for it.
    pub model: Option<R::Model>,
}

/// Where a list hands over what it finds. It holds one result at a time: the list waits until
/// the host has taken the last one.
#[derive(Debug)]
pub struct Findings<R: Resource> {
    sender: mpsc::Sender<Found>,
    left: Option<u64>,
    resource: std::marker::PhantomData<fn(R)>,
}

/// Why a list ends before its end.
#[derive(Debug, Error)]
pub enum ListEnd {
    /// Nobody wants more: the host is gone, or the limit is reached.
    #[error("no more results are wanted")]
    HungUp,
    /// The rest cannot be found.
    #[error("the list cannot go on")]
    Failed(Diagnostics),
}

/// A result without its types.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) identity: Option<Value>,
    pub(super) display_name: String,
    pub(super) object: Option<Value>,
    pub(super) diagnostics: Diagnostics,
}

/// A list resource as a provider lists it.
pub struct ListedListResource<C>(pub(super) Box<dyn AnyListResource<C>>);

// === impl Findings ===

impl<R: Resource> Findings<R> {
    pub(super) fn new(sender: mpsc::Sender<Found>, limit: Option<u64>) -> Self {
        Self {
            sender,
            left: limit,
            resource: std::marker::PhantomData,
        }
    }

    /// Hands over one result, and waits for that until the one before is taken.
    ///
    /// # Errors
    /// [`ListEnd::HungUp`] when no more are wanted, be it that this one was the last of the limit or
    /// that nobody listens: stop the walk.
    pub async fn found(&mut self, finding: Finding<R>) -> Result<(), ListEnd> {
        let found = Found {
            identity: Some(finding.identity.into_value()),
            display_name: finding.display_name,
            object: finding.model.map(R::Model::into_value),
            diagnostics: Diagnostics::new(),
        };
        self.sender.send(found).await.map_err(|_| ListEnd::HungUp)?;
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                return Err(ListEnd::HungUp);
            }
        }
        Ok(())
    }

    /// Tells the user of something beside the results, such as an object that had to be left out.
    ///
    /// # Errors
    /// [`ListEnd::HungUp`] when nobody listens any more.
    pub async fn warn(&mut self, diagnostic: Diagnostic) -> Result<(), ListEnd> {
        let told = self.sender.send(Found::only(diagnostic)).await;
        told.map_err(|_| ListEnd::HungUp)
    }
}

// === impl ListEnd ===

impl<D: Into<Diagnostics>> From<D> for ListEnd {
    fn from(diagnostics: D) -> Self {
        Self::Failed(diagnostics.into())
    }
}

// === impl Found ===

impl Found {
    /// A message that is about no object.
    pub(super) fn only(diagnostics: impl Into<Diagnostics>) -> Self {
        Self {
            identity: None,
            display_name: String::new(),
            object: None,
            diagnostics: diagnostics.into(),
        }
    }
}

// === impl Finding ===

impl<R: Resource> fmt::Debug for Finding<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finding")
            .field("display_name", &self.display_name)
            .finish_non_exhaustive()
    }
}

// === impl ListedListResource ===

impl<C> fmt::Debug for ListedListResource<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.type_name();
        f.debug_tuple("ListedListResource").field(&name).finish()
    }
}
