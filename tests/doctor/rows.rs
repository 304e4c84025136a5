//! What can be wrong, and what doctor has to say about it.

use std::{net::TcpListener, time::Duration};

use isales_simulator::{
    Accepts, Fault, Faults, LeafCertificate, Script, Shape, Simulator, SimulatorBuilder,
};

use crate::command::{Doctor, PROXY_PASSWORD, SECRET_KEY};
use test_support::{
    proxy::{open_proxy, refusing_proxy, silent_server},
    server::ACCESS_KEY,
    tls_server::TlsServer,
};

/// A row of the table.
pub struct Row {
    /// What is wrong.
    pub wrong: String,
    /// Whether `make test` has it.
    pub is_in_sample: bool,
    /// The codes of the problems, all of them.
    pub problems: Vec<&'static str>,
    /// The codes of the notices, all of them.
    pub notices: Vec<&'static str>,
    arrange: Box<dyn Fn() -> Arranged + Send + Sync>,
}

/// A server and the run against it.
pub struct Arranged {
    pub doctor: Doctor,
    /// Runs while the value exists.
    _simulator: Option<Simulator>,
}

// === impl Row ===

impl Row {
    fn new(
        wrong: impl Into<String>,
        problems: &[&'static str],
        arrange: impl Fn() -> Arranged + Send + Sync + 'static,
    ) -> Self {
        Self {
            wrong: wrong.into(),
            is_in_sample: false,
            problems: problems.to_vec(),
            notices: Vec::new(),
            arrange: Box::new(arrange),
        }
    }

    /// Adds notices that are expected.
    fn noting(mut self, notices: &[&'static str]) -> Self {
        self.notices = notices.to_vec();
        self
    }

    /// Puts the row into the sample.
    fn sampled(mut self) -> Self {
        self.is_in_sample = true;
        self
    }

    /// Starts the server.
    pub fn arrange(&self) -> Arranged {
        (self.arrange)()
    }
}

// === impl Arranged ===

impl Arranged {
    fn simulator(builder: SimulatorBuilder) -> Self {
        Self::changed(builder, |doctor, _| doctor)
    }

    fn changed(builder: SimulatorBuilder, change: impl Fn(Doctor, &Simulator) -> Doctor) -> Self {
        let simulator = builder.start_blocking().expect("the simulator starts");
        Self {
            doctor: change(Doctor::of(&simulator), &simulator),
            _simulator: Some(simulator),
        }
    }

    fn doctor(doctor: Doctor) -> Self {
        Self {
            doctor,
            _simulator: None,
        }
    }
}

/// A server with campaigns, half of which have a policy.
fn server() -> SimulatorBuilder {
    Simulator::builder()
        .credentials(ACCESS_KEY, SECRET_KEY)
        .campaigns(25, [])
        .data_set(3, 12)
}

fn port(port: u16) -> String {
    format!("https://127.0.0.1:{port}")
}

/// A port on which nothing listens.
fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// All rows.
pub fn rows() -> Vec<Row> {
    let mut rows = vec![Row::new("nothing", &[], || Arranged::simulator(server())).sampled()];
    rows.extend(presets());
    rows.extend(settings());
    rows.extend(network());
    rows.extend(proxies());
    rows.extend(certificates());
    rows.extend(clocks());
    rows.extend(signatures());
    rows.extend(interfaces());
    rows.extend(Fault::ALL.map(fault));
    rows
}

fn presets() -> impl Iterator<Item = Row> {
    Shape::PRESETS.into_iter().map(|(preset, _)| {
        let notices: &[&str] = match preset {
            "generation-a" | "generation-b" => &[],
            _ => &["forms_differ"],
        };
        let row = Row::new(
            format!("nothing; replies of preset {preset}"),
            &[],
            move || {
                let shape = format!("preset={preset}")
                    .parse::<Shape>()
                    .expect("a shape");
                Arranged::simulator(server().shape(shape))
            },
        );
        let row = row.noting(notices);
        if preset == "adverse" {
            row.sampled()
        } else {
            row
        }
    })
}

fn settings() -> Vec<Row> {
    vec![
        Row::new("no settings", &["setting_missing"; 4], || {
            Arranged::doctor(Doctor::bare())
        }),
        Row::new("wrong VDN", &["vdn_refused"], || {
            Arranged::changed(server(), |doctor, _| doctor.with("ISALES_VDN_ID", "77"))
        })
        .sampled(),
        Row::new("no VDN", &["vdn_not_set"], || {
            Arranged::changed(server(), |doctor, _| doctor.without("ISALES_VDN_ID"))
        }),
        Row::new("a campaign ID that does not exist", &[], || {
            Arranged::changed(server(), |doctor, _| doctor.arg("--campaign-id=999"))
        })
        .noting(&["no_policies", "campaign_not_found"]),
        Row::new("a VDN without campaigns", &[], || {
            Arranged::simulator(
                Simulator::builder()
                    .credentials(ACCESS_KEY, SECRET_KEY)
                    .campaigns(25, []),
            )
        })
        .noting(&["no_campaigns"]),
    ]
}

fn network() -> Vec<Row> {
    vec![
        Row::new(
            "a name that no name server knows",
            &["name_not_resolved"],
            || Arranged::doctor(Doctor::at("https://isales.invalid:28443")),
        ),
        Row::new("a port that refuses", &["connection_refused"], || {
            Arranged::doctor(Doctor::at(&port(closed_port())))
        })
        .sampled(),
        Row::new("a port that says nothing", &["handshake_timed_out"], || {
            Arranged::doctor(Doctor::at(&port(silent_server())))
        }),
        Row::new("a plain HTTP server on the port", &["not_tls"], || {
            let answer = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
            Arranged::doctor(Doctor::at(&port(plain_server(answer))))
        })
        .sampled(),
        Row::new(
            "a port that closes connections",
            &["handshake_closed"],
            || Arranged::doctor(Doctor::at(&port(plain_server("")))),
        ),
        Row::new(
            "a TLS server that does not speak HTTP",
            &["not_http"],
            || {
                let server = TlsServer {
                    answer: "220 mail.example.com ESMTP\r\n",
                    ..TlsServer::default()
                };
                let running = server.start();
                Arranged::doctor(
                    Doctor::at(&port(running.port)).with("ISALES_CA_CERT_PEM", &running.authority),
                )
            },
        ),
    ]
}

/// A server that answers whatever comes first, and closes the connection.
fn plain_server(answer: &'static str) -> u16 {
    use std::io::{Read as _, Write as _};

    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let mut client = client.expect("a client");
            let _received = client.read(&mut [0; 4096]);
            let _sent = client.write_all(answer.as_bytes());
        }
    });
    port
}

