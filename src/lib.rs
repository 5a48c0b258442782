//! t
pub mod app;
pub mod cli;
pub mod curtain;
pub mod export;
pub mod import;
pub mod keymap;
pub mod library;
pub mod markup;
pub mod review;
pub mod shell;
pub mod typeset;
pub mod view;
