//! The content type of a body.

/// Returns whether a content type is `application/json` or another JSON type.
pub(crate) fn is_json_type(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    matches!(essence.as_str(), "application/json" | "text/json")
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_several_names() {
        for name in [
            "application/json",
            "Application/JSON; charset=GBK",
            "application/problem+json",
        ] {
            assert!(is_json_type(name), "{name}");
        }
        for name in ["", "text/html", "text/plain; charset=UTF-8", "json"] {
            assert!(!is_json_type(name), "{name}");
        }
    }
}
