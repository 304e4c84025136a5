//! The provider's functions, which are pure and need no server.

mod arguments;
mod decode_policy_json;
mod describe_policy;
mod encode_policy_json;

pub(super) use self::{
    decode_policy_json::DecodePolicyJson, describe_policy::DescribePolicy,
    encode_policy_json::EncodePolicyJson,
};
