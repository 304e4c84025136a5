//! Special dates of a campaign, which older pages of the API reference call holidays.

mod calls;
mod codes;
mod id;
mod model;
mod parameter;

pub(crate) use self::calls::OPERATIONS;
pub use self::{
    id::{SpecialDateId, SpecialDateIdError, SpecialDateRef},
    model::{DateType, Day, ListedDate, ListedDates, SpecialDate, Week},
};
