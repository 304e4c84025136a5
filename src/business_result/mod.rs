//! Business results.

mod data_source;

pub(crate) use self::data_source::BusinessResultsDataSource;
