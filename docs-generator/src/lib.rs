//! Writes `docs/`, the provider's pages for the Terraform Registry.
//!
//! A page is a template of `templates/` with what the provider says about itself in its
//! placeholders, and files of `examples/` quoted. Layout, anchors and placeholders are those of
//! the registry's official generator, `tfplugindocs`, so that it could read the same templates.

#![forbid(unsafe_code)]

mod error;
mod function_markdown;
mod offer;
mod schema_markdown;
mod site;
mod template;
mod types;

pub use self::{
    error::Error,
    offer::Offer,
    site::{Page, pages, write},
};
