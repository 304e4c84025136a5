//! The listener: a Unix socket in a folder of its own, or TCP on the loopback interface.

use std::{io, net::Ipv4Addr, ops::RangeInclusive};

use tempfile::TempDir;
use thiserror::Error;
use tokio::net::TcpListener;

use super::{connection::Connection, environment::SocketSettings, network::Network};

#[cfg(unix)]
use std::{
    fs::{self, Permissions},
    os::unix::fs::{PermissionsExt as _, chown},
    path::Path,
};
#[cfg(unix)]
use tokio::net::UnixListener;

/// A bound listener and its address. Dropping it removes the socket's folder.
#[derive(Debug)]
pub(super) struct Bound {
    pub(super) listener: Listener,
    pub(super) address: Address,
    pub(super) directory: Option<TempDir>,
}

/// A listening socket.
#[derive(Debug)]
pub(super) enum Listener {
    #[cfg(unix)]
    Unix(UnixListener),
    Tcp(TcpListener),
}

/// The address of a listener, in the notation of Go's `net` package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) network: Network,
    /// The path of the socket, or `host:port`.
    pub(super) address: String,
}

/// The error of a process that cannot listen.
#[derive(Debug, Error)]
pub enum ListenError {
    /// The socket cannot be created in the folder, nor in any other that was tried.
    #[error(
        "cannot listen on a Unix socket in {directory}: {source}. \
         Set PLUGIN_UNIX_SOCKET_DIR or TMPDIR to a folder with a short path that this user may write to."
    )]
    Socket {
        /// The folder.
        directory: String,
        /// The error of the system.
        source: io::Error,
    },
    /// The socket's group does not exist, or cannot be set.
    #[error(
        "cannot give the socket to the group {group:?} of PLUGIN_UNIX_SOCKET_GROUP: {reason}. \
         Name a group that exists and that this user belongs to."
    )]
    Group {
        /// The configured group.
        group: String,
        /// The reason.
        reason: String,
    },
    /// All ports of the range are in use.
    #[error(
        "no free port on 127.0.0.1 from {} to {}. Widen the range with PLUGIN_MIN_PORT and PLUGIN_MAX_PORT.",
        .0.start(), .0.end()
    )]
    Ports(RangeInclusive<u16>),
    /// The system refuses to open any port.
    #[error(
        "cannot listen on 127.0.0.1:{port}: {source}. \
         Check the loopback interface, the firewall and the limits on open files."
    )]
    Loopback {
        /// The port that was tried.
        port: u16,
        /// The error of the system.
        source: io::Error,
    },
}

impl Bound {
    /// Listens on the kind of network that the settings name.
    ///
    /// If no folder can hold a Unix socket, it listens on a port. A port is open to every user of the
    /// machine, so that needs `authenticates`: that only the host's certificate is let in.
    pub(super) async fn bind(
        settings: &SocketSettings,
        #[cfg_attr(not(unix), allow(unused_variables))] authenticates: bool,
    ) -> Result<Self, ListenError> {
        match settings.network {
            #[cfg(unix)]
            Network::Unix => Self::socket_or_port(settings, authenticates).await,
            Network::Tcp => Self::tcp(&settings.ports).await,
        }
    }

    #[cfg(unix)]
    async fn socket_or_port(
        settings: &SocketSettings,
        authenticates: bool,
    ) -> Result<Self, ListenError> {
        let mut refused = None;
        for directory in &settings.directories {
            match Self::unix(directory, settings.group.as_deref()) {
                Ok(bound) => {
                    if let Some(error) = refused {
                        log::warn!(error:%, directory:? = directory; "Using another folder");
                    }
                    return Ok(bound);
                }
                Err(error @ ListenError::Socket { .. }) => {
                    refused.get_or_insert(error);
                }
                Err(error) => return Err(error),
            }
        }
        // Whoever names a group wants a socket that belongs to it.
        let needs_socket = settings.group.is_some() || !authenticates;
        match refused {
            Some(error) if needs_socket => Err(error),
            Some(error) => {
                log::warn!(error:%; "Using a port in place of a Unix socket");
                let bound = Self::tcp(&settings.ports).await;
                bound.map_err(|no_port| {
                    log::warn!(error:% = no_port; "Cannot use a port either");
                    error
                })
            }
            None => Self::tcp(&settings.ports).await,
        }
    }

