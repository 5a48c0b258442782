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
    pub(super) work: Option<RawWork<'s>>,
    pub(super) passages: Vec<RawPassage<'s>>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct RawWork<'s> {
    pub(super) at: usize,
    pub(super) title: Text<'s>,
    pub(super) kind: Text<'s>,
    pub(super) year: Option<At<i64>>,
    pub(super) by: Option<At<Vec<Cow<'s, str>>>>,
    pub(super) unit: Text<'s>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct RawPassage<'s> {
    pub(super) at: usize,
    pub(super) spoiler: Option<At<Spoiler<'s>>>,
    pub(super) after: Option<At<Scalar<'s>>>,
    pub(super) text: Text<'s>,
}
