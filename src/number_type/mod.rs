//! Number types, which `data_type` names.

mod data_source;

pub(crate) use self::data_source::NumberTypesDataSource;
