//! The undocumented forms, with text that shows them.

/// The policy of the campaign that has one.
pub(crate) const POSTED: &str = "[{'dataType':'Café','type':0,'retryTimes':3,'retryDay':2,\
                      'noRetryPolicy':['002','007']},\
                      {'type':1,'policy':[{'result':4,'retryNumber':3,'callInterval':60},\
                      {'result':0,'retryNumber':1,'callInterval':5}]}]";

/// A shape, and text that the reply to a query contains if it has the shape.
pub(crate) type Row = (&'static str, &'static str);

/// Forms of a policy that no page of the reference describes.
pub(crate) const POLICY: [Row; 54] = [
    ("quotes=as-posted", POSTED),
    ("quotes=misprint", "{'type':1,''policy':[{'result':4,"),
    (
        "common=both",
        "'retryTimes':3,'retryDay':2,'policy':{'retryTimes':3,'retryDay':2}}",
    ),
    (
        "common=contradicting",
        "'retryTimes':3,'retryDay':2,'policy':{'retryTimes':4,'retryDay':3}}",
    ),
    ("elements=rotated", "\"[{'type':1,'policy':[{'result':0,"),
    (
        "numbers=decimals",
        "\"policyType\":0.0,\"policyJson\":\"[{'dataType':'Café','type':0.0,'retryTimes':3.0,",
    ),
    ("numbers=decimal-strings", "'retryTimes':'3.0'"),
    ("numbers=exponents", "'retryTimes':3e0"),
    ("zeros=type-omitted", "{'dataType':'Café','retryTimes':3,"),
    ("zeros=omitted", "\"retryPolicyId\":\"1\",\"policyJson\":"),
    ("retry-times-key=both", "'retryTimes':3,'retryTime':3,"),
    (
        "retry-times-key=with-null",
        "'retryTimes':3,'retryTime':null,",
    ),
    ("retry-times-key=with-zero", "'retryTimes':3,'retryTime':0,"),
    (
        "retry-times-key=with-minus-one",
        "'retryTimes':3,'retryTime':-1,",
    ),
    (
        "retry-times-key=contradicting",
        "'retryTimes':3,'retryTime':4,",
    ),
    (
        "no-retry-form=spaced-comma-list",
        r#""noRetryPolicy":"002, 007""#,
    ),
    (
        "no-retry-form=semicolon-list",
        r#""noRetryPolicy":"002;007""#,
    ),
    (
        "no-retry-form=quoted-list",
        r#""noRetryPolicy":"'002','007'""#,
    ),
    (
        "no-retry-order=reversed",
        r#""noRetryPolicy":"[\"007\",\"002\"]""#,
    ),
    ("names=padded", "'dataType':'Café  ',"),
    ("names=nfc", "'dataType':'Caf\u{e9}',"),
    ("names=nfd", "'dataType':'Cafe\u{301}',"),
    (
        "member-case=lower",
        "\"retrypolicyid\":\"1\",\"policytype\":0,\"policyjson\":\"[{'datatype':",
    ),
    (
        "member-case=upper",
        "\"RETRYPOLICYID\":\"1\",\"POLICYTYPE\":0,\"POLICYJSON\":\"[{'DATATYPE':",
    ),
    (
        "member-case=capitalized",
        "\"RetryPolicyId\":\"1\",\"PolicyType\":0,\"PolicyJson\":\"[{'DataType':",
    ),
    ("defect=policy-type-word", r#""policyType":"global""#),
    ("defect=policy-type-unknown", r#""policyType":2,"#),
    ("defect=policy-json-number", r#""policyJson":7,"#),
    (
        "defect=policy-json-prose",
        r#""policyJson":"see the console""#,
    ),
    (
        "defect=element-text",
        r#""policyJson":"['element','element']""#,
    ),
    ("defect=type-unknown", "'type':2,'retryTimes':3,"),
    (
        "defect=attempts-missing",
        "'type':0,'retryDay':2},{'type':1,'policy':[{'result':4,'callInterval':60}",
    ),
    ("defect=attempts-list", "'retryTimes':[3],"),
    ("defect=attempts-fraction", "'retryTimes':3.5,"),
    ("defect=attempts-word", "'retryTimes':'several',"),
    (
        "envelope=return-only",
        "\n\n{\"returnCode\":\"0200000\",\"returnDesc\":\"\",\"data\":{",
    ),
    (
        "envelope=empty-return-code",
        r#"{"resultCode":"0200000","resultDesc":"","returnCode":"","#,
    ),
    (
        "envelope=null-return-code",
        r#"{"resultCode":"0200000","resultDesc":"","returnCode":null,"#,
    ),
    (
        "envelope=empty-result-code",
        r#"{"resultCode":"","resultDesc":"","returnCode":"0200000","#,
    ),
    (
        "envelope-case=lower",
        r#"{"resultcode":"0200000","resultdesc":"","returncode":"0200000","#,
    ),
    ("envelope-case=upper", r#","DATA":{"retryPolicyId":"1","#),
    ("envelope-case=capitalized", r#"{"ResultCode":"0200000","#),
    (
        "data-key=return-object",
        r#""returnDesc":"","returnObject":{"retryPolicyId":"1","#,
    ),
    (
        "data-key=return-object-after-null",
        r#""data":null,"returnObject":{"retryPolicyId":"1","#,
    ),
    (
        "content-type=text-plain",
        "content-type: text/plain; charset=UTF-8\n\n{",
    ),
    (
        "content-type=text-html",
        "content-type: text/html; charset=UTF-8\n\n{",
    ),
    (
        "content-type=absent",
        "\ncontent-type: \n\n{\"resultCode\":",
    ),
    (
        "charset=utf-8-bom",
        "content-type: application/json; charset=UTF-8\n\n\u{feff}{",
    ),
    (
        "charset=gbk",
        "content-type: application/json;charset=GBK\n\n{\"resultCode\":\"0200000\",\"resultDesc\":\"操作成功\",",
    ),
    (
        "charset=gbk-undeclared",
        "content-type: application/json\n\n{\"resultCode\":\"0200000\",\"resultDesc\":\"操作成功\",",
    ),
    (
        "content-encoding=gzip",
        "gzip\ncontent-type: application/json; charset=UTF-8\n\n{\"resultCode\":",
    ),
    // Those that need company to show.
    (
        "names=padded,no-retry-form=comma-list",
        r#""noRetryPolicy":"002  ,007  ""#,
    ),
    (
        "policy=string,common=contradicting",
        r#"'policy':'{\"retryTimes\":4,\"retryDay\":3}'"#,
    ),
    ("numbers=decimals,zeros=omitted", "'retryTimes':3.0,"),
];

/// Forms of a campaign whose policy was never set.
pub(crate) const UNSET: [Row; 5] = [
    (
        "unset=negative-type",
        r#""data":{"retryPolicyId":null,"policyType":-1,"policyJson":"","#,
    ),
    ("unset=empty-list", r#""policyJson":"[]","#),
    (
        "unset=0200001",
        r#"{"resultCode":"0200001","resultDesc":"The retry policy does not exist.","returnCode":"0200001","#,
    ),
    ("unset=204", "204 "),
    ("unset=404", "404 "),
];

/// Forms of a campaign that does not exist.
pub(crate) const GONE: [Row; 2] = [
    ("gone=0200007", r#"{"resultCode":"0200007","#),
    ("gone=404", "404 "),
];
