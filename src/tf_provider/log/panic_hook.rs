//! A panic as one line of the log.

use std::{any::Any, io::Write, panic, sync::Mutex};

use log::Level;

use super::{Clock, line::Line, write_line};

/// Replaces the default report of a panic, which would print whatever the panic's message was made of.
///
/// The line carries the place of the panic, and its message only where that is fixed text of the program:
/// a formatted one may hold a secret. It is written at every log level, also when logging is off.
pub(super) fn install<W: Write + Send + 'static>(target: &'static str, clock: Clock, sink: W) {
    let sink = Mutex::new(sink);
    panic::set_hook(Box::new(move |info| {
        let mut line = Line::new(clock(), Level::Error, target, "The provider panicked");
        if let Some(place) = info.location() {
            line.add("place", place.to_string().into());
        }
        if let Some(message) = fixed_message(info.payload()) {
            line.add("panic", message.into());
        }
        write_line(&sink, line);
    }));
}

/// The message of a panic if it is fixed text.
fn fixed_message(payload: &(dyn Any + Send)) -> Option<&'static str> {
    payload.downcast_ref::<&'static str>().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fixed_text_is_told() {
        let payload = |f: fn()| panic::catch_unwind(f).unwrap_err();
        let fixed = payload(|| panic!("the list is empty"));
        assert_eq!(fixed_message(&*fixed), Some("the list is empty"));
        let formatted = payload(|| panic!("bad key {}", std::hint::black_box("secret")));
        assert_eq!(fixed_message(&*formatted), None);
    }
}
