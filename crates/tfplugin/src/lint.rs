//! Finds mistakes in a provider that would otherwise show only in use, or never.

use std::collections::BTreeSet;

use crate::{
    model::{FromValue as _, Shape},
    provider::Provider,
    schema::{Lint, LintKind, Role, Schema, compare},
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
    found.extend(duplicates("resource", names));
    for handle in &resources {
        let resource = handle.get();
        let owner = format!("resource {}", resource.type_name());
        found.extend(of_schema(
            &owner,
            Role::Resource,
            resource.schema(),
            &resource.model_shape(),
        ));
        if let (Some((_, ty)), Some(shape)) = (resource.identity(), resource.identity_shape()) {
            found.extend(of_model(&format!("identity of {owner}"), &shape, ty));
        }
        if resource.schema().version > 0 && !resource.upgrades() {
            found.push(Lint::new(owner, LintKind::NotUpgraded));
        }
    }

    let data_sources = provider.data_sources();
    let names = data_sources.iter().map(|handle| handle.get().type_name());
    found.extend(duplicates("data source", names));
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
    found.extend(duplicates("list resource", names));
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

    let functions = provider.functions();
    let names = functions.iter().map(|handle| handle.get().name());
    found.extend(duplicates("function", names));
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

/// Finds the second of two objects with one name: the first would silently be lost.
fn duplicates(kind: &str, names: impl Iterator<Item = &'static str>) -> Vec<Lint> {
    let mut seen = BTreeSet::new();
    names
        .filter(|name| !seen.insert(*name))
        .map(|name| Lint::new(format!("{kind} {name}"), LintKind::Duplicate))
        .collect()
}
