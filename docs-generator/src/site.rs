//! Which pages there are, what they are made of, and where they go.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use tfplugin::proto::tfplugin6::Schema;

use crate::{
    Error, Offer, function_markdown, schema_markdown,
    template::{self, Values},
};

const PROVIDER: &str = "isales";

/// A finished page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it goes below `docs/`.
    pub path: PathBuf,
    /// Markdown, with front matter.
    pub text: String,
}

/// A page that is still to be filled.
struct Draft {
    /// Folder and name without extension, below both `docs/` and `templates/`.
    path: String,
    values: Values,
}

/// Every page of the provider in the repository `root`, by path.
///
/// # Errors
/// [`Error::File`], [`Error::Placeholder`] or [`Error::Stray`] where templates or examples are
/// wrong, [`Error::Type`] where the schema is.
pub fn pages(root: &Path, offer: &Offer) -> Result<Vec<Page>, Error> {
    let mut drafts = drafts(offer)?;
    let templates = root.join("templates");
    let known: BTreeSet<_> = drafts.iter().map(|draft| draft.path.clone()).collect();
    for path in files(&templates)? {
        let name = path
            .strip_prefix(&templates)
            .unwrap_or(&path)
            .display()
            .to_string();
        let Some(page) = name.strip_suffix(".md.tmpl") else {
            return Err(Error::Stray(name));
        };
        if page.starts_with("guides/") {
            drafts.push(Draft {
                path: page.to_owned(),
                values: Values::new(),
            });
        } else if page.contains('/') && !known.contains(page) {
            // Those of the top folder serve every page of a kind that has none of its own.
            return Err(Error::Stray(name));
        }
    }
    let mut pages = drafts
        .iter()
        .map(|draft| page(root, draft))
        .collect::<Result<Vec<_>, Error>>()?;
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(pages)
}

/// Writes the pages, and removes every other file from `docs/`: the registry owns that folder.
///
/// # Errors
/// [`Error::File`].
pub fn write(root: &Path, pages: &[Page]) -> Result<(), Error> {
    let docs = root.join("docs");
    for page in pages {
        let path = docs.join(&page.path);
        let folder = path.parent().unwrap_or(&docs);
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
        fs::write(&path, &page.text).map_err(Error::file(&path))?;
    }
    let wanted: BTreeSet<_> = pages.iter().map(|page| docs.join(&page.path)).collect();
    for path in files(&docs)? {
        if !wanted.contains(&path) {
            fs::remove_file(&path).map_err(Error::file(&path))?;
        }
    }
    Ok(())
}

fn drafts(offer: &Offer) -> Result<Vec<Draft>, Error> {
    let mut drafts = vec![Draft {
        path: "index".to_owned(),
        values: schema_values(PROVIDER, "provider", &offer.provider)?,
    }];
    let kinds = [
        ("resources", "Resource", &offer.resources),
        ("data-sources", "Data Source", &offer.data_sources),
        ("list-resources", "List Resource", &offer.list_resources),
        ("actions", "Action", &offer.actions),
    ];
    for (folder, kind, schemas) in kinds {
        for (name, schema) in schemas {
            let mut values = schema_values(name, kind, schema)?;
            let example = format!("examples/{folder}/{name}/{}", example_file(folder));
            values.insert(".ExampleFile", example);
            if let Some(identity) = offer.identities.get(name) {
                let markdown = schema_markdown::identity(identity)?;
                values.insert(".IdentitySchemaMarkdown", markdown);
            }
            drafts.push(draft(folder, name, values));
        }
    }
    for (name, function) in &offer.functions {
        let values = Values::from([
            (".Name", name.clone()),
            (".Summary", function.summary.clone()),
            (
                ".Description",
                schema_markdown::deprecation(&function.deprecation_message) + &function.description,
            ),
            (
                ".FunctionSignatureMarkdown",
                function_markdown::signature(name, function)?,
            ),
            (
                ".FunctionArgumentsMarkdown",
                function_markdown::arguments(function)?,
            ),
            (
                ".ExampleFile",
                format!("examples/functions/{name}/function.tf"),
            ),
        ]);
        drafts.push(draft("functions", name, values));
    }
    Ok(drafts)
}

fn example_file(folder: &str) -> &'static str {
    match folder {
        "resources" => "resource.tf",
        "data-sources" => "data-source.tf",
        "actions" => "action.tf",
        _ => "list-resource.tfquery.hcl",
    }
}

/// The registry's pages are named without the provider's prefix.
fn draft(folder: &str, name: &str, values: Values) -> Draft {
    let prefix = format!("{PROVIDER}_");
    let short = name.strip_prefix(prefix.as_str()).unwrap_or(name);
    Draft {
        path: format!("{folder}/{short}"),
        values,
    }
}

fn schema_values(name: &str, kind: &str, schema: &Schema) -> Result<Values, Error> {
    let block = schema.block.as_ref();
    Ok(Values::from([
        (".Name", name.to_owned()),
        (".Type", kind.to_owned()),
        (
            ".Description",
            block
                .map(|block| block.description.clone())
                .unwrap_or_default(),
        ),
        (".SchemaMarkdown", schema_markdown::schema(schema)?),
    ]))
}

fn page(root: &Path, draft: &Draft) -> Result<Page, Error> {
    let own = format!("templates/{}.md.tmpl", draft.path);
    let kind = draft.path.split('/').next().unwrap_or_default();
    let shared = format!("templates/{kind}.md.tmpl");
    let name = if root.join(&own).exists() {
        own
    } else {
        shared
    };
    let path = root.join(&name);
    let template = fs::read_to_string(&path).map_err(Error::file(&path))?;
    let text = template::fill(root, &name, &template, &draft.values)?;
    Ok(Page {
        path: format!("{}.md", draft.path).into(),
        text: format!("{}\n", text.trim_end()),
    })
}

/// The files under a folder, at any depth.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::file(folder))? {
        let path = entry.map_err(Error::file(folder))?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
