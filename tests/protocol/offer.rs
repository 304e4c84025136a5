//! The provider's schemas and capabilities.

use tfplugin::proto::tfplugin6::{
    get_functions, get_metadata, get_provider_schema, get_resource_identity_schemas,
    schema::{Attribute, object::NestingMode},
};

use test_support::host::Launch;

fn attribute<'a>(attributes: &'a [Attribute], name: &str) -> &'a Attribute {
    let found = attributes.iter().find(|attribute| attribute.name == name);
    found.unwrap_or_else(|| panic!("no attribute {name}"))
}

#[tokio::test]
async fn the_schema_reads_as_the_tables_of_the_api() {
    let plugin = Launch::hosted().start().await;
    let mut provider = plugin.provider().await;
    let request = get_provider_schema::Request::default();
    let schema = provider.get_provider_schema(request).await.unwrap();
    let schema = schema.into_inner();
    assert!(schema.diagnostics.is_empty());

    let capabilities = schema.server_capabilities.unwrap();
    assert!(capabilities.plan_destroy && capabilities.get_provider_schema_optional);

    let provider_block = schema.provider.unwrap().block.unwrap();
    assert!(attribute(&provider_block.attributes, "secret_key").sensitive);

    let resource = schema.resource_schemas["isales_retry_policy"].clone();
    assert_eq!(resource.version, 0);
    let attributes = resource.block.unwrap().attributes;
    assert!(attribute(&attributes, "campaign_id").required);
    assert_eq!(attribute(&attributes, "campaign_id").r#type, b"\"number\"");

    // Terraform refuses an attribute that has both a type and a nested one.
    let policy_json = attribute(&attributes, "policy_json");
    assert!(policy_json.r#type.is_empty());
    let element = policy_json.nested_type.as_ref().unwrap();
    assert_eq!(element.nesting(), NestingMode::List);
    let names: Vec<_> = element.attributes.iter().map(|a| a.name.as_str()).collect();
    let tables_4_and_5 = [
        "data_type",
        "type",
        "retry_times",
        "retry_day",
        "policy",
        "no_retry_policy",
    ];
    assert_eq!(names, tables_4_and_5);
    let no_retry = attribute(&element.attributes, "no_retry_policy");
    assert_eq!(no_retry.r#type, br#"["set","string"]"#);
}

#[tokio::test]
async fn a_policy_is_identified_by_its_campaign() {
    let plugin = Launch::hosted().start().await;
    let request = get_resource_identity_schemas::Request::default();
    let mut provider = plugin.provider().await;
    let schemas = provider
        .get_resource_identity_schemas(request)
        .await
        .unwrap();
    let schema = &schemas.get_ref().identity_schemas["isales_retry_policy"];
    let attributes: Vec<_> = schema
        .identity_attributes
        .iter()
        .map(|a| {
            (
                a.name.as_str(),
                a.required_for_import,
                a.optional_for_import,
            )
        })
        .collect();
    assert_eq!(
        attributes,
        [("vdn_id", false, true), ("campaign_id", true, false)]
    );
}

#[tokio::test]
async fn metadata_and_functions_agree_with_the_schema() {
    let plugin = Launch::hosted().start().await;
    let mut provider = plugin.provider().await;
    let request = get_provider_schema::Request::default();
    let schema = provider.get_provider_schema(request).await.unwrap();
    let schema = schema.into_inner();
    let metadata = provider
        .get_metadata(get_metadata::Request::default())
        .await;
    let metadata = metadata.unwrap().into_inner();
    let functions = provider
        .get_functions(get_functions::Request::default())
        .await;
    let functions = functions.unwrap().into_inner();

    assert_eq!(metadata.server_capabilities, schema.server_capabilities);
    let mut offered: Vec<_> = schema.resource_schemas.into_keys().collect();
    offered.sort();
    let named: Vec<_> = metadata
        .resources
        .into_iter()
        .map(|one| one.type_name)
        .collect();
    assert_eq!(named, offered);
    let mut offered: Vec<_> = schema.data_source_schemas.into_keys().collect();
    offered.sort();
    let named: Vec<_> = metadata
        .data_sources
        .into_iter()
        .map(|one| one.type_name)
        .collect();
    assert_eq!(named, offered);
    assert_eq!(functions.functions, schema.functions);
}
