//! Each rule, with the value that breaks it.

use DraftValue::{Known, Null, Unknown};

use super::*;
use crate::retry_policy::{RetryPolicy, examples::policies};

fn common() -> DraftElement {
    DraftElement {
        r#type: Known(0),
        retry_times: Known(1),
        retry_day: Known(1),
        ..DraftElement::default()
    }
}

fn result(result: i64) -> DraftValue<DraftResult> {
    Known(DraftResult {
        result: Known(result),
        retry_number: Known(3),
        call_interval: Known(60),
    })
}

fn by_result(results: Vec<DraftValue<DraftResult>>) -> DraftElement {
    DraftElement {
        r#type: Known(1),
        policy: Known(results),
        ..DraftElement::default()
    }
}

fn of_type(element: DraftElement, data_type: &str) -> DraftElement {
    DraftElement {
        data_type: Known(data_type.to_owned()),
        ..element
    }
}

fn draft<const N: usize>(policy_type: i64, elements: [DraftElement; N]) -> Draft {
    Draft {
        policy_type: Known(policy_type),
        policy_json: Known(elements.into_iter().map(Known).collect()),
    }
}

fn codes(codes: &[&str]) -> DraftValue<Vec<DraftValue<String>>> {
    Known(codes.iter().map(|code| Known((*code).to_owned())).collect())
}

/// The findings as `error place: detail`, the detail up to its first comma or full stop.
fn found(draft: &Draft) -> Vec<String> {
    check(draft)
        .iter()
        .map(|finding| {
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            let start = finding.detail.split([',', '.']).next().unwrap();
            format!("{severity} {}: {start}", finding.place.snake_case())
        })
        .collect()
}

#[test]
fn the_examples_pass_and_make_the_policies_they_say() {
    let drafts = [
        draft(0, [common()]),
        draft(0, [by_result(vec![result(4)])]),
        draft(
            1,
            [of_type(
                DraftElement {
                    retry_times: Known(2),
                    ..common()
                },
                "ST",
            )],
        ),
        draft(1, [of_type(by_result(vec![result(4)]), "ST")]),
    ];
    for (draft, policy) in drafts.iter().zip(policies()) {
        assert_eq!(found(draft), Vec::<String>::new());
        assert_eq!(RetryPolicy::try_from(draft), Ok(policy));
    }
}

#[test]
fn a_missing_value_is_an_error() {
    assert_eq!(
        found(&Draft::default()),
        [
            "error policy_type: policy_type is not set",
            "error policy_json: policy_json is not set"
        ]
    );
    assert_eq!(
        found(&draft(0, [])),
        ["error policy_json: policy_json is an empty list"]
    );
    assert_eq!(
        found(&draft(1, [DraftElement::default()])),
        [
            "error policy_json[0].data_type: data_type is not set",
            "error policy_json[0].type: type is not set",
        ]
    );
    assert_eq!(
        found(&draft(
            0,
            [DraftElement {
                r#type: Known(0),
                ..DraftElement::default()
            }]
        )),
        [
            "error policy_json[0].retry_times: retry_times is not set",
            "error policy_json[0].retry_day: retry_day is not set",
        ]
    );
    assert_eq!(
        found(&draft(0, [by_result(vec![])])),
        ["error policy_json[0].policy: policy is an empty list"]
    );
    assert_eq!(
        found(&draft(
            0,
            [by_result(vec![Null, Known(DraftResult::default())])]
        )),
        [
            "error policy_json[0].policy[0]: policy_json[0]",
            "error policy_json[0].policy[1].result: result is not set",
            "error policy_json[0].policy[1].retry_number: retry_number is not set",
            "error policy_json[0].policy[1].call_interval: call_interval is not set",
        ]
    );
}

#[test]
fn values_that_do_not_go_together_are_an_error() {
    let common_with_policy = DraftElement {
        policy: Known(vec![]),
        ..common()
    };
    assert_eq!(
        found(&draft(0, [common_with_policy])),
        ["error policy_json[0].policy: policy is set"]
    );
    let result_with_times = DraftElement {
        retry_times: Known(1),
        retry_day: Known(2),
        ..by_result(vec![result(4)])
    };
    assert_eq!(
        found(&draft(0, [result_with_times])),
        [
            "error policy_json[0].retry_times: retry_times is 1",
            "error policy_json[0].retry_day: retry_day is 2",
        ]
    );
    let with_codes = |given| {
        of_type(
            DraftElement {
                no_retry_policy: given,
                ..common()
            },
            "ST",
        )
    };
    assert_eq!(
        found(&draft(1, [with_codes(codes(&["002"]))])),
        ["error policy_json[0].no_retry_policy: no_retry_policy is set"]
    );
    assert_eq!(
        found(&draft(1, [with_codes(codes(&[]))])),
        Vec::<String>::new()
    );
}

