//! OBS result codes.

mod data_source;

pub(crate) use self::data_source::ObsResultCodesDataSource;
