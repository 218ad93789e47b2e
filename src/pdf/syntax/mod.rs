//! The syntax of PDF, stated once: tokens, filters, inline pictures, pages and optional content.

pub(in crate::pdf) mod dictionaries;
pub(crate) mod filters;
pub(crate) mod hidden_stretches;
pub(crate) mod inline_pictures;
mod jpeg;
pub(crate) mod layer_usage;
pub(crate) mod limits;
pub(crate) mod numbers;
pub(crate) mod optional_content;
pub(crate) mod page_node;
mod picture_parts;
pub(crate) mod tokens;
pub(in crate::pdf) use jpeg::{end_of_scan, next_marker};
pub(crate) use optional_content::{HiddenLayers, form_content, page_content};
pub(crate) use page_node::PageNode;
pub(in crate::pdf) use picture_parts::{EXTENSION, marks_of_codestream, segments_of_jbig2};
pub(crate) use tokens::{Token, Tokens};
