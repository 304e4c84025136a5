//! The names that almost every provider needs: `use tfplugin::prelude::*;`.

pub use crate::{
    action::{Action, ActionPlan, Progress},
    call::Call,
    data_source::DataSource,
    diagnostics::{Diagnostic, Diagnostics},
    function::{Function, FunctionError, Parameter, Signature},
    identity::{IdentityAttribute, IdentitySchema, ImportNeed},
    list_resource::{ListEnd, ListRequest, ListResource, ListResult, ListSink},
    model,
    model::{Attr, AttrSet},
    path::AttributePath,
    provider::{Host, Provider},
    registry::{
        ActionHandle, DataSourceHandle, FunctionHandle, ListResourceHandle, ResourceHandle,
    },
    resource::{
        ApplyFailure, MoveSource, Plan, Resource, ResourceWithIdentity, ResourceWithImport,
        ResourceWithMove, ResourceWithUpgrade, State,
    },
    schema::{Attribute, Nesting, Schema, Validator},
    serve::{Environment, Mode, PluginInfo, serve},
    service::Service,
    value::types::Type,
};
