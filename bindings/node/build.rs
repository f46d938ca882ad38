//! Sets what a library needs to be loaded by Node.

fn main() {
    napi_build::setup();
}
