//! The schema as Terraform and its tools see it.

use serde_json::Value;

use test_support::{needs, terraform::Workspace};

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

/// The provider's schema. Its name begins with the registry that the program looks in.
fn provider() -> Value {
    let workspace = Workspace::unconfigured();
    let answer = workspace.run(&["providers", "schema", "-json"]).succeeds();
    let schemas: Value = serde_json::from_str(&answer.stdout).unwrap();
    let providers = schemas["provider_schemas"].as_object().expect("providers");
    let ours = providers
        .iter()
        .find(|(name, _)| name.ends_with("/isales/isales"));
    ours.expect("the provider's schema").1.clone()
}

#[test]
fn everything_is_described() {
    let provider = provider();
    let mut blocks = vec![("provider".to_owned(), &provider["provider"]["block"])];
    for (kind, count) in [("resource_schemas", 4), ("data_source_schemas", 9)] {
        let schemas = provider[kind].as_object().expect(kind);
        assert_eq!(schemas.len(), count, "{kind}");
        blocks.extend(
            schemas
                .iter()
                .map(|(name, schema)| (name.clone(), &schema["block"])),
        );
    }
    let mut found = Vec::new();
    for (name, block) in blocks {
        if block["description"].as_str().is_none_or(str::is_empty) {
            found.push(name.clone());
        }
        undescribed(&name, block, &mut found);
    }
    assert_eq!(found, [""; 0]);
}

#[test]
fn every_function_is_described() {
    needs!(ProviderFunctions);
    let provider = provider();
    let mut found = Vec::new();
    let functions = provider["functions"].as_object().expect("functions");
    assert_eq!(functions.len(), 3);
    for (name, function) in functions {
        let parameters = function["parameters"].as_array().into_iter().flatten();
        let variadic = function.get("variadic_parameter");
        for described in parameters.chain(variadic).chain([function]) {
            if described["description"].as_str().is_none_or(str::is_empty) {
                found.push(format!("function {name}: {}", described["name"]));
            }
        }
    }
    assert_eq!(found, [""; 0]);
}

#[test]
fn the_secret_key_is_sensitive() {
    let block = &provider()["provider"]["block"];
    for secret in ["secret_key", "proxy_url"] {
        assert_eq!(block["attributes"][secret]["sensitive"], true, "{secret}");
    }
}
