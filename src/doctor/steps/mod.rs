//! The steps, one file each, or one for steps that the same probe answers.

pub(super) mod campaigns;
pub(super) mod concurrency;
pub(super) mod content_type;
pub(super) mod failure;
mod forms;
mod issuer;
pub(super) mod network;
pub(super) mod permissions;
pub(super) mod policies;
mod reply;
pub(super) mod round_trip;
pub(super) mod settings;
pub(super) mod signature;
pub(super) mod tls;
