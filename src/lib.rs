//! Read reviews in a terminal without having the ending ruined.
//!
//! ```text
//!  unspoiled  reviews/  3/26  newest first     Never Let Me Go · Marguerite Osei   60 %    view::heads
//! ────────────────────────────────────────┬━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
//!  ● Kind of Blue              album  1959 │   The Quietest School in England
//!  ● In the Mood for …   ★★★★½ film   2000 │   Never Let Me Go (2010), a film by …
//! ▌● Never Let Me Go     ★★★½☆ film   2010 │
//!  ● Outer Wilds       ⊘ ★★★★★ game   2019 │   ★★★½   Marguerite Osei   5 Feb 2012
//!  …                                       │
//!                                          │   The text is set to a measure and ▐spoiler▌
//!     app::List, view::list, view::row     │   stands where a span is hidden.
//!                                          │
//!                                          │   ░░ Spoiler: what the children are ░░░░░░░
//!                                          │
//!                                          │      app::Reader, typeset::Page, view::text
//!  ] spoiler  Enter reveal  s all spoilers  Esc list  / search  q quit  ? help   keymap, view::bars
//! ```
//!
//! The covenant: text marked as a spoiler leaves the program by no route until its reader reveals it. It is kept by
//! construction. [`review::Hidden`] is the only home of hidden text, and only [`review::Visible`] reads it, against a
//! [`curtain::Lifted`] that only [`curtain::Curtains`] can make. Every output is a function of a `Visible`, and only
//! [`Library::visible`](library::Library::visible) makes one.
//!
//! Each module uses only those above it, which a test checks. `docs/architecture.md` says more about each of them, and
//! where to add things.
//!
//! | module | owns | knows nothing of |
//! |---|---|---|
//! | `parallel` | sharing work among all cores | everything else |
//! | `files` | writing a file whole or not at all | what is in it |
//! | [`work`] | works, when two are the same, points in a work, progress | reviews, files |
//! | [`curtain`] | which curtains are lifted, gates against progress, the proof that a region may be seen | text, widths, terminals |
//! | [`review`] | reviews as plain data, the TOML format, hidden text, what of it may be seen | files, widths, terminals |
//! | [`markup`] | the Markdown of a passage to runs of styled text | curtains, widths, colours |
//! | [`library`] | folders of files to changes, entries with an identity, revisions | terminals |
//! | [`import`] | other people's formats and spoiler marks to review files, and what becomes of those in a folder | terminals, the command line |
//! | [`typeset`] | what may be seen of a review, and a width, to a page of lines | colours, terminals |
//! | [`export`] | reviews to Markdown, HTML and JSON, as far as they may be seen | terminals, state |
//! | [`query`] | the query language: grammar, values, errors, printing | reviews, terminals |
//! | [`find`] | matching, full text, sorting, grouping | terminals |
//! | `document` | TOML files of the reader's own, and all that is wrong in them | what they mean |
//! | [`theme`] | a style for each part of the screen | what is on the screen |
//! | [`keymap`] | one table of keys, from which all else about keys comes | state |
//! | [`settings`] | what the reader has decided, as one type | files, terminals |
//! | [`app`] | the state: events in, effects out, and what must hold after each | terminals, files, clocks |
//! | [`view`] | the state to a screen, writing nothing back | events, files |
//! | [`shell`] | the terminal, threads, signals, the state file, the loop | |
//! | [`cli`] | the command line | |

pub mod app;
pub mod cli;
pub mod curtain;
mod document;
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
pub mod theme;
pub mod typeset;
pub mod view;
pub mod work;
