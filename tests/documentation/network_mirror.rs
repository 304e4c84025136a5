//! The guide to installations without a public registry: the release laid out by
//! `scripts/network-mirror`, served over HTTPS, and installed with the guide's settings.

use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};
use tempfile::TempDir;
use test_support::{
    file_server::FileServer,
    terraform::{REGISTRIES, Workspace, program},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{
    markdown::Page,
    repository::{read, root},
};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A mirror of one release, which has the built provider for this platform.
struct Mirror {
    folder: TempDir,
    checksum: String,
}

// === impl Mirror ===

impl Mirror {
    fn lay_out() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let release = folder.path().join("release");
        fs::create_dir(&release).unwrap();
        let checksum = write_release(&release);
        let mirror = Self { folder, checksum };
        let output = Command::new(root().join("scripts/network-mirror"))
            .args([release, mirror.path()])
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        mirror
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("mirror")
    }
}

fn zip_name() -> String {
    let platform = &program().platform;
    format!("terraform-provider-isales_{VERSION}_{platform}.zip")
}

/// Writes the zip of this platform, with the built provider, and its checksum, which is returned.
fn write_release(folder: &Path) -> String {
    let path = folder.join(zip_name());
    let mut zip = ZipWriter::new(File::create(&path).unwrap());
    // Compression takes long in a build for development.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .unix_permissions(0o755);
    zip.start_file(format!("terraform-provider-isales_v{VERSION}"), options)
        .unwrap();
    let provider = fs::read(env!("CARGO_BIN_EXE_terraform-provider-isales")).unwrap();
    zip.write_all(&provider).unwrap();
    zip.finish().unwrap();

    let digest = ring::digest::digest(&ring::digest::SHA256, &fs::read(&path).unwrap());
    let digits: Vec<_> = digest
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let checksum = digits.concat();
    let sums = folder.join(format!("terraform-provider-isales_{VERSION}_SHA256SUMS"));
    fs::write(sums, format!("{checksum}  {}\n", zip_name())).unwrap();
    checksum
}

/// The blocks of the guide in a language.
fn blocks(language: &str) -> Vec<String> {
    let page = root().join("templates/guides/install-without-a-registry.md.tmpl");
    let blocks = Page::parse(&read(&page)).blocks.into_iter();
    let blocks = blocks.filter(|block| block.language == language);
    blocks.map(|block| block.text).collect()
}

/// The one block in a language that contains a text.
fn block(language: &str, text: &str) -> String {
    let mut found = blocks(language)
        .into_iter()
        .filter(|block| block.contains(text));
    let block = found.next().expect("a block");
    assert!(found.next().is_none(), "two blocks with {text:?}");
    block
}

#[test]
fn the_guide_shows_the_files_of_the_mirror() {
    let mirror = Mirror::lay_out();
    let shown = |text: &str| -> Value {
        let block = block("json", text)
            .replace("linux_amd64", &program().platform)
            .replace("0.1.0", VERSION);
        serde_json::from_str(&block).unwrap()
    };
    for registry in REGISTRIES {
        let folder = mirror.path().join(registry).join("isales/isales");
        let written =
            |name: &str| -> Value { serde_json::from_str(&read(&folder.join(name))).unwrap() };
        assert_eq!(written("index.json"), shown("\"versions\""));
        let mut description = shown("\"archives\"");
        let archive = &mut description["archives"][&program().platform];
        let hash = archive["hashes"][0].as_str().unwrap();
        assert!(hash.starts_with("zh:"), "{hash}");
        archive["hashes"] = json!([format!("zh:{}", mirror.checksum)]);
        assert_eq!(written(&format!("{VERSION}.json")), description);
        assert!(folder.join(zip_name()).exists());
    }
}

#[test]
fn a_mirror_without_the_zips_checksum_is_not_laid_out() {
    let folder = tempfile::tempdir().unwrap();
    let sums = format!("terraform-provider-isales_{VERSION}_SHA256SUMS");
    fs::write(folder.path().join(zip_name()), "").unwrap();
    fs::write(folder.path().join(sums), "").unwrap();
    let mut script = Command::new(root().join("scripts/network-mirror"));
    script.args([folder.path(), &folder.path().join("mirror")]);
    let output = script.output().unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("has no checksum"), "{said}");
}

// Only there does SSL_CERT_FILE count.
#[cfg(target_os = "linux")]
#[test]
fn init_installs_from_a_network_mirror_whose_certificate_is_trusted() {
    let mirror = Mirror::lay_out();
    let server = FileServer::start(&mirror.path());
    let mut workspace = Workspace::unconfigured();
    let settings = workspace.path("../network.rc");
    let text = block("terraform", "network_mirror");
    let shown = "https://mirror.example.com/providers/";
    assert!(text.contains(shown), "{text}");
    fs::write(
        &settings,
        text.replace(shown, &format!("{}/", server.url())),
    )
    .unwrap();
    workspace.env("TF_CLI_CONFIG_FILE", settings.to_str().unwrap());

    let init = ["init", "-input=false", "-no-color"];
    let refused = workspace.run(&init).fails().text();
    assert!(refused.contains("certificate"), "{refused}");
    assert_eq!(server.requests(), [""; 0]);

    workspace.env("SSL_CERT_FILE", server.certificate().to_str().unwrap());
    workspace.run(&init).succeeds();
    let requests = server.requests();
    assert!(
        requests.iter().any(|path| path.ends_with(&zip_name())),
        "{requests:?}"
    );
    let lock = read(&workspace.path(".terraform.lock.hcl"));
    assert!(lock.contains("\"h1:"), "{lock}");
    workspace.validate().succeeds();

    // The zip is compared with the checksum of the release.
    for registry in REGISTRIES {
        let description = mirror
            .path()
            .join(registry)
            .join(format!("isales/isales/{VERSION}.json"));
        let text = read(&description).replace(&mirror.checksum, &"0".repeat(64));
        fs::write(&description, text).unwrap();
    }
    fs::remove_dir_all(workspace.path(".terraform")).unwrap();
    fs::remove_file(workspace.path(".terraform.lock.hcl")).unwrap();
    let refused = workspace.run(&init).fails().text();
    assert!(refused.contains("checksum"), "{refused}");
}
