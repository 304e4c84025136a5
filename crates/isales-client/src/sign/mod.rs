//! The C2 signature of CC-iSales, the content of the `Authorization` header.
//!
//! All functions are pure: the time is passed in. Each step has its own type:
//!
//! ```text
//! signedHeaderNames = lower-case names, sorted, joined by ";"                [SignedHeaders]
//! authStringPrefix  = "auth-v2/" accessKey "/" timestamp "/" signedHeaderNames
//! signingKey        = hex(HMAC-SHA256(secretKey, authStringPrefix))          [SigningKey]
//! canonicalRequest  = see [CanonicalRequest]
//! signature         = hex(HMAC-SHA256(signingKey as text, canonicalRequest))
//! Authorization     = authStringPrefix "/" signature                         [Authorization]
//! ```

mod authorization;
mod canonical;
mod signed_headers;
mod timestamp;

pub use authorization::{AuthStringPrefix, Authorization, SigningKey};
pub(crate) use canonical::canonical_query;
pub use canonical::{CanonicalRequest, RequestToSign};
pub use signed_headers::{SignedHeaders, SignedHeadersError};
pub use timestamp::{Timestamp, TimestampPrecision};

#[cfg(test)]
mod vectors;
