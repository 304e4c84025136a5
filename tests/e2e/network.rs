//! The ways to a server: through a proxy, with a certificate of the client's own, and not at all.

use std::{
    fs,
    io::{self, BufRead as _, BufReader, Read, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use isales_simulator::Simulator;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};

use test_support::{
    policies::{GLOBAL_COMMON, common_json, resource},
    server::{ACCESS_KEY, Observed as _, SECRET_KEY, server},
    terraform::{Workspace, connection},
};

/// An HTTP proxy that connects to one server, whatever it is asked for.
struct Proxy {
    port: u16,
    /// The request line and headers of each tunnel.
    asked: Arc<Mutex<Vec<String>>>,
}

// === impl Proxy ===

impl Proxy {
    /// Its threads end with the process.
    fn to(server: &Simulator) -> Self {
        let target = server.endpoint().trim_start_matches("https://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::default();
        let proxy = Self {
            port,
            asked: Arc::clone(&asked),
        };
        thread::spawn(move || {
            for client in listener.incoming() {
                let (target, asked) = (target.clone(), Arc::clone(&asked));
                // A broken connection is reported by the client.
                thread::spawn(move || tunnel(client?, &target, &asked));
            }
        });
        proxy
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn tunnel(client: TcpStream, target: &str, asked: &Mutex<Vec<String>>) -> io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    asked.lock().unwrap().push(head);
    let server = TcpStream::connect(target)?;
    let mut answer = client.try_clone()?;
    answer.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
    let from_server = server.try_clone()?;
    let back = thread::spawn(move || pass(from_server, answer));
    // What the client sent right behind its request is in the reader.
    pass(reader, server)?;
    back.join().expect("no panic")
}

fn pass(mut from: impl Read, mut to: TcpStream) -> io::Result<()> {
    io::copy(&mut from, &mut to)?;
    to.shutdown(std::net::Shutdown::Write)
}

#[test]
fn everything_goes_through_the_proxy() {
    let server = server();
    let proxy = Proxy::to(&server);
    let mut workspace = Workspace::new(&server);
    workspace.env("TF_LOG", "TRACE");
    let log = workspace.path("trace.log");
    workspace.env("TF_LOG_PATH", log.to_str().unwrap());
    // Nobody listens there, so that there is no other way.
    let nowhere = connection(&server).replace(server.endpoint(), "https://localhost:9");
    let login = format!(
        "http://someone:pass-word-of-the-proxy@127.0.0.1:{}",
        proxy.port
    );
    workspace.configure(&format!("{nowhere}  proxy_url = \"{login}\"\n"));
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace.apply().succeeds().without_warnings();
    workspace.plan().finds_no_changes();

    assert_eq!(server.kept(46), Some(common_json(1, 1)));
    let connections = usize::try_from(server.counters().connections).unwrap();
    let asked = proxy.asked();
    assert!(connections > 0 && asked.len() >= connections, "{asked:?}");
    for head in asked {
        assert!(
            head.starts_with("CONNECT localhost:9 HTTP/1.1\r\n"),
            "{head}"
        );
        // someone:pass-word-of-the-proxy
        let login = "Basic c29tZW9uZTpwYXNzLXdvcmQtb2YtdGhlLXByb3h5";
        assert!(head.contains(login), "{head}");
        // The proxy is no party to the signature.
        assert!(!head.contains("auth-v2"));
    }
    for request in server.requests() {
        assert_eq!(request.header("host"), Some("localhost:9"));
        assert_eq!(request.header("proxy-authorization"), None);
    }
    let log = fs::read_to_string(log).unwrap();
    for secret in ["pass-word-of-the-proxy", "c29tZW9uZTpwYXNz"] {
        assert!(!log.contains(secret));
    }
}

#[test]
fn the_proxy_of_the_environment_is_named_and_obeys_ports_in_no_proxy() {
    let server = server();
    let proxy = Proxy::to(&server);
    let mut workspace = Workspace::new(&server);
    let nowhere = connection(&server).replace(server.endpoint(), "https://isales.invalid:28443");
    let lines = nowhere.lines().filter(|line| !line.contains("ca_cert"));
    let lines: String = lines.map(|line| format!("{line}\n")).collect();
    workspace.configure(&format!("{lines}  insecure = true\n  max_retries = 0\n"));
    workspace.write(&resource(46, GLOBAL_COMMON));
    let login = format!("http://someone:pass-word@127.0.0.1:{}", proxy.port);
    workspace.env("HTTPS_PROXY", &login);
    workspace.env("NO_PROXY", "isales.invalid:443");
    workspace.apply().succeeds();
    let asked = proxy.asked();
    assert!(
        asked[0].starts_with("CONNECT isales.invalid:28443 "),
        "{asked:?}"
    );

    // Without the proxy, no server of this name is found.
    workspace.env("NO_PROXY", "isales.invalid:28443");
    let error = workspace.plan().fails().error();
    error.says(&["Server Not Reached", "isales.invalid:28443: no connection"]);
    assert_eq!(proxy.asked(), asked);

    workspace.env("NO_PROXY", "");
    workspace.env("HTTPS_PROXY", "http://someone:pass-word@127.0.0.1:1");
    let outcome = workspace.plan().fails();
    outcome.error().says(&[
        "Proxy Not Reached",
        "by way of the proxy 127.0.0.1:1 (from HTTPS_PROXY)",
    ]);
    assert!(!outcome.text().contains("pass-word"), "{outcome:?}");
}

/// Its certificate as PEM is what a server trusts.
fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut parameters = CertificateParams::default();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let names = &mut parameters.distinguished_name;
    names.push(DnType::CommonName, "the authority for clients");
    CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap()
}

#[test]
fn a_server_that_asks_who_its_client_is_gets_a_certificate() {
    let authority = authority();
    let server = Simulator::builder()
        .credentials(ACCESS_KEY, SECRET_KEY)
        .client_authority(&authority.pem())
        .start_blocking()
        .unwrap();
    let workspace = Workspace::new(&server);
    workspace.write(&resource(46, GLOBAL_COMMON));
    let refused = workspace.apply().fails().error();
    refused.says(&["Client Certificate Refused", "client_cert_file"]);
    assert_eq!(server.requests(), []);

    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(["client".to_owned()]).unwrap();
    let certificate = certificate.signed_by(&key, &authority).unwrap();
    workspace.write_file("client.pem", &certificate.pem());
    workspace.write_file("client.key", &key.serialize_pem());
    workspace.configure(&format!(
        "{}  client_cert_file = \"client.pem\"\n  client_key_file = \"client.key\"\n",
        connection(&server)
    ));
    workspace.apply().succeeds().without_warnings();
    workspace.plan().finds_no_changes();
}

#[test]
fn a_server_that_never_takes_the_connection_is_given_up() {
    let server = server();
    // The system makes the connection; nobody speaks TLS on it.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("https://{}", silent.local_addr().unwrap());
    let workspace = Workspace::new(&server);
    workspace.configure(&format!(
        "{}  connect_timeout = \"1s\"\n  request_timeout = \"1h\"\n  max_retries = 0\n",
        connection(&server).replace(server.endpoint(), &endpoint)
    ));
    workspace.write(&resource(46, GLOBAL_COMMON));
    let refused = workspace.apply().fails().error();
    refused.says(&["Server Not Reached In Time", "raise connect_timeout"]);
}
