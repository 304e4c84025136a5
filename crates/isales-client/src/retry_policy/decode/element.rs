//! Reads the elements of `policyJson` (Tables 4 and 5).

use serde_json::{Map, Value};

use super::{
    DecodeError, DecodeProblem, UnknownMembers,
    codes::codes,
    fields::{
        decoded, entries, error, has_any, integer, is_blank, member, missing, name,
        optional_integer, unexpected,
    },
};
use crate::{
    parameter::ParameterPath,
    retry_policy::{
        model::{CommonRule, DataType, PolicyElement, ResultRule, Rule, RuleType},
        parameter::Parameter,
    },
};

/// The members of an element.
pub(super) const ELEMENT: &[Parameter] = &[
    Parameter::DataType,
    Parameter::Type,
    Parameter::RetryTimes,
    Parameter::RetryDay,
    Parameter::Policy,
    Parameter::NoRetryPolicy,
];

/// The members of a common policy that stands under `policy`.
pub(super) const NESTED: &[Parameter] = &[
    Parameter::RetryTimes,
    Parameter::RetryDay,
    Parameter::NoRetryPolicy,
];

/// The numbers of a common policy, wherever it stands.
const COMMON: [Parameter; 2] = [Parameter::RetryTimes, Parameter::RetryDay];

/// The members of an entry of a result policy.
pub(super) const RESULT: &[Parameter] = &[
    Parameter::Result,
    Parameter::RetryNumber,
    Parameter::CallInterval,
];

pub(crate) fn elements(
    value: &Value,
    place: &ParameterPath,
    unknown: UnknownMembers,
) -> Result<Vec<PolicyElement>, DecodeError> {
    entries(value, place, ELEMENT, |object, place| {
        element(object, place, unknown)
    })
}

fn element(
    object: &Map<String, Value>,
    place: &ParameterPath,
    unknown: UnknownMembers,
) -> Result<PolicyElement, DecodeError> {
    unknown.check(object, ELEMENT, place)?;
    let policy_place = place.parameter(Parameter::Policy);
    let policy = decoded(member(object, Parameter::Policy, place)?, &policy_place)?;
    let nested = nested(&policy);
    let mut no_retry_policy = codes(object, place)?;
    let rule = match rule_type(object, nested, &policy, place)? {
        RuleType::Common => {
            let nested = match nested {
                None if !is_blank(&policy) => {
                    return Err(unexpected(&policy_place, "an object", &policy));
                }
                nested => nested,
            };
            if let Some(nested) = nested {
                unknown.check(nested, NESTED, &policy_place)?;
                no_retry_policy.extend(codes(nested, &policy_place)?);
            }
            Rule::Common(common_rule(object, nested, place)?)
        }
        RuleType::Result => {
            let rules = if is_blank(&policy) {
                Vec::new()
            } else {
                entries(&policy, &policy_place, RESULT, |entry, place| {
                    unknown.check(entry, RESULT, place)?;
                    result_rule(entry, place)
                })?
            };
            // Columns of the other type may hold anything in a reply, but if they are all there
            // is, the type is in doubt.
            if unknown == UnknownMembers::Refuse || rules.is_empty() {
                refuse_common_numbers(object, place)?;
            }
            Rule::Result(rules)
        }
    };
    Ok(PolicyElement {
        data_type: name(object, Parameter::DataType, place)?.and_then(DataType::new),
        rule,
        no_retry_policy,
    })
}

/// Returns the object under `policy` that a common policy may stand in, which may have become a
/// list of one.
fn nested(policy: &Value) -> Option<&Map<String, Value>> {
    match policy {
        Value::Object(nested) => Some(nested),
        Value::Array(entries) => match entries.as_slice() {
            [Value::Object(nested)] if has_any(nested, &COMMON) => Some(nested),
            _ => None,
        },
        _ => None,
    }
}

/// Reads `type`. A serializer that drops zeros leaves out that of a common policy, never that of
/// a result policy: result entries without a type are not a known form, and are refused.
fn rule_type(
    object: &Map<String, Value>,
    nested: Option<&Map<String, Value>>,
    policy: &Value,
    place: &ParameterPath,
) -> Result<RuleType, DecodeError> {
    let type_place = place.parameter(Parameter::Type);
    let has_common = |object| has_any(object, &COMMON);
    match optional_integer(&[object], Parameter::Type, place)? {
        Some(number) => RuleType::from_number(number).ok_or_else(|| {
            error(
                &type_place,
                DecodeProblem::Unexpected {
                    expected: "0 or 1",
                    found: number.to_string(),
                },
            )
        }),
        None if nested.is_some_and(has_common) || (is_blank(policy) && has_common(object)) => {
            Ok(RuleType::Common)
        }
        None => Err(missing(type_place)),
    }
}

/// Reads a common policy from the element and from the object under `policy`. What both give must
/// be the same.
fn common_rule(
    element: &Map<String, Value>,
    nested: Option<&Map<String, Value>>,
    place: &ParameterPath,
) -> Result<CommonRule, DecodeError> {
    let is_nested = nested.is_some_and(|nested| has_any(nested, &COMMON));
    let place = if is_nested {
        &place.parameter(Parameter::Policy)
    } else {
        place
    };
    let objects: Vec<_> = [Some(element), nested].into_iter().flatten().collect();
    Ok(CommonRule {
        retry_times: integer(&objects, Parameter::RetryTimes, place)?,
        retry_day: integer(&objects, Parameter::RetryDay, place)?,
    })
}

fn refuse_common_numbers(
    object: &Map<String, Value>,
    place: &ParameterPath,
) -> Result<(), DecodeError> {
    for parameter in COMMON {
        let number = optional_integer(&[object], parameter, place)?;
        if number.is_some_and(|number| !matches!(number, 0 | -1)) {
            return Err(error(
                &place.parameter(parameter),
                DecodeProblem::OtherType {
                    rule_type: RuleType::Result.number(),
                },
            ));
        }
    }
    Ok(())
}

fn result_rule(
    object: &Map<String, Value>,
    place: &ParameterPath,
) -> Result<ResultRule, DecodeError> {
    Ok(ResultRule {
        result: integer(&[object], Parameter::Result, place)?,
        retry_number: integer(&[object], Parameter::RetryNumber, place)?,
        call_interval: integer(&[object], Parameter::CallInterval, place)?,
    })
}
