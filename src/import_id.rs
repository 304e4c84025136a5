//! Import IDs: the VDN and the IDs of the object in it, separated by slashes.

use std::{fmt, str::FromStr};

use isales_client::VdnId;
use tfplugin::{diagnostics::Diagnostic, model::Attr};

use crate::provider_data::ProviderData;

/// The form of an object's import IDs after `vdn_id/`, which may be left out if the provider has a
/// VDN.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ImportForm<const N: usize> {
    /// The arguments that the ID consists of.
    pub(crate) names: [&'static str; N],
    /// A value of each.
    pub(crate) example: [&'static str; N],
}

// === impl ImportForm ===

impl<const N: usize> ImportForm<N> {
    /// Splits an ID into the VDN and the other parts.
    ///
    /// # Errors
    /// The ID has another number of parts, or no VDN is known.
    pub(crate) fn parse<'a>(
        self,
        data: &ProviderData,
        id: &'a str,
    ) -> Result<(VdnId, [&'a str; N]), Diagnostic> {
        let parts: Vec<_> = id.split('/').collect();
        if let Ok(parts) = <[&str; N]>::try_from(&*parts) {
            return Ok((self.default_vdn(data, id)?, parts));
        }
        if let Some((vdn_id, parts)) = parts.split_first()
            && let Ok(parts) = <[&str; N]>::try_from(parts)
        {
            return Ok((self.part(vdn_id)?, parts));
        }
        Err(invalid(format!(
            "{id:?} does not have the parts of an import ID. Write {}.",
            self.form()
        )))
    }

    /// Parses a part of an ID.
    ///
    /// # Errors
    /// It is not an ID of the type.
    pub(crate) fn part<T: FromStr<Err: fmt::Display>>(self, text: &str) -> Result<T, Diagnostic> {
        text.parse().map_err(|error: T::Err| {
            invalid(format!(
                "{error} An import ID has the form {}.",
                self.form()
            ))
        })
    }

    /// Describes the form, for messages.
    fn form(self) -> String {
        let (names, example) = (self.names.join("/"), self.example.join("/"));
        format!("vdn_id/{names}, such as 25/{example}, or {names} alone if the provider has vdn_id")
    }

    fn default_vdn(self, data: &ProviderData, id: &str) -> Result<VdnId, Diagnostic> {
        let names = self.names.join("/");
        match data.default_vdn_id() {
            Attr::Known(vdn_id) => Ok(vdn_id),
            Attr::Unknown => Err(Diagnostic::error(
                "Provider Configuration Not Known Yet",
                format!(
                    "{id} contains no VDN ID, and the provider argument vdn_id depends on a value \
                     that is only known after apply. Import by vdn_id/{names}, such as 25/{id}, or \
                     apply what it depends on first, for example with -target."
                ),
            )),
            Attr::Null => Err(Diagnostic::error(
                "Missing VDN ID",
                format!(
                    "{id} contains no VDN ID, and the provider has no vdn_id. Import by \
                     vdn_id/{names}, such as 25/{id}, or set vdn_id in the provider configuration or \
                     the environment variable ISALES_VDN_ID."
                ),
            )),
        }
    }
}

fn invalid(reason: String) -> Diagnostic {
    Diagnostic::error("Invalid Import ID", reason)
}
