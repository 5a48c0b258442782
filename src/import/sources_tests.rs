//! Small made-up files of the shapes that sites have, each with every kind of mark that it can hold: what is marked is hidden,
//! also where a file breaks off, is empty, or has more fields than are known today.

use super::tests::{lifted, open, reviews, written};
use super::*;
use crate::review::Review;

/// Each holds `zqx` wherever something is marked, and `opn` where nothing is.
const SOURCES: &[(Format, &str)] = &[
    (
        Format::Hardcover,
        "Title,Author,Series,Hardcover Book ID,ISBN 13,Status,Rating,Date Added,Date Started,Date Finished,Review,Review Contains Spoilers,Review Date,Lists,Owned\n\
         Emma,Jane Austen,,1,,Read,4.5,2020-01-01,,2020-02-03,<p>opn <spoiler>zqx</spoiler></p>,false,2020-02-04T10:00:00Z,Best,false\n\
         Persuasion,Jane Austen,,2,,Read,,2020-01-01,,2020-02-03,zqx,true,,,false\n",
    ),
    (
        Format::Rateyourmusic,
        "RYM Album, First Name,Last Name,First Name localized, Last Name localized,Title,Release_Date,Rating,Ownership,Purchase Date,Media Type,Review\n\
         \"1\",\"Bill\",\"Evans &amp; Trio\",\"\",\"\",\"Sunday\",\"1961\",\"7\",\"n\",\"\",\"\",\"opn [spoiler]zqx[/spoiler]\"\n",
    ),
    (
        Format::Steam,
        "{\"success\":1,\"reviews\":[{\"recommendationid\":\"9\",\"appid\":620,\"author\":{\"steamid\":\"7\"},\"voted_up\":true,\
         \"timestamp_created\":1328400000,\"review\":\"[h1]opn[/h1]\\nopn [b]opn[/b] [spoiler]zqx[/spoiler]\"}],\"cursor\":\"x\"}",
    ),
    (
        Format::Trakt,
        "[{\"type\":\"movie\",\"movie\":{\"title\":\"Heat\",\"year\":1995,\"ids\":{}},\"comment\":{\"id\":1,\"comment\":\"opn [spoiler]zqx[/spoiler]\",\
         \"spoiler\":false,\"created_at\":\"2012-02-05T01:02:03.000Z\",\"user_stats\":{\"rating\":8},\"user\":{\"username\":\"ann\"}}},\
         {\"type\":\"show\",\"show\":{\"title\":\"Lost\",\"year\":2004},\"comment\":{\"id\":2,\"comment\":\"zqx\",\"spoiler\":true}},\
         {\"type\":\"episode\",\"show\":{\"title\":\"Lost\",\"year\":2004},\"episode\":{\"season\":2,\"number\":5,\"title\":\"x\"},\
         \"comment\":{\"id\":3,\"comment\":\"zqx\",\"spoiler\":true}}]",
    ),
    (
        Format::Serializd,
        "{\"reviews\":[{\"id\":1,\"showName\":\"Lost\",\"seasonId\":7,\"seasonName\":\"Season 2\",\"showSeasons\":[{\"id\":7,\"seasonNumber\":2}],\
         \"episodeNumber\":5,\"reviewText\":\"zqx\",\"containsSpoilers\":true,\"rating\":8,\"author\":\"ann\",\"dateAdded\":\"2012-02-05T00:00:00Z\"},\
         {\"id\":2,\"showName\":\"Lost\",\"seasonId\":7,\"seasonName\":\"Season 2\",\"reviewText\":\"opn ||zqx||\",\"containsSpoilers\":false,\"rating\":0},\
         {\"id\":3,\"showName\":\"Lost\",\"seasonName\":\"Specials\",\"reviewText\":\"zqx\",\"containsSpoilers\":true}],\"totalPages\":1}",
    ),
    (
        Format::BookGraph,
        "{\"user_id\":\"u\",\"timestamp\":\"2017-08-30\",\"review_sentences\":[[0,\"opn.\"],[1,\"zqx.\"],[1,\"zqx.\"],[0,\"opn.\"]],\"rating\":5,\"has_spoiler\":true,\"book_id\":\"1\",\"review_id\":\"a\"}\n\
         {\"user_id\":\"u\",\"timestamp\":\"2017-08-30\",\"review_sentences\":[[0,\"zqx\"]],\"rating\":0,\"has_spoiler\":true,\"book_id\":\"1\",\"review_id\":\"b\"}\n\
         {\"user_id\":\"u\",\"timestamp\":\"2017-08-30\",\"review_sentences\":[[1,\"zqx </spoiler> zqx\"],[0,\"zqx\"]],\"rating\":0,\"has_spoiler\":true,\"book_id\":\"1\",\"review_id\":\"c\"}\n",
    ),
    (
        Format::ImdbSpoilers,
        "{\"review_date\":\"10 February 2006\",\"movie_id\":\"tt1\",\"user_id\":\"ur1\",\"is_spoiler\":true,\"review_text\":\"zqx\",\"rating\":\"10\",\"review_summary\":\"zqx\"}\n\
         {\"review_date\":\"6 September 2000\",\"movie_id\":\"tt1\",\"user_id\":\"ur2\",\"is_spoiler\":false,\"review_text\":\"opn. SPOILERS BELOW. zqx\",\"rating\":\"9\",\"review_summary\":\"opn\"}\n",
    ),
    (
        Format::Neodb,
        "{\"server\":\"neodb.social\",\"neodb_version\":\"0.11\",\"username\":\"ann\"}\n\
         {\"id\":\"https://neodb.social/book/1\",\"type\":\"Edition\",\"display_title\":\"Emma\"}\n\
         {\"type\":\"Rating\",\"content\":{\"type\":\"Rating\",\"withRegardTo\":\"https://neodb.social/book/1\",\"value\":9,\"best\":10}}\n\
         {\"type\":\"ShelfMember\",\"content\":{\"type\":\"Status\",\"status\":\"complete\",\"withRegardTo\":\"https://neodb.social/book/1\"}}\n\
         {\"type\":\"Review\",\"content\":{\"id\":\"https://neodb.social/review/1\",\"type\":\"Review\",\"name\":\"On Emma\",\"content\":\"opn >!zqx!<\\n\\n>! zqx\",\
         \"mediaType\":\"text/markdown\",\"published\":\"2024-02-03T00:00:00+00:00\",\"attributedTo\":\"https://neodb.social/@ann@neodb.social/\",\
         \"withRegardTo\":\"https://neodb.social/book/1\",\"href\":\"https://neodb.social/review/1\"}}\n",
    ),
    (
        Format::Activitypub,
        "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"type\":\"OrderedCollectionPage\",\"orderedItems\":[\
         {\"id\":\"1\",\"type\":\"Review\",\"name\":\"Well\",\"inReplyToBook\":\"https://e.org/book/1\",\"rating\":4,\"content\":\"<p>opn <span class=\\\"spoiler\\\">zqx</span></p>\",\"attributedTo\":\"https://e.org/user/ann\",\"published\":\"2024-02-03T00:00:00Z\"},\
         {\"id\":\"2\",\"type\":\"Article\",\"name\":\"Review of \\\"Emma\\\" (4 stars): Own title\",\"content\":\"<p>zqx</p>\",\"summary\":\"who marries\",\"sensitive\":true,\"attributedTo\":\"https://e.org/user/ann\"},\
         {\"type\":\"Create\",\"object\":{\"id\":\"3\",\"type\":\"Note\",\"inReplyTo\":null,\"summary\":\"the end\",\"sensitive\":true,\"content\":\"<p>zqx</p>\",\"published\":\"2024-02-03T00:00:00Z\",\"attributedTo\":\"https://m.org/users/bob\",\"tag\":[{\"type\":\"Hashtag\",\"name\":\"#film\"}]}},\
         {\"type\":\"Create\",\"object\":{\"id\":\"4\",\"type\":\"Note\",\"sensitive\":true,\"summary\":null,\"content\":\"<p>zqx</p>\",\"published\":\"2024-02-03T00:00:00Z\",\"attributedTo\":\"https://m.org/users/bob\"}},\
         {\"type\":\"Create\",\"object\":{\"id\":\"5\",\"type\":\"Note\",\"content\":\"<p>opn</p>\",\"published\":\"2024-02-03T00:00:00Z\",\"attributedTo\":\"https://n.org/@cy@n.org/\",\"tag\":[{\"type\":\"Movie\",\"name\":\"Heat\",\"href\":\"https://n.org/movie/1\"}],\
         \"relatedWith\":[{\"type\":\"Rating\",\"value\":9,\"best\":10},{\"type\":\"Review\",\"name\":\"On Heat\",\"content\":\"opn >!zqx!<\",\"mediaType\":\"text/markdown\"}]}},\
         {\"type\":\"Create\",\"object\":{\"id\":\"6\",\"type\":\"Note\",\"inReplyTo\":\"https://m.org/1\",\"content\":\"<p>zqx</p>\"}},\
         {\"type\":\"Announce\",\"object\":\"https://m.org/2\"}]}",
    ),
    (
        Format::Atproto,
        "{\"records\":[{\"uri\":\"at://did:plc:x/social.popfeed.feed.review/1\",\"cid\":\"c\",\"value\":{\"$type\":\"social.popfeed.feed.review\",\"title\":\"Heat\",\"text\":\"opn ||zqx||\",\
         \"rating\":8,\"creativeWorkType\":\"movie\",\"releaseDate\":\"1995-12-15\",\"mainCredit\":\"Michael Mann\",\"containsSpoilers\":false,\"createdAt\":\"2026-07-01T00:00:00.000Z\",\"tags\":[\"crime\"]}},\
         {\"uri\":\"at://did:plc:x/social.popfeed.feed.review/2\",\"value\":{\"$type\":\"social.popfeed.feed.review\",\"title\":\"Lost - S2E5 - A Title - of parts\",\"text\":\"zqx\",\"containsSpoilers\":true,\
         \"creativeWorkType\":\"tv_episode\",\"identifiers\":{\"seasonNumber\":2,\"episodeNumber\":5}}},\
         {\"uri\":\"at://did:plc:x/social.popfeed.feed.review/3\",\"value\":{\"$type\":\"social.popfeed.feed.review\",\"title\":\"Emma\",\"text\":\"zqx\",\"containsSpoilers\":true}}],\"cursor\":\"x\"}",
    ),
    (
        Format::Feed,
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='x'><channel><title>A blog</title><item><title>Review: Emma</title><link>https://e.org/1</link>\
         <guid>g1</guid><pubDate>Sun, 05 Feb 2012 10:00:00 +0000</pubDate><dc:creator>ann</dc:creator><category>books</category><description>Teaser</description>\
         <content:encoded><![CDATA[<p>opn &amp; <span class=\"spoiler\">zqx</span></p>]]></content:encoded><source><title>zqx</title></source></item>\
         <item><title></title><guid>g2</guid><pubDate>Sun, 05 Feb 2012 10:00:00 +0000</pubDate><description>&lt;p&gt;&lt;strong&gt;Content warning:&lt;/strong&gt; who dies&lt;/p&gt;&lt;hr /&gt;&lt;p&gt;zqx&lt;/p&gt;</description></item></channel></rss>",
    ),
    (
        Format::Feed,
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>A blog</title><author><name>ann</name></author><entry><title>On \u{201c}Heat\u{201d}</title><id>1</id>\
         <link rel='self' href='https://e.org/x'/><link href='https://e.org/1'/><updated>2012-02-05T00:00:00Z</updated><category term='film'/>\
         <content type='xhtml'><div><p>opn <span class='spoiler'>zqx</span></p></div></content></entry>\
         <entry><title>Emma</title><id>2</id><content type='html'>&lt;p&gt;opn&lt;/p&gt;&lt;details&gt;&lt;summary&gt;Spoiler&lt;/summary&gt;zqx&lt;/details&gt;</content></entry></feed>",
    ),
    (
        Format::Feed,
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"A blog\",\"authors\":[{\"name\":\"ann\"}],\"items\":[\
         {\"id\":\"1\",\"url\":\"https://e.org/1\",\"title\":\"Film review: Heat\",\"content_html\":\"<p>opn <span class='spoiler'>zqx</span></p>\",\"date_published\":\"2012-02-05T00:00:00Z\",\"tags\":[\"film\"]},\
         {\"id\":\"2\",\"title\":\"Emma\",\"content_text\":\"opn ||zqx||\"}]}",
    ),
    (
        Format::Page,
        "<!DOCTYPE html><html><head><title>x</title><script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"Review\",\"itemReviewed\":{\"@type\":\"Movie\",\"name\":\"Heat\",\
         \"datePublished\":\"1995-12-15\",\"director\":{\"name\":\"Michael Mann\"}},\"author\":{\"name\":\"ann\"},\"reviewRating\":{\"ratingValue\":\"8\",\"bestRating\":10},\"datePublished\":\"2012-02-05\",\
         \"reviewBody\":\"zqx and zqx\"}</script></head><body><p>opn <span class=\"spoiler\">zqx</span></p></body></html>",
    ),
    (
        Format::Page,
        "<html><body><article class=\"h-review\"><h1 class=\"p-name\">On Emma</h1><span class=\"p-item h-item\">Emma</span> <span class=\"p-rating\">4</span>\
         <span class=\"p-author h-card\">ann</span><time class=\"dt-published\">2012-02-05</time><div class=\"e-content\"><div><p>opn</p></div>\
         <div class=\"spoiler\">zqx</div></div></article></body></html>",
    ),
];

fn count(texts: &[String], word: &str) -> usize {
    texts.iter().map(|text| text.matches(word).count()).sum()
}

#[test]
fn every_source_is_told_by_its_shape_and_read_with_its_marks() {
    for (format, text) in SOURCES {
        assert_eq!(recognise(text.as_bytes()), Ok(*format), "{text}");
        let batch = read(*format, "n", text.as_bytes(), Options::default()).expect("it is read");
        let reviews = written(&batch);
        let shown: Vec<_> = reviews.iter().map(open).collect();
        let all: Vec<_> = reviews.iter().map(lifted).collect();
        assert_eq!(count(&shown, "zqx"), 0, "{}: {shown:#?}", format.name());
        assert_eq!(
            count(&shown, "opn"),
            text.matches("opn").count() - left_out(text),
            "{}: {shown:#?}",
            format.name()
        );
        assert!(count(&all, "zqx") > 0, "{}: what is hidden is there: {all:#?}", format.name());
        for warning in &batch.warnings {
            assert!(!warning.reason.contains("zqx"), "a warning quotes nothing: {warning}");
        }
    }
}

/// Open words that belong to no review: those of a page around its data, of a post beside its review.
fn left_out(text: &str) -> usize {
    usize::from(text.contains("ld+json") || text.contains("relatedWith"))
}

#[test]
fn what_breaks_off_shows_nothing_that_is_marked_and_what_is_empty_is_no_review() {
    for (format, text) in SOURCES {
        for (end, _) in text.char_indices() {
            let cut = &text.as_bytes()[..end];
            for review in read(*format, "n", cut, Options::default()).iter().flat_map(written) {
                assert!(!open(&review).contains("zqx"), "{} up to {end}: {}", format.name(), open(&review));
            }
            // Cut off, it may be taken for something else.
            if let Ok(other) = recognise(cut) {
                for review in read(other, "n", cut, Options::default()).iter().flat_map(written) {
                    assert!(!open(&review).contains("zqx"), "{} as {}", format.name(), other.name());
                }
            }
        }
    }
    for (text, is_read) in [
        ("[]", false),
        ("{}", false),
        ("{\"reviews\":[]}", false),
        ("{\"success\":1,\"reviews\":[]}", false),
        (
            "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"type\":\"OrderedCollection\",\"orderedItems\":[]}",
            true,
        ),
        (
            "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"type\":\"OrderedCollection\",\"totalItems\":3,\"first\":\"https://e.org\"}",
            false,
        ),
        (
            "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"type\":\"Person\",\"name\":\"zqx\"}",
            false,
        ),
        ("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[]}", true),
        ("<rss><channel></channel></rss>", true),
        ("<feed xmlns='http://www.w3.org/2005/Atom'></feed>", true),
        ("<html><body>zqx</body></html>", false),
        ("RYM Album, First Name,Last Name,Title,Review\n", true),
        ("{\"text\":\"zqx\",\"title\":\"T\"}", false),
    ] {
        let found = recognise(text.as_bytes())
            .and_then(|format| read(format, "n", text.as_bytes(), Options::default()));
        assert_eq!(found.is_ok(), is_read, "{text}: {:?}", found.err());
        assert!(found.is_ok_and(|batch| batch.reviews.is_empty()) || !is_read, "{text}");
    }
}

#[test]
fn a_later_version_with_more_fields_is_read_and_a_new_flag_is_heeded() {
    for (format, text) in SOURCES.iter().filter(|(_, text)| text.starts_with(['{', '['])) {
        let more = text
            .replace("\"id\":", "\"new\":{\"a\":[1,null]},\"id\":")
            .replace("\"user_id\":", "\"new\":[],\"user_id\":");
        assert_eq!(reviews(more.as_bytes()).len(), reviews(text.as_bytes()).len(), "{}", format.name());
        let flagged = text.replace("opn", "zqx").replace("\"title\":\"zqx\"", "");
        let key = [
            "\"review\":",
            "\"comment\":\"",
            "\"reviewText\":",
            "\"review_text\":",
            "\"content\":\"",
            "\"text\":",
            "\"content_html\":",
            "\"content_text\":",
        ];
        let flagged = key
            .iter()
            .fold(flagged, |text, key| text.replace(key, &format!("\"hasSpoilersToo\":true,{key}")));
        if *format == Format::BookGraph {
            continue;
        }
        for review in reviews(flagged.as_bytes()) {
            assert!(!open(&review).contains("zqx"), "{}: {}", format.name(), open(&review));
        }
    }
    let csv =
        "Title,Hardcover Book ID,Review,Review Contains Spoilers,New,Spoilers too\nEmma,1,zqx,false,x,yes\n";
    assert!(!open(&reviews(csv.as_bytes())[0]).contains("zqx"));
}

#[test]
fn what_sources_say_beside_the_text_is_kept() {
    let of = |format: Format| -> Vec<Review> {
        SOURCES
            .iter()
            .filter(|(found, _)| *found == format)
            .flat_map(|(_, text)| reviews(text.as_bytes()))
            .collect()
    };
    let facts = |review: &Review| {
        let rating = review.rating().map(|rating| rating.to_string()).unwrap_or_default();
        let date = review.date().map(|date| date.iso()).unwrap_or_default();
        let by = review.by().collect::<Vec<_>>().join("+");
        let kind = review.kind().unwrap_or_default();
        format!(
            "{}|{}|{kind}|{by}|{}|{rating}|{date}",
            review.headline(),
            review.work_title(),
            review.reviewer().unwrap_or_default()
        )
    };
    for (format, wanted) in [
        (Format::Hardcover, "Emma|Emma|book|Jane Austen||4.5/5|2020-02-03"),
        (Format::Rateyourmusic, "Sunday|Sunday|album|Bill Evans & Trio||7/10|"),
        (Format::Steam, "620|620|game||7||2012-02-05"),
        (Format::Trakt, "Heat|Heat|film||ann|8/10|2012-02-05"),
        (Format::Trakt, "S02E05|Lost|series||||"),
        (Format::Serializd, "S02E05|Lost|series||ann|8/10|2012-02-05"),
        (Format::BookGraph, "Book 1|Book 1|book||u|5/5|2017-08-30"),
        (Format::ImdbSpoilers, "tt1|tt1|film||ur1|10/10|2006-02-10"),
        (Format::ImdbSpoilers, "opn|tt1|film||ur2|9/10|2000-09-06"),
        (Format::Neodb, "On Emma|Emma|book||ann@neodb.social|9/10|2024-02-03"),
        (Format::Activitypub, "Own title|Emma|book||ann@e.org|4/5|"),
        (Format::Activitypub, "On Heat|Heat|film||cy@n.org|9/10|2024-02-03"),
        (Format::Activitypub, "A post of 2024-02-03|A post of 2024-02-03|||bob@m.org||2024-02-03"),
        (Format::Atproto, "Heat|Heat|film|Michael Mann||8/10|2026-07-01"),
        (Format::Feed, "Review: Emma|Emma|||ann||2012-02-05"),
        (Format::Feed, "On \u{201c}Heat\u{201d}|Heat|||ann||2012-02-05"),
        (Format::Page, "Heat|Heat|film|Michael Mann|ann|8/10|2012-02-05"),
        (Format::Page, "On Emma|Emma|||ann|4/5|2012-02-05"),
    ] {
        let found: Vec<_> = of(format).iter().map(facts).collect();
        assert!(
            found.iter().any(|found| found == wanted),
            "{}: {wanted} is not among {found:#?}",
            format.name()
        );
    }
}

#[test]
fn a_flagged_episode_waits_for_itself_and_a_warning_is_a_label() {
    for format in [Format::Trakt, Format::Serializd, Format::Atproto] {
        let (_, text) = SOURCES.iter().find(|(found, _)| *found == format).expect("it is there");
        let gates = reviews(text.as_bytes())
            .iter()
            .filter(|review| open(review).contains("\"after\":\"S02E05\""))
            .count();
        assert_eq!(gates, 1, "{}", format.name());
        let seen: Vec<_> = reviews(text.as_bytes()).iter().filter_map(|r| r.seen().cloned()).collect();
        assert_eq!(seen, [crate::work::Point::episode(2, 5)], "{}: how far one was is kept", format.name());
    }
    for (format, label) in
        [(Format::Activitypub, "who marries"), (Format::Activitypub, "the end"), (Format::Feed, "who dies")]
    {
        let (_, text) = SOURCES.iter().find(|(found, _)| *found == format).expect("it is there");
        assert!(
            reviews(text.as_bytes())
                .iter()
                .any(|review| open(review).contains(&format!("\"label\":\"{label}\""))),
            "{label}"
        );
    }
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("it is begun");
        zip.write_all(text.as_bytes()).expect("it is written");
    }
    zip.finish().expect("it is closed").into_inner()
}

#[test]
fn archives_are_told_by_what_is_in_them_and_nothing_else_of_them_is_read() {
    for (format, name, other) in [
        (Format::Trakt, "trakt/comments-movies.json", "trakt/comments-shows.json"),
        (Format::Activitypub, "outbox.json", "actor.json"),
    ] {
        let (_, text) = SOURCES.iter().find(|(found, _)| *found == format).expect("it is there");
        let whole = zip(&[("profile.json", "zqx {"), (name, text), (other, "[]")]);
        assert_eq!(recognise(&whole), Ok(format));
        let all = reviews(&whole);
        assert_eq!(all.len(), reviews(text.as_bytes()).len(), "{format:?} has all of its reviews");
        assert!(all.iter().all(|review| !open(review).contains("zqx")), "{format:?} hides what is marked");
    }
    let damaged = zip(&[("comments-all.json", "[{")]);
    assert_eq!(
        read(Format::Trakt, "n", &damaged, Options::default()).map(|batch| batch.warnings.len()),
        Ok(1)
    );
    assert!(recognise(&zip(&[("holiday.jpg", "x")])).is_err(), "not every archive is an export");
}

#[test]
fn the_archive_of_neodb_is_read_with_its_catalogue() {
    let (_, text) = SOURCES.iter().find(|(found, _)| *found == Format::Neodb).expect("it is there");
    let (catalog, journal): (Vec<_>, Vec<_>) = text.lines().partition(|line| line.contains("Edition"));
    let (journal, catalog) = (journal.join("\n"), catalog.join("\n"));
    let bytes = zip(&[("journal.ndjson", &journal), ("catalog.ndjson", &catalog), ("other.txt", "zqx")]);
    assert_eq!(recognise(&bytes), Ok(Format::Neodb));
    let reviews = reviews(&bytes);
    assert_eq!(reviews.iter().map(Review::work_title).collect::<Vec<_>>(), ["Emma"]);
    assert!(!open(&reviews[0]).contains("zqx") && lifted(&reviews[0]).contains("zqx"));
    for end in 0..bytes.len() {
        let read = read(Format::Neodb, "n", &bytes[..end], Options::default());
        assert!(read.iter().flat_map(written).all(|review| !open(&review).contains("zqx")), "up to {end}");
    }
}
