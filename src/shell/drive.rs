//! The event loop: wait, handle everything that is waiting, draw once.

use std::ops::ControlFlow;
use std::sync::mpsc::Receiver;

use ratatui::backend::Backend;
use ratatui::{Frame, Terminal};

use super::hyperlinks::link;
use super::screen::uncover;
use crate::app::{App, Effect, Event};
use crate::view::{links, view};

/// A source of events: a channel in the program, a list in tests.
pub trait Events {
    /// Waits for the next event; `None` when there will be no more.
    fn wait(&mut self) -> Option<Event>;
    /// The next event, if one is waiting.
    fn waiting(&mut self) -> Option<Event>;
}

impl Events for Receiver<Event> {
    fn wait(&mut self) -> Option<Event> {
        self.recv().ok()
    }

    fn waiting(&mut self) -> Option<Event> {
        self.try_recv().ok()
    }
}

/// Performs an effect. It may end the loop, or fail with an error of the terminal.
pub type Perform<'p, B> =
    dyn FnMut(Effect, &mut Terminal<B>) -> Result<ControlFlow<()>, <B as Backend>::Error> + 'p;

/// Runs the program until an effect or the end of events stops it. Keys that arrive together are drawn together.
///
/// # Errors
/// Those of the terminal.
pub fn drive<B: Backend>(
    app: &mut App,
    terminal: &mut Terminal<B>,
    events: &mut impl Events,
    perform: &mut Perform<'_, B>,
) -> Result<(), B::Error> {
    draw(app, terminal)?;
    while let Some(event) = events.wait() {
        let mut next = Some(event);
        while let Some(event) = next {
            for effect in app.handle(event).0 {
                if perform(effect, terminal)?.is_break() {
                    return Ok(());
                }
            }
            next = events.waiting();
        }
        draw(app, terminal)?;
    }
    Ok(())
}

/// Draws a frame; only cells that changed are written.
///
/// # Errors
/// Those of the terminal.
pub(super) fn draw<B: Backend>(app: &App, terminal: &mut Terminal<B>) -> Result<(), B::Error> {
    let render = |frame: &mut Frame<'_>| {
        view(app, app.theme(), frame.buffer_mut());
        uncover(frame.buffer_mut());
        if app.settings().screen.has_hyperlinks {
            links(app).into_iter().for_each(|(place, address)| link(frame.buffer_mut(), place, address));
        }
    };
    terminal.draw(render).map(drop)
}
