//! Number types: the values of `data_type`.

mod data_source;

pub(crate) use self::data_source::NumberTypesDataSource;
