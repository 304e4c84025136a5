//! The trait that the author of a data source implements.

use std::future::Future;

use crate::{call::Call, diagnostics::Diagnostics, model::Model, schema::Schema};

/// A data source: reads from the remote API and changes nothing.
pub trait DataSource: Send + Sync + 'static {
    /// The provider's data, made from its configuration.
    type Data: Send + Sync + 'static;
    /// Arguments and results, one field for each attribute of the schema.
    type Model: Model;

    /// Returns the name of the type, with the provider's prefix.
    fn type_name(&self) -> &'static str;

    /// Returns the schema of arguments and results. With the attribute
    /// [`timeouts`](crate::timeouts::read_attribute) in it, the user can set how long the read may
    /// take.
    fn schema(&self) -> Schema;

    /// Validates the arguments as a whole. Values may be unknown.
    fn validate(&self, config: &Self::Model) -> Diagnostics {
        let _ = config;
        Diagnostics::new()
    }

    /// Returns the arguments with every computed attribute filled in.
    ///
    /// # Errors
    /// The result is not complete.
    fn read(
        &self,
        call: &mut Call<'_, Self::Data>,
        config: Self::Model,
    ) -> impl Future<Output = Result<Self::Model, Diagnostics>> + Send;
}