#[test]
fn values_that_distinguish_entries_are_unique() {
    assert_eq!(
        found(&draft(
            1,
            [
                of_type(common(), "ST"),
                of_type(common(), "SI"),
                of_type(common(), "ST")
            ]
        )),
        ["error policy_json[2].data_type: data_type is \"ST\" here and in policy_json[0]"]
    );
    assert_eq!(
        found(&draft(
            0,
            [by_result(vec![result(4), result(5), result(4)])]
        )),
        ["error policy_json[0].policy[2].result: result is 4 here and in policy[0]"]
    );
}

#[test]
fn numbers_outside_of_their_range_are_errors() {
    assert_eq!(
        found(&draft(
            2,
            [DraftElement {
                r#type: Known(-1),
                ..common()
            }]
        )),
        [
            "error policy_type: policy_type is 2",
            "error policy_json[0].type: type is -1"
        ]
    );
    let max = i64::from(i32::MAX);
    for (value, is_fine) in [(0, true), (max, true), (-1, false), (max + 1, false)] {
        let element = DraftElement {
            retry_times: Known(value),
            retry_day: Known(value),
            ..common()
        };
        assert_eq!(check(&draft(0, [element])).is_empty(), is_fine, "{value}");
        let entry = DraftResult {
            result: Known(1),
            retry_number: Known(value),
            call_interval: Known(value),
        };
        let element = by_result(vec![Known(entry)]);
        assert_eq!(
            check(&draft(0, [element])).len(),
            if is_fine { 0 } else { 2 },
            "{value}"
        );
    }
    let min = i64::from(i32::MIN);
    for (value, is_fine) in [(min, true), (max, true), (min - 1, false), (max + 1, false)] {
        let element = by_result(vec![result(value)]);
        assert_eq!(check(&draft(0, [element])).is_empty(), is_fine, "{value}");
    }
}

#[test]
fn strings_that_break_the_encoding_are_errors() {
    for text in ["", "it's", "a\"b", "a\\b", "a\nb", "a\u{7f}b"] {
        let element = DraftElement {
            no_retry_policy: codes(&["002", text]),
            ..common()
        };
        let findings = check(&draft(0, [element]));
        assert_eq!(findings.len(), 1, "{text:?}");
        assert_eq!(findings[0].severity, Severity::Error);
        assert_eq!(
            findings[0].place.snake_case(),
            "policy_json[0].no_retry_policy[1]"
        );
        let findings = check(&draft(1, [of_type(common(), text)]));
        assert_eq!(findings.len(), 1, "{text:?}");
        assert_eq!(findings[0].severity, Severity::Error);
        assert_eq!(findings[0].place.snake_case(), "policy_json[0].data_type");
    }
}

#[test]
fn a_probable_mistake_is_a_warning_and_no_obstacle() {
    let two = draft(0, [common(), of_type(common(), "ST")]);
    assert_eq!(
        found(&two),
        [
            "warning policy_json: policy_json has 2 elements",
            "warning policy_json[1].data_type: data_type is \"ST\"",
        ]
    );
    let joined = DraftElement {
        no_retry_policy: codes(&["002,007", "OB99999"]),
        ..common()
    };
    assert_eq!(
        found(&draft(0, [joined])),
        ["warning policy_json[0].no_retry_policy[0]: no_retry_policy contains \"002"]
    );
    assert!(RetryPolicy::try_from(&two).is_ok());
    for (name, is_likely) in [
        ("a-Z-09", true),
        ("客户", false),
        ("a_b", false),
        (&"a".repeat(20), true),
        (&"a".repeat(21), false),
    ] {
        let findings = check(&draft(1, [of_type(common(), name)]));
        assert_eq!(findings.is_empty(), is_likely, "{name}");
    }
}

#[test]
fn unknown_values_are_not_validated_and_make_no_policy() {
    let later = [
        Draft {
            policy_type: Unknown,
            policy_json: Unknown,
        },
        Draft {
            policy_type: Unknown,
            policy_json: Known(vec![Known(common()), Known(common())]),
        },
        Draft {
            policy_type: Known(1),
            policy_json: Known(vec![Unknown]),
        },
        draft(
            1,
            [DraftElement {
                data_type: Unknown,
                no_retry_policy: Unknown,
                ..common()
            }],
        ),
        draft(
            0,
            [DraftElement {
                r#type: Unknown,
                policy: Known(vec![result(1)]),
                ..common()
            }],
        ),
        draft(
            0,
            [DraftElement {
                policy: Unknown,
                ..common()
            }],
        ),
        draft(
            0,
            [DraftElement {
                retry_times: Unknown,
                ..by_result(vec![result(4)])
            }],
        ),
        draft(
            0,
            [DraftElement {
                no_retry_policy: Known(vec![Unknown]),
                ..common()
            }],
        ),
    ];
    for (index, draft) in later.iter().enumerate() {
        assert_eq!(found(draft), Vec::<String>::new(), "{index}");
        assert_eq!(
            RetryPolicy::try_from(draft),
            Err(DraftError::Unfinished),
            "{index}"
        );
    }
}

