//! Finds mistakes in a provider that would otherwise show only in use, or never.

use std::collections::BTreeSet;

use crate::{
    function::Signature,
    identity::IdentitySchema,
    model::{FromValue as _, Shape},
    provider::Provider,
    schema::{Lint, LintKind, Role, Schema, compare, is_name},
    value::types::Type,
};

/// Finds every mistake in the schemas and models of a provider. Call it in a test, which should find
/// none:
///
/// ```no_run
/// # use tfplugin::{lint::lint, provider::Provider};
/// # fn test(provider: impl Provider) {
/// let found: Vec<_> = lint(&provider).iter().map(ToString::to_string).collect();
/// assert_eq!(found, [""; 0]);
/// # }
/// ```
pub fn lint<P: Provider>(provider: &P) -> Vec<Lint> {
    let schema = provider.schema();
    let mut found = schema.lint(Role::Provider);
    found.extend(compare(&P::Config::shape(), &schema.implied_type()));

    let resources = provider.resources();
    let names = resources.iter().map(|handle| handle.get().type_name());
    found.extend(of_names("resource", names));
    for handle in &resources {
        let resource = handle.get();
        let owner = format!("resource {}", resource.type_name());
        found.extend(of_schema(
            &owner,
            Role::Resource,
            resource.schema(),
            &resource.model_shape(),
        ));
        if let (Some((schema, ty)), Some(shape)) = (resource.identity(), resource.identity_shape())
        {
            let owner = format!("identity of {owner}");
            found.extend(of_identity(&owner, schema));
            found.extend(of_model(&owner, &shape, ty));
        }
        if resource.schema().version > 0 && !resource.upgrades() {
            found.push(Lint::new(owner, LintKind::NotUpgraded));
        }
    }

    let data_sources = provider.data_sources();
    let names = data_sources.iter().map(|handle| handle.get().type_name());
    found.extend(of_names("data source", names));
    for handle in &data_sources {
        let source = handle.get();
        let owner = format!("data source {}", source.type_name());
        found.extend(of_schema(
            &owner,
            Role::DataSource,
            source.schema(),
            &source.model_shape(),
        ));
    }

    let lists = provider.list_resources();
    let names = lists.iter().map(|handle| handle.get().type_name());
    found.extend(of_names("list resource", names));
    for handle in &lists {
        let list = handle.get();
        let owner = format!("list resource {}", list.type_name());
        found.extend(of_schema(
            &owner,
            Role::ListResource,
            list.schema(),
            &list.config_shape(),
        ));
        let resource = resources
            .iter()
            .map(|handle| handle.get())
            .find(|resource| resource.type_name() == list.type_name());
        match resource.and_then(|resource| Some((resource, resource.identity()?))) {
            Some((resource, (_, identity))) => {
                let of = |part| format!("{part} of {owner}");
                found.extend(of_model(&of("model"), &list.model_shape(), resource.ty()));
                found.extend(of_model(&of("identity"), &list.identity_shape(), identity));
            }
            None => found.push(Lint::new(owner, LintKind::NothingToList)),
        }
    }

    let actions = provider.actions();
    let names = actions.iter().map(|handle| handle.get().type_name());
    found.extend(of_names("action", names));
    for handle in &actions {
        let action = handle.get();
        let owner = format!("action {}", action.type_name());
        found.extend(of_schema(
            &owner,
            Role::Action,
            action.schema(),
            &action.config_shape(),
        ));
    }

    let functions = provider.functions();
    let names = functions.iter().map(|handle| handle.get().name());
    found.extend(of_names("function", names));
    for handle in &functions {
        let function = handle.get();
        let owner = format!("function {}", function.name());
        found.extend(of_signature(&owner, function.signature()));
    }
    found
}

fn of_schema(owner: &str, role: Role, schema: &Schema, shape: &Shape) -> Vec<Lint> {
    let mut found: Vec<_> = schema
        .lint(role)
        .into_iter()
        .map(|one| one.of(owner))
        .collect();
    found.extend(of_model(owner, shape, &schema.implied_type()));
    found
}

