//! What the author of a data source writes.

use std::{fmt, future::Future};

use super::{
    call::Call, diagnostics::Diagnostics, model::Model, schema::Schema, service::AnyDataSource,
};

/// A data source: a question to the remote interface that changes nothing.
pub trait DataSource: Send + Sync + 'static {
    /// What the provider's configuration makes.
    type Data: Send + Sync + 'static;
    /// Question and answer in one, as the schema describes them.
    type Model: Model;

    /// The name of the type, with the provider's prefix.
    fn type_name(&self) -> &'static str;

    /// The schema of question and answer.
    fn schema(&self) -> Schema;

    /// Judges a question; unknown values are never judged.
    fn validate(&self, config: &Self::Model) -> Diagnostics {
        let _ = config;
        Diagnostics::new()
    }

    /// Answers: the question with everything computed filled in.
    ///
    /// # Errors
    /// Whatever keeps the answer from being whole.
    fn read(
        &self,
        call: &mut Call<'_, Self::Data>,
        config: Self::Model,
    ) -> impl Future<Output = Result<Self::Model, Diagnostics>> + Send;
}

/// A data source as a provider lists it.
pub struct ListedDataSource<C>(pub(super) Box<dyn AnyDataSource<C>>);

// === impl ListedDataSource ===

impl<C> fmt::Debug for ListedDataSource<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.type_name();
        f.debug_tuple("ListedDataSource").field(&name).finish()
    }
}
