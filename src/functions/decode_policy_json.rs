//! The function `decode_policy_json`.

use isales_client::retry_policy::{UnknownMembers, decode_policy_json};
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
            summary: "Decodes a policyJson string of the API",
            description: "Decodes a `policyJson` string, as a signed script posts it, into a list \
                          for `policy_json` of `isales_retry_policy`. Quotes may be single or \
                          double, and a common policy flat or nested; the doubled quote in the API \
                          reference's third example is accepted. A member that the API does not \
                          define, or that has no meaning for the element's `type`, is an error, \
                          because the result would lose it.",
            parameters: vec![Parameter {
                name: "policy_json",
                ty: Type::String,
                nullable: false,
                description: "The `policyJson` string.",
            }],
            variadic: None,
            returns: policy_json_type(),
            deprecated: None,
        }
    }

    fn call(&self, (text,): (String,)) -> Result<Vec<Attr<Element>>, FunctionError> {
        match decode_policy_json(&text, UnknownMembers::Refuse) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn call(text: &str) -> Result<Vec<Attr<Element>>, FunctionError> {
        DecodePolicyJson.call((text.to_owned(),))
    }

    #[test]
    fn a_member_that_would_be_dropped_is_refused() {
        for (text, says) in [
            (
                "[{'type':0,'retryTimes':1,'retryDay':1,'noRetryPolcy':['006']}]",
                "policy_json[0]: there is no member \"noRetryPolcy\" here; the members are dataType, type, retryTimes, retryDay, policy and noRetryPolicy. Check",
            ),
            (
                "[{'type':1,'retryTimes':1,'retryDay':1}]",
                "policy_json[0].retry_times: given, but it has no meaning where type is 1. Check",
            ),
            (
                "[{'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60,'unit':1}]}]",
                "policy_json[0].policy[0]: there is no member \"unit\" here; the members are result, retryNumber and callInterval. Check",
            ),
        ] {
            let error = call(text).err().unwrap();
            assert!(error.text.starts_with(says), "{}", error.text);
        }
    }

    #[test]
    fn whole_numbers_may_have_a_point() {
        let elements = call("[{'type':0.0,'retryTimes':2.0,'retryDay':'3e0'}]").unwrap();
        let [Attr::Known(element)] = elements.as_slice() else {
            panic!("there is one element");
        };
        assert_eq!(element.retry_times, Attr::Known(2));
        assert_eq!(element.retry_day, Attr::Known(3));
    }
}
