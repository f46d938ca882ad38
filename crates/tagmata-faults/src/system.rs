//! The functions of the system that are replaced.
#![allow(unsafe_code, reason = "functions of the system are replaced under their own names")]

use crate::plan::{Fault, fails};
use libc::{c_int, c_long, c_void, off_t, size_t, ssize_t};

fn refuse(fault: Fault) -> c_int {
    let number = match fault {
        Fault::Full | Fault::Half => libc::ENOSPC,
        Fault::Broken => libc::EIO,
    };
    // SAFETY: the address of the thread's own error number is always valid.
    unsafe { *libc::__errno_location() = number };
    -1
}

/// How much is written of so much, and whether that is all; or that nothing is.
fn shortened(file: c_int, count: size_t) -> Result<size_t, Fault> {
    match fails(file) {
        None => Ok(count),
        Some(Fault::Half) if count > 1 => Ok(count / 2),
        Some(fault) => Err(fault),
    }
}

/// `write` of the system, or a fault.
///
/// # Safety
/// As that of the system.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn write(file: c_int, bytes: *const c_void, count: size_t) -> ssize_t {
    match shortened(file, count) {
        // SAFETY: the arguments are those of the caller, or fewer bytes of the same.
        Ok(count) => unsafe { libc::syscall(libc::SYS_write, file, bytes, count) as ssize_t },
        Err(fault) => refuse(fault) as ssize_t,
    }
}

/// `pwrite` of the system, or a fault.
///
/// # Safety
/// As that of the system.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn pwrite(
    file: c_int,
    bytes: *const c_void,
    count: size_t,
    at: off_t,
) -> ssize_t {
    match shortened(file, count) {
        // SAFETY: the arguments are those of the caller, or fewer bytes of the same.
        Ok(count) => unsafe { libc::syscall(libc::SYS_pwrite64, file, bytes, count, at) as ssize_t },
        Err(fault) => refuse(fault) as ssize_t,
    }
}

/// `pwrite64` of the system, or a fault.
///
/// # Safety
/// As that of the system.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn pwrite64(
    file: c_int,
    bytes: *const c_void,
    count: size_t,
    at: off_t,
) -> ssize_t {
    // SAFETY: an offset has 64 bits, so that both are the same.
    unsafe { pwrite(file, bytes, count, at) }
}

/// A call without bytes, or a fault.
fn call(number: c_long, file: c_int, argument: off_t) -> c_int {
    match fails(file) {
        // SAFETY: the calls take a file and at most a length, and no memory of this program.
        None => unsafe { libc::syscall(number, file, argument) as c_int },
        Some(fault) => refuse(fault),
    }
}

/// `ftruncate` of the system, or a fault.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn ftruncate(file: c_int, length: off_t) -> c_int {
    call(libc::SYS_ftruncate, file, length)
}

/// `ftruncate64` of the system, or a fault.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn ftruncate64(file: c_int, length: off_t) -> c_int {
    call(libc::SYS_ftruncate, file, length)
}

/// `fsync` of the system, or a fault.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn fsync(file: c_int) -> c_int {
    call(libc::SYS_fsync, file, 0)
}

/// `fdatasync` of the system, or a fault.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn fdatasync(file: c_int) -> c_int {
    call(libc::SYS_fdatasync, file, 0)
}
