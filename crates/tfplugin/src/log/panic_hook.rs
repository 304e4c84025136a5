//! Panics as lines of the log.

use std::{any::Any, io::Write, panic, sync::Mutex};

use log::Level;

use super::{settings::Settings, sink::write_line};

/// Replaces the default panic report, which would print the whole message.
///
/// The line contains the location of the panic, and its message only if that is a literal of the
/// program: a formatted one may contain a secret. It is written at every log level, even `OFF`.
pub(super) fn install<W: Write + Send + 'static>(settings: Settings, sink: W) {
    let sink = Mutex::new(sink);
    panic::set_hook(Box::new(move |info| {
        let target = settings.own_target();
        let mut line = settings.line(Level::Error, target, "The provider panicked");
        if let Some(place) = info.location() {
            line.add("place", place.to_string().into());
        }
        if let Some(message) = fixed_message(info.payload()) {
            line.add("panic", message.into());
        }
        write_line(&sink, line);
    }));
}

/// Returns the message of a panic if it is a literal.
fn fixed_message(payload: &(dyn Any + Send)) -> Option<&'static str> {
    payload.downcast_ref::<&'static str>().copied()
}

#[cfg(test)]
mod tests {
    use std::{
        hint::black_box,
        io,
        sync::{Arc, PoisonError},
        time::SystemTime,
    };

    use serde_json::Value;

    use super::*;

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_panic_is_one_line_with_its_place_and_only_fixed_text() {
        let written = Shared::default();
        let before = panic::take_hook();
        let settings = Settings {
            crates: &["hook_under_test"],
            provider_address: "registry.example/own/provider",
            clock: || SystemTime::UNIX_EPOCH,
        };
        install(settings, written.clone());
        let _caught = panic::catch_unwind(|| panic!("the list is empty"));
        let _caught = panic::catch_unwind(|| panic!("bad key {}", black_box("s3cret")));
        panic::set_hook(before);

        let written = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        assert!(!written.contains("s3cret") && !written.contains("bad key"));
        let lines: Vec<Value> = written
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            // Other tests may panic at the same time.
            .filter(|line: &Value| line["place"].as_str().unwrap().contains("panic_hook.rs:"))
            .collect();
        let [fixed, formatted] = &lines[..] else {
            panic!("{lines:?}");
        };
        assert_eq!(fixed["@level"], "error");
        assert_eq!(fixed["@module"], "hook_under_test");
        assert_eq!(fixed["panic"], "the list is empty");
        assert_eq!(formatted["panic"], Value::Null);
    }
}
