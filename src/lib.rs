//! clawctl: the operator's command line for an LLM router that speaks the ClawRouter contract.
//!
//! In reading order: [`cli`] parses the words, [`settings`] decides what they mean here, [`ctx`]
//! is what a command is given, [`commands`] holds one file per verb, [`client`] speaks to the
//! router, `router` is one, `wire` is what they say to each other, [`view`] is what a person
//! gets to see, and [`ui`] is the only place that writes it.

pub mod changes;
pub mod cli;
pub mod client;
pub mod commands;
pub mod config;
pub mod credential;
pub mod ctx;
pub mod env;
pub mod error;
pub mod foreign;
pub mod journal;
pub mod lifecycle;
pub mod plan;
pub mod recipe;
pub mod report;
pub mod resource;
pub mod sealing;
pub mod service;
pub mod settings;
pub mod ui;
pub mod view;
