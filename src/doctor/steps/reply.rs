//! Replies that do not follow the API, in words.

use isales_client::error::ProtocolProblem;

/// Describes a reply; of an HTML page, only the text is quoted.
pub(super) fn about_reply(problem: &ProtocolProblem) -> String {
    let text = problem.to_string();
    let text = match excerpt(problem) {
        Some(page) if page.trim_start().starts_with('<') => {
            let quoted = format!(" (the body starts with \"{page}\")");
            let said = match text_of_page(page) {
                said if said.is_empty() => String::new(),
                said => format!(" (a page that says \"{said}\")"),
            };
            text.replace(&quoted, &said)
        }
        _ => text,
    };
    match problem {
        ProtocolProblem::Status { .. } => text.replacen(
            "its HTTP status is",
            "the server answered with HTTP status",
            1,
        ),
        _ => text,
    }
}

/// Returns the start of the body.
fn excerpt(problem: &ProtocolProblem) -> Option<&str> {
    match problem {
        ProtocolProblem::Status { excerpt, .. }
        | ProtocolProblem::ContentType { excerpt, .. }
        | ProtocolProblem::NotJson { excerpt, .. }
        | ProtocolProblem::NoCode { excerpt } => Some(excerpt),
        _ => None,
    }
}

/// Returns the text between the tags of an HTML page, which may end anywhere.
fn text_of_page(page: &str) -> String {
    let mut text = String::new();
    for part in page.split('<') {
        // What precedes the first tag has no end of a tag.
        let part = part.split_once('>').map_or("", |(_, text)| text);
        text.push_str(
            &part
                .replace("\\r", " ")
                .replace("\\n", " ")
                .replace("\\t", " "),
        );
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether a body that is not JSON is the API's envelope without its end.
pub(super) fn is_cut_off(reason: &str, excerpt: &str) -> bool {
    let names_code = excerpt.contains("resultCode") || excerpt.contains("returnCode");
    reason.contains("EOF") && excerpt.trim_start().starts_with('{') && names_code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_page_only_the_text_is_quoted() {
        let page = |excerpt: &str| {
            about_reply(&ProtocolProblem::Status {
                status: 502,
                excerpt: excerpt.to_owned(),
            })
        };
        for (excerpt, said) in [
            (
                "<html>\\r\\n<head><title>502 Bad Gateway</title></head><body cl…",
                " (a page that says \"502 Bad Gateway\")",
            ),
            ("<html></html>", ""),
            ("no page", " (the body starts with \"no page\")"),
        ] {
            let expected = format!("the server answered with HTTP status 502{said}. ");
            assert!(page(excerpt).starts_with(&expected), "{excerpt}");
        }
    }

    #[test]
    fn only_an_envelope_without_its_end_is_cut_off() {
        for (reason, excerpt, expected) in [
            (
                "EOF while parsing a list",
                "{\\\"resultCode\\\":\\\"0200000\\\",\\\"data\\\":[",
                true,
            ),
            ("EOF while parsing a value", "", false),
            ("EOF while parsing an object", "{\\\"status\\\":", false),
            ("expected value", "{\\\"resultCode\\\":?}", false),
        ] {
            assert_eq!(is_cut_off(reason, excerpt), expected, "{excerpt}");
        }
    }
}
