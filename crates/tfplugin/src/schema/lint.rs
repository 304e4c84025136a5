//! Finds mistakes in schemas: declarations without effect, or against the protocol.

use std::{collections::BTreeSet, fmt};

use super::{
    attribute::{Attribute, Kind, Nesting, Presence, Secrecy},
    block::Schema,
};
use crate::codec::{decode_msgpack, encode_msgpack};

/// The object that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A `provider` block.
    Provider,
    /// A managed resource.
    Resource,
    /// A data source.
    DataSource,
    /// The `config` block of a query.
    ListResource,
    /// The `config` block of an action.
    Action,
}

/// A mistake in a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// The attribute, such as `rules.times`, or the object.
    pub place: String,
    /// The kind of mistake.
    pub kind: LintKind,
}

/// The kind of a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LintKind {
    /// The name has other characters than lower-case letters, digits and underscores, begins with a
    /// digit, or is reserved by Terraform.
    Name,
    /// There is another one of the same name.
    Duplicate,
    /// One of `required`, `computed`, `optional_computed` and `default` overrides another.
    Presence,
    /// The default is not a known value of the type.
    DefaultType,
    /// Only managed resources are planned: no other schema can have defaults, `requires_replace` or
    /// `use_state_for_unknown`.
    NotPlanned,
    /// The schema only takes arguments, so nothing in it can be computed.
    NotComputed,
    /// Only managed resources and actions can have write-only attributes, which cannot be computed or
    /// require a replacement.
    WriteOnly,
    /// Elements of a set have no path, so nothing in them can be computed, filled in or compared.
    InSet,
    /// Only the provider sets this attribute, so it has no use for arguments or rules.
    UnderComputed,
    /// The provider computes no value here that could be carried over from the state.
    NothingToKeep,
    /// The value is unknown in every update, so every update would replace the resource.
    AlwaysReplaced,
    /// There is no managed resource of the name of this list resource, or it has no identity.
    NothingToList,
    /// A field of the model has no attribute in the schema, so every conversion to it fails.
    NoAttribute,
    /// An attribute of the schema has no field in the model, so its value is lost.
    NoField,
    /// The field of the model cannot hold values of the attribute's type.
    FieldType,
    /// Attributes of an identity are bools, numbers and strings, and lists of these.
    IdentityType,
    /// The schema has had earlier versions, and the resource cannot read their states.
    NotUpgraded,
}

/// The position of an attribute in a schema.
#[derive(Clone, Copy)]
struct Scope {
    role: Role,
    in_set: bool,
    under_computed: bool,
}

// === impl Schema ===

impl Schema {
    /// Finds every mistake in the schema itself. [`lint`](crate::lint::lint) calls this for all of them.
    pub fn lint(&self, role: Role) -> Vec<Lint> {
        let scope = Scope {
            role,
            in_set: false,
            under_computed: false,
        };
        let mut found = Vec::new();
        for name in reserved(role) {
            if self.attributes.iter().any(|one| one.name == *name) {
                found.push(Lint::new((*name).to_owned(), LintKind::Name));
            }
        }
        scope.attributes(&self.attributes, "", &mut found);
        found
    }
}

/// Returns the names of arguments and blocks that Terraform reserves. An argument with the name of a
/// block cannot be set in configurations in JSON.
fn reserved(role: Role) -> &'static [&'static str] {
    match role {
        Role::Provider => &[
            "_",
            "alias",
            "count",
            "depends_on",
            "for_each",
            "lifecycle",
            "locals",
            "source",
            "version",
        ],
        Role::Resource | Role::DataSource => &[
            "_",
            "connection",
            "count",
            "depends_on",
            "for_each",
            "lifecycle",
            "locals",
            "provider",
            "provisioner",
        ],
        // Those of the framework, and the other arguments of a `list` block, for which an argument of
        // the `config` block in it is easily taken.
        Role::ListResource => &[
            "config",
            "connection",
            "count",
            "depends_on",
            "for_each",
            "include_resource",
            "lifecycle",
            "limit",
            "provider",
            "provisioner",
        ],
        // Those of the `action` block are outside its `config` block.
        Role::Action => &[],
    }
}

// === impl Scope ===

