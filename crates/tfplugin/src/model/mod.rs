//! Typed views of values: the structs that authors of resources read and write.

mod attr;
mod convert;
mod object;
mod set;
mod shape;

pub use self::{
    attr::Attr,
    convert::{
        FromValue, IntoValue, attribute_name, put_attribute, set_aside_attribute, take_attribute,
    },
    object::Model,
    set::AttrSet,
    shape::Shape,
};
