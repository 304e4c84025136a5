//! The resource's model, and its conversion to and from the API's definition.

use isales_client::{
    call_result::{CallResultDefinition, CallResultRef},
    retry_policy::ResultCode,
};
use tfplugin::{
    diagnostics::Diagnostic,
    model,
    model::{Attr, AttrSet},
    path::AttributePath,
    resource::State,
    timeouts::Timeouts,
};

use crate::provider_data::{ProviderData, invalid_id};

model! {
    /// `isales_call_result`: the definition of an outbound call result.
    pub(crate) struct CallResultModel {
        pub(crate) id: Attr<String>,
        pub(crate) def_id: Attr<String>,
        pub(crate) vdn_id: Attr<i64>,
        pub(crate) result_code: Attr<String>,
        pub(crate) display_result: Attr<String>,
        pub(crate) obs_codes: Attr<AttrSet<String>>,
        pub(crate) timeouts: Attr<Timeouts>,
    }

    /// The identity of a definition.
    pub(crate) struct CallResultIdentity {
        pub(crate) vdn_id: Attr<i64>,
        pub(crate) def_id: Attr<String>,
    }
}

/// The state of a definition, which has no private part.
pub(super) type CallResultState = State<CallResultModel>;

/// Fills in the code that the server chose, if the plan has left it open.
pub(super) fn with_code(mut state: CallResultState, code: Option<ResultCode>) -> CallResultState {
    if state.model.result_code.is_unknown() {
        state.model.result_code = code.map(|code| code.to_string()).into();
    }
    state
}

// === impl CallResultModel ===

impl CallResultModel {
    /// Creates the model of a definition that Terraform takes over but has not read yet.
    pub(super) fn unread(id: &CallResultRef) -> Self {
        let mut model = Self {
            id: Attr::Null,
            def_id: Attr::Null,
            vdn_id: Attr::Null,
            result_code: Attr::Null,
            display_result: Attr::Null,
            obs_codes: Attr::Null,
            timeouts: Attr::Null,
        };
        model.set_id(id);
        model
    }

    /// Sets everything that identifies the definition.
    pub(super) fn set_id(&mut self, id: &CallResultRef) {
        self.id = Attr::Known(id.to_string());
        self.def_id = Attr::Known(id.def_id.to_string());
        self.vdn_id = Attr::Known(id.vdn_id.get().into());
    }

    /// Takes over the server's definition. A text that Unicode calls equal keeps its spelling.
    pub(super) fn set_definition(&mut self, stored: &CallResultDefinition) {
        self.result_code = stored.result_code.as_ref().map(ToString::to_string).into();
        let text = &stored.display_result;
        let is_same = matches!(&self.display_result, Attr::Known(own) if stored.has_text(own));
        if !is_same {
            self.display_result = Attr::Known(text.clone());
        }
        let codes = stored.obs_codes.iter();
        self.obs_codes = Attr::Known(codes.map(|code| Attr::Known(code.clone())).collect());
    }

    /// Returns the definition for the API. A code that is not known is left to the server.
    ///
    /// # Errors
    /// A value that has turned out to be null or empty.
    pub(super) fn definition(&self) -> Result<CallResultDefinition, Diagnostic> {
        let missing = |argument| {
            Diagnostic::error(
                "Missing Argument",
                format!("{argument} is null or empty, or contains null. Set it."),
            )
            .at(AttributePath::attribute(argument))
        };
        let display_result = self.display_result.clone().known();
        let codes = self.obs_codes.as_ref().known();
        let codes = codes.map(|codes| codes.iter().map(|code| code.clone().known()).collect());
        Ok(CallResultDefinition {
            result_code: self.result_code.clone().known().and_then(ResultCode::new),
            display_result: display_result
                .filter(|text| !text.is_empty())
                .ok_or_else(|| missing("display_result"))?,
            obs_codes: codes.flatten().ok_or_else(|| missing("obs_codes"))?,
        })
    }

    /// Returns what identifies the definition in the API.
    ///
    /// # Errors
    /// The state does not contain the ID.
    pub(super) fn reference(&self, data: &ProviderData) -> Result<CallResultRef, Diagnostic> {
        let def_id = self.def_id.as_ref().known();
        let def_id = def_id.map(String::as_str).unwrap_or_default().parse();
        Ok(CallResultRef {
            vdn_id: data.resolve_vdn_id(self.vdn_id.known())?,
            def_id: def_id.map_err(|error| invalid_id("def_id", &error))?,
        })
    }
}
