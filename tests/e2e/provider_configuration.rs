//! The `provider` block and its environment variables.

use std::fs;

use isales_simulator::{LeafCertificate, Script, Simulator};

use test_support::{
    policies::{GLOBAL_COMMON, TYPED_COMMON, common, named, resource},
    server::{ACCESS_KEY, Observed as _, SECRET_KEY, VDN, server},
    terraform::{Workspace, connection},
};

/// A workspace whose provider is configured by the environment alone.
fn by_environment(server: &Simulator) -> Workspace {
    let mut workspace = Workspace::unconfigured();
    workspace.configure("");
    workspace.env("ISALES_ENDPOINT", server.endpoint());
    workspace.env("ISALES_VDN_ID", &VDN.to_string());
    workspace.env("ISALES_ACCESS_KEY", ACCESS_KEY);
    workspace.env("ISALES_SECRET_KEY", SECRET_KEY);
    workspace.env("ISALES_CA_CERT_FILE", server.ca_file().to_str().unwrap());
    workspace.write(&resource(46, GLOBAL_COMMON));
    workspace
}

#[test]
fn everything_can_come_from_the_environment() {
    let server = server();
    let mut workspace = by_environment(&server);
    for (name, value) in [
        ("ISALES_LOCALE", "en_US"),
        ("ISALES_INSECURE", "false"),
        ("ISALES_CONNECT_TIMEOUT", "5s"),
        ("ISALES_REQUEST_TIMEOUT", "1m"),
        ("ISALES_MAX_RETRIES", "2"),
        ("ISALES_MAX_CONCURRENT_REQUESTS", "1"),
        ("ISALES_REQUESTS_PER_SECOND", "50"),
        ("ISALES_POLICY_JSON_QUOTES", "double"),
        ("ISALES_COMMON_POLICY_LAYOUT", "flat"),
        ("ISALES_TIMESTAMP_PRECISION", "seconds"),
        ("ISALES_SIGNED_HEADERS", "host;locale"),
    ] {
        workspace.env(name, value);
    }
    let many = (1..6).map(|campaign| named(&format!("c{campaign}"), campaign, TYPED_COMMON));
    workspace.write(&many.collect::<String>());
    workspace.apply().succeeds().without_warnings();
    let post = &server.received("POST")[0];
    assert_eq!(post.header("locale"), Some("en_US"));
    assert_eq!(post.timestamp.as_ref().unwrap().len(), 20);
    assert_eq!(post.signed_headers.as_deref(), Some("host;locale"));
    let body = r#"{"policyJson":"[{\"dataType\":\"ST\",\"type\":0,\"retryTimes\":2,\"retryDay\":1}]","policyType":1}"#;
    assert_eq!(post.body, body);
    assert_eq!(server.counters().max_concurrent, 1);
    workspace.plan().finds_no_changes();
}

#[test]
fn the_configuration_beats_the_environment() {
    let server = server();
    let mut workspace = by_environment(&server);
    for (name, value) in [
        ("ISALES_ENDPOINT", "https://127.0.0.1:9"),
        ("ISALES_VDN_ID", "26"),
        ("ISALES_ACCESS_KEY", "NOBODY"),
        ("ISALES_SECRET_KEY", "NOTHING"),
        ("ISALES_CA_CERT_FILE", "/nowhere.pem"),
        ("ISALES_POLICY_JSON_QUOTES", "double"),
        ("ISALES_LOCALE", "zh_CN"),
    ] {
        workspace.env(name, value);
    }
    workspace.configure(&format!(
        "{}  access_key = \"{ACCESS_KEY}\"\n  secret_key = \"{SECRET_KEY}\"\n  locale = \"en_US\"\n  \
         compatibility = {{ policy_json_quotes = \"single\" }}\n",
        connection(&server)
    ));
    workspace.apply().succeeds().without_warnings();
    assert!(server.policy(VDN, 46).is_some());
    assert_eq!(server.received("POST")[0].header("locale"), Some("en_US"));
    assert!(!server.posted()[0].contains("\\\""));
    workspace.plan().finds_no_changes();
}

