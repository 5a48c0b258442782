//! t
pub mod curtain;
pub mod markup;
pub mod review;
pub mod typeset;
