//! The Python package: built from its sdist, installed into an environment of its own, and tested there.

use crate::virtual_environment::{PACKAGE, VirtualEnvironment};
use crate::wheel::Wheel;

/// Builds the package as users get it, holds its types to the binary, and runs its tests.
pub(crate) fn test() -> Result<(), String> {
    let python = VirtualEnvironment::prepare("python", "bindings/python/tests/requirements.txt")?;
    let wheel = Wheel::of_sdist(&python)?;
    wheel.install(&python)?;
    python.run(PACKAGE, &["-m", "mypy.stubtest", "--mypy-config-file", "pyproject.toml", "tagmata"])?;
    python.run(PACKAGE, &["-m", "pytest", "--quiet"])?;
    run_on_the_oldest(&wheel)
}

/// The same wheel does its work with the oldest Python and the oldest NumPy that it is for. Where that Python is missing, a line says
/// that this was not tested.
fn run_on_the_oldest(wheel: &Wheel) -> Result<(), String> {
    match VirtualEnvironment::prepare_oldest(
        "oldest-python",
        "bindings/python/packaging/requirements-oldest.txt",
    )? {
        Ok(python) => {
            wheel.install(&python)?;
            python.run(PACKAGE, &["packaging/smoke.py"])
        }
        Err(missing) => {
            println!("SKIPPED: the wheel was not tried on the oldest Python: {missing}");
            Ok(())
        }
    }
}
