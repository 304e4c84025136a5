//! Number types of a VDN, which define the values of `dataType`.

mod calls;

pub(crate) use self::calls::OPERATIONS;
