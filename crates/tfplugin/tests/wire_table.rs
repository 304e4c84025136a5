//! Compares the compiled protocol with the protocol's wire table (`tests/data/tfplugin6-wire.tsv`,
//! protocol 6.11): every message, field, enum value and call, in both directions.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};

use prost::Message as _;
use prost_types::{
    DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto,
    FileDescriptorSet, MethodDescriptorProto,
    field_descriptor_proto::{Label, Type},
};
use tfplugin::proto;

const TABLE: &str = include_str!("data/tfplugin6-wire.tsv");

const PACKAGE: &str = "tfplugin6";

/// The names of state stores, which are omitted on purpose, each with all below it.
const LEFT_OUT: [&str; 23] = [
    "ConfigureStateStore",
    "DeleteState",
    "GetMetadata.Response.state_stores",
    "GetMetadata.StateStoreMetadata",
    "GetProviderSchema.Response.state_store_schemas",
    "GetStates",
    "LockState",
    "Provider.ConfigureStateStore",
    "Provider.DeleteState",
    "Provider.GetStates",
    "Provider.LockState",
    "Provider.ReadStateBytes",
    "Provider.UnlockState",
    "Provider.ValidateStateStoreConfig",
    "Provider.WriteStateBytes",
    "ReadStateBytes",
    "RequestChunkMeta",
    "StateRange",
    "StateStoreClientCapabilities",
    "StateStoreServerCapabilities",
    "UnlockState",
    "ValidateStateStore",
    "WriteStateBytes",
];

/// The definition of each name of the protocol, such as `Diagnostic.severity` or `Provider.StopProvider`.
type Wire = BTreeMap<String, String>;

#[test]
fn the_compiled_protocol_is_the_wire_table_without_what_is_left_out() {
    let table: Wire = table()
        .into_iter()
        .filter(|(name, _)| !LEFT_OUT.iter().any(|left_out| covers(left_out, name)))
        .collect();
    let compiled = compiled();
    let lines = |wire: &Wire| -> BTreeSet<String> {
        wire.iter()
            .map(|(name, what)| format!("{name}: {what}"))
            .collect()
    };
    let (expected, found) = (lines(&table), lines(&compiled));
    let missing: Vec<_> = expected.difference(&found).collect();
    let surplus: Vec<_> = found.difference(&expected).collect();
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "only in the table: {missing:#?}\nonly in proto/tfplugin6.proto: {surplus:#?}"
    );
}

#[test]
fn the_list_of_what_is_left_out_has_no_stale_names() {
    let (table, compiled) = (table(), compiled());
    for left_out in LEFT_OUT {
        let is_in = |wire: &Wire| wire.keys().any(|name| covers(left_out, name));
        assert!(is_in(&table), "{left_out} is not in the table");
        assert!(!is_in(&compiled), "{left_out} is not left out");
    }
}

