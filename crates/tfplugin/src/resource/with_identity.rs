//! The capability of having an identity.

use std::future::Future;

use super::{
    managed::Resource,
    state::{NoPrivate, PrivateState, State},
};
use crate::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    identity::IdentitySchema,
    model::Model,
};

/// A resource with an identity: attributes that name the remote object, whatever its state holds.
/// Lists of objects and imports by identity need one.
pub trait ResourceWithIdentity<Private: PrivateState = NoPrivate>: Resource<Private> {
    /// The identity, one field for each attribute of its schema.
    type Identity: Model;

    /// Returns the schema of the identity.
    fn identity_schema(&self) -> IdentitySchema;

    /// Returns the identity of an object, once enough of it is known.
    fn identity(&self, model: &Self::Model) -> Option<Self::Identity>;

    /// Finds the object to import by its identity. Terraform reads it afterwards.
    ///
    /// # Errors
    /// The identity is malformed or refers to nothing. The default supports no import by identity.
    fn import_by_identity(
        &self,
        call: &mut Call<'_, Self::Data>,
        identity: Self::Identity,
    ) -> impl Future<Output = Result<State<Self::Model, Private>, Diagnostics>> + Send {
        let _ = (call, identity);
        let type_name = self.type_name();
        async move {
            Err(Diagnostic::error(
                "Import Not Supported",
                format!(
                    "A resource of type {type_name} cannot be imported by its identity. Import it \
                     by its ID, or remove the import block and let apply create it."
                ),
            )
            .into())
        }
    }

    /// Rewrites an identity of an older schema version.
    ///
    /// # Errors
    /// The version never existed.
    fn upgrade_identity(
        &self,
        version: i64,
        identity: serde_json::Value,
    ) -> Result<Self::Identity, Diagnostics> {
        let _ = identity;
        Err(Diagnostic::error(
            "Unsupported Identity Version",
            format!(
                "The state holds an identity of {} at version {version}, which this version of the \
                 provider does not know. Remove the resource from the state and import it again.",
                self.type_name()
            ),
        )
        .into())
    }
}