#[test]
fn a_value_of_the_environment_that_cannot_be_used_is_named_with_its_variable() {
    let server = server();
    for (name, value) in [
        ("ISALES_ENDPOINT", "ftp://127.0.0.1"),
        ("ISALES_VDN_ID", "10000"),
        ("ISALES_ACCESS_KEY", "A/B"),
        ("ISALES_LOCALE", "en US"),
        ("ISALES_CA_CERT_FILE", "/nowhere.pem"),
        ("ISALES_CLIENT_CERT_FILE", "/nowhere.pem"),
        ("ISALES_CLIENT_KEY_FILE", "/nowhere.pem"),
        ("ISALES_INSECURE", "perhaps"),
        ("ISALES_PROXY_URL", "socks://127.0.0.1"),
        ("ISALES_CONNECT_TIMEOUT", "soon"),
        ("ISALES_REQUEST_TIMEOUT", "0s"),
        ("ISALES_MAX_RETRIES", "-1"),
        ("ISALES_MAX_CONCURRENT_REQUESTS", "0"),
        ("ISALES_REQUESTS_PER_SECOND", "1.5"),
        // What the schema refuses in the block, and what would not fit into fewer bits.
        ("ISALES_MAX_RETRIES", "101"),
        ("ISALES_MAX_RETRIES", "99999999999"),
        ("ISALES_MAX_CONCURRENT_REQUESTS", "1001"),
        ("ISALES_REQUESTS_PER_SECOND", "10001"),
        ("ISALES_REQUESTS_PER_SECOND", "5000000000"),
        ("ISALES_POLICY_JSON_QUOTES", "triple"),
        ("ISALES_COMMON_POLICY_LAYOUT", "deep"),
        ("ISALES_TIMESTAMP_PRECISION", "days"),
        ("ISALES_SIGNED_HEADERS", "date;host"),
    ] {
        let mut workspace = by_environment(&server);
        workspace.env(name, value);
        let error = workspace.plan().fails().error();
        error.says(&["Invalid Provider Configuration", name]);
    }
    let mut workspace = by_environment(&server);
    workspace.without_env("ISALES_CA_CERT_FILE");
    workspace.env("ISALES_CA_CERT_PEM", "nonsense");
    let error = workspace.plan().fails().error();
    error.says(&["ISALES_CA_CERT_PEM", "-----BEGIN"]);
}

#[test]
fn what_a_file_or_a_shell_puts_around_a_key_is_named_without_the_key() {
    let server = server();
    let mut workspace = by_environment(&server);
    workspace.write_file("sk.txt", &format!("{SECRET_KEY}\r\n"));
    workspace.configure("  secret_key = file(\"sk.txt\")\n");
    let error = workspace.plan().fails().error();
    error
        .says(&[
            "secret_key ends with a line break",
            "trimspace(file(\"PATH\"))",
        ])
        .points_at("secret_key =");
    workspace.configure("  secret_key = trimspace(file(\"sk.txt\"))\n");
    workspace.plan().finds_changes();

    workspace.configure("");
    workspace.env("ISALES_ACCESS_KEY", &format!("'{ACCESS_KEY}'"));
    let error = workspace.plan().fails().error();
    error.says(&["access_key is in quotation marks", "ISALES_ACCESS_KEY"]);
    workspace.env("ISALES_ACCESS_KEY", ACCESS_KEY);
    workspace.env("ISALES_SECRET_KEY", &format!("\u{feff}{SECRET_KEY}"));
    let outcome = workspace.plan().fails();
    outcome.error().says(&[
        "secret_key begins with a byte order mark",
        "ISALES_SECRET_KEY",
    ]);
    assert!(!outcome.text().contains(SECRET_KEY), "{outcome:?}");
    // The trimmed key signs: the plan of the create has queried the policy.
    let statuses = server.requests().into_iter().map(|request| request.status);
    assert_eq!(statuses.collect::<Vec<_>>(), [Some(200)]);
}