#[test]
fn each_finding_says_what_is_meant_and_what_to_do() {
    let with = |mut element: DraftElement, change: fn(&mut DraftElement)| {
        change(&mut element);
        draft(0, [element])
    };
    let with_entry = |change: fn(&mut DraftResult)| {
        let mut entry = result(4).value().cloned().unwrap();
        change(&mut entry);
        draft(0, [by_result(vec![Known(entry)])])
    };
    let of_null = Draft {
        policy_type: Known(0),
        policy_json: Known(vec![Null]),
    };
    let typed_with_codes = DraftElement {
        no_retry_policy: codes(&["002"]),
        ..of_type(common(), "ST")
    };
    let by_4 = || by_result(vec![result(4)]);
    for (draft, parts) in [
        (
            draft(2, [common()]),
            ["0 for a global policy or 1", "Table 3"],
        ),
        (draft(0, []), ["at least one element", "Tables 3 and 4"]),
        (of_null, ["Null", "policy_json[0] is null"]),
        (
            with(DraftElement::default(), |e| e.r#type = Known(2)),
            ["type is 2", "0 for a common policy or 1"],
        ),
        (
            draft(1, [common()]),
            ["data_type is not set", "Tables 3 and 4"],
        ),
        (
            draft(1, [of_type(common(), "")]),
            ["data_type", "empty string"],
        ),
        (
            draft(1, [of_type(common(), "S'T")]),
            ["data_type", "would break the string"],
        ),
        (
            draft(1, [of_type(common(), "S\\T")]),
            ["data_type", "would break the string"],
        ),
        (
            with(common(), |e| e.retry_times = Null),
            ["needs both retry_times", "Table 4"],
        ),
        (
            with(common(), |e| e.retry_day = Null),
            ["needs both retry_times", "Table 4"],
        ),
        (
            with(common(), |e| e.retry_times = Known(-1)),
            ["retry_times is -1", "from 0 to 2147483647"],
        ),
        (
            with(common(), |e| e.retry_day = Known(1 << 31)),
            ["retry_day is 2147483648", "32-bit Integer"],
        ),
        (
            with(common(), |e| e.policy = Known(vec![result(4)])),
            ["policy is set", "Remove policy, or set type to 1"],
        ),
        (
            with(by_4(), |e| e.retry_times = Known(1)),
            ["retry_times is 1", "Remove retry_times, or set type to 0"],
        ),
        (
            with(by_4(), |e| e.retry_day = Known(1)),
            ["retry_day is 1", "Remove retry_day, or set type to 0"],
        ),
        (
            with(by_4(), |e| e.policy = Null),
            ["at least one entry", "Tables 4 and 5"],
        ),
        (
            draft(0, [by_result(vec![Null])]),
            ["Null", "policy_json[0].policy[0] is null"],
        ),
        (
            draft(0, [by_result(vec![result(4), result(4)])]),
            ["4 here and in policy[0]", "Table 5"],
        ),
        (
            with_entry(|e| e.retry_number = Known(-3)),
            ["retry_number is -3", "from 0 to 2147483647"],
        ),
        (
            with_entry(|e| e.call_interval = Known(-60)),
            ["call_interval is -60", "from 0 to 2147483647"],
        ),
        (
            with_entry(|e| e.result = Known(1 << 31)),
            ["result is 2147483648", "32-bit Integer"],
        ),
        (
            draft(1, [typed_with_codes]),
            ["not allow it when policy_type is 1", "Table 4"],
        ),
        (
            with(common(), |e| e.no_retry_policy = codes(&["0\"2"])),
            ["no_retry_policy", "would break the string"],
        ),
        (
            with(common(), |e| e.no_retry_policy = codes(&[""])),
            ["no_retry_policy", "empty string"],
        ),
        (
            with(common(), |e| e.no_retry_policy = Known(vec![Null])),
            ["Null", "policy_json[0].no_retry_policy[0] is null"],
        ),
        (
            draft(0, [common(), common()]),
            ["More Than One Element In A Global Policy", "has 2 elements"],
        ),
        (
            draft(0, [of_type(common(), "ST")]),
            ["Number Type In A Global Policy", "data_type is \"ST\""],
        ),
        (
            draft(1, [of_type(common(), "home phone")]),
            ["Unlikely Number Type", "\"home phone\""],
        ),
    ] {
        let findings = check(&draft);
        let [finding] = &findings[..] else {
            panic!("{findings:#?}");
        };
        let text = format!("{}\n{}", finding.summary, finding.detail);
        for part in parts {
            assert!(text.contains(part), "no {part:?} in {text}");
        }
    }
}
