//! The forms of policies in words, and what they suggest for `compatibility`.

use std::collections::BTreeSet;

use isales_client::retry_policy::{
    CodesForm, CommonLayoutForm, IntegerForm, JsonForm, NoRetryPlace, PolicyForms,
    PolicyMemberForm, PolicyType,
};
use serde_json::Value;

use crate::{
    configuration::Argument,
    doctor::{
        finding::{Finding, Step},
        provider_block::{ProviderBlock, Setting},
    },
};

/// Describes the forms, one aspect a line.
pub(super) fn describe(forms: &PolicyForms) -> Vec<String> {
    let mut lines = vec![format!(
        "policyJson: {}",
        list(&forms.policy_json, |form| match form {
            JsonForm::SingleQuotes => "a string with single quotes",
            JsonForm::DoubleQuotes => "a string with double quotes",
            JsonForm::EncodedTwice => "a string in a string",
            JsonForm::Decoded => "JSON itself, which says nothing about quotes",
        })
    )];
    for policy_type in [PolicyType::Global, PolicyType::NumberType] {
        let layouts: BTreeSet<_> = layouts(forms, policy_type);
        if !layouts.is_empty() {
            let layouts = list(&layouts, |layout| match layout {
                CommonLayoutForm::Flat => "flat, in the element",
                CommonLayoutForm::Nested => "nested, under policy",
                CommonLayoutForm::Both => "in both places",
            });
            lines.push(format!(
                "common policies with policyType {}: {layouts}",
                policy_type.number()
            ));
        }
    }
    if !forms.policy.is_empty() {
        let policy = list(&forms.policy, |form| match form {
            PolicyMemberForm::Value => "JSON itself",
            PolicyMemberForm::Text => "a string",
        });
        lines.push(format!("policy: {policy}"));
    }
    if !forms.no_retry_policy.is_empty() {
        let places: Vec<_> = forms
            .no_retry_policy
            .iter()
            .map(|(place, form)| format!("{} {}", codes_form(*form), no_retry_place(*place)))
            .collect();
        lines.push(format!("noRetryPolicy: {}", places.join("; ")));
    }
    if !forms.integers.is_empty() {
        let integers = list(&forms.integers, |form| match form {
            IntegerForm::Number => "numbers",
            IntegerForm::Decimal => "numbers with a fraction or an exponent",
            IntegerForm::Text => "strings",
        });
        lines.push(format!("integers: {integers}"));
    }
    if !forms.other_names.is_empty() {
        let names: Vec<_> = forms
            .other_names
            .iter()
            .map(|(parameter, name)| {
                let name = isales_client::printable(name, 24);
                format!("{name} for {}", parameter.api_name())
            })
            .collect();
        lines.push(format!("names: {}", names.join(", ")));
    }
    lines
}

/// Puts into the provider block what the forms suggest, and says that it is not certain. With
/// `will_try`, a trial follows that makes it certain.
pub(super) fn suggest(
    block: &mut ProviderBlock,
    forms: &PolicyForms,
    will_try: bool,
) -> Option<Finding> {
    let mut suggestions = Vec::new();
    if forms.policy_json == [JsonForm::DoubleQuotes].into() {
        suggestions.push(("policy_json_quotes", "double"));
    }
    // Queries are documented as flat for either type, so flat says nothing about what to send.
    let global = layouts(forms, PolicyType::Global);
    let number_type = layouts(forms, PolicyType::NumberType);
    let is_nested = |layouts: &BTreeSet<_>| {
        layouts
            .iter()
            .all(|layout| *layout == CommonLayoutForm::Nested)
    };
    if !global.is_empty() && is_nested(&global) && is_nested(&number_type) {
        suggestions.push(("common_policy_layout", "nested"));
    }
    let named: Vec<_> = suggestions
        .iter()
        .map(|(name, value)| format!("{name} = \"{value}\""))
        .collect();
    for (name, value) in suggestions {
        let comment = "As the server shows it; it may accept another form.".to_owned();
        block.suggest(
            Argument::compatibility(name),
            Setting::Value(Value::from(value)),
            Some(comment),
        );
    }
    if named.is_empty() {
        return None;
    }
    let summary = format!(
        "policies come in another form than the default: {}",
        named.join(", ")
    );
    if will_try {
        return Some(
            Finding::ok(Step::Policies, "forms_differ", summary)
                .detail("The trial finds out whether the server needs them."),
        );
    }
    Some(
        Finding::notice(Step::Policies, "forms_differ", summary)
            .detail("The provider reads all of these forms; they matter only for setting policies.")
            .fix(format!(
                "A server may accept other forms than it shows; doctor --write VDN/CAMPAIGN finds out. \
                 If setting a policy fails with the code 02000006 or 02000008, set {} in compatibility.",
                named.join(" and ")
            )),
    )
}

fn layouts(forms: &PolicyForms, policy_type: PolicyType) -> BTreeSet<CommonLayoutForm> {
    let of_type = forms
        .common_layouts
        .iter()
        .filter(|(of, _)| *of == policy_type);
    of_type.map(|(_, layout)| *layout).collect()
}

fn list<T: Copy>(forms: &BTreeSet<T>, words: impl Fn(T) -> &'static str) -> String {
    let words: Vec<_> = forms.iter().map(|form| words(*form)).collect();
    words.join("; ")
}

const fn codes_form(form: CodesForm) -> &'static str {
    match form {
        CodesForm::List => "a list",
        CodesForm::ListInText => "a string with a list",
        CodesForm::Separated => "a string with separators",
    }
}

const fn no_retry_place(place: NoRetryPlace) -> &'static str {
    match place {
        NoRetryPlace::Document => "next to policyJson",
        NoRetryPlace::Element => "in each element",
        NoRetryPlace::Policy => "under policy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(json: JsonForm, layouts: &[(PolicyType, CommonLayoutForm)]) -> PolicyForms {
        PolicyForms {
            policy_json: [json].into(),
            common_layouts: layouts.iter().copied().collect(),
            ..PolicyForms::default()
        }
    }

    #[test]
    fn settings_are_suggested_only_where_the_forms_agree() {
        use CommonLayoutForm::{Both, Flat, Nested};
        use JsonForm::{Decoded, DoubleQuotes, SingleQuotes};
        use PolicyType::{Global, NumberType};

        for (json, layouts, expected) in [
            (
                SingleQuotes,
                &[(Global, Flat), (NumberType, Nested)][..],
                "",
            ),
            (
                DoubleQuotes,
                &[(Global, Flat)],
                "policy_json_quotes = \"double\"",
            ),
            (Decoded, &[(Global, Both)], ""),
            (
                Decoded,
                &[(Global, Nested)],
                "common_policy_layout = \"nested\"",
            ),
            (Decoded, &[(NumberType, Nested)], ""),
            (Decoded, &[(NumberType, Flat)], ""),
            (Decoded, &[(Global, Nested), (NumberType, Flat)], ""),
            (Decoded, &[(Global, Nested), (Global, Flat)], ""),
        ] {
            let mut block = ProviderBlock::default();
            let finding = suggest(&mut block, &forms(json, layouts), false);
            let summary = finding.map(|finding| finding.summary).unwrap_or_default();
            assert!(summary.ends_with(expected), "{layouts:?}: {summary}");
            assert_eq!(summary.is_empty(), expected.is_empty(), "{layouts:?}");
            let line = format!("# {expected}");
            assert_eq!(block.to_hcl().contains(&line), !expected.is_empty());
        }
    }
}