#[test]
fn what_is_missing_is_named_with_both_of_its_ways() {
    let workspace = Workspace::unconfigured();
    workspace.configure("");
    workspace.write(&resource(46, &format!("{GLOBAL_COMMON}  vdn_id = 25\n")));
    let errors = workspace.plan().fails().errors();
    let names = ["endpoint", "access_key", "secret_key"];
    assert_eq!(errors.len(), names.len(), "{errors:#?}");
    for (error, name) in errors.iter().zip(names) {
        let variable = format!("ISALES_{}", name.to_uppercase());
        error.says(&[
            "Missing Provider Configuration",
            name,
            "provider block",
            &variable,
        ]);
    }
}

#[test]
fn a_configuration_that_apply_will_know_waits_for_it() {
    let server = server();
    let mut workspace = by_environment(&server);
    for name in ["ISALES_ENDPOINT", "ISALES_VDN_ID", "ISALES_CA_CERT_FILE"] {
        workspace.without_env(name);
    }
    let block = |name: &str| {
        format!(
            "resource \"terraform_data\" \"server\" {{\n  triggers_replace = \"{name}\"\n  \
             input = {{ endpoint = \"{}\", vdn_id = {VDN}, ca = {:?} }}\n}}\n",
            server.endpoint(),
            server.ca_pem()
        )
    };
    workspace.configure(
        "  endpoint = terraform_data.server.output.endpoint\n  \
         vdn_id = terraform_data.server.output.vdn_id\n  \
         ca_cert_pem = terraform_data.server.output.ca\n",
    );
    workspace.write_file("server.tf", &block("one"));
    workspace.plan().finds_changes().without_warnings();
    workspace.apply().succeeds().without_warnings();
    assert!(server.policy(VDN, 46).is_some());
    assert_eq!(
        workspace.attributes("isales_retry_policy.this")["id"],
        "25/46"
    );
    workspace.plan().finds_no_changes().without_warnings();

    // A server that is made anew: nothing can be read before, and the VDN may be another.
    workspace.write_file("server.tf", &block("two"));
    let warnings = workspace.plan().finds_changes().warnings();
    warnings[0].says(&["Retry Policy Not Refreshed", "endpoint"]);
    workspace.apply().succeeds();
    workspace.plan().finds_no_changes().without_warnings();
}

#[test]
fn a_proxy_is_refused_for_an_endpoint_without_tls() {
    let server = server();
    let mut workspace = by_environment(&server);
    workspace.env("ISALES_ENDPOINT", "http://127.0.0.1:9");
    workspace.configure("  proxy_url = \"http://proxy.example.com:3128\"\n");
    let error = workspace.plan().fails().error();
    error
        .says(&["Invalid Provider Configuration", "in clear", "https://"])
        .points_at("proxy_url =");
    workspace.configure("");
    workspace.env("ISALES_PROXY_URL", "http://proxy.example.com:3128");
    let error = workspace.plan().fails().error();
    error.says(&["in clear", "environment variable ISALES_PROXY_URL"]);
}

#[test]
fn a_variable_that_names_no_proxy_is_an_error_without_its_value() {
    let server = server();
    let mut workspace = by_environment(&server);
    workspace.env("HTTPS_PROXY", "nonsense://pass-word");
    // This machine is reached without a proxy.
    workspace.apply().succeeds().without_warnings();
    workspace.env("ISALES_ENDPOINT", "https://isales.invalid:28443");
    let outcome = workspace.plan().fails();
    outcome.error().says(&[
        "Invalid Provider Configuration",
        "HTTPS_PROXY is not the URL of an HTTP proxy",
    ]);
    assert!(!outcome.text().contains("pass-word"), "{outcome:?}");
}

