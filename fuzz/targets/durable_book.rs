#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tagmata_fuzz::target("durable_book", bytes));
