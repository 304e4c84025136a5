//! Attribute paths: from a resource, data source or provider down to one value.

use std::fmt;

use super::proto::tfplugin6 as pb;

/// One step of an [`AttributePath`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// An attribute of an object.
    Attribute(String),
    /// An element of a list or tuple, counted from zero.
    Index(usize),
    /// An element of a map.
    Key(String),
}

/// The path to a value, such as `rules[0].type`. No path leads into a set, whose elements have no
/// index.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttributePath(Vec<Step>);

// === impl AttributePath ===

impl AttributePath {
    /// Returns the path to the whole object.
    pub fn root() -> Self {
        Self::default()
    }

    /// Returns the path to a top-level attribute.
    pub fn attribute(name: impl Into<String>) -> Self {
        Self(vec![Step::Attribute(name.into())])
    }

    /// Returns the path extended by one step.
    #[must_use]
    pub fn then(mut self, step: Step) -> Self {
        self.0.push(step);
        self
    }

    /// Returns the path to an attribute of this object.
    #[must_use]
    pub fn name(self, name: impl Into<String>) -> Self {
        self.then(Step::Attribute(name.into()))
    }

    /// Returns the path to an element of this list.
    #[must_use]
    pub fn index(self, index: usize) -> Self {
        self.then(Step::Index(index))
    }

    /// Returns the steps, from the top.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Returns whether this is the path to the whole object.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn push(&mut self, step: Step) {
        self.0.push(step);
    }

    pub(super) fn pop(&mut self) {
        self.0.pop();
    }

    /// Inserts a step at the front, as errors do on their way up.
    pub(super) fn prepend(&mut self, step: Step) {
        self.0.insert(0, step);
    }

    pub(super) fn to_proto(&self) -> pb::AttributePath {
        use pb::attribute_path::step::Selector;
        let steps = self
            .0
            .iter()
            .map(|step| pb::attribute_path::Step {
                selector: Some(match step {
                    Step::Attribute(name) => Selector::AttributeName(name.clone()),
                    Step::Key(key) => Selector::ElementKeyString(key.clone()),
                    Step::Index(index) => {
                        Selector::ElementKeyInt(i64::try_from(*index).unwrap_or(i64::MAX))
                    }
                }),
            })
            .collect();
        pb::AttributePath { steps }
    }
}

impl FromIterator<Step> for AttributePath {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl fmt::Display for AttributePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Attribute(name) if position == 0 => f.write_str(name)?,
                Step::Attribute(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(key) => write!(f, "[{key:?}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_as_terraform_writes_it() {
        let path = AttributePath::attribute("rules")
            .index(0)
            .name("tags")
            .then(Step::Key("a b".to_owned()));
        assert_eq!(path.to_string(), r#"rules[0].tags["a b"]"#);
        assert_eq!(AttributePath::root().to_string(), "");
    }
}
