//! A review as written in its file, unchecked. Both TOML readers produce it for [`super::build`].

use std::borrow::Cow;

/// A value and its byte offset in the file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) at: usize,
}

pub(super) type Text<'s> = Option<At<Cow<'s, str>>>;

/// A number, or text that the format interprets.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scalar<'s> {
    Number(f64),
    Text(Cow<'s, str>),
}

/// What a passage says about its curtain.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Spoiler<'s> {
    Flag(bool),
    Label(Cow<'s, str>),
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct RawReview<'s> {
    pub(super) title: Text<'s>,
    pub(super) reviewer: Text<'s>,
    pub(super) date: Option<At<toml::value::Datetime>>,
    pub(super) rating: Option<At<Scalar<'s>>>,
    pub(super) tags: Option<At<Vec<Cow<'s, str>>>>,
    pub(super) link: Text<'s>,
    pub(super) spoilers: Option<At<bool>>,
    pub(super) seen: Option<At<Scalar<'s>>>,
    pub(super) work: Option<RawWork<'s>>,
    pub(super) passages: Vec<RawPassage<'s>>,
}

impl RawReview<'_> {
    /// Whether it only says what a work is and how it is divided.
    pub(super) fn is_work_alone(&self) -> bool {
        let RawReview { title, reviewer, date, rating, tags, link, spoilers, seen, work, passages } = self;
        let has_facts = title.is_some() || reviewer.is_some() || date.is_some() || rating.is_some();
        let has_more = tags.is_some() || link.is_some() || spoilers.is_some();
        let has_text = seen.is_some() || !passages.is_empty();
        let is_divided = |work: &RawWork<'_>| work.division != RawDivision::default();
        !has_facts && !has_more && !has_text && work.as_ref().is_some_and(is_divided)
    }
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct RawWork<'s> {
    pub(super) at: usize,
    pub(super) title: Text<'s>,
    pub(super) kind: Text<'s>,
    pub(super) year: Option<At<i64>>,
    pub(super) by: Option<At<Vec<Cow<'s, str>>>>,
    pub(super) unit: Text<'s>,
    pub(super) division: RawDivision<'s>,
}

/// How a work is divided.
#[derive(Debug, Default, PartialEq)]
pub(super) struct RawDivision<'s> {
    pub(super) episodes: Option<At<Vec<u32>>>,
    pub(super) length: Option<At<u32>>,
    pub(super) parts: Vec<RawPart<'s>>,
    pub(super) numberings: Vec<RawNumbering<'s>>,
    pub(super) editions: Vec<RawEdition<'s>>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct RawPart<'s> {
    pub(super) at: usize,
    pub(super) name: Text<'s>,
    pub(super) ends: Option<At<Scalar<'s>>>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct RawNumbering<'s> {
    pub(super) at: usize,
    pub(super) name: Text<'s>,
    pub(super) episodes: Option<At<Vec<u32>>>,
    pub(super) order: Option<At<Vec<u32>>>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct RawEdition<'s> {
    pub(super) at: usize,
    pub(super) name: Text<'s>,
    pub(super) pages: Option<At<u32>>,
    pub(super) starts: Option<At<Vec<u32>>>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct RawPassage<'s> {
    pub(super) at: usize,
    pub(super) spoiler: Option<At<Spoiler<'s>>>,
    pub(super) after: Option<At<Scalar<'s>>>,
    pub(super) text: Text<'s>,
}
