//! The Python package: built, installed into an environment of its own, and tested there.

use crate::virtual_environment::{PACKAGE, VirtualEnvironment};

/// Builds the package as users get it, holds its types to the binary, and runs its tests.
pub(crate) fn test() -> Result<(), String> {
    let python = VirtualEnvironment::prepare("python", "bindings/python/tests/requirements.txt")?;
    python.install_package(&[])?;
    python.run(PACKAGE, &["-m", "mypy.stubtest", "--mypy-config-file", "pyproject.toml", "tagmata"])?;
    python.run(PACKAGE, &["-m", "pytest", "--quiet"])
}
