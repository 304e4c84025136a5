//! Attributes of a schema.

use std::borrow::Cow;

use super::validator::Validator;
use crate::value::{Value, types::Type};

/// One attribute and its rules.
#[derive(Clone, Debug)]
pub struct Attribute {
    pub(crate) name: &'static str,
    pub(crate) description: Cow<'static, str>,
    pub(crate) kind: Kind,
    pub(crate) presence: Presence,
    /// Whether a later presence has overridden an earlier one.
    pub(crate) presence_changed: bool,
    pub(crate) secrecy: Secrecy,
    pub(crate) deprecated: Option<&'static str>,
    pub(crate) default: Option<Value>,
    pub(crate) requires_replace: bool,
    pub(crate) use_state_for_unknown: bool,
    pub(crate) validators: Vec<Validator>,
}

/// The type of an attribute.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// A cty type.
    Plain(Type),
    /// Objects whose attributes have rules of their own.
    Nested(Nesting, Vec<Attribute>),
}

/// The number of objects in a nested attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nesting {
    /// One object.
    Single,
    /// A list of objects.
    List,
    /// A set of objects.
    Set,
    /// A map of objects.
    Map,
}

/// The side that sets an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// The configuration must set it.
    Required,
    /// The configuration may set it.
    Optional,
    /// The provider sets it.
    Computed,
    /// The configuration may set it; otherwise the provider does.
    OptionalComputed,
}

/// The secrecy of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secrecy {
    /// The value is shown and stored.
    Public,
    /// The value is stored, but not shown.
    Sensitive,
    /// The value is neither: it only reaches the provider.
    WriteOnly,
}

// === impl Attribute ===

impl Attribute {
    /// Creates an optional attribute of a cty type. The description is Markdown.
    pub fn new(name: &'static str, ty: Type, description: impl Into<Cow<'static, str>>) -> Self {
        Self::of(name, Kind::Plain(ty), description)
    }

    /// Creates an optional attribute of objects whose attributes have rules of their own.
    pub fn nested(
        name: &'static str,
        nesting: Nesting,
        attributes: Vec<Attribute>,
        description: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::of(name, Kind::Nested(nesting, attributes), description)
    }

    /// Creates an optional `bool`.
    pub fn bool(name: &'static str, description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(name, Type::Bool, description)
    }

    /// Creates an optional `number`.
    pub fn number(name: &'static str, description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(name, Type::Number, description)
    }

    /// Creates an optional `string`.
    pub fn string(name: &'static str, description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(name, Type::String, description)
    }

    fn of(name: &'static str, kind: Kind, description: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name,
            description: description.into(),
            kind,
            presence: Presence::Optional,
            presence_changed: false,
            secrecy: Secrecy::Public,
            deprecated: None,
            default: None,
            requires_replace: false,
            use_state_for_unknown: false,
            validators: Vec::new(),
        }
    }

    /// Makes the attribute required: the configuration must set it.
    #[must_use]
    pub fn required(self) -> Self {
        self.with_presence(Presence::Required)
    }

    /// Makes the attribute computed: the provider sets it, and the configuration cannot.
    #[must_use]
    pub fn computed(self) -> Self {
        self.with_presence(Presence::Computed)
    }

    /// Makes the attribute optional and computed: the configuration may set it; otherwise the provider
    /// does.
    #[must_use]
    pub fn optional_computed(self) -> Self {
        self.with_presence(Presence::OptionalComputed)
    }

    /// Sets the value that a plan uses where the configuration sets none. Not for attributes inside a
    /// set, where a changed element would be another element.
    #[must_use]
    pub fn default(mut self, value: impl Into<Value>) -> Self {
        self.default = Some(value.into());
        self.with_presence(Presence::OptionalComputed)
    }

    /// Makes the attribute sensitive: stored, but not shown.
    #[must_use]
    pub fn sensitive(mut self) -> Self {
        self.secrecy = Secrecy::Sensitive;
        self
    }

    /// Makes the attribute write-only: neither stored nor shown. Needs Terraform 1.11 or newer.
    #[must_use]
    pub fn write_only(mut self) -> Self {
        self.secrecy = Secrecy::WriteOnly;
        self
    }

    /// Marks the attribute as deprecated; the message says what to use instead.
    #[must_use]
    pub fn deprecated(mut self, message: &'static str) -> Self {
        self.deprecated = Some(message);
        self
    }

    /// Makes a change of the attribute require a new resource.
    #[must_use]
    pub fn requires_replace(mut self) -> Self {
        self.requires_replace = true;
        self
    }

    /// Carries the computed value over to updates, because they do not change it.
    #[must_use]
    pub fn use_state_for_unknown(mut self) -> Self {
        self.use_state_for_unknown = true;
        self
    }

    /// Adds a rule for values that are known and not null.
    #[must_use]
    pub fn validator(mut self, validator: Validator) -> Self {
        self.validators.push(validator);
        self
    }

    /// Returns the attribute as a data source shows it: computed at every depth, without rules.
    #[must_use]
    pub fn answered(mut self) -> Self {
        self.presence = Presence::Computed;
        self.presence_changed = false;
        self.default = None;
        self.requires_replace = false;
        self.use_state_for_unknown = false;
        self.validators.clear();
        if let Kind::Nested(nesting, attributes) = self.kind {
            let answered = attributes.into_iter().map(Self::answered);
            self.kind = Kind::Nested(nesting, answered.collect());
        }
        self
    }

    /// Returns the name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the attributes of the objects in it, if it is nested.
    pub fn nested_attributes(&self) -> &[Attribute] {
        match &self.kind {
            Kind::Plain(_) => &[],
            Kind::Nested(_, attributes) => attributes,
        }
    }

    /// Returns the cty type of its values.
    pub fn ty(&self) -> Type {
        match &self.kind {
            Kind::Plain(ty) => ty.clone(),
            Kind::Nested(nesting, attributes) => {
                let object = object_type(attributes);
                match nesting {
                    Nesting::Single => object,
                    Nesting::List => Type::list(object),
                    Nesting::Set => Type::set(object),
                    Nesting::Map => Type::map(object),
                }
            }
        }
    }

    fn with_presence(mut self, presence: Presence) -> Self {
        self.presence_changed |= self.presence != Presence::Optional && self.presence != presence;
        self.presence = presence;
        self
    }

    /// Returns whether the provider may set it.
    pub(crate) fn is_computed(&self) -> bool {
        matches!(
            self.presence,
            Presence::Computed | Presence::OptionalComputed
        )
    }
}

pub(super) fn object_type(attributes: &[Attribute]) -> Type {
    Type::object(
        attributes
            .iter()
            .map(|attribute| (attribute.name, attribute.ty())),
    )
}
