//! The schema as Terraform and its tools see it.

use serde_json::Value;

use crate::terraform::Workspace;

/// The paths of attributes and blocks without a description.
fn undescribed(path: &str, schema: &Value, found: &mut Vec<String>) {
    let described = |value: &Value| {
        value["description"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
    };
    let attributes = schema["attributes"].as_object().expect("attributes");
    for (name, attribute) in attributes {
        let path = format!("{path}.{name}");
        if !described(attribute) {
            found.push(path.clone());
        }
        if let Some(nested) = attribute.get("nested_type") {
            undescribed(&path, nested, found);
        }
    }
}

#[test]
fn everything_is_described() {
    let workspace = Workspace::unconfigured();
    let answer = workspace.run(&["providers", "schema", "-json"]).succeeds();
    let schemas: Value = serde_json::from_str(&answer.stdout).unwrap();
    let provider = &schemas["provider_schemas"]["registry.terraform.io/isales/isales"];
    let mut blocks = vec![("provider".to_owned(), &provider["provider"]["block"])];
    for kind in ["resource_schemas", "data_source_schemas"] {
        if let Some(schemas) = provider[kind].as_object() {
            blocks.extend(
                schemas
                    .iter()
                    .map(|(name, schema)| (name.clone(), &schema["block"])),
            );
        }
    }
    assert!(blocks.len() >= 2, "{schemas:#}");
    let mut found = Vec::new();
    for (name, block) in blocks {
        if block["description"].as_str().is_none_or(str::is_empty) {
            found.push(name.clone());
        }
        undescribed(&name, block, &mut found);
    }
    if let Some(functions) = provider["functions"].as_object() {
        for (name, function) in functions {
            let parameters = function["parameters"].as_array().into_iter().flatten();
            let variadic = function.get("variadic_parameter");
            for described in parameters.chain(variadic).chain([function]) {
                if described["description"].as_str().is_none_or(str::is_empty) {
                    found.push(format!("function {name}: {}", described["name"]));
                }
            }
        }
    }
    assert_eq!(found, [""; 0]);
}

#[test]
fn the_secret_key_is_sensitive() {
    let workspace = Workspace::unconfigured();
    let answer = workspace.run(&["providers", "schema", "-json"]).succeeds();
    let schemas: Value = serde_json::from_str(&answer.stdout).unwrap();
    let block =
        &schemas["provider_schemas"]["registry.terraform.io/isales/isales"]["provider"]["block"];
    for secret in ["secret_key", "proxy_url"] {
        assert_eq!(block["attributes"][secret]["sensitive"], true, "{secret}");
    }
}
