//! Attributes of a schema, and how a resource's author declares them.

use std::collections::BTreeMap;

use super::validator::Validator;
use crate::value::{Value, types::Type};

/// One attribute and its rules.
#[derive(Clone, Debug)]
pub struct Attribute {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) kind: Kind,
    pub(crate) presence: Presence,
    /// A later presence has taken the place of another.
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

/// How many objects a nested attribute holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nesting {
    /// One.
    Single,
    /// A list of them.
    List,
    /// A set of them.
    Set,
    /// A map of them.
    Map,
}

/// Who sets an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// The configuration must.
    Required,
    /// The configuration may.
    Optional,
    /// The provider does.
    Computed,
    /// The configuration may, and the provider does where it doesn't.
    OptionalComputed,
}

/// How far a value may travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secrecy {
    /// Shown and stored.
    Public,
    /// Stored, not shown.
    Sensitive,
    /// Neither: it reaches the provider and nothing else.
    WriteOnly,
}

// === impl Attribute ===

impl Attribute {
    /// An optional attribute of a cty type; the description is Markdown.
    pub fn new(name: &'static str, ty: Type, description: &'static str) -> Self {
        Self::of(name, Kind::Plain(ty), description)
    }

    /// An optional attribute of objects whose attributes have rules of their own.
    pub fn nested(
        name: &'static str,
        nesting: Nesting,
        attributes: Vec<Attribute>,
        description: &'static str,
    ) -> Self {
        Self::of(name, Kind::Nested(nesting, attributes), description)
    }

    /// An optional `bool`.
    pub fn bool(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Type::Bool, description)
    }

    /// An optional `number`.
    pub fn number(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Type::Number, description)
    }

    /// An optional `string`.
    pub fn string(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Type::String, description)
    }

    fn of(name: &'static str, kind: Kind, description: &'static str) -> Self {
        Self {
            name,
            description,
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

    /// The configuration must set it.
    #[must_use]
    pub fn required(self) -> Self {
        self.with_presence(Presence::Required)
    }

    /// The provider sets it; the configuration cannot.
    #[must_use]
    pub fn computed(self) -> Self {
        self.with_presence(Presence::Computed)
    }

    /// The configuration may set it, and the provider does where it doesn't.
    #[must_use]
    pub fn optional_computed(self) -> Self {
        self.with_presence(Presence::OptionalComputed)
    }

    /// What a plan takes where the configuration leaves it out. Not for attributes inside a set:
    /// a changed element would be another element.
    #[must_use]
    pub fn default(mut self, value: impl Into<Value>) -> Self {
        self.default = Some(value.into());
        self.with_presence(Presence::OptionalComputed)
    }

    /// Stored, but not shown.
    #[must_use]
    pub fn sensitive(mut self) -> Self {
        self.secrecy = Secrecy::Sensitive;
        self
    }

    /// Neither stored nor shown; Terraform 1.11 or newer.
    #[must_use]
    pub fn write_only(mut self) -> Self {
        self.secrecy = Secrecy::WriteOnly;
        self
    }

    /// On its way out; the text says what to use instead.
    #[must_use]
    pub fn deprecated(mut self, message: &'static str) -> Self {
        self.deprecated = Some(message);
        self
    }

    /// A change needs a new resource.
    #[must_use]
    pub fn requires_replace(mut self) -> Self {
        self.requires_replace = true;
        self
    }

    /// An update does not change what the provider computed.
    #[must_use]
    pub fn use_state_for_unknown(mut self) -> Self {
        self.use_state_for_unknown = true;
        self
    }

    /// A rule that its known values must meet.
    #[must_use]
    pub fn validator(mut self, validator: Validator) -> Self {
        self.validators.push(validator);
        self
    }

    /// The same attribute as an answer: computed at every depth, without rules.
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

    /// The cty type of its value.
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

    /// Whether the provider may set it.
    pub(crate) fn is_computed(&self) -> bool {
        matches!(
            self.presence,
            Presence::Computed | Presence::OptionalComputed
        )
    }
}

pub(super) fn object_type(attributes: &[Attribute]) -> Type {
    let types: BTreeMap<_, _> = attributes
        .iter()
        .map(|attribute| (attribute.name.to_owned(), attribute.ty()))
        .collect();
    Type::Object(types)
}
