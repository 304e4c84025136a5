//! The simulator as seen by a client over HTTPS.

#![allow(missing_docs, reason = "names describe tests")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail on the spot, outside of the test functions too"
)]

mod admin;
mod business_result;
mod call_batch;
mod call_result;
mod campaign;
mod certificate;
mod client;
mod connections;
mod faults;
mod lag;
mod number_type;
mod obs_result_code;
mod retry_policy;
mod scripts;
mod shapes;
mod signature;
mod special_date;
mod state_file;
