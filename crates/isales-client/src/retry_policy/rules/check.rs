//! The rules.

use std::collections::BTreeMap;

use super::{
    checks::{Findings, MIN_INTEGER},
    draft::{Draft, DraftElement, DraftResult, DraftValue},
    finding::Finding,
    title::RuleTitle,
};
use crate::{
    parameter::ParameterPath,
    printable::quoted,
    retry_policy::{
        model::{PolicyType, RuleType},
        parameter::Parameter,
    },
};

/// Maximum length of a name in the interface that adds number types.
const MAX_DATA_TYPE: usize = 20;

/// Validates a draft against Tables 3 to 5 of the API reference.
///
/// Unknown values are not validated, nor is anything that depends on one. Findings are in the order
/// of the document.
#[must_use]
pub fn check(draft: &Draft) -> Vec<Finding> {
    let mut findings = Findings::default();
    let root = ParameterPath::default();
    let policy_type = findings.choice(
        &draft.policy_type,
        &root.parameter(Parameter::PolicyType),
        Parameter::PolicyType,
        "0 for a global policy or 1 for number type matching (Table 3)",
        PolicyType::from_number,
    );
    findings.policy_json(
        &draft.policy_json,
        &root.parameter(Parameter::PolicyJson),
        policy_type,
    );
    findings.0
}

// === impl Findings ===

impl Findings {
    /// Table 3: `policyJson` is the JSON string of the policy, so there is at least one element.
    /// A global policy is one policy (Table 3), so a second element is probably a mistake.
    /// Table 4: `dataType` distinguishes the elements, so it is unique.
    fn policy_json(
        &mut self,
        given: &DraftValue<Vec<DraftValue<DraftElement>>>,
        place: &ParameterPath,
        policy_type: Option<PolicyType>,
    ) {
        let Some(elements) = self.non_empty(given, place, Parameter::PolicyJson) else {
            return;
        };
        if policy_type == Some(PolicyType::Global) && elements.len() > 1 {
            self.0.push(Finding::warning(
                place.clone(),
                RuleTitle::ManyElementsInGlobalPolicy,
                format!(
                    "policy_json has {} elements, but with policy_type 0 one policy applies to every number (Table 3), and it is not documented which of them CC-iSales follows. Keep one element, or set policy_type to 1 and a data_type in each.",
                    elements.len()
                ),
            ));
        }
        let mut seen = BTreeMap::new();
        for (index, element) in elements.iter().enumerate() {
            let place = place.index(index);
            let Some(element) = self.entry(element, &place) else {
                continue;
            };
            self.element(element, &place, policy_type);
            if policy_type == Some(PolicyType::NumberType)
                && let Some(name) = element.data_type.value()
            {
                self.unique(&mut seen, name.clone(), index, &place, Parameter::DataType);
            }
        }
    }

    fn element(
        &mut self,
        element: &DraftElement,
        place: &ParameterPath,
        policy_type: Option<PolicyType>,
    ) {
        self.data_type(&element.data_type, place, policy_type);
        let rule_type = self.choice(
            &element.r#type,
            &place.parameter(Parameter::Type),
            Parameter::Type,
            "0 for a common policy or 1 for a result policy (Table 4)",
            RuleType::from_number,
        );
        match rule_type {
            Some(RuleType::Common) => self.common(element, place),
            Some(RuleType::Result) => self.results(element, place),
            None => {}
        }
        self.no_retry_policy(&element.no_retry_policy, place, policy_type);
    }

    /// Table 3: with `policyType` 1 elements are matched by number type, so each has a `dataType`
    /// (Table 4); with 0 it has no effect. The interface that adds number types accepts names of at
    /// most 20 digits, letters and hyphens.
    fn data_type(
        &mut self,
        given: &DraftValue<String>,
        place: &ParameterPath,
        policy_type: Option<PolicyType>,
    ) {
        let place = place.parameter(Parameter::DataType);
        let name = match (given, policy_type) {
            (DraftValue::Null, Some(PolicyType::NumberType)) => {
                self.0.push(Finding::error(
                    place,
                    RuleTitle::MissingNumberType,
                    "data_type is not set, but with policy_type 1 each element of policy_json applies to one number type (Tables 3 and 4). Set data_type to the name of a number type, such as ST, or set policy_type to 0.".to_owned(),
                ));
                return;
            }
            (DraftValue::Null | DraftValue::Unknown, _) => return,
            (DraftValue::Known(name), _) => name,
        };
        if !self.text(name, &place, Parameter::DataType) {
            return;
        }
        let is_likely = name.chars().count() <= MAX_DATA_TYPE
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !is_likely {
            self.0.push(Finding::warning(
                place.clone(),
                RuleTitle::UnlikelyNumberType,
                format!(
                    "data_type is {}, but number types have names of at most {MAX_DATA_TYPE} digits, letters and hyphens. Check the name against the number types of the VDN.",
                    quoted(name)
                ),
            ));
        }
        if policy_type == Some(PolicyType::Global) {
            self.0.push(Finding::warning(
                place,
                RuleTitle::NumberTypeInGlobalPolicy,
                format!(
                    "data_type is {}, but with policy_type 0 the policy applies to every number type (Table 3). Remove data_type, or set policy_type to 1.",
                    quoted(name)
                ),
            ));
        }
    }

