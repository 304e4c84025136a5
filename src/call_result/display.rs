//! Call results in messages.

use isales_client::{
    call_result::{CallResult, CallResultDefinition},
    printable, quoted,
};

/// Maximum length of a result code, in characters.
const MAX_CODE: usize = 100;

/// Maximum length of the list of OBS codes, in characters.
const MAX_OBS_CODES: usize = 1_000;

/// Describes a definition.
pub(super) fn shown(definition: &CallResultDefinition) -> String {
    let code = match &definition.result_code {
        Some(code) => format!("code {}, ", shown_code(code.as_str())),
        None => String::new(),
    };
    let codes: Vec<_> = definition.obs_codes.iter().map(String::as_str).collect();
    format!(
        "{code}{}, OBS codes {}",
        quoted(&definition.display_result),
        printable(&codes.join(", "), MAX_OBS_CODES)
    )
}

/// Describes an entry of the list: its code and its text.
pub(super) fn shown_entry(entry: &CallResult) -> String {
    let code = shown_code(entry.result_code.as_str());
    format!("{code} ({})", quoted(&entry.display_result))
}

/// Makes a result code safe to show.
pub(super) fn shown_code(code: &str) -> String {
    printable(code, MAX_CODE)
}

#[cfg(test)]
mod tests {
    use isales_client::retry_policy::ResultCode;

    use super::*;

    #[test]
    fn nothing_from_the_server_controls_the_terminal() {
        let hostile = "a\u{1b}[2J\nb";
        let code = ResultCode::new(hostile).unwrap();
        let definition = CallResultDefinition {
            result_code: Some(code.clone()),
            display_result: hostile.to_owned(),
            obs_codes: [hostile.to_owned(), "00602".to_owned()].into(),
        };
        let safe = "a\\u{1b}[2J\\nb";
        assert_eq!(
            shown(&definition),
            format!("code {safe}, \"{safe}\", OBS codes 00602, {safe}")
        );
        let entry = CallResult {
            result_code: code,
            display_result: hostile.to_owned(),
            def_id: None,
        };
        assert_eq!(shown_entry(&entry), format!("{safe} (\"{safe}\")"));
    }
}
