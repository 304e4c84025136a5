//! Calls about managed resources.

use super::{calls::Panicked, instance::Instance};
use crate::{
    codec,
    diagnostics::{Diagnostic, Diagnostics},
    erased::{AnyResource, ApplyRequest, ImportTarget, Outcome, PlanOutcome, PlanRequest},
    proto::tfplugin6 as pb,
    provider::Provider,
    resource::MoveSource,
    value::Value,
};

impl<P: Provider> Instance<P> {
    fn resource(&self, type_name: &str) -> Result<&dyn AnyResource<P::Data>, Diagnostic> {
        self.offer.registry().resource(type_name)
    }

    pub(super) fn validate_resource(
        &self,
        request: &pb::validate_resource_config::Request,
    ) -> Diagnostics {
        let write_only_allowed = request
            .client_capabilities
            .is_some_and(|client| client.write_only_attributes_allowed);
        let checked = self.resource(&request.type_name).and_then(|resource| {
            let config = codec::decode(request.config.as_ref(), resource.ty())?;
            Ok(resource.validate(config, write_only_allowed))
        });
        checked.unwrap_or_else(Into::into)
    }

    pub(super) fn upgrade_resource(
        &self,
        request: &pb::upgrade_resource_state::Request,
    ) -> Result<Value, Diagnostics> {
        let resource = self.resource(&request.type_name)?;
        resource.upgrade(request.version, stored_json(request.raw_state.as_ref())?)
    }

    pub(super) fn upgrade_identity(
        &self,
        request: &pb::upgrade_resource_identity::Request,
    ) -> Result<Value, Diagnostics> {
        let resource = self.resource(&request.type_name)?;
        let identity = stored_json(request.raw_identity.as_ref())?;
        resource.upgrade_identity(request.version, identity)
    }

    pub(super) async fn plan_resource(
        &self,
        request: pb::plan_resource_change::Request,
    ) -> pb::plan_resource_change::Response {
        let cancel = self.calls.begin();
        let planned = self.resource(&request.type_name).and_then(|resource| {
            let configured = self.configured()?;
            let ty = resource.ty();
            let decoded = PlanRequest {
                prior: codec::decode(request.prior_state.as_ref(), ty)?,
                proposed: codec::decode(request.proposed_new_state.as_ref(), ty)?,
                config: codec::decode(request.config.as_ref(), ty)?,
                private: request.prior_private,
                approved_private: request.planned_private,
                stores_private: request
                    .client_capabilities
                    .is_some_and(|client| client.store_planned_private),
            };
            Ok((resource, configured, decoded))
        });
        let planned = match planned {
            Ok((resource, configured, decoded)) => {
                Ok(resource.plan(configured.call(&cancel), decoded).await)
            }
            Err(error) => Err(error),
        };
        match planned {
            Ok(PlanOutcome {
                outcome,
                requires_replace,
            }) => pb::plan_resource_change::Response {
                planned_state: Some(codec::encode(&outcome.value)),
                requires_replace: requires_replace
                    .iter()
                    .map(|path| path.to_proto())
                    .collect(),
                planned_private: outcome.private,
                planned_identity: identity(outcome.identity),
                diagnostics: outcome.diagnostics.into_proto(),
                ..Default::default()
            },
            Err(error) => pb::plan_resource_change::Response {
                planned_state: request.prior_state,
                diagnostics: Diagnostics::from(error).into_proto(),
                ..Default::default()
            },
        }
    }

    pub(super) async fn apply_resource(
        &self,
        request: pb::apply_resource_change::Request,
    ) -> pb::apply_resource_change::Response {
        let cancel = self.calls.begin();
        let prepared = self.resource(&request.type_name).and_then(|resource| {
            let ty = resource.ty();
            let decoded = ApplyRequest {
                prior: codec::decode(request.prior_state.as_ref(), ty)?,
                planned: codec::decode(request.planned_state.as_ref(), ty)?,
                config: codec::decode(request.config.as_ref(), ty)?,
                private: request.planned_private,
            };
            Ok((resource, self.configured()?, decoded))
        });
        let outcome = match prepared {
            Ok((resource, configured, decoded)) => {
                let call = configured.call(&cancel);
                resource.apply(call, decoded).await
            }
            Err(error) => Outcome::nothing(error),
        };
        pb::apply_resource_change::Response {
            new_state: Some(codec::encode(&outcome.value)),
            private: outcome.private,
            diagnostics: outcome.diagnostics.into_proto(),
            new_identity: identity(outcome.identity),
            ..Default::default()
        }
    }

    /// Answers an apply whose handler panicked, and may have done anything before.
    ///
    /// A new object is kept as it was planned, for Terraform to mark as tainted. For an existing
    /// one the answer holds no state: Terraform then keeps its state and its private state.
    pub(super) fn apply_panicked(
        &self,
        request: pb::apply_resource_change::Request,
        panicked: Panicked,
    ) -> pb::apply_resource_change::Response {
        let mut error = Diagnostic::from(panicked);
        error.detail += " Run terraform plan to see what was done.";
        let diagnostics = Diagnostics::from(error).into_proto();
        match self.planned_creation(&request) {
            Some(planned) => pb::apply_resource_change::Response {
                new_state: Some(codec::encode(&planned.unknown_as_null())),
                // The planned one may be that of the object which this one replaces.
                private: Vec::new(),
                diagnostics,
                ..Default::default()
            },
            None => pb::apply_resource_change::Response {
                diagnostics,
                ..Default::default()
            },
        }
    }