    /// Table 4: a common policy has `retryTimes` and `retryDay`; `policy` belongs to a result
    /// policy.
    fn common(&mut self, element: &DraftElement, place: &ParameterPath) {
        for (given, parameter) in [
            (&element.retry_times, Parameter::RetryTimes),
            (&element.retry_day, Parameter::RetryDay),
        ] {
            let place = place.parameter(parameter);
            self.count(given, &place, parameter, "A common policy (type 0) needs both retry_times, the call attempts per day, and retry_day, the number of days (Table 4).");
        }
        if let DraftValue::Known(_) = element.policy {
            self.0.push(Finding::error(
                place.parameter(Parameter::Policy),
                RuleTitle::ResultPolicyInCommonPolicy,
                "policy is set, but type is 0, a common policy, which has retry_times and retry_day instead (Table 4). Remove policy, or set type to 1.".to_owned(),
            ));
        }
    }

    /// Table 4: a result policy has `policy`; `retryTimes` and `retryDay` belong to a common one.
    /// Table 5: `result` distinguishes the entries, so it is unique.
    fn results(&mut self, element: &DraftElement, place: &ParameterPath) {
        for (given, parameter) in [
            (&element.retry_times, Parameter::RetryTimes),
            (&element.retry_day, Parameter::RetryDay),
        ] {
            if let DraftValue::Known(value) = given {
                self.0.push(Finding::error(
                    place.parameter(parameter),
                    RuleTitle::CommonPolicyInResultPolicy,
                    format!(
                        "{parameter} is {value}, but type is 1, a result policy, which has policy instead (Table 4). Remove {parameter}, or set type to 0."
                    ),
                ));
            }
        }
        let place = place.parameter(Parameter::Policy);
        let Some(results) = self.non_empty(&element.policy, &place, Parameter::Policy) else {
            return;
        };
        let mut seen = BTreeMap::new();
        for (index, result) in results.iter().enumerate() {
            let place = place.index(index);
            let Some(result) = self.entry(result, &place) else {
                continue;
            };
            self.result(result, &place);
            if let Some(value) = result.result.value() {
                self.unique(&mut seen, *value, index, &place, Parameter::Result);
            }
        }
    }

    /// Table 5: an entry has `result`, `retryNumber` and `callInterval`, all Integer.
    fn result(&mut self, result: &DraftResult, place: &ParameterPath) {
        const NEED: &str =
            "Each entry of policy needs result, retry_number and call_interval (Table 5).";
        self.integer(
            &result.result,
            &place.parameter(Parameter::Result),
            Parameter::Result,
            MIN_INTEGER,
            NEED,
        );
        for (given, parameter) in [
            (&result.retry_number, Parameter::RetryNumber),
            (&result.call_interval, Parameter::CallInterval),
        ] {
            self.count(given, &place.parameter(parameter), parameter, NEED);
        }
    }

    /// Table 4: `noRetryPolicy` cannot be set when `policyType` is 1; an empty list counts as not
    /// set. A code with a comma or a space is probably several codes.
    fn no_retry_policy(
        &mut self,
        given: &DraftValue<Vec<DraftValue<String>>>,
        place: &ParameterPath,
        policy_type: Option<PolicyType>,
    ) {
        let place = place.parameter(Parameter::NoRetryPolicy);
        let Some(codes) = given.value().filter(|codes| !codes.is_empty()) else {
            return;
        };
        if policy_type == Some(PolicyType::NumberType) {
            self.0.push(Finding::error(
                place.clone(),
                RuleTitle::NoRetryPolicyWithNumberTypes,
                "no_retry_policy is set, but the API does not allow it when policy_type is 1 (Table 4). Remove no_retry_policy, or set policy_type to 0.".to_owned(),
            ));
        }
        for (index, code) in codes.iter().enumerate() {
            let place = place.index(index);
            if let Some(code) = self.entry(code, &place)
                && self.text(code, &place, Parameter::NoRetryPolicy)
                && code.contains(|c: char| c == ',' || c.is_whitespace())
            {
                self.0.push(Finding::warning(
                    place,
                    RuleTitle::UnlikelyResultCode,
                    format!(
                        "no_retry_policy contains {}, but result codes have no commas or spaces, and the server may return the codes as a comma-separated list. Write each code as a separate entry (Table 4).",
                        quoted(code)
                    ),
                ));
            }
        }
    }
}
