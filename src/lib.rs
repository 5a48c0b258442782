//! Read reviews in a terminal without having the ending ruined.
//!
//! ```text
//!  unspoiled   reviews/  17 reviews                                  newest first    view::bars
//!  ● Kind of Blue              album  1959 │   The Quietest School in England
//!  ● In the Mood for …   ★★★★½ film   2000 │   Never Let Me Go (2010), a film by …
//! ▸● Never Let Me Go     ★★★½  film   2010 │
//!  ● Outer Wilds       ⊘ ★★★★★ game   2019 │   ★★★½   Marguerite Osei   5 Feb 2012
//!  …                                       │
//!                                          │   The text is set to a measure and ▐spoiler▌
//!          app::List, view::list           │   stands where a span is hidden.
//!                                          │
//!                                          │ ▐ Spoiler: what the children are
//!                                          │
//!                                          │      app::Reader, typeset::Page, view::text
//!  ] curtain  Enter lift  Esc list  / search  s all spoilers  q quit  ? keys  38 %   keymap, view::bars
//! ```
//!
//! The covenant: text marked as a spoiler leaves the program by no route until its reader lifts that curtain. It is kept
//! by construction: [`review::Hidden`] is the only home of hidden text and gives it out only against
//! [`curtain::Lifted`], which only [`curtain::Curtains`] can make; and a [`typeset::Page`], which is all that is ever
//! drawn, holds what may be seen and nothing else.
//!
//! The modules, in the order in which each uses only those above it (a test holds them to it):
//!
//! | module | owns | knows nothing of |
//! |---|---|---|
//! | `parallel` | work in parts, shared by all cores | everything else |
//! | `files` | writing a file whole or not at all | what is in it |
//! | [`work`] | works and when two are the same, points in one, how far somebody has got | reviews, files |
//! | [`curtain`] | which curtains are lifted, gates against progress, the proof that a region may be seen | text, widths, terminals |
//! | [`review`] | reviews as plain data, the TOML format, hidden text | files, widths, terminals |
//! | [`markup`] | a paragraph's Markdown to runs | curtains, widths, colours |
//! | [`library`] | folders of files to reviews and problems | terminals |
//! | [`import`] | other people's formats to review files, their spoiler marks to curtains; what becomes of them in a folder | terminals, the command line |
//! | [`typeset`] | (review, curtains, width) to a page of lines | colours, terminals |
//! | [`export`] | reviews to Markdown, HTML and JSON, as far as they may be seen | terminals, state |
//! | [`query`] | the query language: grammar, values, errors, printing | reviews, terminals |
//! | [`find`] | matching, full text, sorting, grouping | terminals |
//! | [`settings`] | what the reader has decided, as one type | where that was decided |
//! | [`keymap`] | one table of keys, from which all else about keys comes | state |
//! | [`app`] | the state: events in, effects out, and what must hold after each | terminals, files, clocks |
//! | [`view`] | the state to a screen, writing nothing back | events, files |
//! | [`shell`] | the terminal, threads, signals, the state file, the loop | |
//! | [`cli`] | the command line | |

pub mod app;
pub mod cli;
pub mod curtain;
pub mod export;
mod files;
pub mod find;
pub mod import;
pub mod keymap;
pub mod library;
pub mod markup;
mod parallel;
pub mod query;
pub mod review;
pub mod settings;
pub mod shell;
pub mod typeset;
pub mod view;
pub mod work;
