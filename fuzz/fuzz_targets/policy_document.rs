#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| isales_client::fuzzing::policy_document(data));