    /// Returns the object that was to be created, if the request was a create.
    fn planned_creation(&self, request: &pb::apply_resource_change::Request) -> Option<Value> {
        let ty = self.resource(&request.type_name).ok()?.ty();
        let prior = codec::decode(request.prior_state.as_ref(), ty).ok()?;
        let planned = codec::decode(request.planned_state.as_ref(), ty).ok()?;
        (prior.is_null() && !planned.is_null()).then_some(planned)
    }

    pub(super) async fn read_resource(
        &self,
        request: pb::read_resource::Request,
    ) -> pb::read_resource::Response {
        let cancel = self.calls.begin();
        let prepared = self.resource(&request.type_name).and_then(|resource| {
            let state = codec::decode(request.current_state.as_ref(), resource.ty())?;
            Ok((resource, self.configured()?, state))
        });
        let (resource, configured, state) = match prepared {
            Ok(prepared) => prepared,
            Err(error) => {
                return pb::read_resource::Response {
                    new_state: request.current_state,
                    private: request.private,
                    diagnostics: Diagnostics::from(error).into_proto(),
                    ..Default::default()
                };
            }
        };
        let call = configured.call(&cancel);
        let outcome = resource.read(call, state, request.private).await;
        pb::read_resource::Response {
            new_state: Some(codec::encode_refreshed(&outcome.value)),
            private: outcome.private,
            diagnostics: outcome.diagnostics.into_proto(),
            new_identity: outcome.identity.map(|identity| pb::ResourceIdentityData {
                identity_data: Some(codec::encode_refreshed(&identity)),
            }),
            ..Default::default()
        }
    }

    pub(super) async fn import_resource(
        &self,
        request: pb::import_resource_state::Request,
    ) -> pb::import_resource_state::Response {
        let cancel = self.calls.begin();
        let prepared = self.resource(&request.type_name).and_then(|resource| {
            let identity = request.identity.and_then(|data| data.identity_data);
            let target = match (identity, resource.identity()) {
                (Some(data), Some((_, ty))) => {
                    let identity = codec::decode(Some(&data), ty)?;
                    if !identity.is_wholly_known() {
                        return Err(identity_not_known(&request.type_name));
                    }
                    ImportTarget::Identity(identity)
                }
                // Rejected, whatever it is.
                (Some(_), None) => ImportTarget::Identity(Value::Null),
                (None, _) => ImportTarget::Id(request.id),
            };
            Ok((resource, self.configured()?, target))
        });
        let outcome = match prepared {
            Ok((resource, configured, target)) => {
                let call = configured.call(&cancel);
                resource.import(call, target).await
            }
            Err(error) => Outcome::nothing(error),
        };
        let imported = pb::import_resource_state::ImportedResource {
            type_name: request.type_name,
            state: Some(codec::encode(&outcome.value)),
            private: outcome.private,
            identity: identity(outcome.identity),
        };
        pb::import_resource_state::Response {
            imported_resources: if outcome.value.is_null() {
                Vec::new()
            } else {
                vec![imported]
            },
            diagnostics: outcome.diagnostics.into_proto(),
            ..Default::default()
        }
    }

    pub(super) fn generate_config(
        &self,
        request: &pb::generate_resource_config::Request,
    ) -> pb::generate_resource_config::Response {
        let cancel = self.calls.begin();
        let generated = self.resource(&request.type_name).and_then(|resource| {
            let state = codec::decode(request.state.as_ref(), resource.ty())?;
            resource.generate_config(&self.configured()?.call(&cancel), state)
        });
        match generated {
            Ok(config) => pb::generate_resource_config::Response {
                config: Some(codec::encode(&config)),
                diagnostics: Vec::new(),
            },
            Err(error) => pb::generate_resource_config::Response {
                config: None,
                diagnostics: Diagnostics::from(error).into_proto(),
            },
        }
    }

    pub(super) fn move_resource(
        &self,
        request: pb::move_resource_state::Request,
    ) -> pb::move_resource_state::Response {
        let moved = self
            .resource(&request.target_type_name)
            .and_then(|resource| {
                let source = MoveSource {
                    provider_address: request.source_provider_address,
                    type_name: request.source_type_name,
                    schema_version: request.source_schema_version,
                    state: stored_json(request.source_state.as_ref())?,
                };
                Ok(resource.move_from(source))
            });
        let outcome = moved.unwrap_or_else(Outcome::nothing);
        pb::move_resource_state::Response {
            target_state: (!outcome.value.is_null()).then(|| codec::encode(&outcome.value)),
            diagnostics: outcome.diagnostics.into_proto(),
            target_private: outcome.private,
            target_identity: identity(outcome.identity),
        }
    }
}

fn identity(value: Option<Value>) -> Option<pb::ResourceIdentityData> {
    value.map(|value| pb::ResourceIdentityData {
        identity_data: Some(codec::encode(&value)),
    })
}

/// An unknown attribute is not one that is left out, which the provider may fill in.
fn identity_not_known(type_name: &str) -> Diagnostic {
    Diagnostic::error(
        "Import Identity Not Known Yet",
        format!(
            "The identity of the {type_name} to import contains a value that is only known after \
             apply. Write known values into the identity, or apply what they depend on first, for \
             example with -target."
        ),
    )
}

fn stored_json(raw: Option<&pb::RawState>) -> Result<serde_json::Value, Diagnostic> {
    let raw = raw.map(|raw| raw.json.as_slice()).unwrap_or_default();
    if raw.is_empty() {
        return Err(Diagnostic::error(
            "Unreadable State",
            "The state is not in JSON. It may be from before Terraform 0.12, which this provider \
             never supported.",
        ));
    }
    serde_json::from_slice(raw).map_err(|error| {
        Diagnostic::error(
            "Unreadable State",
            format!("The stored state is not valid JSON: {error}."),
        )
    })
}
