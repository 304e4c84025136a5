//! A stand-in for CC-iSales: the retry policy interfaces of Huawei Cloud's outbound campaigns,
//! over HTTPS, with signatures checked and every parameter validated.
//!
//! It is written from the API reference alone and shares no code with the provider, so that one
//! mistake cannot pass on both sides. Tests start it in their own process:
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
mod builder;
mod campaign;
mod certificate;
mod clock;
mod data_set;
mod error;
mod fault;
mod faulty_reply;
mod policy;
mod pseudo_json;
mod query_reply;
mod record;
mod reply;
mod result_code;
mod script;
mod served;
mod server;
mod shape;
mod signature;
mod simulator;
mod state_file;
mod store;
mod wire;

pub use admin::ADMIN_HELP;
pub use builder::SimulatorBuilder;
pub use campaign::KeptPolicy;
pub use certificate::LeafCertificate;
pub use clock::Clock;
pub use error::{SetError, StartError};
pub use fault::{Fault, Faults};
pub use policy::Keeps;
pub use record::{Counters, RecordedRequest, SentSignature};
pub use result_code::ResultCode;
pub use script::Script;
pub use served::Latency;
pub use shape::{
    CommonPolicy, ElementOrder, EnvelopeFields, ExtraFields, InnerPolicy, KeyOrder, NoRetryForm,
    NoRetryNone, NoRetryPlace, Numbers, Query, Quotes, RetryTimesKey, Shape, ShapeError, Spaces,
    Unset,
};
pub use simulator::Simulator;
