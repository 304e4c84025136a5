//! The objects that the simulator serves.

use serde_json::{Map, Value};

use crate::{
    business_result, call_batch, call_result, campaign, number_type, object::Object,
    obs_result_code, retry_policy, special_date,
};

/// Every object, in alphabetical order.
pub(crate) const OBJECTS: &[Object] = &[
    business_result::OBJECT,
    call_batch::OBJECT,
    call_result::OBJECT,
    campaign::OBJECT,
    number_type::OBJECT,
    obs_result_code::OBJECT,
    retry_policy::OBJECT,
    special_date::OBJECT,
];

/// Returns the members of a state file by object. A file written before there were members is a
/// bare list of retry policies.
pub(crate) fn members(saved: Value) -> Result<Map<String, Value>, String> {
    match saved {
        Value::Object(members) => Ok(members),
        Value::Array(_) => Ok(Map::from_iter([(
            retry_policy::SAVED.name.to_owned(),
            saved,
        )])),
        _ => Err("it is neither an object nor a list".to_owned()),
    }
}
