//! Settings about certificates: some exclude each other, some need each other.

use tfplugin::{diagnostics::Diagnostic, model::Attr};

use super::settings::{Argument, Setting, Settings};

const INSECURE: Argument = Argument::new("insecure");
const CA_CERT_FILE: Argument = Argument::new("ca_cert_file");
const CA_CERT_PEM: Argument = Argument::new("ca_cert_pem");
const CLIENT_CERT_FILE: Argument = Argument::new("client_cert_file");
const CLIENT_KEY_FILE: Argument = Argument::new("client_key_file");

/// Whose certificates are to be trusted.
pub(super) enum Trust {
    System,
    File(Setting<String>),
    Pem(Setting<String>),
    /// In spite of a setting that names authorities, if there is one.
    Anyone {
        insecure: Setting<bool>,
        unused: Option<Setting<String>>,
    },
}

/// The certificate to show to the server. One half of it may stand in the block and the other in
/// the environment, so it is judged when both have been read.
pub(super) struct ClientCertificateFiles {
    certificate: Option<Setting<String>>,
    key: Option<Setting<String>>,
}

// === impl Trust ===

impl Trust {
    /// The block beats the environment, in whichever form it names the authorities.
    pub(super) fn read(
        settings: &mut Settings<'_>,
        insecure: Attr<bool>,
        file: Attr<String>,
        pem: Attr<String>,
    ) -> Self {
        let insecure = settings.flag(INSECURE, insecure);
        let mut file = settings.text(CA_CERT_FILE, file);
        let mut pem = settings.text(CA_CERT_PEM, pem);
        if let (Some(one), Some(other)) = (&file, &pem) {
            match (one.is_in_block(), other.is_in_block()) {
                (true, false) => pem = None,
                (false, true) => file = None,
                _ => settings.refuse(one.refused(format!(
                    "{} and {} are both set. Keep one of them.",
                    one.source(),
                    other.source()
                ))),
            }
        }
        if let Some(insecure) = insecure.filter(|insecure| insecure.value) {
            let unused = file.or(pem);
            return Self::Anyone { insecure, unused };
        }
        match (file, pem) {
            (Some(file), _) => Self::File(file),
            (None, Some(pem)) => Self::Pem(pem),
            (None, None) => Self::System,
        }
    }

    /// What to tell where nobody's certificate is checked.
    pub(super) fn warning(&self) -> Option<Diagnostic> {
        let Self::Anyone { insecure, unused } = self else {
            return None;
        };
        let insecure = insecure.source();
        let remedy = match unused {
            None => {
                "Name the server's authority with ca_cert_file or ca_cert_pem instead.".to_owned()
            }
            Some(unused) => format!(
                "{} is set, but has no effect beside it. Remove {insecure}.",
                unused.source()
            ),
        };
        Some(
            Diagnostic::warning(
                "Server Certificate Not Checked",
                format!(
                    "{insecure} is on, so anybody between Terraform and the server can read and \
                     change the retry policies. {remedy}"
                ),
            )
            .at(INSECURE.path()),
        )
    }
}

// === impl ClientCertificateFiles ===

impl ClientCertificateFiles {
    pub(super) fn read(
        settings: &mut Settings<'_>,
        certificate: Attr<String>,
        key: Attr<String>,
    ) -> Self {
        Self {
            certificate: settings.text(CLIENT_CERT_FILE, certificate),
            key: settings.text(CLIENT_KEY_FILE, key),
        }
    }

    /// Refuses one half without the other, unless that will be known later.
    pub(super) fn check(&self, settings: &mut Settings<'_>) {
        let (alone, missing) = match (&self.certificate, &self.key) {
            (Some(certificate), None) => (certificate, CLIENT_KEY_FILE),
            (None, Some(key)) => (key, CLIENT_CERT_FILE),
            _ => return,
        };
        if !settings.is_unknown(missing) {
            settings.refuse(alone.refused(format!(
                "{} is set without {}. Set both.",
                alone.argument().name(),
                missing.name()
            )));
        }
    }

    pub(super) fn into_pair(self) -> Option<(Setting<String>, Setting<String>)> {
        self.certificate.zip(self.key)
    }
}
