//! The function `decode_policy_json`.

use isales_client::retry_policy::{Tolerance, decode_policy_json};
use tfplugin::{
    function::{Function, FunctionError, Parameter, Signature},
    model::Attr,
    value::types::Type,
};

use crate::{
    attribute_paths::attribute_path,
    retry_policy::{Element, elements, policy_json_type},
};

/// The function `decode_policy_json`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DecodePolicyJson;

impl Function for DecodePolicyJson {
    type Arguments = (String,);
    type Output = Vec<Attr<Element>>;

    fn name(&self) -> &'static str {
        "decode_policy_json"
    }

    fn signature(&self) -> Signature {
        Signature {
            summary: "Reads the policy out of a string that the API takes",
            description: "Reads a `policyJson` string, as a signed script posts it, into the list \
                          that `policy_json` of `isales_retry_policy` takes. Quotes may be single \
                          or double, a common policy flat or nested; the doubled quote of the API \
                          reference's third example is read as it is meant.",
            parameters: vec![Parameter {
                name: "policy_json",
                ty: Type::String,
                nullable: false,
                description: "The string.",
            }],
            variadic: None,
            returns: policy_json_type(),
        }
    }

    fn call(&self, (text,): (String,)) -> Result<Vec<Attr<Element>>, FunctionError> {
        match decode_policy_json(&text, Tolerance::Misprint) {
            Ok(decoded) => Ok(elements(&decoded)),
            Err(error) => Err(FunctionError::argument(
                0,
                format!(
                    "{}: {}. Check the string against the examples of the API reference.",
                    attribute_path(&error.place),
                    error.problem
                ),
            )),
        }
    }
}
