//! The list resource `isales_call_result`: the definitions of a VDN.

use futures_util::{StreamExt as _, stream};
use isales_client::{
    Error,
    call_result::{CallResult, CallResultRef, DefId},
};
use tfplugin::{
    call::Call,
    diagnostics::{Diagnostic, Severity},
    list_resource::{ListEnd, ListRequest, ListResource, ListResult, ListSink},
    model,
    model::Attr,
    schema::Schema,
    timeouts::{self, ListTimeouts},
};

use super::{
    display::shown_entry,
    model::{CallResultIdentity, CallResultModel},
    query::query,
};
use crate::{
    api_error, attributes::vdn_id, call_context::context, display_name::display_name,
    provider_data::ProviderData,
};

/// Number of definitions that are queried ahead of the one that is passed on. The client's own limit
/// applies as well.
const AHEAD: usize = 8;

/// The list resource `isales_call_result`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallResultList;

model! {
    /// The arguments.
    pub(crate) struct ListConfig {
        vdn_id: Attr<i64>,
        timeouts: Attr<ListTimeouts>,
    }
}

impl ListResource for CallResultList {
    type Data = ProviderData;
    type Config = ListConfig;
    type Identity = CallResultIdentity;
    type Model = CallResultModel;

    fn type_name(&self) -> &'static str {
        "isales_call_result"
    }

    fn schema(&self) -> Schema {
        Schema::new(
            "Lists the definitions of outbound call results of a VDN.",
            vec![
                vdn_id("Defaults to the provider's `vdn_id`."),
                timeouts::list_attribute(),
            ],
        )
    }

    async fn list(
        &self,
        call: &mut Call<'_, ProviderData>,
        config: ListConfig,
        request: ListRequest,
        sink: &mut ListSink<CallResultIdentity, CallResultModel>,
    ) -> Result<(), ListEnd> {
        let call = &*call;
        let client = call.data.api()?;
        let vdn_id = call.data.resolve_vdn_id(config.vdn_id.known())?;
        let mut pages = client.call_results(vdn_id, context(call));
        while let Some(page) = pages.next().await.map_err(|error| {
            let attempt = format!("The call results of VDN {vdn_id} could not be listed");
            api_error::diagnostic(&attempt, &error)
        })? {
            let found = |row: CallResult| async move {
                let id = CallResultRef {
                    vdn_id,
                    def_id: def_id(&row)?,
                };
                let model = if request.include_resource {
                    let stored = query(call, client, &id).await;
                    match stored.map_err(|error| not_read(&id, &error))? {
                        Some(stored) => {
                            let mut model = CallResultModel::unread(&id);
                            model.set_definition(&stored);
                            Some(model)
                        }
                        // It was deleted after the page was listed.
                        None => return Ok(None),
                    }
                } else {
                    None
                };
                Ok(Some(result(&id, &row, model)))
            };
            let mut results = stream::iter(page).map(found).buffered(AHEAD);
            while let Some(outcome) = results.next().await {
                match outcome {
                    Ok(Some(result)) => sink.push(result).await?,
                    Ok(None) => {}
                    Err(Skipped::This(warning)) => sink.warn(warning).await?,
                    Err(Skipped::All(error)) => return Err(error.into()),
                }
            }
        }
        Ok(())
    }
}

/// Why a definition is not in the list.
enum Skipped {
    /// A failure that does not affect the others. As an error it would end the list.
    This(Diagnostic),
    /// A failure that would affect the next one as well.
    All(Diagnostic),
}

fn def_id(row: &CallResult) -> Result<DefId, Skipped> {
    let id = row.def_id.as_deref().unwrap_or_default();
    id.parse().map_err(|error| {
        Skipped::This(Diagnostic::warning(
            "Call Result Left Out",
            format!(
                "The call result {} cannot be imported: {error}",
                shown_entry(row)
            ),
        ))
    })
}

fn not_read(id: &CallResultRef, error: &Error) -> Skipped {
    let attempt = format!("The call result {id} could not be read");
    let diagnostic = api_error::diagnostic(&attempt, error);
    match error {
        Error::Api(_) | Error::Protocol(_) => Skipped::This(Diagnostic {
            severity: Severity::Warning,
            ..diagnostic
        }),
        _ => Skipped::All(diagnostic),
    }
}

fn result(
    id: &CallResultRef,
    row: &CallResult,
    model: Option<CallResultModel>,
) -> ListResult<CallResultIdentity, CallResultModel> {
    let name = format!("{} {}", row.result_code, row.display_result);
    ListResult {
        identity: CallResultIdentity {
            vdn_id: Attr::Known(id.vdn_id.get().into()),
            def_id: Attr::Known(id.def_id.to_string()),
        },
        display_name: display_name(&name, id),
        model,
    }
}