fn of_model(owner: &str, shape: &Shape, ty: &Type) -> Vec<Lint> {
    let found = compare(shape, ty).into_iter();
    found.map(|one| one.of(owner)).collect()
}

fn of_identity(owner: &str, schema: &IdentitySchema) -> Vec<Lint> {
    let names = schema.attributes.iter().map(|attribute| attribute.name);
    let mut found = of_names("attribute", names);
    for attribute in &schema.attributes {
        if !is_identity_type(&attribute.ty) {
            let place = format!("attribute {}", attribute.name);
            found.push(Lint::new(place, LintKind::IdentityType));
        }
    }
    found.into_iter().map(|one| one.of(owner)).collect()
}

fn is_identity_type(ty: &Type) -> bool {
    let is_primitive = |ty: &Type| matches!(ty, Type::Bool | Type::Number | Type::String);
    match ty {
        Type::List(element) => is_primitive(element),
        other => is_primitive(other),
    }
}

fn of_signature(owner: &str, signature: &Signature) -> Vec<Lint> {
    let parameters = signature.parameters.iter().chain(&signature.variadic);
    let found = of_names("parameter", parameters.map(|parameter| parameter.name));
    found.into_iter().map(|one| one.of(owner)).collect()
}

/// Finds the names that Terraform does not take, and the second of two that are the same: the first
/// would silently be lost.
fn of_names(kind: &str, names: impl Iterator<Item = &'static str>) -> Vec<Lint> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for name in names {
        let lint = |kind_of_mistake| Lint::new(format!("{kind} {name}"), kind_of_mistake);
        if !is_name(name) {
            found.push(lint(LintKind::Name));
        }
        if !seen.insert(name) {
            found.push(lint(LintKind::Duplicate));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        function::Parameter,
        identity::{IdentityAttribute, ImportNeed},
    };

    fn texts(found: Vec<Lint>) -> Vec<String> {
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_identity_is_made_of_primitives_and_lists_of_them() {
        let attribute = |name, ty| IdentityAttribute {
            name,
            ty,
            description: "",
            import: ImportNeed::Required,
        };
        let schema = IdentitySchema {
            version: 0,
            attributes: vec![
                attribute("flag", Type::Bool),
                attribute("codes", Type::list(Type::String)),
                attribute("set", Type::set(Type::String)),
                attribute("map", Type::map(Type::String)),
                attribute("object", Type::object([("id", Type::String)])),
                attribute("lists", Type::list(Type::list(Type::Bool))),
                attribute("any", Type::Dynamic),
                attribute("Upper", Type::Number),
                attribute("flag", Type::Bool),
            ],
        };
        assert_eq!(
            texts(of_identity("it", &schema)),
            [
                "it: attribute Upper: Name",
                "it: attribute flag: Duplicate",
                "it: attribute set: IdentityType",
                "it: attribute map: IdentityType",
                "it: attribute object: IdentityType",
                "it: attribute lists: IdentityType",
                "it: attribute any: IdentityType",
            ]
        );
    }

    #[test]
    fn names_of_functions_and_parameters_are_checked() {
        let parameter = |name| Parameter {
            name,
            ty: Type::String,
            nullable: false,
            description: "",
        };
        let signature = Signature {
            summary: "",
            description: "",
            parameters: vec![parameter("text"), parameter("2nd"), parameter("")],
            variadic: Some(parameter("text")),
            returns: Type::String,
            deprecated: None,
        };
        assert_eq!(
            texts(of_signature("function f", &signature)),
            [
                "function f: parameter 2nd: Name",
                "function f: parameter : Name",
                "function f: parameter text: Duplicate",
            ]
        );
        let names = ["to_text", "toText", "to-text", "to_text"];
        assert_eq!(
            texts(of_names("function", names.into_iter())),
            [
                "function toText: Name",
                "function to-text: Name",
                "function to_text: Duplicate",
            ]
        );
    }
}
