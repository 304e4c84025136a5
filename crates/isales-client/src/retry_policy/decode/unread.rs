//! Finds what a reply shows of a policy that [`RetryPolicy`] does not hold.
//!
//! [`RetryPolicy`]: crate::RetryPolicy

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    element::{ELEMENT, NESTED, RESULT},
    fields::{decoded, is_name_of, is_spelling_of},
    lookalike::{is_named_like_a_policy, is_unset},
};
use crate::{parameter::ParameterPath, printable::printable, retry_policy::parameter::Parameter};

/// The members of a policy that are read, apart from those of its elements.
const DOCUMENT: [Parameter; 3] = [
    Parameter::PolicyType,
    Parameter::PolicyJson,
    Parameter::NoRetryPolicy,
];

/// Members that name the policy and its campaign, which no write changes.
const NAMES: [&str; 3] = ["retryPolicyId", "vdnId", "campaignId"];

/// The part of a retry policy that only one of the two interfaces for it knows.
const BUSI_POLICY: &str = "busiPolicy";

/// How deep in a reply a policy is looked for, as in decoding.
const MAX_DEPTH: usize = 8;

/// The longest name that is returned, in characters.
const MAX_NAME: usize = 40;

/// Names the members of a reply to a query that have a value and are no part of a
/// [`RetryPolicy`](crate::RetryPolicy), such as `busiPolicy`: setting the policy that was read may
/// remove them from the server.
///
/// Members with nothing in them, and those that only name the campaign or the policy, are left out.
/// Of the members of the envelope, only those that are named like a policy count.
#[must_use]
pub fn unread_members(reply: &Map<String, Value>) -> BTreeSet<String> {
    let mut unread = BTreeSet::new();
    object(reply, MAX_DEPTH, &mut unread);
    unread
}

fn value(value: &Value, depth: usize, unread: &mut BTreeSet<String>) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    let Ok(decoded) = decoded(value, &ParameterPath::default()) else {
        return;
    };
    match decoded.as_ref() {
        Value::Object(members) => object(members, depth, unread),
        Value::Array(entries) => {
            for entry in entries {
                self::value(entry, depth, unread);
            }
        }
        _ => {}
    }
}

fn object(members: &Map<String, Value>, depth: usize, unread: &mut BTreeSet<String>) {
    let is_document = members
        .keys()
        .any(|name| is_name_of(name, Parameter::PolicyJson));
    for (name, member) in members.iter().filter(|(_, member)| !is_unset(member)) {
        if is_name_of(name, Parameter::PolicyJson) {
            elements(member, unread);
        } else if is_document {
            let is_read =
                is_any_of(name, &DOCUMENT) || NAMES.iter().any(|known| is_spelling_of(name, known));
            if !is_read {
                add(unread, "", name);
            }
        } else if is_spelling_of(name, BUSI_POLICY) {
            add(unread, "", name);
        } else {
            let mut within = BTreeSet::new();
            value(member, depth, &mut within);
            if within.is_empty() && is_named_like_a_policy(name, member) && !holds_policy(member) {
                add(unread, "", name);
            }
            unread.extend(within);
        }
    }
}

/// Returns whether the value is, or holds, the policy itself.
fn holds_policy(value: &Value) -> bool {
    let Ok(decoded) = decoded(value, &ParameterPath::default()) else {
        return false;
    };
    let is_policy = |value: &Value| {
        let members = value.as_object();
        members.is_some_and(|members| {
            let mut names = members.keys();
            names.any(|name| is_name_of(name, Parameter::PolicyJson))
        })
    };
    match decoded.as_ref() {
        Value::Array(entries) => entries.iter().any(is_policy),
        value => is_policy(value),
    }
}

/// Adds the unread members of `policyJson`.
fn elements(policy_json: &Value, unread: &mut BTreeSet<String>) {
    for_each_object(policy_json, |element| {
        let policy = element
            .iter()
            .find(|(name, _)| is_name_of(name, Parameter::Policy));
        unread_of(element, ELEMENT, "policyJson[].", unread);
        if let Some((_, policy)) = policy {
            for_each_object(policy, |entry| {
                // Either kind of rule may stand under `policy`.
                let is_result = entry.keys().any(|name| is_any_of(name, RESULT));
                let known = if is_result { RESULT } else { NESTED };
                unread_of(entry, known, "policyJson[].policy[].", unread);
            });
        }
    });
}

fn for_each_object(value: &Value, mut visit: impl FnMut(&Map<String, Value>)) {
    let place = ParameterPath::default();
    let Ok(list) = decoded(value, &place) else {
        return;
    };
    let entries = match list.as_ref() {
        Value::Array(entries) => entries.as_slice(),
        other => std::slice::from_ref(other),
    };
    for entry in entries {
        if let Ok(entry) = decoded(entry, &place)
            && let Value::Object(members) = entry.as_ref()
        {
            visit(members);
        }
    }
}

fn unread_of(
    members: &Map<String, Value>,
    known: &[Parameter],
    place: &str,
    unread: &mut BTreeSet<String>,
) {
    for (name, value) in members {
        if !is_unset(value) && !is_any_of(name, known) {
            add(unread, place, name);
        }
    }
}

fn is_any_of(name: &str, parameters: &[Parameter]) -> bool {
    parameters
        .iter()
        .any(|parameter| is_name_of(name, *parameter))
}

fn add(unread: &mut BTreeSet<String>, place: &str, name: &str) {
    unread.insert(format!("{place}{}", printable(name, MAX_NAME)));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn unread(reply: Value) -> Vec<String> {
        let members = reply.as_object().unwrap();
        unread_members(members).into_iter().collect()
    }

    #[test]
    fn what_a_policy_holds_is_not_unread() {
        for policy_json in [
            json!("[{'type':0,'retryTimes':1,'retryDay':1,'noRetryPolicy':['002']}]"),
            json!("[{'dataType':'ST','type':0,'policy':{'retryTime':1,'retryDay':1}}]"),
            json!([{"type": 1, "policy": "[{'result':4,'retryNumber':3,'callInterval':60}]"}]),
        ] {
            let data = json!({"retryPolicyId": "7", "policyType": 0, "policyJson": policy_json,
                "noRetryPolicy": "002", "busiPolicy": "", "vdn_id": 25});
            for data in [data.clone(), json!([data]), json!(data.to_string())] {
                let reply = json!({"resultCode": "0200000", "resultDesc": "ok", "trace": "a",
                    "data": data});
                assert_eq!(unread(reply.clone()), [""; 0], "{reply}");
            }
        }
    }

    #[test]
    fn every_other_member_with_a_value_is_named() {
        let reply = json!({"resultCode": "0200000", "busi_policy": "[{'busiResultCode':'B1'}]",
        "returnObject": {
            "policyJson": "[{'type':1,'weekend':true,'note':'','policy':[{'result':4,
                    'retryNumber':3,'callInterval':60,'unit':'s'}]},
                    {'type':0,'policy':{'retryTimes':1,'retryDay':1,'from':'09:00'}}]",
            "tenantSpaceId": 7, "mode": -1,
        }});
        let expected = [
            "busi_policy",
            "policyJson[].policy[].from",
            "policyJson[].policy[].unit",
            "policyJson[].weekend",
            "tenantSpaceId",
        ];
        assert_eq!(unread(reply), expected);
    }

    #[test]
    fn another_policy_in_the_envelope_is_named() {
        let reply = json!({"data": {"policyJson": "[]"}, "holidayPolicy": {"days": [1]},
            "page": {"size": 1}});
        assert_eq!(unread(reply), ["holidayPolicy"]);
    }
}
