//! The loop: wait, handle all that is waiting, draw once.

use std::ops::ControlFlow;
use std::sync::mpsc::Receiver;

use ratatui::backend::Backend;
use ratatui::{Frame, Terminal};

use super::screen::uncover;
use crate::app::{App, Effect, Event};
use crate::view::{Theme, view};

/// Where events come from: a channel while the program runs, a list in a test.
pub trait Events {
    /// The next event, when there is one; nothing when there will be none.
    fn wait(&mut self) -> Option<Event>;
    /// The next event, if it is there already.
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

/// What an effect is performed with: it may end the loop, or fail as the terminal does.
pub type Perform<'p, B> =
    dyn FnMut(Effect, &mut Terminal<B>) -> Result<ControlFlow<()>, <B as Backend>::Error> + 'p;

/// Runs the program until an effect or the end of events ends it. Keys that arrive together are drawn together.
///
/// # Errors
/// Those of the terminal.
pub fn drive<B: Backend>(
    app: &mut App,
    theme: Theme,
    terminal: &mut Terminal<B>,
    events: &mut impl Events,
    perform: &mut Perform<'_, B>,
) -> Result<(), B::Error> {
    draw(app, theme, terminal)?;
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
        draw(app, theme, terminal)?;
    }
    Ok(())
}

/// Draws a frame; only cells that changed are written.
///
/// # Errors
/// Those of the terminal.
pub(super) fn draw<B: Backend>(app: &App, theme: Theme, terminal: &mut Terminal<B>) -> Result<(), B::Error> {
    let render = |frame: &mut Frame<'_>| {
        view(app, theme, frame.buffer_mut());
        uncover(frame.buffer_mut());
    };
    terminal.draw(render).map(drop)
}
