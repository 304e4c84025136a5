//! A function behind [`AnyFunction`].

use crate::{
    function::{Arguments as _, Function, FunctionError, Signature},
    model::IntoValue as _,
    value::Value,
};

/// A [`Function`] without its types.
pub(crate) trait AnyFunction: Send + Sync {
    fn name(&self) -> &'static str;
    fn signature(&self) -> &Signature;
    fn call(&self, arguments: Vec<Value>) -> Result<Value, FunctionError>;
}

/// Converts between values and the arguments of a function's author.
pub(crate) struct ErasedFunction<F> {
    function: F,
    signature: Signature,
}

// === impl ErasedFunction ===

impl<F: Function> ErasedFunction<F> {
    pub(crate) fn new(function: F) -> Self {
        let signature = function.signature();
        Self {
            function,
            signature,
        }
    }
}

impl<F: Function> AnyFunction for ErasedFunction<F> {
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