#[test]
fn trust_is_settled_by_file_by_text_or_not_at_all() {
    let (server, other) = (server(), server());
    let mut workspace = by_environment(&server);
    workspace.without_env("ISALES_CA_CERT_FILE");

    let unknown = workspace.apply().fails().error();
    unknown.says(&["unknown issuer", "ca_cert_file or ca_cert_pem"]);
    let block = format!("  ca_cert_pem = {:?}\n", other.ca_pem());
    workspace.configure(&block);
    workspace.apply().fails().error().says(&["unknown issuer"]);
    assert_eq!(server.requests(), []);

    let by_text = format!("  ca_cert_pem = {:?}\n", server.ca_pem());
    workspace.configure(&by_text);
    workspace.apply().succeeds().without_warnings();
    workspace.configure(&format!("  ca_cert_file = {:?}\n", server.ca_file()));
    workspace.plan().finds_no_changes().without_warnings();
    workspace.configure("  insecure = true\n");
    let warning = workspace.plan().finds_no_changes().warning();
    warning
        .says(&["Server Certificate Not Checked", "ca_cert_file"])
        .points_at("insecure = true");
}

#[test]
fn trust_in_the_block_beats_trust_in_the_environment() {
    let (server, other) = (server(), server());
    let mut workspace = by_environment(&server);
    workspace.env("ISALES_CA_CERT_FILE", "/nowhere.pem");
    workspace.configure(&format!("  ca_cert_pem = {:?}\n", server.ca_pem()));
    workspace.apply().succeeds().without_warnings();

    workspace.without_env("ISALES_CA_CERT_FILE");
    workspace.env("ISALES_CA_CERT_PEM", other.ca_pem());
    workspace.configure(&format!("  ca_cert_file = {:?}\n", server.ca_file()));
    workspace.plan().finds_no_changes().without_warnings();

    // Neither beats the other where both are from one place.
    workspace.configure("");
    workspace.env("ISALES_CA_CERT_FILE", "/nowhere.pem");
    let error = workspace.plan().fails().error();
    error.says(&["both set", "ISALES_CA_CERT_FILE", "ISALES_CA_CERT_PEM"]);

    workspace.without_env("ISALES_CA_CERT_FILE");
    workspace.env("ISALES_INSECURE", "true");
    workspace.configure(&format!("  ca_cert_file = {:?}\n", server.ca_file()));
    let warning = workspace.plan().finds_no_changes().warning();
    warning.says(&[
        "Server Certificate Not Checked",
        "ca_cert_file is set, but has no effect",
        "Remove ISALES_INSECURE",
    ]);

    // What the block does not have is called by the name of its variable.
    workspace.configure("");
    let warning = workspace.plan().finds_no_changes().warning();
    warning.says(&["ISALES_INSECURE is on", "ISALES_CA_CERT_PEM is set"]);
}

#[test]
fn a_client_certificate_and_its_key_may_come_from_two_places() {
    let server = server();
    for (block, variable) in [
        ("client_cert_file", "ISALES_CLIENT_KEY_FILE"),
        ("client_key_file", "ISALES_CLIENT_CERT_FILE"),
    ] {
        let mut workspace = by_environment(&server);
        workspace.configure(&format!("  {block} = \"/nowhere.pem\"\n"));
        workspace.env(variable, "/nowhere.pem");
        workspace.validate().succeeds();
        let error = workspace.plan().fails().error();
        error.says(&["/nowhere.pem", "cannot be read"]);
    }
}

#[test]
fn the_file_that_cannot_be_used_is_pointed_at() {
    let server = server();
    let workspace = by_environment(&server);
    // Any certificate will do: none is shown before both files are read.
    fs::copy(server.ca_file(), workspace.path("client.pem")).unwrap();
    let encrypted =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----\n";
    fs::write(workspace.path("client.key"), encrypted).unwrap();
    for (certificate, key, words, code) in [
        (
            "client.pem",
            "client.key",
            "with a passphrase",
            "client_key_file",
        ),
        (
            "client.pem",
            "none.key",
            "cannot be read",
            "client_key_file",
        ),
        (
            "none.pem",
            "client.key",
            "cannot be read",
            "client_cert_file",
        ),
    ] {
        workspace.configure(&format!(
            "  client_cert_file = {certificate:?}\n  client_key_file = {key:?}\n"
        ));
        let error = workspace.plan().fails().error();
        error.says(&[words]).points_at(code);
    }
}

