//! Definitions of outbound call results.

mod data_source;

pub(crate) use self::data_source::CallResultsDataSource;
