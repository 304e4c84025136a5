//! The function `encode_policy_json`.

use isales_client::retry_policy::{Encoding, encode};
use tfplugin::{
    function::{Function, FunctionError, Parameter, Signature, Variadic},
    model,
    model::{Attr, FromValue},
    value::convert,
    value::types::Type,
    value::{ConversionError, Value},
};

use super::arguments::{PolicyJson, policy, policy_json_parameter, policy_type_parameter};

/// The function `encode_policy_json`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EncodePolicyJson;

model! {
    /// The provider's `compatibility` settings of the same names.
    struct Style {
        policy_json_quotes: Attr<String>,
        common_policy_layout: Attr<String>,
    }
}

/// A [`Style`] whose attributes may be omitted.
pub(crate) struct Options(Style);

impl FromValue for Options {
    fn from_value(value: Value) -> Result<Self, ConversionError> {
        let ty = Type::object([
            ("policy_json_quotes", Type::String),
            ("common_policy_layout", Type::String),
        ]);
        Style::from_value(convert(value, &ty)?).map(Self)
    }
}

impl Function for EncodePolicyJson {
    type Arguments = (i64, PolicyJson, Variadic<Options>);
    type Output = String;

    fn name(&self) -> &'static str {
        "encode_policy_json"
    }

    fn signature(&self) -> Signature {
        Signature {
            summary: "Encodes a policy as the policyJson string of the API",
            description: "Encodes the elements of a retry policy as the `policyJson` string of the API, \
                          with single quotes and in the layout of the API reference's examples \
                          unless the options say otherwise.",
            parameters: vec![policy_type_parameter(), policy_json_parameter()],
            variadic: Some(Parameter {
                name: "options",
                ty: Type::Dynamic,
                nullable: false,
                description: "At most one object, with `policy_json_quotes` (`single` or \
                              `double`) and `common_policy_layout` (`auto`, `flat` or `nested`), \
                              both optional.",
            }),
            returns: Type::String,
            deprecated: None,
        }
    }

    fn call(
        &self,
        (policy_type, policy_json, Variadic(options)): Self::Arguments,
    ) -> Result<String, FunctionError> {
        const OPTIONS: usize = 2;
        let policy = policy(policy_type, policy_json)?;
        if options.len() > 1 {
            return Err(FunctionError::argument(
                OPTIONS + 1,
                "Pass at most one object of options.",
            ));
        }
        let mut encoding = Encoding::default();
        if let Some(Options(style)) = options.into_iter().next() {
            let refused =
                |name: &str, error| FunctionError::argument(OPTIONS, format!("{name}: {error}"));
            if let Attr::Known(quotes) = style.policy_json_quotes {
                encoding.quotes = quotes
                    .parse()
                    .map_err(|error| refused("policy_json_quotes", error))?;
            }
            if let Attr::Known(layout) = style.common_policy_layout {
                encoding.common_policy_layout = layout
                    .parse()
                    .map_err(|error| refused("common_policy_layout", error))?;
            }
        }
        Ok(encode::encode_policy_json(&policy, encoding))
    }
}
