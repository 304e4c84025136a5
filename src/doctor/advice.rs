//! The sentence by which errors lead to this command.

use isales_client::CampaignRef;

/// Ends an error that a setting or a form of the server may be the cause of.
pub(crate) fn advice() -> String {
    advise("", "the cause")
}

/// Ends an error about a policy that the server has kept in another form.
pub(crate) fn advice_to_write(campaign: CampaignRef) -> String {
    advise(
        &format!(" --write {campaign}"),
        "the form that the server keeps",
    )
}

/// Names the command, and where Terraform has put the program.
fn advise(arguments: &str, aim: &str) -> String {
    format!(
        " Run \"terraform-provider-isales doctor{arguments}\" to find {aim}; the program is in a folder \
         under .terraform/providers."
    )
}
