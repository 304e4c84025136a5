//! A schema as the registry's section "Schema".

use tfplugin::proto::tfplugin6::{
    ResourceIdentitySchema, Schema,
    schema::{Attribute, object::NestingMode},
};

use crate::{Error, types};

/// Which part of the list an attribute belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Required,
    Optional,
    ReadOnly,
}

// === impl Group ===

impl Group {
    const ALL: [Self; 3] = [Self::Required, Self::Optional, Self::ReadOnly];

    fn of(attribute: &Attribute) -> Self {
        if attribute.required {
            Self::Required
        } else if attribute.optional {
            Self::Optional
        } else {
            Self::ReadOnly
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Required => "Required",
            Self::Optional => "Optional",
            Self::ReadOnly => "Read-Only",
        }
    }
}

/// The section "Schema" with a section for each nested attribute after it.
pub(crate) fn schema(schema: &Schema) -> Result<String, Error> {
    let message = schema.block.as_ref().filter(|block| block.deprecated);
    let message = message.map_or("", |block| &block.deprecation_message);
    let mut text = deprecation(message) + "## Schema\n";
    let attributes = schema.block.iter().flat_map(|block| &block.attributes);
    groups(&mut text, attributes.collect(), &[], |group| {
        format!("### {}", group.title())
    })?;
    Ok(text)
}

/// The note that an object is deprecated, with the provider's message; empty without one.
pub(crate) fn deprecation(message: &str) -> String {
    match message {
        "" => String::new(),
        message => format!("~> **Deprecated:** {message}\n\n"),
    }
}

/// The section about what an `import` block gives under `identity`.
pub(crate) fn identity(schema: &ResourceIdentitySchema) -> Result<String, Error> {
    let mut text = "### Identity Schema\n".to_owned();
    for (title, required) in [("Required", true), ("Optional", false)] {
        let attributes = schema
            .identity_attributes
            .iter()
            .filter(|attribute| attribute.required_for_import == required);
        let lines: Vec<_> = attributes
            .map(|attribute| {
                let ty = types::title(&attribute.r#type)?;
                Ok(format!(
                    "- `{}` ({ty}) {}\n",
                    attribute.name, attribute.description
                ))
            })
            .collect::<Result<_, Error>>()?;
        if !lines.is_empty() {
            text.push_str(&format!("\n#### {title}\n\n{}", lines.concat()));
        }
    }
    Ok(text)
}

/// The attributes of one level by group, then those nested in them, level by level.
fn groups(
    text: &mut String,
    mut attributes: Vec<&Attribute>,
    path: &[&str],
    heading: fn(Group) -> String,
) -> Result<(), Error> {
    attributes.sort_by(|a, b| a.name.cmp(&b.name));
    for group in Group::ALL {
        let members: Vec<_> = attributes
            .iter()
            .filter(|attribute| Group::of(attribute) == group)
            .collect();
        if !members.is_empty() {
            text.push_str(&format!("\n{}\n\n", heading(group)));
        }
        for attribute in members {
            text.push_str(&line(attribute, path)?);
        }
    }
    for attribute in attributes {
        let Some(nested) = &attribute.nested_type else {
            continue;
        };
        let path: Vec<_> = path
            .iter()
            .copied()
            .chain([attribute.name.as_str()])
            .collect();
        text.push_str(&format!(
            "\n<a id=\"{}\"></a>\n### Nested Schema for `{}`\n",
            anchor(&path),
            path.join(".")
        ));
        groups(text, nested.attributes.iter().collect(), &path, |group| {
            format!("{}:", group.title())
        })?;
    }
    Ok(())
}

fn line(attribute: &Attribute, path: &[&str]) -> Result<String, Error> {
    let name = &attribute.name;
    let mut traits = vec![match &attribute.nested_type {
        None => types::title(&attribute.r#type)?,
        Some(nested) => match nested.nesting() {
            NestingMode::List => "Attributes List".to_owned(),
            NestingMode::Set => "Attributes Set".to_owned(),
            NestingMode::Map => "Attributes Map".to_owned(),
            NestingMode::Single | NestingMode::Invalid => "Attributes".to_owned(),
        },
    }];
    for (holds, word) in [
        (attribute.sensitive, "Sensitive"),
        (attribute.write_only, "Write-only"),
        (attribute.deprecated, "Deprecated"),
    ] {
        if holds {
            traits.push(word.to_owned());
        }
    }
    let mut line = format!(
        "- `{name}` ({}) {}",
        traits.join(", "),
        attribute.description
    );
    if attribute.nested_type.is_some() {
        let path: Vec<_> = path.iter().copied().chain([name.as_str()]).collect();
        line.push_str(&format!(
            " (see [below for nested schema](#{}))",
            anchor(&path)
        ));
    }
    line.push('\n');
    Ok(line)
}

fn anchor(path: &[&str]) -> String {
    format!("nestedatt--{}", path.join("--"))
}

#[cfg(test)]
mod tests {
    use tfplugin::proto::tfplugin6::schema::{Block, Object};

    use super::*;

    fn attribute(name: &str, ty: &str) -> Attribute {
        Attribute {
            name: name.to_owned(),
            r#type: ty.as_bytes().to_vec(),
            description: format!("The {name}."),
            ..Attribute::default()
        }
    }

    #[test]
    fn nested_attributes_have_anchors_of_their_own() {
        let inner = Attribute {
            required: true,
            ..attribute("inner", r#""string""#)
        };
        let nested = |name: &str, attributes| Attribute {
            optional: true,
            nested_type: Some(Object {
                attributes,
                nesting: NestingMode::List.into(),
                ..Object::default()
            }),
            ..attribute(name, "")
        };
        let attributes = vec![
            nested("outer", vec![nested("middle", vec![inner])]),
            Attribute {
                computed: true,
                sensitive: true,
                ..attribute("id", r#""string""#)
            },
        ];
        let block = Block {
            attributes,
            deprecated: true,
            deprecation_message: "Use the other one.".to_owned(),
            ..Block::default()
        };
        let text = schema(&Schema {
            version: 0,
            block: Some(block),
        });
        let expected = "\
~> **Deprecated:** Use the other one.

## Schema

### Optional

- `outer` (Attributes List) The outer. (see [below for nested schema](#nestedatt--outer))

### Read-Only

- `id` (String, Sensitive) The id.

<a id=\"nestedatt--outer\"></a>
### Nested Schema for `outer`

Optional:

- `middle` (Attributes List) The middle. (see [below for nested schema](#nestedatt--outer--middle))

<a id=\"nestedatt--outer--middle\"></a>
### Nested Schema for `outer.middle`

Required:

- `inner` (String) The inner.
";
        assert_eq!(text.unwrap(), expected);
    }
}
