//! A path in a designer's words: `giants[0].cloud.capacity_gw` is "`cloud.capacity_gw` of giant
//! `amazon`". Counting starts at 1, and what has an id goes by it.

use super::problem::quote;
use super::spans::Spans;

/// Lists whose entries have a name of their own.
const ENTRIES: &[(&str, &str)] = &[
    ("giants", "giant"),
    ("labs", "lab"),
    ("segments", "segment"),
    ("goals", "goal"),
    ("standing_deals", "standing deal"),
    ("happenings", "happening"),
    ("lessons", "lesson"),
    ("debrief", "question"),
    ("dilemmas", "dilemma"),
    ("cards", "card"),
    ("answers", "answer"),
    ("effects", "effect"),
];

/// The words for a path; "the level", or what else the file is, for the empty one.
pub(super) fn words(path: &str, spans: &Spans) -> String {
    let mut holders: Vec<String> = Vec::new();
    let mut fields: Vec<&str> = Vec::new();
    let mut end = 0;
    for step in path.split('.').filter(|step| !step.is_empty()) {
        end = path[end..].find(step).map_or(end, |at| end + at + step.len());
        match entry(step) {
            Some((list, index)) => {
                let known = ENTRIES.iter().find(|(name, _)| *name == list);
                holders.push(match known {
                    Some((_, one)) => named(one, index, spans.id_at(&path[..end])),
                    None => {
                        fields.push(list);
                        format!("entry {} of {}", index + 1, quote(&fields.join(".")))
                    }
                });
                fields.clear();
            }
            None => fields.push(step),
        }
    }
    if !fields.is_empty() {
        holders.push(quote(&fields.join(".")));
    }
    if holders.is_empty() {
        return format!("the {}", spans.subject);
    }
    holders.reverse();
    holders.join(" of ")
}

fn named(one: &str, index: usize, id: Option<&str>) -> String {
    match id {
        Some(id) if !id.is_empty() => format!("{one} {}", quote(id)),
        _ => format!("{one} {}", index + 1),
    }
}

/// The list and the place in it: `goals[2]` is ("goals", 2).
fn entry(step: &str) -> Option<(&str, usize)> {
    let (list, index) = step.strip_suffix(']')?.split_once('[')?;
    Some((list, index.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_words() {
        let spans = Spans::of("(giants: [(id: \"amazon\")], labs: [(id: 3)])");
        for (path, expected) in [
            ("", "the level"),
            ("market.ai_capex_pct", "`market.ai_capex_pct`"),
            ("giants[0]", "giant `amazon`"),
            (
                "giants[0].cloud.share_pct.enterprise",
                "`cloud.share_pct.enterprise` of giant `amazon`",
            ),
            ("giants[0].cloud.arriving_gw[2]", "entry 3 of `cloud.arriving_gw` of giant `amazon`"),
            ("labs[0].standing_deals[1].access", "`access` of standing deal 2 of lab 1"),
            ("happenings[4].what.points", "`what.points` of happening 5"),
        ] {
            assert_eq!(words(path, &spans), expected);
        }
    }
}