impl Scope {
    fn attributes(self, attributes: &[Attribute], above: &str, found: &mut Vec<Lint>) {
        let mut names = BTreeSet::new();
        for attribute in attributes {
            let place = format!("{above}{}", attribute.name);
            let mut kinds = self.kinds(attribute);
            if !names.insert(attribute.name) {
                kinds.insert(LintKind::Duplicate);
            }
            let kinds = kinds.into_iter();
            found.extend(kinds.map(|kind| Lint::new(place.clone(), kind)));
            if let Kind::Nested(nesting, attributes) = &attribute.kind {
                let inside = Self {
                    role: self.role,
                    in_set: self.in_set || *nesting == Nesting::Set,
                    under_computed: self.under_computed || attribute.presence == Presence::Computed,
                };
                inside.attributes(attributes, &format!("{place}."), found);
            }
        }
    }

    fn kinds(self, attribute: &Attribute) -> BTreeSet<LintKind> {
        let Attribute {
            presence,
            default,
            requires_replace,
            use_state_for_unknown,
            ..
        } = attribute;
        let write_only = attribute.secrecy == Secrecy::WriteOnly;
        let keeps = attribute.is_computed() && default.is_none();
        let planned = default.is_some() || *requires_replace || *use_state_for_unknown;
        let computed = *presence == Presence::Computed;
        let arguments_only = matches!(
            self.role,
            Role::Provider | Role::ListResource | Role::Action
        );
        let ruled = planned || !attribute.validators.is_empty();
        let checks = [
            (LintKind::Name, !is_name(attribute.name)),
            (LintKind::Presence, attribute.presence_changed),
            (LintKind::DefaultType, !default_fits(attribute)),
            (LintKind::NotPlanned, self.role != Role::Resource && planned),
            (
                LintKind::NotComputed,
                arguments_only && attribute.is_computed() && default.is_none(),
            ),
            (
                LintKind::WriteOnly,
                write_only
                    && (!matches!(self.role, Role::Resource | Role::Action)
                        || attribute.is_computed()
                        || *requires_replace),
            ),
            (
                LintKind::InSet,
                self.in_set
                    && !self.under_computed
                    && (planned || write_only || attribute.is_computed()),
            ),
            (
                LintKind::UnderComputed,
                if self.under_computed {
                    !computed || ruled
                } else {
                    computed && !attribute.validators.is_empty()
                },
            ),
            (LintKind::NothingToKeep, *use_state_for_unknown && !keeps),
            (
                LintKind::AlwaysReplaced,
                *requires_replace && keeps && !use_state_for_unknown,
            ),
        ];
        let holds = checks.into_iter().filter(|(_, holds)| *holds);
        holds.map(|(kind, _)| kind).collect()
    }
}

/// Returns whether Terraform and the framework take a name for an object, an argument or a parameter.
pub(crate) fn is_name(name: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    name.starts_with(is_letter)
        && name
            .chars()
            .all(|letter| is_letter(letter) || letter.is_ascii_digit())
}

/// Uses the codec to check the type.
fn default_fits(attribute: &Attribute) -> bool {
    attribute.default.as_ref().is_none_or(|default| {
        let decoded = decode_msgpack(&encode_msgpack(default), &attribute.ty());
        !default.is_null()
            && default.is_wholly_known()
            && decoded.is_ok_and(|decoded| decoded == *default)
    })
}

// === impl Lint ===

impl Lint {
    pub(crate) fn new(place: String, kind: LintKind) -> Self {
        Self { place, kind }
    }

