//! Encodes a policy in the form of the API reference's examples.
//!
//! The keys have the order of the examples: `dataType`, `type`, then `retryTimes` and `retryDay` or
//! `policy` (`result`, `retryNumber`, `callInterval`), then `noRetryPolicy`, which is in no example.

use super::model::{CommonRule, PolicyElement, PolicyType, ResultRule, RetryPolicy, Rule};
use crate::config::{CommonPolicyLayout, Encoding, Quotes};

/// Encodes the body of the request that sets a policy: `{"policyJson":"…","policyType":0}`.
#[must_use]
pub fn encode_body(policy: &RetryPolicy, encoding: Encoding) -> String {
    let mut body = String::from(r#"{"policyJson":"#);
    let policy_json = encode_policy_json(policy, encoding);
    write_string(&mut body, &policy_json, Quotes::Double);
    body.push_str(r#","policyType":"#);
    body.push_str(&policy.policy_type.number().to_string());
    body.push('}');
    body
}

/// Encodes the string that the API expects as `policyJson`.
#[must_use]
pub fn encode_policy_json(policy: &RetryPolicy, encoding: Encoding) -> String {
    let nested = match encoding.common_policy_layout {
        CommonPolicyLayout::Auto => policy.policy_type == PolicyType::NumberType,
        CommonPolicyLayout::Flat => false,
        CommonPolicyLayout::Nested => true,
    };
    let mut writer = Writer {
        text: String::new(),
        quotes: encoding.quotes,
    };
    writer.list(&policy.policy_json, |writer, element| {
        writer.element(element, nested);
    });
    writer.text
}

/// A writer of JSON with either kind of quotes, without spaces.
struct Writer {
    text: String,
    quotes: Quotes,
}

// === impl Writer ===

impl Writer {
    fn element(&mut self, element: &PolicyElement, nested: bool) {
        self.object(|object| {
            if let Some(data_type) = &element.data_type {
                object.string("dataType", data_type.as_str());
            }
            object.integer("type", element.rule.rule_type().number());
            match &element.rule {
                Rule::Common(rule) if nested => {
                    object.key("policy");
                    object.writer.object(|policy| policy.common(*rule));
                }
                Rule::Common(rule) => object.common(*rule),
                Rule::Result(rules) => {
                    object.key("policy");
                    object
                        .writer
                        .list(rules, |writer, rule| writer.result(*rule));
                }
            }
            if !element.no_retry_policy.is_empty() {
                object.key("noRetryPolicy");
                object
                    .writer
                    .list(&element.no_retry_policy, |writer, code| {
                        writer.string(code.as_str());
                    });
            }
        });
    }

    fn result(&mut self, rule: ResultRule) {
        self.object(|object| {
            object.integer("result", rule.result);
            object.integer("retryNumber", rule.retry_number);
            object.integer("callInterval", rule.call_interval);
        });
    }

    fn object(&mut self, members: impl FnOnce(&mut Object<'_>)) {
        self.text.push('{');
        members(&mut Object {
            writer: self,
            is_first: true,
        });
        self.text.push('}');
    }

    fn list<T>(
        &mut self,
        entries: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.text.push('[');
        for (index, entry) in entries.into_iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            write(self, entry);
        }
        self.text.push(']');
    }

    fn string(&mut self, value: &str) {
        write_string(&mut self.text, value, self.quotes);
    }
}

/// An object being written.
struct Object<'a> {
    writer: &'a mut Writer,
    is_first: bool,
}

// === impl Object ===

impl Object<'_> {
    fn key(&mut self, name: &str) {
        if !std::mem::take(&mut self.is_first) {
            self.writer.text.push(',');
        }
        self.writer.string(name);
        self.writer.text.push(':');
    }

    fn string(&mut self, name: &str, value: &str) {
        self.key(name);
        self.writer.string(value);
    }

    fn integer(&mut self, name: &str, value: i64) {
        self.key(name);
        self.writer.text.push_str(&value.to_string());
    }

    fn common(&mut self, rule: CommonRule) {
        self.integer("retryTimes", rule.retry_times);
        self.integer("retryDay", rule.retry_day);
    }
}

/// Writes a JSON string in the given quotes. Only the quote in use, backslashes and control
/// characters are escaped.
fn write_string(text: &mut String, value: &str, quotes: Quotes) {
    let quote = match quotes {
        Quotes::Single => '\'',
        Quotes::Double => '"',
    };
    text.push(quote);
    for c in value.chars() {
        match c {
            '\\' => text.push_str(r"\\"),
            c if c == quote => text.extend(['\\', c]),
            c if c < ' ' => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push(quote);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retry_policy::examples::{corrected_bodies, policies};

    #[test]
    fn the_examples_of_the_api_reference_come_out_byte_for_byte() {
        for (policy, example) in policies().iter().zip(corrected_bodies()) {
            assert_eq!(encode_body(policy, Encoding::default()), example);
        }
    }

    #[test]
    fn every_quote_style_and_layout_can_be_chosen() {
        let [flat, _, number_type, _] = policies();
        let encode = |policy, quotes, common_policy_layout| {
            encode_policy_json(
                policy,
                Encoding {
                    quotes,
                    common_policy_layout,
                },
            )
        };
        assert_eq!(
            encode(&flat, Quotes::Double, CommonPolicyLayout::Nested),
            r#"[{"type":0,"policy":{"retryTimes":1,"retryDay":1}}]"#
        );
        assert_eq!(
            encode(&number_type, Quotes::Single, CommonPolicyLayout::Flat),
            "[{'dataType':'ST','type':0,'retryTimes':2,'retryDay':1}]"
        );
    }

    #[test]
    fn no_retry_policy_stands_last() {
        let [mut policy, ..] = policies();
        policy.policy_json[0].no_retry_policy = ["007", "002"]
            .into_iter()
            .filter_map(crate::retry_policy::ResultCode::new)
            .collect();
        assert_eq!(
            encode_policy_json(&policy, Encoding::default()),
            "[{'type':0,'retryTimes':1,'retryDay':1,'noRetryPolicy':['002','007']}]"
        );
    }
}
