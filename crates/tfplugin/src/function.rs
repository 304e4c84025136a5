//! What the author of a provider function writes.

use std::fmt;

use thiserror::Error;

use crate::{
    model::{ConversionError, FromValue, IntoValue},
    service::AnyFunction,
    value::{Value, types::Type},
};

/// A function: the same answer for the same arguments, with nothing reached and nothing
/// configured.
pub trait Function: Send + Sync + 'static {
    /// The arguments, as a tuple of what the parameters hold.
    type Arguments: Arguments;
    /// The answer.
    type Output: IntoValue;

    /// The name, a verb without the provider's.
    fn name(&self) -> &'static str;

    /// Parameters, result and documentation.
    fn signature(&self) -> Signature;

    /// Answers. Every argument is wholly known.
    ///
    /// # Errors
    /// What is wrong with which argument.
    fn call(&self, arguments: Self::Arguments) -> Result<Self::Output, FunctionError>;
}

/// Parameters, result and documentation of a function.
#[derive(Clone, Debug)]
pub struct Signature {
    /// One line.
    pub summary: &'static str,
    /// Markdown.
    pub description: &'static str,
    /// The parameters, in order.
    pub parameters: Vec<Parameter>,
    /// A last parameter that takes any number of arguments.
    pub variadic: Option<Parameter>,
    /// The type of the answer.
    pub returns: Type,
}

/// One parameter of a function.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name in the documentation.
    pub name: &'static str,
    /// Its type; [`Type::Dynamic`] takes an argument as it is written.
    pub ty: Type,
    /// Whether null is an argument.
    pub nullable: bool,
    /// Markdown.
    pub description: &'static str,
}

/// Why a function has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{text}")]
pub struct FunctionError {
    /// Whole sentences: what was found, and what to do.
    pub text: String,
    /// The argument concerned, counted from zero.
    pub argument: Option<usize>,
}

/// The arguments of a call as a tuple.
pub trait Arguments: Sized {
    /// Converts the arguments, with those of a variadic parameter at the end.
    ///
    /// # Errors
    /// An argument that the tuple cannot hold.
    fn from_values(values: Vec<Value>) -> Result<Self, FunctionError>;
}

/// The arguments of a variadic parameter, last in the tuple.
#[derive(Clone, Debug, PartialEq)]
pub struct Variadic<T>(pub Vec<T>);

/// A function as a provider lists it.
pub struct ListedFunction(pub(super) Box<dyn AnyFunction>);

// === impl FunctionError ===

impl FunctionError {
    /// An error about one argument, counted from zero.
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

// === impl ListedFunction ===

impl fmt::Debug for ListedFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ListedFunction")
            .field(&self.0.name())
            .finish()
    }
}
