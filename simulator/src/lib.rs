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
#[path = "simulator/builder.rs"]
mod builder;
#[path = "campaign/model.rs"]
mod campaign;
#[path = "server/certificate.rs"]
mod certificate;
mod clock;
mod data_set;
mod error;
#[path = "faults/fault.rs"]
mod fault;
#[path = "faults/faulty_reply.rs"]
mod faulty_reply;
#[path = "retry_policy/model.rs"]
mod policy;
#[path = "json/mod.rs"]
mod pseudo_json;
#[path = "retry_policy/query_reply.rs"]
mod query_reply;
#[path = "records/request.rs"]
mod record;
#[path = "http/reply.rs"]
mod reply;
#[path = "api/result_code.rs"]
mod result_code;
#[path = "faults/script.rs"]
mod script;
#[path = "server/service.rs"]
mod served;
#[path = "server/listener.rs"]
mod server;
#[path = "retry_policy/shape/mod.rs"]
mod shape;
mod signature;
mod simulator;
#[path = "store/state_file.rs"]
mod state_file;
#[path = "retry_policy/stored.rs"]
mod store;
#[path = "http/request.rs"]
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