#[test]
fn what_a_setting_has_in_place_of_a_certificate_is_named() {
    let server = server();
    let mut workspace = by_environment(&server);
    workspace.without_env("ISALES_CA_CERT_FILE");
    for (block, words) in [
        ("  ca_cert_file = \"\"\n", "is empty, so it names no file"),
        ("  ca_cert_file = \"~/ca.pem\"\n", "pathexpand("),
        ("  ca_cert_file = \"ca.pem\\n\"\n", "trimspace("),
        ("  ca_cert_file = \".\"\n", "is a directory"),
        ("  ca_cert_file = \"/dev/zero\"\n", "is a device"),
    ] {
        workspace.configure(block);
        let error = workspace.plan().fails().error();
        error.says(&[words]).points_at("ca_cert_file =");
    }
    workspace.configure("");
    let escaped = server.ca_pem().replace('\n', "\\n");
    workspace.env("ISALES_CA_CERT_PEM", &escaped);
    let error = workspace.plan().fails().error();
    error.says(&["written as \\n", "ISALES_CA_CERT_PEM"]);

    workspace.env(
        "ISALES_CA_CERT_PEM",
        &format!("\u{feff}{}", server.ca_pem()),
    );
    workspace.apply().succeeds().without_warnings();
}

#[test]
fn a_certificate_that_does_not_hold_is_explained() {
    for (certificate, words) in [
        (LeafCertificate::Expired, "has expired"),
        (LeafCertificate::WrongName, "for another name"),
    ] {
        let builder = Simulator::builder().certificate(certificate);
        let server = builder.start_blocking().unwrap();
        let workspace = by_environment(&server);
        workspace.apply().fails().error().says(&[words]);
        assert_eq!(server.requests(), []);
    }
}

#[test]
fn settings_that_contradict_each_other_are_refused() {
    let server = server();
    let workspace = by_environment(&server);
    fs::write(workspace.path("some.pem"), "").unwrap();
    for (block, words, code) in [
        (
            "  ca_cert_file = \"some.pem\"\n  ca_cert_pem = \"x\"\n",
            "both set",
            "ca_cert_file",
        ),
        (
            "  client_cert_file = \"some.pem\"\n",
            "without client_key_file",
            "client_cert_file",
        ),
        (
            "  client_key_file = \"some.pem\"\n",
            "without client_cert_file",
            "client_key_file",
        ),
        ("  endpoint = \"\"\n", "endpoint is empty", "endpoint"),
        (
            "  endpoint = \"http://isales.example.com:28443\"\n",
            "does not start with https://",
            "endpoint",
        ),
        (
            "  endpoint = \"https://user:word@127.0.0.1\"\n",
            "user name or password",
            "endpoint",
        ),
        (
            "  endpoint = \"https://127.0.0.1/rest\"\n",
            "more than a host and a port",
            "endpoint",
        ),
        ("  vdn_id = 0\n", "from 1 to 9999", "vdn_id"),
        ("  max_retries = 1000\n", "from 0 to 100", "max_retries"),
        (
            "  request_timeout = \"x\"\n",
            "such as 30s",
            "request_timeout",
        ),
    ] {
        workspace.configure(block);
        let error = workspace.plan().fails().error();
        error.says(&[words]).points_at(code);
    }
    assert_eq!(server.requests(), []);

    // On this machine http is allowed, though nobody answers to it here.
    workspace.configure("  endpoint = \"http://127.0.0.1:9\"\n  max_retries = 0\n");
    workspace.plan().finds_changes();
    workspace
        .apply()
        .fails()
        .error()
        .says(&["Server Not Reached"]);
}

#[test]
fn retries_can_be_switched_off() {
    let server = server();
    let workspace = by_environment(&server);
    workspace.configure("  max_retries = 0\n");
    server.script(Script::reply(500, "").method("POST"));
    workspace
        .apply()
        .fails()
        .error()
        .says(&["HTTP status is 500"]);
    assert_eq!(server.posted().len(), 1);

    workspace.configure("");
    server.script(Script::reply(500, "").method("GET"));
    server.script(Script::reply(503, "").method("POST"));
    workspace.write(&resource(46, &common(2, 2)));
    workspace.apply().succeeds().without_warnings();
    workspace.plan().finds_no_changes();
}
