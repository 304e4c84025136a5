//! The handshake: one line on standard output with the address and certificate.

use std::fmt;

use super::listener::Address;

/// The version of go-plugin's core protocol.
const CORE_PROTOCOL_VERSION: u32 = 1;

/// The major version of Terraform's plugin protocol that this program speaks.
pub const PROTOCOL_VERSION: u32 = 6;

/// `1|6|unix|/path/to.sock|grpc|<certificate>`, and a seventh field if the host asks for it.
#[derive(Debug)]
pub(super) struct HandshakeLine<'a> {
    pub(super) address: &'a Address,
    /// The plugin's certificate in base64; empty without TLS.
    pub(super) certificate: &'a str,
    /// Whether to answer that the broker is not multiplexed.
    pub(super) answers_multiplexing: bool,
}

impl fmt::Display for HandshakeLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Address { network, address } = self.address;
        write!(
            f,
            "{CORE_PROTOCOL_VERSION}|{PROTOCOL_VERSION}|{network}|{address}|grpc|{}",
            self.certificate
        )?;
        if self.answers_multiplexing {
            f.write_str("|false")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::network::Network, *};

    #[test]
    fn the_line_has_six_fields_or_seven() {
        let address = Address {
            network: Network::Tcp,
            address: "127.0.0.1:10000".to_owned(),
        };
        let mut line = HandshakeLine {
            address: &address,
            certificate: "",
            answers_multiplexing: false,
        };
        assert_eq!(line.to_string(), "1|6|tcp|127.0.0.1:10000|grpc|");
        line.certificate = "TUlJ";
        line.answers_multiplexing = true;
        assert_eq!(line.to_string(), "1|6|tcp|127.0.0.1:10000|grpc|TUlJ|false");
    }
}
