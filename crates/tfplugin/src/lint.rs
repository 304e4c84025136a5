//! The mistakes of a provider's author that would show only in use, or never.

use std::collections::BTreeSet;

use crate::{
    provider::Provider,
    schema::{Lint, LintKind, Role, Schema},
};

/// Every mistake in what a provider offers. A test of the provider should find none.
pub fn lint<P: Provider>(provider: &P) -> Vec<Lint> {
    let mut found = provider.schema().lint(Role::Provider);
    let resources = provider.resources();
    let names = || resources.iter().map(|listed| listed.0.type_name());
    let schemas = resources
        .iter()
        .map(|listed| (listed.0.type_name(), listed.0.schema()));
    found.extend(all("resource", Role::Resource, schemas));

    let data_sources = provider.data_sources();
    let schemas = data_sources
        .iter()
        .map(|listed| (listed.0.type_name(), listed.0.schema()));
    found.extend(all("data source", Role::DataSource, schemas));

    let lists = provider.list_resources();
    let schemas = lists
        .iter()
        .map(|listed| (listed.0.type_name(), listed.0.schema()));
    found.extend(all("list resource", Role::ListResource, schemas));
    let unlistable = lists.iter().map(|listed| listed.0.type_name());
    found.extend(
        unlistable
            .filter(|list| names().all(|name| name != *list))
            .map(|list| Lint::new(format!("list resource {list}"), LintKind::NothingToList)),
    );

    let functions = provider.functions();
    let functions = functions.iter().map(|listed| listed.0.name());
    found.extend(twice("function", functions));
    found
}

fn all<'a>(
    kind: &str,
    role: Role,
    schemas: impl Iterator<Item = (&'static str, &'a Schema)> + Clone,
) -> Vec<Lint> {
    let mut found = twice(kind, schemas.clone().map(|(name, _)| name));
    for (name, schema) in schemas {
        let owner = format!("{kind} {name}");
        let defects = schema.lint(role).into_iter();
        found.extend(defects.map(|defect| defect.of(&owner)));
    }
    found
}

/// Of two that are listed under one name, the first is silently lost.
fn twice(kind: &str, names: impl Iterator<Item = &'static str>) -> Vec<Lint> {
    let mut seen = BTreeSet::new();
    names
        .filter(|name| !seen.insert(*name))
        .map(|name| Lint::new(format!("{kind} {name}"), LintKind::Twice))
        .collect()
}
