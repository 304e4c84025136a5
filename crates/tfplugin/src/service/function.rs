//! Calls about functions.

use std::collections::HashMap;

use super::{Offer, calls::Panicked};
use crate::{
    codec,
    diagnostics::Diagnostic,
    function::{Arguments, Function, FunctionError, ListedFunction, Parameter, Signature},
    model::IntoValue,
    proto::{tfplugin6 as pb, tfplugin6::StringKind},
    provider::Provider,
    value::Value,
};

/// A [`Function`] without its types.
pub(crate) trait AnyFunction: Send + Sync {
    fn name(&self) -> &'static str;
    fn signature(&self) -> &Signature;
    fn call(&self, arguments: Vec<Value>) -> Result<Value, FunctionError>;
}

struct Registered<F> {
    function: F,
    signature: Signature,
}

// === impl ListedFunction ===

impl ListedFunction {
    /// Takes a function into a provider's list.
    pub fn new<F: Function>(function: F) -> Self {
        let signature = function.signature();
        Self(Box::new(Registered {
            function,
            signature,
        }))
    }
}

// === impl Registered ===

impl<F: Function> AnyFunction for Registered<F> {
    fn name(&self) -> &'static str {
        self.function.name()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn call(&self, arguments: Vec<Value>) -> Result<Value, FunctionError> {
        let arguments = F::Arguments::from_values(arguments)?;
        self.function.call(arguments).map(F::Output::into_value)
    }
}

// === impl Offer ===

impl<P: Provider> Offer<P> {
    pub(super) fn function_signatures(&self) -> HashMap<String, pb::Function> {
        self.functions
            .iter()
            .map(|(name, function)| ((*name).to_owned(), function.0.signature().to_proto()))
            .collect()
    }

    pub(super) fn call_function(
        &self,
        request: &pb::call_function::Request,
    ) -> Result<Value, FunctionError> {
        let name = &request.name;
        let function = self
            .functions
            .get(name.as_str())
            .ok_or_else(|| FunctionError {
                text: format!("This provider has no function {name:?}."),
                argument: None,
            })?;
        let signature = function.0.signature();
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
        // Terraform asks again once everything is known; parts of an argument may not be yet.
        if !arguments.iter().all(Value::is_wholly_known) {
            return Ok(Value::Unknown);
        }
        function.0.call(arguments)
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
                // Terraform puts a full stop of its own behind it.
                text: error.text.trim_end_matches('.').to_owned(),
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
            deprecation_message: String::new(),
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
