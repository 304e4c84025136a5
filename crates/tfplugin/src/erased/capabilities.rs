//! The optional capabilities of a resource, as functions that are there or not.

use std::time::Duration;

use serde_json::Value as Json;

use super::future::BoxFuture;
use crate::{
    call::Call,
    diagnostics::{Diagnostic, Diagnostics},
    identity::IdentitySchema,
    model::{FromValue as _, IntoValue as _, Shape},
    resource::{
        MoveSource, PrivateState, Resource, ResourceWithIdentity, ResourceWithImport,
        ResourceWithMove, ResourceWithUpgrade, State,
    },
    value::{Value, types::Type},
};

type Found<R, P> = Result<State<<R as Resource<P>>::Model, P>, Diagnostics>;

/// Finds an object to import by `T`, an ID or an identity.
type ImportBy<R, P, T> = for<'a, 'c> fn(
    &'a R,
    &'a mut Call<'c, <R as Resource<P>>::Data>,
    T,
) -> BoxFuture<'a, Found<R, P>>;

type MoveFrom<R, P> = fn(&R, MoveSource) -> Found<R, P>;

type Upgrade<R, P> = fn(&R, i64, Json) -> Result<<R as Resource<P>>::Model, Diagnostics>;

/// The capabilities of a resource, each `None` until its handle lists it.
pub(super) struct Capabilities<R: Resource<P>, P: PrivateState> {
    pub(super) identity: Option<Identity<R, P>>,
    pub(super) import: Option<Import<R, P>>,
    pub(super) move_from: Option<MoveFrom<R, P>>,
    pub(super) upgrade: Option<Upgrade<R, P>>,
}

pub(super) struct Identity<R: Resource<P>, P: PrivateState> {
    pub(super) schema: IdentitySchema,
    pub(super) ty: Type,
    pub(super) shape: Shape,
    pub(super) of: fn(&R, &R::Model) -> Option<Value>,
    pub(super) import: ImportBy<R, P, Value>,
    pub(super) upgrade: fn(&R, i64, Json) -> Result<Value, Diagnostics>,
}

pub(super) struct Import<R: Resource<P>, P: PrivateState> {
    pub(super) timeout: Option<Duration>,
    pub(super) import: ImportBy<R, P, String>,
}

// === impl Capabilities ===

impl<R: Resource<P>, P: PrivateState> Capabilities<R, P> {
    pub(super) const NONE: Self = Self {
        identity: None,
        import: None,
        move_from: None,
        upgrade: None,
    };

    pub(super) fn add_import(&mut self, resource: &R)
    where
        R: ResourceWithImport<P>,
    {
        self.import = Some(Import {
            timeout: resource.import_timeout(),
            import: import_by_id::<R, P>,
        });
    }

    pub(super) fn add_move(&mut self)
    where
        R: ResourceWithMove<P>,
    {
        self.move_from = Some(R::move_from);
    }

    pub(super) fn add_upgrade(&mut self)
    where
        R: ResourceWithUpgrade<P>,
    {
        self.upgrade = Some(R::upgrade);
    }

    pub(super) fn add_identity(&mut self, resource: &R)
    where
        R: ResourceWithIdentity<P>,
    {
        let schema = resource.identity_schema();
        self.identity = Some(Identity {
            ty: schema.implied_type(),
            schema,
            shape: R::Identity::shape(),
            of: |resource, model| resource.identity(model).map(R::Identity::into_value),
            import: import_by_identity::<R, P>,
            upgrade: |resource, version, identity| {
                let identity = resource.upgrade_identity(version, identity)?;
                Ok(identity.into_value())
            },
        });
    }
}

fn import_by_id<'a, R: ResourceWithImport<P>, P: PrivateState>(
    resource: &'a R,
    call: &'a mut Call<'_, R::Data>,
    id: String,
) -> BoxFuture<'a, Found<R, P>> {
    Box::pin(resource.import(call, id))
}

fn import_by_identity<'a, R: ResourceWithIdentity<P>, P: PrivateState>(
    resource: &'a R,
    call: &'a mut Call<'_, R::Data>,
    identity: Value,
) -> BoxFuture<'a, Found<R, P>> {
    Box::pin(async move {
        let identity = R::Identity::from_value(identity).map_err(Diagnostic::from)?;
        resource.import_by_identity(call, identity).await
    })
}