fn covers(left_out: &str, name: &str) -> bool {
    name.strip_prefix(left_out)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

// === The table ===

fn table() -> Wire {
    let rows: Vec<[&str; 6]> = TABLE
        .lines()
        .skip(1)
        .map(|line| {
            let columns: Vec<_> = line.split('\t').collect();
            columns.try_into().expect("six columns")
        })
        .collect();
    let types: BTreeSet<&str> = rows
        .iter()
        .filter(|row| matches!(row[0], "message" | "enum"))
        .map(|row| row[1])
        .collect();

    let wire: Wire = rows
        .iter()
        .map(|[kind, within, number, label, r#type, name]| match *kind {
            "message" | "enum" | "service" => (within.to_string(), kind.to_string()),
            "value" => (format!("{within}.{name}"), format!("value {number}")),
            "field" => {
                let r#type = resolve(r#type, within, &types);
                let what = format!("field {number}, {label}, {type}");
                (format!("{within}.{name}"), what)
            }
            "rpc" => (format!("{within}.{name}"), format!("rpc {label} -> {type}")),
            other => panic!("unknown kind of row {other:?}"),
        })
        .collect();
    assert_eq!(wire.len(), rows.len(), "each name stands in one row");
    wire
}

/// Returns the full name of a type by its short name within a message, by protobuf's rules of scope.
fn resolve(name: &str, within: &str, types: &BTreeSet<&str>) -> String {
    if let Some(value) = name
        .strip_prefix("map<string,")
        .and_then(|rest| rest.strip_suffix('>'))
    {
        return format!("map<string,{}>", resolve(value, within, types));
    }
    let mut scope = Some(within);
    while let Some(outer) = scope {
        let full = format!("{outer}.{name}");
        if types.contains(full.as_str()) {
            return full;
        }
        scope = outer.rsplit_once('.').map(|(outer, _)| outer);
    }
    name.to_owned()
}

// === The compiled descriptors ===

fn compiled() -> Wire {
    let set = FileDescriptorSet::decode(proto::DESCRIPTORS).unwrap();
    let file = set
        .file
        .into_iter()
        .find(|file| file.package() == PACKAGE)
        .expect("the protocol is compiled");
    let mut wire = Wire::new();
    file_rows(&file, &mut wire);
    wire
}

fn file_rows(file: &FileDescriptorProto, wire: &mut Wire) {
    for message in &file.message_type {
        message_rows(message, message.name(), wire);
    }
    for r#enum in &file.enum_type {
        enum_rows(r#enum, r#enum.name(), wire);
    }
    for service in &file.service {
        wire.insert(service.name().to_owned(), "service".to_owned());
        for method in &service.method {
            wire.insert(
                format!("{}.{}", service.name(), method.name()),
                method_row(method),
            );
        }
    }
}

fn message_rows(message: &DescriptorProto, path: &str, wire: &mut Wire) {
    wire.insert(path.to_owned(), "message".to_owned());
    for field in &message.field {
        let what = format!(
            "field {}, {}, {}",
            field.number(),
            field_label(field, message),
            field_type(field, message)
        );
        wire.insert(format!("{path}.{}", field.name()), what);
    }
    for nested in message.nested_type.iter().filter(|nested| !is_map(nested)) {
        message_rows(nested, &format!("{path}.{}", nested.name()), wire);
    }
    for r#enum in &message.enum_type {
        enum_rows(r#enum, &format!("{path}.{}", r#enum.name()), wire);
    }
}

fn enum_rows(r#enum: &EnumDescriptorProto, path: &str, wire: &mut Wire) {
    wire.insert(path.to_owned(), "enum".to_owned());
    for value in &r#enum.value {
        wire.insert(
            format!("{path}.{}", value.name()),
            format!("value {}", value.number()),
        );
    }
}

fn method_row(method: &MethodDescriptorProto) -> String {
    let side = |streams, r#type| {
        let stream = if streams { "stream " } else { "" };
        format!("{stream}{}", short(r#type))
    };
    format!(
        "rpc {} -> {}",
        side(method.client_streaming(), method.input_type()),
        side(method.server_streaming(), method.output_type())
    )
}

fn field_label(field: &FieldDescriptorProto, message: &DescriptorProto) -> String {
    let deprecated = field.options.as_ref().is_some_and(|o| o.deprecated());
    if deprecated {
        "deprecated".to_owned()
    } else if field.proto3_optional() {
        "optional".to_owned()
    } else if let Some(oneof) = field.oneof_index {
        format!("oneof {}", message.oneof_decl[oneof as usize].name())
    } else if field.label() == Label::Repeated && map_entry(field, message).is_none() {
        "repeated".to_owned()
    } else {
        String::new()
    }
}

fn field_type(field: &FieldDescriptorProto, message: &DescriptorProto) -> String {
    if let Some(entry) = map_entry(field, message) {
        let side = |index: usize| field_type(&entry.field[index], entry);
        return format!("map<{},{}>", side(0), side(1));
    }
    match field.r#type() {
        Type::Message | Type::Enum => short(field.type_name()).to_owned(),
        scalar => scalar
            .as_str_name()
            .trim_start_matches("TYPE_")
            .to_lowercase(),
    }
}

/// Returns the message of a map's entries, if the field is a map.
fn map_entry<'m>(
    field: &FieldDescriptorProto,
    message: &'m DescriptorProto,
) -> Option<&'m DescriptorProto> {
    let name = field.type_name().rsplit('.').next()?;
    message
        .nested_type
        .iter()
        .find(|nested| is_map(nested) && nested.name() == name)
}

fn is_map(message: &DescriptorProto) -> bool {
    message.options.as_ref().is_some_and(|o| o.map_entry())
}

/// Returns a full name without the package of the protocol.
fn short(name: &str) -> &str {
    let name = name.trim_start_matches('.');
    name.strip_prefix(PACKAGE)
        .and_then(|rest| rest.strip_prefix('.'))
        .unwrap_or(name)
}
