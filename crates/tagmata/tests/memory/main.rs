//! Hostile input takes no more memory than what stands in docs/limits.md: a multiple of its size, and a constant. The allocator counts all that
//! this program holds, so it has this one test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod inputs;
mod files;

use files::files;
use inputs::{Input, inputs};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

#[test]
fn hostile_input_stays_within_its_bound() {
    let mut over = Vec::new();
    println!("{:>10} {:>10} {:>7} {:>6} {:>10}  input", "bytes", "peak", "times", "bound", "and");
    for Input { name, bytes, most, besides, run } in inputs().into_iter().chain(files()) {
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        run();
        let peak = MEMORY.peak_usage().saturating_sub(before);
        let allowed = bytes.saturating_mul(most).saturating_add(besides);
        let times = peak as f64 / bytes.max(1) as f64;
        println!("{bytes:>10} {peak:>10} {times:>7.1} {most:>6} {besides:>10}  {name}");
        if peak > allowed {
            over.push(format!("{name}: {peak} bytes for {bytes}, and {allowed} are allowed"));
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}
