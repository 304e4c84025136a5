//! What the service knows of a call before it is handled: for the log, and to decide where it runs.

use std::sync::Arc;

use prost::Message;

use crate::{
    log::{CallContext, LoggedObject},
    proto::tfplugin6 as pb,
};

/// A call before it is handled.
#[derive(Debug)]
pub(super) struct Incoming {
    pub(super) context: Arc<CallContext>,
    /// The size of its request in bytes.
    pub(super) size: usize,
}

/// A request that may be about one object.
pub(super) trait Request: Message {
    /// The field of the log for such objects, and the type of this one.
    fn object(&self) -> Option<(&'static str, &str)>;
}

// === impl Incoming ===

impl Incoming {
    pub(super) fn new(rpc: &'static str, request: &impl Request) -> Self {
        let object = request.object().map(|(field, type_name)| LoggedObject {
            field,
            type_name: type_name.to_owned(),
        });
        Self {
            context: Arc::new(CallContext::new(rpc, object)),
            size: request.encoded_len(),
        }
    }
}

// === impl Request ===

macro_rules! requests {
    ($($rpc:ident => $object:expr,)*) => {$(
        impl Request for pb::$rpc::Request {
            fn object(&self) -> Option<(&'static str, &str)> {
                let object: fn(&Self) -> Option<(&'static str, &str)> = $object;
                object(self)
            }
        }
    )*};
}

const RESOURCE: &str = "tf_resource_type";
const DATA_SOURCE: &str = "tf_data_source_type";
const LIST_RESOURCE: &str = "tf_list_resource_type";
const ACTION: &str = "tf_action_type";

requests! {
    validate_provider_config => |_| None,
    configure_provider => |_| None,
    stop_provider => |_| None,
    call_function => |_| None,
    validate_resource_config => |request| Some((RESOURCE, &request.type_name)),
    upgrade_resource_state => |request| Some((RESOURCE, &request.type_name)),
    generate_resource_config => |request| Some((RESOURCE, &request.type_name)),
    upgrade_resource_identity => |request| Some((RESOURCE, &request.type_name)),
    read_resource => |request| Some((RESOURCE, &request.type_name)),
    plan_resource_change => |request| Some((RESOURCE, &request.type_name)),
    apply_resource_change => |request| Some((RESOURCE, &request.type_name)),
    import_resource_state => |request| Some((RESOURCE, &request.type_name)),
    move_resource_state => |request| Some((RESOURCE, &request.target_type_name)),
    validate_data_resource_config => |request| Some((DATA_SOURCE, &request.type_name)),
    read_data_source => |request| Some((DATA_SOURCE, &request.type_name)),
    validate_list_resource_config => |request| Some((LIST_RESOURCE, &request.type_name)),
    list_resource => |request| Some((LIST_RESOURCE, &request.type_name)),
    validate_action_config => |request| Some((ACTION, &request.type_name)),
    plan_action => |request| Some((ACTION, &request.action_type)),
    invoke_action => |request| Some((ACTION, &request.action_type)),
}
