//! Templates: Markdown with placeholders, in a part of the official generator's language.
//!
//! `{{ .Description }}` stands for a value of the page, `{{ tffile "examples/x.tf" }}` for a file
//! in a code block, `{{ codefile "shell" "examples/x.sh" }}` for one in another language. A value
//! may pass filters: `{{ .Description | plainmarkdown | trimspace | prefixlines "  " }}`.

use std::{collections::BTreeMap, fs, path::Path};

use crate::Error;

/// The values of a page, by the names of their placeholders.
pub(crate) type Values = BTreeMap<&'static str, String>;

/// Fills a template. `name` is its path in the repository, `root` the repository.
pub(crate) fn fill(
    root: &Path,
    name: &str,
    template: &str,
    values: &Values,
) -> Result<String, Error> {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        let unknown = |placeholder: &str| Error::Placeholder {
            template: name.to_owned(),
            placeholder: placeholder.to_owned(),
        };
        let (placeholder, after) = after.split_once("}}").ok_or_else(|| unknown(after))?;
        let words = |part: &str| split(part).ok_or_else(|| unknown(placeholder));
        let mut parts = placeholder.split('|');
        let source = words(parts.next().unwrap_or_default())?;
        let mut value = match source.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["tffile", path] => code(
                root,
                "terraform",
                file(values, path).ok_or_else(|| unknown(placeholder))?,
            )?,
            ["codefile", language, path] => code(
                root,
                language,
                file(values, path).ok_or_else(|| unknown(placeholder))?,
            )?,
            [name] => values
                .get(name)
                .cloned()
                .ok_or_else(|| unknown(placeholder))?,
            _ => return Err(unknown(placeholder)),
        };
        for filter in parts {
            let filter = words(filter)?;
            value = match filter.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                ["plainmarkdown"] => value.replace('`', ""),
                ["prefixlines", prefix] => prefixed(&value, prefix),
                ["trimspace"] => value.trim().to_owned(),
                _ => return Err(unknown(placeholder)),
            };
        }
        text.push_str(&value);
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

/// Words, which may stand in double quotes; none where a quote is left open.
fn split(part: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = part.trim();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    Some(words)
}

/// A path as it is, or as the value that it names.
fn file<'a>(values: &'a Values, path: &'a str) -> Option<&'a str> {
    match values.get(path) {
        Some(path) => Some(path),
        None => (!path.starts_with('.')).then_some(path),
    }
}

fn code(root: &Path, language: &str, path: &str) -> Result<String, Error> {
    let path = root.join(path);
    let text = fs::read_to_string(&path).map_err(Error::file(&path))?;
    Ok(format!("```{language}\n{}\n```", text.trim_end()))
}

fn prefixed(text: &str, prefix: &str) -> String {
    let lines: Vec<_> = text.lines().map(|line| format!("{prefix}{line}")).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str) -> Result<String, Error> {
        let values = Values::from([(".Name", "`a`\nb ".to_owned())]);
        fill(Path::new("nowhere"), "x.md.tmpl", template, &values)
    }

    #[test]
    fn values_pass_their_filters() {
        let template = r#"<{{ .Name | plainmarkdown | trimspace | prefixlines "  " }}>{{.Name}}"#;
        assert_eq!(filled(template).unwrap(), "<  a\n  b>`a`\nb ");
    }

    #[test]
    fn what_stands_for_nothing_is_named() {
        for template in [
            "{{ .Nme }}",
            "{{ .Name | upper }}",
            "{{ .Name",
            "{{ tffile \"x }}",
        ] {
            let error = filled(template).unwrap_err();
            assert!(error.to_string().contains("x.md.tmpl"), "{error}");
        }
        let missing = filled("{{ tffile \"x.tf\" }}").unwrap_err();
        assert!(matches!(missing, Error::File { .. }));
    }
}
