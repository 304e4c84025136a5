//! The trait that the author of a provider function implements.

use thiserror::Error;

use crate::{
    model::{FromValue, IntoValue},
    value::{ConversionError, Value, types::Type},
};

/// A function: returns the same result for the same arguments, without reaching anything and without
/// the provider's configuration.
pub trait Function: Send + Sync + 'static {
    /// The arguments, as a tuple with one member for each parameter.
    type Arguments: Arguments;
    /// The result.
    type Output: IntoValue;

    /// Returns the name, without the provider's prefix.
    fn name(&self) -> &'static str;

    /// Returns parameters, result and documentation.
    fn signature(&self) -> Signature;

    /// Computes the result. Every argument is wholly known.
    ///
    /// # Errors
    /// The arguments have no result.
    fn call(&self, arguments: Self::Arguments) -> Result<Self::Output, FunctionError>;
}

/// Parameters, result and documentation of a function.
#[derive(Clone, Debug)]
pub struct Signature {
    /// A summary of one line.
    pub summary: &'static str,
    /// A description in Markdown.
    pub description: &'static str,
    /// The parameters, in order.
    pub parameters: Vec<Parameter>,
    /// The last parameter, if it takes any number of arguments.
    pub variadic: Option<Parameter>,
    /// The type of the result.
    pub returns: Type,
    /// Why the function should no longer be used, and what to use instead.
    pub deprecated: Option<&'static str>,
}

/// One parameter of a function.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name in the documentation.
    pub name: &'static str,
    /// The type; [`Type::Dynamic`] takes an argument as it is written.
    pub ty: Type,
    /// Whether the argument may be null.
    pub nullable: bool,
    /// A description in Markdown.
    pub description: &'static str,
}

/// The error of a function call.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{text}")]
pub struct FunctionError {
    /// Whole sentences: what was found, and what to do about it.
    pub text: String,
    /// The argument concerned, counted from zero.
    pub argument: Option<usize>,
}

/// The arguments of a call as a tuple.
pub trait Arguments: Sized {
    /// Converts the arguments, with those of a variadic parameter at the end.
    ///
    /// # Errors
    /// The tuple cannot hold one of the arguments.
    fn from_values(values: Vec<Value>) -> Result<Self, FunctionError>;
}

/// The arguments of a variadic parameter, last in the tuple.
#[derive(Clone, Debug, PartialEq)]
pub struct Variadic<T>(pub Vec<T>);

// === impl FunctionError ===

impl FunctionError {
    /// Creates an error about one argument, counted from zero.
    pub fn argument(argument: usize, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            argument: Some(argument),
        }
    }

    fn unsuitable(argument: usize, error: &ConversionError) -> Self {
        Self::argument(argument, format!("{error}."))
    }
}

// === impl Arguments ===

fn next<T: FromValue>(
    values: &mut impl Iterator<Item = (usize, Value)>,
) -> Result<T, FunctionError> {
    let (index, value) = values.next().ok_or_else(|| FunctionError {
        text: "Too few arguments.".to_owned(),
        argument: None,
    })?;
    T::from_value(value).map_err(|error| FunctionError::unsuitable(index, &error))
}

macro_rules! arguments {
    ($($name:ident),*) => {
        impl<$($name: FromValue),*> Arguments for ($($name,)*) {
            fn from_values(values: Vec<Value>) -> Result<Self, FunctionError> {
                let mut values = values.into_iter().enumerate();
                Ok(($(next::<$name>(&mut values)?,)*))
            }
        }

        impl<$($name: FromValue,)* Rest: FromValue> Arguments for ($($name,)* Variadic<Rest>) {
            fn from_values(values: Vec<Value>) -> Result<Self, FunctionError> {
                let mut values = values.into_iter().enumerate();
                Ok(($(next::<$name>(&mut values)?,)* {
                    let mut rest = Vec::new();
                    for (index, value) in values {
                        let value = Rest::from_value(value);
                        rest.push(value.map_err(|error| FunctionError::unsuitable(index, &error))?);
                    }
                    Variadic(rest)
                }))
            }
        }
    };
}

arguments!(A);
arguments!(A, B);
arguments!(A, B, C);
