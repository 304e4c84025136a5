//! Calls about functions.

use std::collections::HashMap;

use super::calls::Panicked;
use crate::{
    codec,
    diagnostics::Diagnostic,
    function::{FunctionError, Parameter, Signature},
    proto::{tfplugin6 as pb, tfplugin6::StringKind},
    registry::Registry,
    terminal,
    value::Value,
};

// === impl Registry ===

impl<D> Registry<D> {
    pub(super) fn function_signatures(&self) -> HashMap<String, pb::Function> {
        self.functions
            .iter()
            .map(|(name, function)| ((*name).to_owned(), function.get().signature().to_proto()))
            .collect()
    }

    pub(super) fn call_function(
        &self,
        request: &pb::call_function::Request,
    ) -> Result<Value, FunctionError> {
        let name = &request.name;
        let function = self.function(name).ok_or_else(|| FunctionError {
            text: format!("This provider has no function {name:?}."),
            argument: None,
        })?;
        let signature = function.signature();
        let mut arguments = Vec::with_capacity(request.arguments.len());
        for (index, argument) in request.arguments.iter().enumerate() {
            let parameter = signature
                .parameters
                .get(index)
                .or(signature.variadic.as_ref());
            let parameter = parameter
                .ok_or_else(|| FunctionError::argument(index, "There is no such parameter."))?;
            let argument = codec::decode(Some(argument), &parameter.ty)
                .map_err(|error| FunctionError::argument(index, format!("{error}.")))?;
            arguments.push(argument);
        }
        // Terraform calls again once everything is known; parts of an argument may be unknown now.
        if !arguments.iter().all(Value::is_wholly_known) {
            return Ok(Value::Unknown);
        }
        function.call(arguments)
    }
}

// === to messages ===

pub(super) fn function_answer(answer: Result<Value, FunctionError>) -> pb::call_function::Response {
    match answer {
        Ok(result) => pb::call_function::Response {
            result: Some(codec::encode(&result)),
            error: None,
        },
        Err(error) => pb::call_function::Response {
            result: None,
            error: Some(pb::FunctionError {
                // Terraform adds a full stop.
                text: terminal::message(error.text.trim_end_matches('.')),
                function_argument: error
                    .argument
                    .and_then(|argument| i64::try_from(argument).ok()),
            }),
        },
    }
}

impl From<Panicked> for FunctionError {
    fn from(panicked: Panicked) -> Self {
        Self {
            text: Diagnostic::from(panicked).detail,
            argument: None,
        }
    }
}

impl Signature {
    fn to_proto(&self) -> pb::Function {
        pb::Function {
            parameters: self.parameters.iter().map(Parameter::to_proto).collect(),
            variadic_parameter: self.variadic.as_ref().map(Parameter::to_proto),
            r#return: Some(pb::function::Return {
                r#type: self.returns.to_json(),
            }),
            summary: self.summary.to_owned(),
            description: self.description.to_owned(),
            description_kind: StringKind::Markdown.into(),
            deprecation_message: self.deprecated.unwrap_or_default().to_owned(),
        }
    }
}

impl Parameter {
    fn to_proto(&self) -> pb::function::Parameter {
        pb::function::Parameter {
            name: self.name.to_owned(),
            r#type: self.ty.to_json(),
            allow_null_value: self.nullable,
            allow_unknown_values: false,
            description: self.description.to_owned(),
            description_kind: StringKind::Markdown.into(),
        }
    }
}