    /// Listens on a socket in a new folder in `directory`, accessible to this user and to `group`.
    ///
    /// The folder is closed to others from the start, so that nobody else can ever connect.
    #[cfg(unix)]
    pub(super) fn unix(directory: &Path, group: Option<&str>) -> Result<Self, ListenError> {
        let error = |source| ListenError::Socket {
            directory: directory.display().to_string(),
            source,
        };
        let own = tempfile::Builder::new()
            .prefix("plugin")
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(directory)
            .map_err(error)?;
        let path = own.path().join("socket");
        let listener = UnixListener::bind(&path).map_err(error)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600)).map_err(error)?;
        if let Some(group) = group {
            open_to_group(&path, 0o660, group)?;
            open_to_group(own.path(), 0o710, group)?;
        }
        let address = path.to_str().ok_or_else(|| {
            error(io::Error::new(
                io::ErrorKind::InvalidFilename,
                "the path is not UTF-8",
            ))
        })?;
        Ok(Self {
            listener: Listener::Unix(listener),
            address: Address {
                network: Network::Unix,
                address: address.to_owned(),
            },
            directory: Some(own),
        })
    }

    /// Listens on the first free port of the range.
    pub(super) async fn tcp(ports: &RangeInclusive<u16>) -> Result<Self, ListenError> {
        for port in ports.clone() {
            match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
                Ok(listener) => {
                    return Ok(Self {
                        listener: Listener::Tcp(listener),
                        address: Address {
                            network: Network::Tcp,
                            address: format!("{}:{port}", Ipv4Addr::LOCALHOST),
                        },
                        directory: None,
                    });
                }
                Err(error) if is_taken(&error) => {}
                Err(source) => return Err(ListenError::Loopback { port, source }),
            }
        }
        Err(ListenError::Ports(ports.clone()))
    }
}

/// Returns whether the port is in use. Windows reports a port that it reserves as forbidden.
fn is_taken(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied
    )
}

impl Listener {
    /// Waits for a client. Can be dropped at any point without losing one.
    pub(super) async fn accept(&self) -> io::Result<Connection> {
        match self {
            #[cfg(unix)]
            Self::Unix(listener) => Ok(Connection::new(listener.accept().await?.0)),
            Self::Tcp(listener) => {
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                Ok(Connection::new(stream))
            }
        }
    }
}

