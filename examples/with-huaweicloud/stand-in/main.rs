//! A stand-in for the provider `huaweicloud`: one data source and one resource, with the arguments
//! that the real one documents, and no cloud behind them. For the tests of this example alone.
//!
//! `STAND_IN_SECRET_TEXT` has the text of every secret; every endpoint is at 127.0.0.1.

use std::{
    env,
    error::Error,
    io::{Write as _, stderr},
    process::ExitCode,
};

use tfplugin::model;
use tfplugin::{
    call::Call,
    data_source::DataSource,
    diagnostics::Diagnostics,
    model::Attr,
    provider::{Host, Provider},
    registry::{DataSourceHandle, ResourceHandle},
    resource::{ApplyFailure, Resource, State},
    schema::{Attribute, Schema},
    serve::{Environment, Mode, PluginInfo, serve},
    service::Service,
};

struct Huaweicloud;
struct SecretVersion;
struct VpcEndpoint;

model! {
    struct Config {
        region: Attr<String>,
    }

    struct Secret {
        id: Attr<String>,
        secret_name: Attr<String>,
        version: Attr<String>,
        secret_text: Attr<String>,
    }

    struct Endpoint {
        id: Attr<String>,
        service_id: Attr<String>,
        vpc_id: Attr<String>,
        network_id: Attr<String>,
        ip_address: Attr<String>,
        enable_dns: Attr<bool>,
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // There is no one left to tell when standard error is closed.
            let _written = writeln!(stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let info = PluginInfo {
        name: "terraform-provider-huaweicloud",
        version: "0.0.0",
        source: "huaweicloud/huaweicloud",
        commands: &[],
    };
    let environment = Environment::read(&info, |name| env::var_os(name))?;
    serve(Service::new(Huaweicloud), &info, Mode::Hosted, environment)?;
    Ok(())
}

// === impl Huaweicloud ===

impl Provider for Huaweicloud {
    type Config = Config;
    type Data = ();

    fn schema(&self) -> Schema {
        let region = Attribute::string("region", "Region of resources and data sources.");
        Schema::new("A stand-in for tests.", vec![region])
    }

    fn resources(&self) -> Vec<ResourceHandle<()>> {
        vec![ResourceHandle::new(VpcEndpoint)]
    }

    fn data_sources(&self) -> Vec<DataSourceHandle<()>> {
        vec![DataSourceHandle::new(SecretVersion)]
    }

    async fn configure(&self, _: Config, _: Host, _: &mut Diagnostics) -> Result<(), Diagnostics> {
        Ok(())
    }
}

// === impl SecretVersion ===

impl DataSource for SecretVersion {
    type Data = ();
    type Model = Secret;

    fn type_name(&self) -> &'static str {
        "huaweicloud_csms_secret_version"
    }

    fn schema(&self) -> Schema {
        let attributes = vec![
            Attribute::string("id", "ID of the data source.").computed(),
            Attribute::string("secret_name", "Name of the secret.").required(),
            Attribute::string("version", "Version; the latest when left out.").optional_computed(),
            Attribute::string("secret_text", "Text of the secret.")
                .computed()
                .sensitive(),
        ];
        Schema::new("A version of a secret.", attributes)
    }

    async fn read(&self, _: &mut Call<'_, ()>, config: Secret) -> Result<Secret, Diagnostics> {
        Ok(Secret {
            id: config.secret_name.clone(),
            version: Attr::Known("v1".to_owned()),
            secret_text: env::var("STAND_IN_SECRET_TEXT").ok().into(),
            ..config
        })
    }
}

// === impl VpcEndpoint ===

impl Resource for VpcEndpoint {
    type Data = ();
    type Model = Endpoint;

    fn type_name(&self) -> &'static str {
        "huaweicloud_vpcep_endpoint"
    }

    fn schema(&self) -> Schema {
        let id = Attribute::string("id", "ID of the endpoint.").computed();
        let address = Attribute::string("ip_address", "Address of the endpoint in the VPC.");
        let required = |name, description| {
            Attribute::string(name, description)
                .required()
                .requires_replace()
        };
        let attributes = vec![
            id.use_state_for_unknown(),
            required("service_id", "ID of the endpoint service."),
            required("vpc_id", "ID of the VPC."),
            required("network_id", "Network ID of the subnet."),
            address
                .optional_computed()
                .use_state_for_unknown()
                .requires_replace(),
            Attribute::bool("enable_dns", "Whether to make a private domain name."),
        ];
        Schema::new("A VPC endpoint.", attributes)
    }

    async fn create(
        &self,
        _: &mut Call<'_, ()>,
        mut planned: State<Endpoint>,
    ) -> Result<State<Endpoint>, ApplyFailure<Endpoint>> {
        planned.model.id = Attr::Known("endpoint-1".to_owned());
        planned.model.ip_address = Attr::Known("127.0.0.1".to_owned());
        Ok(planned)
    }

    async fn read(
        &self,
        _: &mut Call<'_, ()>,
        state: State<Endpoint>,
    ) -> Result<Option<State<Endpoint>>, Diagnostics> {
        Ok(Some(state))
    }

    async fn update(
        &self,
        _: &mut Call<'_, ()>,
        _: Endpoint,
        planned: State<Endpoint>,
    ) -> Result<State<Endpoint>, ApplyFailure<Endpoint>> {
        Ok(planned)
    }

    async fn delete(&self, _: &mut Call<'_, ()>, _: State<Endpoint>) -> Result<(), Diagnostics> {
        Ok(())
    }
}
