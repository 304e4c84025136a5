#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| terraform_provider_isales::fuzzing::policy_document(data));
