//! A simulator of CC-iSales, Huawei Cloud's outbound call service. It serves the API over HTTPS,
//! verifies signatures and validates every parameter.
//!
//! It is based only on the API reference and shares no code with the provider, so that a mistake
//! on one side does not hide on the other. Tests start it in their own process:
//!
//! ```
//! use isales_simulator::{Shape, Simulator};
//!
//! let simulator = Simulator::builder()
//!     .credentials("EXAMPLEAK", "EXAMPLESK")
//!     .campaign(25, 46)
//!     .shape("quotes=double".parse::<Shape>()?)
//!     .start_blocking()?;
//! assert!(simulator.endpoint().starts_with("https://127.0.0.1:"));
//! assert!(simulator.policy(25, 46).is_none());
//! simulator.stop_blocking();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

mod admin;
mod api;
mod business_result;
mod call_batch;
mod call_result;
mod campaign;
mod clock;
mod data_set;
mod error;
mod faults;
mod http;
mod json;
mod like;
mod number_type;
mod object;
mod obs_result_code;
mod random;
mod records;
mod registry;
mod retry_policy;
mod server;
mod shape;
mod signature;
mod simulator;
mod special_date;
mod store;

pub use admin::ADMIN_HELP;
pub use api::ResultCode;
pub use call_batch::{CallBatchChange, CallBatchLimit, KeptCallBatch};
pub use call_result::{CallResult, MissingCallResult};
pub use campaign::CampaignStatus;
pub use clock::{Clock, ClockOffset, ClockOffsetError};
pub use error::StartError;
pub use faults::{Fault, Faults, Hold, Script};
pub use like::LikeError;
pub use records::{Counters, RecordedRequest, SentSignature};
pub use retry_policy::{Keeps, KeptPolicy, SetError, TakenCommon, TakenQuotes, Takes};
pub use server::{Latency, LeafCertificate};
pub use shape::{
    Charset, CommonPolicy, ContentEncoding, ContentType, DataKey, Defect, ElementOrder,
    EnvelopeFields, ExtraFields, Gone, InnerPolicy, KeyOrder, LetterCase, Names, NoRetryForm,
    NoRetryNone, NoRetryOrder, NoRetryPlace, Numbers, Query, Quotes, Readability, RetryTimesKey,
    Shape, ShapeError, ShapeVariant, Spaces, Unset, Zeros,
};
pub use signature::Accepts;
pub use simulator::{Simulator, SimulatorBuilder};
pub use special_date::SpecialDate;