/// Sets the group of a path, given by name or number, and its permissions.
#[cfg(unix)]
fn open_to_group(path: &Path, mode: u32, group: &str) -> Result<(), ListenError> {
    let error = |reason: String| ListenError::Group {
        group: group.to_owned(),
        reason,
    };
    let id = match group.parse() {
        Ok(id) => id,
        Err(_) => nix::unistd::Group::from_name(group)
            .map_err(|e| error(e.to_string()))?
            .ok_or_else(|| error("there is no such group".to_owned()))?
            .gid
            .as_raw(),
    };
    chown(path, None, Some(id))
        .and_then(|()| fs::set_permissions(path, Permissions::from_mode(mode)))
        .map_err(|e| error(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn mode(path: impl AsRef<Path>) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_socket_is_private_and_goes_with_its_folder() {
        let outer = tempfile::tempdir().unwrap();
        let bound = Bound::unix(outer.path(), None).unwrap();
        let socket = Path::new(&bound.address.address).to_owned();
        assert_eq!(mode(&socket), 0o600);
        assert_eq!(mode(socket.parent().unwrap()), 0o700);
        drop(bound);
        assert_eq!(fs::read_dir(outer.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_group_may_reach_the_socket() {
        use std::os::unix::fs::MetadataExt as _;

        let outer = tempfile::tempdir().unwrap();
        let gid = nix::unistd::getgid();
        // Not every group of a container has a name.
        let named = nix::unistd::Group::from_gid(gid).unwrap();
        let names = named.map(|group| group.name);
        for group in names.into_iter().chain([gid.to_string()]) {
            let bound = Bound::unix(outer.path(), Some(&group)).unwrap();
            let socket = Path::new(&bound.address.address);
            assert_eq!(mode(socket), 0o660);
            assert_eq!(mode(socket.parent().unwrap()), 0o710);
            assert_eq!(fs::metadata(socket).unwrap().gid(), gid.as_raw());
        }
        let error = Bound::unix(outer.path(), Some("no such group")).unwrap_err();
        assert!(matches!(error, ListenError::Group { .. }), "{error}");
        assert_eq!(fs::read_dir(outer.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    fn settings(directories: &[&Path], group: Option<&str>) -> SocketSettings {
        SocketSettings {
            network: Network::Unix,
            directories: directories
                .iter()
                .map(|&folder| folder.to_owned())
                .collect(),
            group: group.map(str::to_owned),
            ports: 20_000..=60_000,
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_folder_that_can_hold_no_socket_is_passed_over() {
        let outer = tempfile::tempdir().unwrap();
        let long = outer.path().join("long".repeat(50));
        fs::create_dir(&long).unwrap();
        let missing = Path::new("/nowhere/at/all");
        let file = Path::new("/dev/null");
        let usable = tempfile::tempdir().unwrap();
        for unusable in [missing, file, &long] {
            let found = Bound::bind(&settings(&[unusable, usable.path()], None), false).await;
            let address = found.unwrap().address;
            assert!(
                Path::new(&address.address).starts_with(usable.path()),
                "{address:?}"
            );

            let found = Bound::bind(&settings(&[unusable], None), true).await;
            assert_eq!(found.unwrap().address.network, Network::Tcp);
        }
        assert_eq!(
            fs::read_dir(&long).unwrap().count(),
            0,
            "nothing is left behind"
        );
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_port_is_not_opened_where_it_would_protect_less() {
        let missing = Path::new("/nowhere/at/all");
        let gid = nix::unistd::getgid().to_string();
        for (group, authenticates) in [(None, false), (Some(gid.as_str()), true)] {
            let settings = settings(&[missing, Path::new("/dev/null")], group);
            let error = Bound::bind(&settings, authenticates).await.unwrap_err();
            // The first, which is the one that the user has chosen.
            assert!(error.to_string().contains("/nowhere/at/all"), "{error}");
        }
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(&[folder.path()], Some("no such group"));
        let error = Bound::bind(&settings, true).await.unwrap_err();
        assert!(matches!(error, ListenError::Group { .. }), "{error}");
    }

    #[test]
    fn only_a_port_that_is_taken_is_passed_over() {
        use io::ErrorKind;
        let is_taken = |kind: ErrorKind| is_taken(&kind.into());
        assert!(is_taken(ErrorKind::AddrInUse) && is_taken(ErrorKind::PermissionDenied));
        assert!(!is_taken(ErrorKind::AddrNotAvailable) && !is_taken(ErrorKind::OutOfMemory));
    }

    #[tokio::test]
    async fn tcp_takes_the_next_free_port_and_says_when_there_is_none() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = Bound::tcp(&(port..=port)).await.unwrap_err();
        assert!(error.to_string().contains(&port.to_string()), "{error}");

        // The ports after it may be in use by others: some of them will be free.
        let bound = Bound::tcp(&(port..=port.saturating_add(200)))
            .await
            .unwrap();
        let client = tokio::net::TcpStream::connect(&bound.address.address);
        let (client, served) = tokio::join!(client, bound.listener.accept());
        assert!(client.is_ok() && served.is_ok());
        assert_eq!(bound.address.network.to_string(), "tcp");
    }
}