fn proxies() -> Vec<Row> {
    let through = |what: &str, problem: &[&'static str], start: fn() -> u16| {
        Row::new(format!("a proxy that {what}"), problem, move || {
            let proxy = format!("http://127.0.0.1:{}", start());
            Arranged::changed(server(), |doctor, _| {
                doctor.with("ISALES_PROXY_URL", &proxy)
            })
        })
    };
    let login = format!("http://me:{PROXY_PASSWORD}@127.0.0.1");
    vec![
        through("opens the tunnel", &[], open_proxy),
        through("refuses (403)", &["proxy_refused"], || {
            refusing_proxy("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        })
        .sampled(),
        through("requires a login (407)", &["proxy_login_required"], || {
            refusing_proxy("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
        }),
        through("closes the connection", &["proxy_closed"], || {
            refusing_proxy("")
        }),
        through("says nothing", &["proxy_timed_out"], silent_server),
        through("is not there", &["connection_refused"], closed_port),
        Row::new(
            "a proxy that refuses the login (407)",
            &["proxy_login_refused"],
            move || {
                let answer = "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n";
                let proxy = format!("{login}:{}", refusing_proxy(answer));
                Arranged::changed(server(), |doctor, _| {
                    doctor.with("ISALES_PROXY_URL", &proxy)
                })
            },
        )
        .sampled(),
        Row::new(
            "a URL with https:// for a proxy without TLS",
            &["proxy_tls_failed"],
            || {
                let answer = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
                let proxy = port(plain_server(answer));
                Arranged::changed(server(), |doctor, _| {
                    doctor.with("ISALES_PROXY_URL", &proxy)
                })
            },
        ),
    ]
}

fn certificates() -> Vec<Row> {
    let own = |wrong: &str, problem: &'static str, server: TlsServer, is_given: bool| {
        Row::new(wrong, &[problem], move || {
            let running = server.start();
            let doctor = Doctor::at(&port(running.port));
            Arranged::doctor(if is_given {
                doctor.with("ISALES_CA_CERT_PEM", &running.authority)
            } else {
                doctor
            })
        })
    };
    let presented = |wrong: &str, problem, certificate| {
        Row::new(wrong, &[problem], move || {
            Arranged::simulator(server().certificate(certificate))
        })
    };
    vec![
        presented(
            "an expired certificate",
            "certificate_expired",
            LeafCertificate::Expired,
        )
        .sampled(),
        presented(
            "a certificate for another name",
            "certificate_for_another_name",
            LeafCertificate::WrongName,
        ),
        own(
            "a certificate that is not valid yet",
            "certificate_not_valid_yet",
            TlsServer {
                valid: (2090, 2100),
                ..TlsServer::default()
            },
            true,
        ),
        own(
            "a certificate that is not valid yet, by the clock of this machine alone",
            "clock_off_for_certificate",
            TlsServer {
                valid: (2090, 2100),
                answer: "HTTP/1.1 200 OK\r\nDate: Sat, 01 Jan 2095 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n",
                ..TlsServer::default()
            },
            true,
        ),
        Row::new(
            "a certificate of a foreign CA",
            &["certificate_of_unknown_issuer"],
            || {
                let other = Simulator::builder().start_blocking().expect("a simulator");
                let pem = other.ca_pem().to_owned();
                Arranged::changed(server(), move |doctor, _| {
                    doctor
                        .without("ISALES_CA_CERT_FILE")
                        .with("ISALES_CA_CERT_PEM", &pem)
                })
            },
        )
        .sampled(),
        own(
            "a certificate of a private CA, which the server sends",
            "certificate_of_unknown_issuer",
            TlsServer {
                sends_authority: true,
                ..TlsServer::default()
            },
            false,
        ),
        Row::new(
            "a server that wants a client certificate",
            &["client_certificate_required"],
            || {
                let clients = TlsServer::default().start().authority;
                Arranged::simulator(server().client_authority(&clients))
            },
        ),
        Row::new("insecure is on", &[], || {
            Arranged::changed(server(), |doctor, _| {
                doctor
                    .without("ISALES_CA_CERT_FILE")
                    .with("ISALES_INSECURE", "true")
            })
        })
        .noting(&["certificate_not_checked", "certificate_not_verified"]),
    ]
}

fn clocks() -> Vec<Row> {
    const MINUTE: i64 = 60;
    const DAY: i64 = 86_400;
    let by = |wrong: &str, problems: &[&'static str], seconds: i64| {
        Row::new(wrong, problems, move || {
            Arranged::changed(server(), move |doctor, simulator| {
                simulator.set_clock_offset(seconds);
                doctor
            })
        })
    };
    vec![
        by(
            "server clock 5 minutes ahead, which it tolerates",
            &[],
            5 * MINUTE,
        )
        .noting(&["clock_differs"]),
        by(
            "server clock 5 minutes behind, which it tolerates",
            &[],
            -5 * MINUTE,
        )
        .noting(&["clock_differs"]),
        by("server clock 20 minutes ahead", &["clock_off"], 20 * MINUTE).sampled(),
        by(
            "server clock 20 minutes behind",
            &["clock_off"],
            -20 * MINUTE,
        ),
        by("server clock a day ahead", &["clock_off"], DAY - MINUTE),
        by("server clock a day behind", &["clock_off"], -DAY + MINUTE),
        by(
            "server clock two days ahead",
            &["clock_too_far_off"],
            2 * DAY,
        ),
        by(
            "server clock two days behind",
            &["clock_too_far_off"],
            -2 * DAY,
        ),
        Row::new(
            "wrong secret key, server clock 20 minutes ahead",
            &["signature_refused"],
            || {
                Arranged::changed(server(), |doctor, simulator| {
                    simulator.set_clock_offset(20 * MINUTE);
                    doctor.with("ISALES_SECRET_KEY", "another")
                })
            },
        )
        .noting(&["clock_differs"]),
    ]
}

fn signatures() -> Vec<Row> {
    let only = |wrong: &str, problem: &'static str, forms: &'static [&'static str]| {
        Row::new(wrong, &[problem], move || {
            let accepts = forms
                .iter()
                .try_fold(Accepts::default(), |accepts, form| accepts.with(form));
            Arranged::simulator(server().accepts(accepts.expect("forms")))
        })
    };
    vec![
        Row::new("wrong secret key", &["signature_refused"], || {
            Arranged::changed(server(), |doctor, _| {
                doctor.with("ISALES_SECRET_KEY", "another")
            })
        })
        .sampled(),
        Row::new("wrong access key", &["signature_refused"], || {
            Arranged::changed(server(), |doctor, _| {
                doctor.with("ISALES_ACCESS_KEY", "ANOTHER")
            })
        }),
        only(
            "a server that wants time in seconds",
            "timestamp_precision_differs",
            &["timestamp-precision=seconds"],
        )
        .sampled(),
        only(
            "a server that wants host signed alone",
            "signed_headers_differ",
            &["signed-headers=host"],
        ),
        only(
            "a server that wants content-length unsigned",
            "signed_headers_differ",
            &["signed-headers=content-type;host"],
        ),
        only(
            "a server that wants both",
            "signature_form_differs",
            &["timestamp-precision=seconds", "signed-headers=host"],
        ),
        Row::new(
            "a server that wants time in seconds, and whose clock is 20 minutes ahead",
            &["clock_off", "timestamp_precision_differs"],
            || {
                let accepts = "timestamp-precision=seconds"
                    .parse::<Accepts>()
                    .expect("a form");
                Arranged::changed(server().accepts(accepts), |doctor, simulator| {
                    simulator.set_clock_offset(1200);
                    doctor
                })
            },
        ),
    ]
}

fn interfaces() -> Vec<Row> {
    let scripted = |wrong: &str,
                    problems: &[&'static str],
                    notices: &[&'static str],
                    script: fn() -> Script| {
        Row::new(wrong, problems, move || {
            Arranged::changed(server(), move |doctor, simulator| {
                simulator.script(script().times(1000));
                doctor
            })
        })
        .noting(notices)
    };
    const QUERY: &str = "/rest/isales/v1/openapi/campaigns/25/retryPolicy/*";
    const CALL_RESULTS: &str = "/rest/isales/v1/openapi/campaigns/25/queryOBSResults";
    vec![
        scripted(
            "a server without the query of retry policies",
            &[],
            &["query_not_served"],
            || Script::reply(404, "<html>Not Found</html>").path(QUERY),
        )
        .sampled(),
        scripted(
            "policies in a form that nobody knows",
            &["policy_unreadable"],
            &["no_policies"],
            || {
                Script::reply(
                    200,
                    r#"{"resultCode":"0200000","data":{"policyType":0,"policyJson":"?"}}"#,
                )
                .path(QUERY)
            },
        )
        .sampled(),
        scripted(
            "an interface that refuses (401)",
            &[],
            &["interface_refused"],
            || Script::reply(401, "").path(CALL_RESULTS),
        ),
        scripted(
            "an interface that refuses (403)",
            &[],
            &["interface_refused"],
            || Script::reply(403, "").path(CALL_RESULTS),
        ),
        scripted(
            "an interface that is not served (404)",
            &[],
            &["interface_not_served"],
            || Script::reply(404, "").path(CALL_RESULTS),
        ),
        scripted(
            "an interface whose reply cannot be read",
            &["reply_unreadable"],
            &[],
            || {
                Script::reply(200, r#"{"resultCode":"0200000","totalCount":1,"data":[7]}"#)
                    .path(CALL_RESULTS)
            },
        ),
        scripted(
            "an address that is not allowed (403)",
            &["forbidden"],
            &[],
            || Script::reply(403, "<html>Forbidden</html>").header("content-type", "text/html"),
        ),
        scripted("another web server (404)", &["not_the_api"], &[], || {
            Script::reply(404, "<html>Not Found</html>").header("content-type", "text/html")
        }),
        scripted(
            "JSON of another service",
            &["reply_without_code"],
            &[],
            || Script::reply(200, r#"{"status":"ok"}"#),
        ),
    ]
}

/// Every request meets this fault.
fn fault(fault: Fault) -> Row {
    let problem: Option<&'static str> = match fault {
        Fault::ResetBeforeStored
        | Fault::ResetAfterStored
        | Fault::CloseAfterStored
        | Fault::Restart => Some("connection_broken"),
        Fault::CutShort | Fault::TruncatedJson => Some("reply_cut_short"),
        Fault::EndlessBody | Fault::OversizedBody => Some("reply_too_large"),
        Fault::SlowDrip => Some("reply_timed_out"),
        Fault::HtmlErrorPage | Fault::InvalidUtf8 | Fault::DeepNesting => Some("not_json"),
        Fault::HugeNumbers | Fault::SuccessWithoutData => Some("reply_unreadable"),
        Fault::DisagreeingCodes => Some("codes_contradict"),
        Fault::Redirect => Some("redirect"),
        Fault::TooManyRequestsSeconds | Fault::TooManyRequestsDate => Some("too_many_requests"),
        Fault::UnavailableSeconds | Fault::UnavailableDate => Some("server_unavailable"),
        Fault::TooFast => Some("called_too_fast"),
        Fault::InternalServerError => Some("server_error"),
        Fault::BadGateway | Fault::GatewayTimeout => Some("gateway_error"),
        Fault::WrongContentType | Fault::Latency => None,
    };
    let row = Row::new(
        format!("every request meets {fault}"),
        problem.as_slice(),
        move || {
            let faults = Faults {
                seed: 1,
                probabilities: [(fault, 1.0)].into(),
            };
            // Each request of a late server takes 1.5 s, and few are enough.
            let campaigns = if fault == Fault::Latency { 2 } else { 12 };
            let simulator = Simulator::builder()
                .credentials(ACCESS_KEY, SECRET_KEY)
                .campaigns(25, [])
                .data_set(3, campaigns)
                .faults(faults);
            Arranged::simulator(simulator)
        },
    );
    match fault {
        Fault::HtmlErrorPage => row.sampled(),
        // So few campaigns have no policy.
        Fault::Latency => row.noting(&["no_policies", "slow"]),
        Fault::WrongContentType => row.noting(&["content_type_differs"]),
        _ => row,
    }
}

/// How long the slowest row may take.
pub const PATIENCE: Duration = Duration::from_secs(60);
