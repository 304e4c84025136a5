//! The data source `isales_call_results`.

use std::collections::BTreeSet;

use isales_client::{call_result::CallResult, quoted};
use tfplugin::{
    call::Call,
    data_source::DataSource,
    diagnostics::{Diagnostic, Diagnostics},
    model,
    model::{Attr, AttrSet},
    path::AttributePath,
    schema::{Attribute, Nesting, Schema},
    timeouts::{self, ReadTimeouts},
    value::types::Type,
};

use crate::{
    api_error, attributes::queried_vdn_id, call_context::context, provider_data::ProviderData,
};

/// The data source `isales_call_results`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallResultsDataSource;

const RESULT_CODES: &str = "result_codes";
const DISPLAY_RESULTS: &str = "display_results";

model! {
    /// The filters, and the definitions that match them.
    pub(crate) struct CallResultsModel {
        vdn_id: Attr<i64>,
        // Elements may be unknown until the data source is read.
        result_codes: Attr<AttrSet<String>>,
        display_results: Attr<AttrSet<String>>,
        call_results: Attr<Vec<CallResultRow>>,
        codes: Attr<BTreeSet<String>>,
        timeouts: Attr<ReadTimeouts>,
    }

    /// One definition.
    pub(crate) struct CallResultRow {
        result_code: Attr<String>,
        display_result: Attr<String>,
        def_id: Attr<String>,
    }
}

impl DataSource for CallResultsDataSource {
    type Data = ProviderData;
    type Model = CallResultsModel;

    fn type_name(&self) -> &'static str {
        "isales_call_results"
    }

    fn schema(&self) -> Schema {
        let row = vec![
            Attribute::string("result_code", "Result code (`resultCode`).").computed(),
            Attribute::string(
                "display_result",
                "Display text of the result (`displayResult`).",
            )
            .computed(),
            Attribute::string("def_id", "ID of the definition (`defId`).").computed(),
        ];
        let codes = Type::set(Type::String);
        Schema::new(
            "Lists all definitions of outbound call results of a VDN. Their codes are the valid values \
             of `no_retry_policy` in `isales_retry_policy`.",
            vec![
                queried_vdn_id(),
                Attribute::new(
                    RESULT_CODES,
                    codes.clone(),
                    "List only the definitions with these result codes. Each must exist.",
                ),
                Attribute::new(
                    DISPLAY_RESULTS,
                    codes.clone(),
                    "List only the definitions with exactly these display texts. Each must exist.",
                ),
                Attribute::nested(
                    "call_results",
                    Nesting::List,
                    row,
                    "The definitions, in the server's order. With both filters, those that match \
                     either of them.",
                )
                .computed(),
                Attribute::new(
                    "codes",
                    codes,
                    "Result codes of the definitions, as `no_retry_policy` takes them.",
                )
                .computed(),
                timeouts::read_attribute(),
            ],
        )
    }

    fn validate(&self, config: &CallResultsModel) -> Diagnostics {
        config.nulls()
    }

    async fn read(
        &self,
        call: &mut Call<'_, ProviderData>,
        mut model: CallResultsModel,
    ) -> Result<CallResultsModel, Diagnostics> {
        // A filter may have been unknown when the configuration was validated.
        let nulls = model.nulls();
        if nulls.has_errors() {
            return Err(nulls);
        }
        let vdn_id = call.data.resolve_vdn_id(model.vdn_id.known())?;
        let pages = call.data.api()?.call_results(vdn_id, context(call));
        let mut found = pages.all().await.map_err(|error| {
            let attempt = format!("The call results of VDN {vdn_id} could not be listed");
            api_error::diagnostic(&attempt, &error)
        })?;

        let by_code = wanted(&model.result_codes);
        let by_text = wanted(&model.display_results);
        let code = |result: &CallResult| result.result_code.to_string();
        let text = |result: &CallResult| result.display_result.clone();
        let mut not_found = missing(&found, RESULT_CODES, by_code.as_ref(), code);
        not_found.extend(missing(&found, DISPLAY_RESULTS, by_text.as_ref(), text));
        if not_found.has_errors() {
            return Err(not_found);
        }
        if by_code.is_some() || by_text.is_some() {
            let has = |wanted: &Option<BTreeSet<String>>, value: String| {
                wanted
                    .as_ref()
                    .is_some_and(|wanted| wanted.contains(&value))
            };
            found.retain(|result| has(&by_code, code(result)) || has(&by_text, text(result)));
        }

        model.vdn_id = Attr::Known(vdn_id.get().into());
        model.codes = Attr::Known(found.iter().map(code).collect());
        model.call_results = Attr::Known(found.into_iter().map(CallResultRow::from).collect());
        Ok(model)
    }
}

// === impl CallResultsModel ===

impl CallResultsModel {
    /// Rejects null elements: dropping one silently would omit a code.
    fn nulls(&self) -> Diagnostics {
        let filters = [
            (RESULT_CODES, &self.result_codes),
            (DISPLAY_RESULTS, &self.display_results),
        ];
        filters
            .into_iter()
            .filter(|(_, filter)| {
                let elements = filter.as_ref().known();
                elements.is_some_and(|elements| elements.iter().any(Attr::is_null))
            })
            .map(|(argument, _)| {
                Diagnostic::error(
                    "Null Filter Value",
                    format!("{argument} contains null. Remove it, or give it a value."),
                )
                .at(AttributePath::attribute(argument))
            })
            .collect()
    }
}

fn wanted(filter: &Attr<AttrSet<String>>) -> Option<BTreeSet<String>> {
    let elements = filter.as_ref().known()?.iter();
    Some(
        elements
            .filter_map(|element| element.clone().known())
            .collect(),
    )
}

/// Rejects filter values without a definition: probably typos, they would silently omit a code.
fn missing(
    found: &[CallResult],
    argument: &str,
    wanted: Option<&BTreeSet<String>>,
    of: impl Fn(&CallResult) -> String,
) -> Diagnostics {
    let existing: BTreeSet<_> = found.iter().map(of).collect();
    wanted
        .into_iter()
        .flatten()
        .filter(|wanted| !existing.contains(*wanted))
        .map(|wanted| {
            Diagnostic::error(
                "Call Result Not Found",
                format!(
                    "There is no definition with {} among the {} of this VDN. Remove the \
                     filter to list them all.",
                    quoted(wanted),
                    found.len()
                ),
            )
            .at(AttributePath::attribute(argument))
        })
        .collect()
}

impl From<CallResult> for CallResultRow {
    fn from(result: CallResult) -> Self {
        Self {
            result_code: Attr::Known(result.result_code.to_string()),
            display_result: Attr::Known(result.display_result),
            def_id: result.def_id.into(),
        }
    }
}
