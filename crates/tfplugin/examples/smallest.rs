//! A provider with one resource, a text file. It offers nothing but create, read, update and delete.

use std::{env, error::Error, fs, io};

use tfplugin::prelude::*;

const INFO: PluginInfo = PluginInfo {
    name: "terraform-provider-example",
    version: "0.1.0",
    source: "example/example",
    commands: &[],
};

struct Example;

struct FileResource;

model! {
    struct Config {}

    struct File {
        path: Attr<String>,
        content: Attr<String>,
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let environment = Environment::read(&INFO, |name| env::var_os(name))?;
    serve(Service::new(Example), &INFO, Mode::Hosted, environment)?;
    Ok(())
}

impl Provider for Example {
    type Config = Config;
    type Data = ();

    fn schema(&self) -> Schema {
        Schema::new("Writes text files.", vec![])
    }

    fn resources(&self) -> Vec<ResourceHandle<()>> {
        vec![ResourceHandle::new(FileResource)]
    }

    async fn configure(&self, _: Config, _: Host, _: &mut Diagnostics) -> Result<(), Diagnostics> {
        Ok(())
    }
}

impl Resource for FileResource {
    type Data = ();
    type Model = File;

    fn type_name(&self) -> &'static str {
        "example_file"
    }

    fn schema(&self) -> Schema {
        let path = Attribute::string("path", "Path of the file.")
            .required()
            .requires_replace();
        let content = Attribute::string("content", "Text of the file.").required();
        Schema::new("A text file.", vec![path, content])
    }

    async fn create(
        &self,
        _: &mut Call<'_, ()>,
        planned: State<File>,
    ) -> Result<State<File>, ApplyFailure<File>> {
        planned.model.write()?;
        Ok(planned)
    }

    async fn read(
        &self,
        _: &mut Call<'_, ()>,
        mut state: State<File>,
    ) -> Result<Option<State<File>>, Diagnostics> {
        match fs::read_to_string(state.model.path()) {
            Ok(content) => state.model.content = Attr::Known(content),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(state.model.failed("read", &error).into()),
        }
        Ok(Some(state))
    }

    async fn update(
        &self,
        _: &mut Call<'_, ()>,
        _: File,
        planned: State<File>,
    ) -> Result<State<File>, ApplyFailure<File>> {
        planned.model.write()?;
        Ok(planned)
    }

    async fn delete(&self, _: &mut Call<'_, ()>, prior: State<File>) -> Result<(), Diagnostics> {
        match fs::remove_file(prior.model.path()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(prior.model.failed("delete", &error).into())
            }
            _ => Ok(()),
        }
    }
}

impl File {
    /// Both attributes are required, so an apply always knows them.
    fn path(&self) -> &str {
        self.path.as_ref().known().map_or("", String::as_str)
    }

    fn write(&self) -> Result<(), Diagnostic> {
        let content = self.content.as_ref().known().map_or("", String::as_str);
        fs::write(self.path(), content).map_err(|error| self.failed("write", &error))
    }

    fn failed(&self, verb: &str, error: &io::Error) -> Diagnostic {
        let detail = format!("Could not {verb} {:?}: {error}.", self.path());
        Diagnostic::error("File Not Accessible", detail).at(AttributePath::attribute("path"))
    }
}
