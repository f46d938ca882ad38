//! What parsing, checking and evaluating a filter cost.

fn main() {
    divan::main();
}
