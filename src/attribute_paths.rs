//! Converts paths of the API into attribute paths.

use isales_client::{
    parameter::{ParameterName, ParameterPath, Step},
    retry_policy::Parameter,
};
use tfplugin::path::{self, AttributePath};

/// Converts the path of a value in a request. A path ends at `no_retry_policy`, which is a set: its
/// elements have no paths.
pub(super) fn attribute_path(place: &ParameterPath) -> AttributePath {
    let mut in_set = false;
    let steps = place.0.iter().filter_map(|step| match step {
        Step::Parameter(parameter) => {
            in_set = *parameter == Parameter::NoRetryPolicy.name();
            Some(path::Step::Attribute(parameter.snake_case().to_owned()))
        }
        Step::Index(_) if in_set => None,
        Step::Index(index) => Some(path::Step::Index(*index)),
    });
    steps.collect()
}

/// Returns the path of the argument that contains a parameter. The server may name a parameter of
/// a list element without saying which element.
pub(super) fn argument(parameter: impl Into<ParameterName>) -> AttributePath {
    AttributePath::attribute(parameter.into().argument())
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
