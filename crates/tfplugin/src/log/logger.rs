//! The logger of the process.

use std::{
    io::{Write, stderr},
    sync::Mutex,
};

use log::{LevelFilter, Log, Metadata, Record};

use super::{panic_hook, settings::Settings, sink::write_line};

/// A logger that writes the lines of certain crates.
struct Logger<W> {
    filter: LevelFilter,
    settings: Settings,
    sink: Mutex<W>,
}

/// Installs the logger and the panic hook for the whole process. If the process already has a logger,
/// it keeps that one.
pub fn install(filter: LevelFilter, settings: Settings) {
    panic_hook::install(settings, stderr());
    let logger = Logger {
        filter,
        settings,
        sink: Mutex::new(stderr()),
    };
    if log::set_boxed_logger(Box::new(logger)).is_ok() {
        log::set_max_level(filter);
    }
}

// === impl Logger ===

impl<W> Logger<W> {
    fn writes_target(&self, target: &str) -> bool {
        self.settings.crates.iter().any(|name| {
            target
                .strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        })
    }
}

impl<W: Write + Send> Log for Logger<W> {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= self.filter && self.writes_target(metadata.target())
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let message = record.args().to_string();
        let mut line = self
            .settings
            .line(record.level(), record.target(), &message);
        // A line without all of its values is better than none.
        let _all_visited = record.key_values().visit(&mut line);
        write_line(&self.sink, line);
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use log::Level;
    use serde_json::Value;

    use super::*;

    fn logger(filter: LevelFilter) -> Logger<Vec<u8>> {
        // The macros check this before the logger.
        log::set_max_level(LevelFilter::Trace);
        let settings = Settings {
            crates: &["own_crate", "own_library"],
            provider_address: "registry.example/own/provider",
            clock: || SystemTime::UNIX_EPOCH,
        };
        Logger {
            filter,
            settings,
            sink: Mutex::new(Vec::new()),
        }
    }

    fn written(logger: Logger<Vec<u8>>) -> Vec<Value> {
        let text = String::from_utf8(logger.sink.into_inner().unwrap()).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    #[test]
    fn only_own_modules_are_written() {
        let logger = logger(LevelFilter::Trace);
        let targets = [
            "own_crate",
            "own_crate::client",
            "own_crate_2",
            "h2::codec",
            "rustls",
            "",
        ];
        for target in targets {
            log::error!(logger: logger, target: target, "said");
        }
        let modules: Vec<_> = written(logger)
            .iter()
            .map(|line| line["@module"].clone())
            .collect();
        assert_eq!(modules, ["own_crate", "own_crate.client"]);
    }

    #[test]
    fn the_level_filters() {
        let logger = logger(LevelFilter::Info);
        for level in Level::iter() {
            log::log!(logger: logger, target: "own_crate", level, "said");
        }
        let levels: Vec<_> = written(logger)
            .iter()
            .map(|line| line["@level"].clone())
            .collect();
        assert_eq!(levels, ["error", "warn", "info"]);
    }

    #[test]
    fn values_keep_their_kind() {
        let logger = logger(LevelFilter::Trace);
        let error = "refused";
        log::info!(
            logger: logger, target: "own_crate",
            number = -3, large = 1_u64 << 53, larger = (1_u64 << 53) + 1, yes = true, error:%;
            "said {}", 1
        );
        let line = written(logger).remove(0);
        assert_eq!(line["@message"], "said 1");
        assert_eq!(line["tf_provider_addr"], "registry.example/own/provider");
        assert_eq!(line["number"], -3);
        assert_eq!(line["yes"], true);
        assert_eq!(line["error"], "refused");
        assert_eq!(line["large"], 1_u64 << 53);
        assert_eq!(line["larger"], "9007199254740993");
    }
}
