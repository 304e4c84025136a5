#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| isales_client::fuzzing::import_id(data));
