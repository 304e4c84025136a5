//! A function as the registry's sections "Signature" and "Arguments".

use tfplugin::proto::tfplugin6::{Function, function::Parameter};

use crate::{Error, types};

/// The signature, in a code block.
pub(crate) fn signature(name: &str, function: &Function) -> Result<String, Error> {
    let mut parameters = function
        .parameters
        .iter()
        .map(|parameter| {
            let ty = types::signature(&parameter.r#type)?;
            Ok(format!("{} {ty}", parameter.name))
        })
        .collect::<Result<Vec<_>, Error>>()?;
    if let Some(variadic) = &function.variadic_parameter {
        let ty = types::signature(&variadic.r#type)?;
        parameters.push(format!("{} {ty}...", variadic.name));
    }
    let returns = match &function.r#return {
        Some(returns) => types::signature(&returns.r#type)?,
        None => String::new(),
    };
    let parameters = parameters.join(", ");
    Ok(format!("```text\n{name}({parameters}) {returns}\n```"))
}

/// The arguments as a numbered list; one of any number comes last.
pub(crate) fn arguments(function: &Function) -> Result<String, Error> {
    let fixed = function.parameters.iter().map(|parameter| (parameter, ""));
    let variadic = function.variadic_parameter.iter();
    fixed
        .chain(variadic.map(|parameter| (parameter, "Variadic, ")))
        .map(|(parameter, kind)| argument(parameter, kind))
        .collect()
}

fn argument(parameter: &Parameter, kind: &str) -> Result<String, Error> {
    let ty = types::title(&parameter.r#type)?;
    let nullable = if parameter.allow_null_value {
        ", Nullable"
    } else {
        ""
    };
    Ok(format!(
        "1. `{}` ({kind}{ty}{nullable}) {}\n",
        parameter.name, parameter.description
    ))
}
