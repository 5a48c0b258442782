//! What leaves the program at the reader's request: to the clipboard, a browser, an editor, another command. All of it
//! is taken from the page, which contains only what may be seen.

use super::{App, Effect, Effects, Line, Overlay, Pane, Prompt, Purpose, page};
use crate::keymap::Action;
use crate::review::Visible;
use crate::typeset::{self, Cursor, Format};

/// Where an editor should begin in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditStart {
    /// At its top.
    Top,
    /// At a line.
    Line(usize),
    /// At the passage with this number.
    Passage(u32),
}

const NO_CLIPBOARD: &str = "the configuration says that nothing is copied";

impl App {
    /// Opens the file in an editor at the reader's place. An editor shows everything, so readers who have not seen
    /// everything are asked once.
    pub(super) fn edit(&mut self, is_confirmed: bool) -> Effects {
        let Some(entry) = self.selected() else { return self.decline("select a review first") };
        if !entry.path().is_absolute() {
            return self.decline("this review comes with the program: there is no file to edit");
        }
        let path = entry.path().to_owned();
        let hides = |visible: Visible<'_>| visible.curtains().any(|curtain| !curtain.is_lifted);
        if !is_confirmed && self.visible().is_some_and(hides) {
            self.front.pending = Some(Action::Edit);
            self.tell_with_key("an editor shows the spoilers too", Action::Edit, "again opens it");
            return Effects::default();
        }
        let fault = entry.faults().first().and_then(|fault| fault.position);
        let passage = self.reader.focus().and_then(|region| region.passage_number());
        let at_top = || self.reader.open().and_then(|(_, place)| place.section.checked_sub(1));
        let start = match (fault, passage.or_else(at_top)) {
            (Some((line, _)), _) => EditStart::Line(line),
            (None, Some(passage)) => EditStart::Passage(passage),
            (None, None) => EditStart::Top,
        };
        Effect::Edit { path, start }.into()
    }

    /// Opens the review's link in a browser, after showing it.
    pub(super) fn open_link(&mut self, is_confirmed: bool) -> Effects {
        let link = self.visible().and_then(Visible::link).map(str::to_owned);
        match link.filter(|link| link.starts_with("https://") || link.starts_with("http://")) {
            _ if !self.settings.screen.has_links => {
                self.decline("the configuration says that no links are opened")
            }
            None => self.decline("this review has no link that may be seen"),
            Some(link) if is_confirmed => {
                self.notify(&format!("opened {link}"));
                Effect::Open(link).into()
            }
            Some(link) => {
                self.front.pending = Some(Action::OpenLink);
                self.tell_with_key(&link, Action::OpenLink, "again opens it");
                Effects::default()
            }
        }
    }

    /// Copies the passage whose spoiler is focused and revealed, or the sentence of the hit of a search, or else the review as
    /// it may be seen.
    pub(super) fn copy(&mut self) -> Effects {
        if !self.settings.screen.has_clipboard {
            return self.decline(NO_CLIPBOARD);
        }
        let sentence = self.reader.sentence().filter(|_| self.pane() == Pane::Text);
        let Some(region) = self.reader.focus() else {
            if let Some(sentence) = sentence {
                self.notify("copied the sentence of the hit");
                return Effect::Copy(sentence).into();
            }
            self.notify("copied the review, as it may be seen");
            return Effect::Copy(self.page_text(|_| true)).into();
        };
        let is_lifted =
            self.visible().and_then(|visible| visible.curtain(region)).is_some_and(|c| c.is_lifted);
        if !is_lifted {
            return self.decline("this spoiler is hidden: nothing was copied");
        }
        let section = region.passage_number().map_or(0, |number| number + 1);
        self.notify("copied the passage");
        let is_of_passage = |line: &typeset::Line| line.place.section == section && line.curtain.is_none();
        Effect::Copy(self.page_text(|line| section == 0 || is_of_passage(line))).into()
    }

    /// Copies the review's link, or the path of its file if it has none.
    pub(super) fn copy_address(&mut self) -> Effects {
        if !self.settings.screen.has_clipboard {
            return self.decline(NO_CLIPBOARD);
        }
        let Some(entry) = self.selected() else { return self.decline("select a review first") };
        let link = self.visible().and_then(Visible::link).map(str::to_owned);
        let address = link.unwrap_or_else(|| entry.name().to_owned());
        self.notify(&format!("copied {address}"));
        Effect::Copy(address).into()
    }

    pub(super) fn begin_pipe(&mut self) -> Effects {
        if self.selected().is_none() {
            return self.decline("select a review first");
        }
        let line = Line::new("", &self.front.commands);
        self.front.overlay = Some(Overlay::Prompt(Prompt { purpose: Purpose::Pipe, line }));
        Effects::default()
    }

    /// Pipes the review, as far as it may be seen, to the command that was typed.
    pub(super) fn accept_pipe(&mut self) -> Effects {
        let Some(Overlay::Prompt(Prompt { line, .. })) = &self.front.overlay else {
            return Effects::default();
        };
        let command = line.value().trim().to_owned();
        self.dismiss();
        if command.is_empty() {
            return Effects::default();
        }
        self.front.commands.retain(|past| *past != command);
        self.front.commands.push(command.clone());
        Effect::Pipe { command, text: self.page_text(|_| true) }.into()
    }

    /// The lines of the page that are wanted, without hyphens that are not in the review.
    fn page_text(&self, is_wanted: impl Fn(&typeset::Line) -> bool) -> String {
        let Some(entry) = self.selected() else { return String::new() };
        let format = Format { hyphenation: None, ..self.format(entry, self.reader.page().measure()) };
        let page = page(entry, self.visible(), format);
        let lines = page.lines_from(Cursor::default());
        let wanted = lines.filter(|(_, line)| is_wanted(line));
        let text: String = wanted.map(|(_, line)| format!("{}\n", line.text.trim_end())).collect();
        text.trim_matches('\n').to_owned() + "\n"
    }

    /// The window's title: the library, and the review that is being read. Both are always visible.
    #[must_use]
    pub fn title(&self) -> String {
        let review = self.selected().and_then(|entry| entry.review()).filter(|_| self.pane() == Pane::Text);
        match review {
            Some(review) => format!("{} · {} · unspoiled", review.work_title(), self.name()),
            None => format!("{} · unspoiled", self.name()),
        }
    }

    fn decline(&mut self, reason: &str) -> Effects {
        self.notify(reason);
        Effects::default()
    }
}
