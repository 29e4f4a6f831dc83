//! What `engine = "process"` and `engine = "async"` are in a `parmap!`: the engine, or the sentence that names the cargo feature.

#[cfg(feature = "async")]
#[doc(hidden)]
#[macro_export]
macro_rules! __pymp_async_engine {
    () => {
        $crate::map::Engine::Async
    };
}

#[cfg(not(feature = "async"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __pymp_async_engine {
    () => {
        ::core::compile_error!("the engine `async` needs a cargo feature; write `features = [\"async\"]` at `pymp` in Cargo.toml")
    };
}

#[cfg(feature = "process")]
#[doc(hidden)]
#[macro_export]
macro_rules! __pymp_process_engine {
    () => {
        $crate::map::Engine::Process
    };
}

#[cfg(not(feature = "process"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __pymp_process_engine {
    () => {
        ::core::compile_error!(
            "the engine `process` needs a cargo feature; write `features = [\"process\"]` at `pymp` in Cargo.toml"
        )
    };
}
