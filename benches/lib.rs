//! The benchmarks of tagmata; this library is empty.
