//! Places in the API's documents as attribute paths.

use isales_client::parameter::{Parameter, ParameterPath, Step};
use tfplugin::path::{self, AttributePath};

/// The path of a place in a request. The elements of `no_retry_policy` are a set, into which no
/// path leads.
pub(super) fn attribute_path(place: &ParameterPath) -> AttributePath {
    let mut in_set = false;
    let steps = place.0.iter().filter_map(|step| match step {
        Step::Parameter(parameter) => {
            in_set = *parameter == Parameter::NoRetryPolicy;
            Some(path::Step::Attribute(parameter.snake_case().to_owned()))
        }
        Step::Index(_) if in_set => None,
        Step::Index(index) => Some(path::Step::Index(*index)),
    });
    steps.collect()
}

/// The argument that a parameter without a place belongs to: the server names a parameter of the
/// document, but not which element.
pub(super) fn argument(parameter: Parameter) -> AttributePath {
    AttributePath::attribute(match parameter {
        Parameter::VdnId | Parameter::CampaignId | Parameter::PolicyType => parameter.snake_case(),
        _ => Parameter::PolicyJson.snake_case(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_set_is_the_set() {
        let place = ParameterPath::default()
            .parameter(Parameter::PolicyJson)
            .index(1)
            .parameter(Parameter::NoRetryPolicy)
            .index(0);
        assert_eq!(
            attribute_path(&place).to_string(),
            "policy_json[1].no_retry_policy"
        );
    }
}