    /// Returns the mistake with the name of its owner.
    pub(crate) fn of(self, owner: &str) -> Self {
        let place = match self.place.as_str() {
            "" => owner.to_owned(),
            place => format!("{owner}: {place}"),
        };
        Self { place, ..self }
    }
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", self.place, self.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        schema::Validator,
        value::{Value, types::Type},
    };

    fn found(role: Role, attribute: Attribute) -> Vec<String> {
        let found = Schema::new("", vec![attribute]).lint(role);
        found.iter().map(ToString::to_string).collect()
    }

    fn number() -> Attribute {
        Attribute::number("a", "")
    }

    fn within(nesting: Nesting, attribute: Attribute) -> Attribute {
        Attribute::nested("n", nesting, vec![attribute], "")
    }

    #[test]
    fn working_declarations_have_no_lint() {
        let kept = || number().optional_computed().use_state_for_unknown();
        for attribute in [
            number().default(3),
            kept()
                .requires_replace()
                .validator(Validator::between(1..=9)),
            number().required().requires_replace(),
            number().write_only().required(),
            within(Nesting::List, number().default(3)),
            within(
                Nesting::Set,
                number().required().validator(Validator::between(1..=9)),
            ),
            within(Nesting::Set, number().required()).requires_replace(),
            within(Nesting::Set, number().required()).answered(),
            Attribute::new("list", Type::list(Type::Bool), "").default(Value::List(vec![])),
        ] {
            assert_eq!(found(Role::Resource, attribute), [""; 0]);
        }
    }

    #[test]
    fn declarations_without_effect_are_found() {
        for (attribute, expected) in [
            (Attribute::number("A", ""), "A: Name"),
            (Attribute::number("1a", ""), "1a: Name"),
            (Attribute::number("count", ""), "count: Name"),
            (number().required().computed(), "a: Presence"),
            (number().required().default(1), "a: Presence"),
            (number().default(1).required(), "a: Presence"),
            (number().default("one"), "a: DefaultType"),
            (number().default(Value::Null), "a: DefaultType"),
            (number().default(Value::Unknown), "a: DefaultType"),
            (number().optional_computed().write_only(), "a: WriteOnly"),
            (number().write_only().requires_replace(), "a: WriteOnly"),
            (within(Nesting::Set, number().default(1)), "n.a: InSet"),
            (
                within(Nesting::Set, number().optional_computed()),
                "n.a: InSet",
            ),
            (within(Nesting::Set, number().write_only()), "n.a: InSet"),
            (
                within(Nesting::Set, number().requires_replace()),
                "n.a: InSet",
            ),
            (
                within(Nesting::List, number().required()).computed(),
                "n.a: UnderComputed",
            ),
            (
                number().computed().validator(Validator::between(1..=9)),
                "a: UnderComputed",
            ),
            (number().use_state_for_unknown(), "a: NothingToKeep"),
            (
                number().default(1).use_state_for_unknown(),
                "a: NothingToKeep",
            ),
            (number().computed().requires_replace(), "a: AlwaysReplaced"),
        ] {
            assert_eq!(found(Role::Resource, attribute), [expected]);
        }
        let twice = Schema::new("", vec![number(), number()]);
        let lint = Lint::new("a".to_owned(), LintKind::Duplicate);
        assert_eq!(twice.lint(Role::Resource), [lint]);
    }

    #[test]
    fn only_resources_have_rules_of_plans() {
        let others = [Role::Provider, Role::DataSource, Role::ListResource];
        for role in others.into_iter().chain([Role::Action]) {
            for attribute in [number().default(1), number().requires_replace()] {
                assert_eq!(found(role, attribute), ["a: NotPlanned"], "{role:?}");
            }
        }
        for role in others {
            assert_eq!(found(role, number().write_only()), ["a: WriteOnly"]);
        }
        // Nothing of an action is stored, so it can take values that must not be.
        assert_eq!(found(Role::Action, number().write_only()), [""; 0]);
        assert_eq!(found(Role::DataSource, number().computed()), [""; 0]);
        for role in [Role::Provider, Role::ListResource, Role::Action] {
            assert_eq!(found(role, number().computed()), ["a: NotComputed"]);
        }
    }

    #[test]
    fn reserved_names_are_found_in_each_kind_of_block() {
        let all = [
            Role::Provider,
            Role::Resource,
            Role::DataSource,
            Role::ListResource,
        ];
        for (name, roles) in [
            ("count", &all[..]),
            ("for_each", &all),
            ("alias", &[Role::Provider]),
            ("version", &[Role::Provider]),
            ("source", &[Role::Provider]),
            (
                "locals",
                &[Role::Provider, Role::Resource, Role::DataSource],
            ),
            (
                "provider",
                &[Role::Resource, Role::DataSource, Role::ListResource],
            ),
            (
                "connection",
                &[Role::Resource, Role::DataSource, Role::ListResource],
            ),
            ("limit", &[Role::ListResource]),
            ("include_resource", &[Role::ListResource]),
        ] {
            assert_eq!(found(Role::Action, Attribute::bool(name, "")), [""; 0]);
            for role in all {
                let is_found = !found(role, Attribute::bool(name, "")).is_empty();
                assert_eq!(is_found, roles.contains(&role), "{name} {role:?}");
                // Reserved for the block itself alone.
                let inner = within(Nesting::Single, Attribute::bool(name, ""));
                assert_eq!(found(role, inner), [""; 0], "{name} {role:?}");
            }
        }
    }
}
