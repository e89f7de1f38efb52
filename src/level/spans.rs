//! Where every value of a level file stands in its text.
//!
//! `ron` gives typed values no positions, so a second, lossless reading of the text by `ron2` maps
//! paths such as `giants[2].cloud.share_pct.enterprise` to bytes.

use std::collections::BTreeMap;
use std::ops::Range;

use ron2::ast::{Expr, FieldsBody, MapExpr, NumberKind, StructBody, StructField, parse_document};

/// Longest path, in bytes, whose place is kept.
const LONGEST_PATH: usize = 200;

/// Repetitions and bad numbers kept: a designer reads no more of them.
const MOST_KEPT: usize = 100;

/// Positions of values and of the names they stand behind, by path.
#[derive(Debug)]
pub(super) struct Spans {
    /// What the file is, for messages: "level".
    pub subject: &'static str,
    values: BTreeMap<String, Range<usize>>,
    names: BTreeMap<String, Range<usize>>,
    /// Texts of fields called `id`, by the path of what they name.
    ids: BTreeMap<String, String>,
    /// Paths given twice within one map or struct, with the second name's place.
    pub repeated: Vec<(String, Range<usize>)>,
    /// Places of numbers that are none: NaN, infinities, and digits beyond what a number can hold.
    pub not_finite: Vec<Range<usize>>,
}

impl Spans {
    /// Reads a level's text. What cannot be read has no positions: an error then lacks its excerpt.
    pub fn of(text: &str) -> Spans {
        Spans::of_a("level", text)
    }

    /// Reads the text of another kind of file.
    pub fn of_a(subject: &'static str, text: &str) -> Spans {
        let mut spans = Spans {
            subject,
            values: BTreeMap::new(),
            names: BTreeMap::new(),
            ids: BTreeMap::new(),
            repeated: Vec::new(),
            not_finite: Vec::new(),
        };
        if let Ok(document) = parse_document(text)
            && let Some(root) = &document.value
        {
            spans.value("", root);
        }
        spans
    }

    /// The value at a path.
    pub fn value_at(&self, path: &str) -> Option<Range<usize>> {
        self.values.get(path).cloned()
    }

    /// The field's name or the map's key at a path.
    pub fn name_at(&self, path: &str) -> Option<Range<usize>> {
        self.names.get(path).cloned()
    }

    /// The id of the thing at a path.
    pub fn id_at(&self, path: &str) -> Option<&str> {
        self.ids.get(path).map(String::as_str)
    }

    /// The value at a path, else at the nearest path around it.
    pub fn nearest(&self, path: &str) -> Option<Range<usize>> {
        let mut path = path;
        loop {
            if let Some(span) = self.value_at(path) {
                return Some(span);
            }
            let end = path.rfind(['.', '['])?;
            path = &path[..end];
        }
    }

    /// Paths of values that hold no others.
    #[cfg(test)]
    pub fn leaves(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let inner = |path: &str| {
            self.values.keys().any(|other| {
                other.len() > path.len()
                    && other.starts_with(path)
                    && other[path.len()..].starts_with(['.', '['])
            })
        };
        self.values
            .iter()
            .filter(move |(path, _)| !path.is_empty() && !inner(path))
            .map(|(path, span)| (path.as_str(), span.clone()))
    }

    fn value(&mut self, path: &str, expr: &Expr<'_>) {
        let span = expr.span();
        let bytes = span.start_offset..span.end_offset;
        match expr {
            // `Some(x)` and `x` are the same value to a designer.
            Expr::Option(option) if option.value.is_some() => {
                if let Some(inner) = &option.value {
                    self.value(path, &inner.expr);
                }
                return;
            }
            Expr::Seq(list) => {
                for (index, item) in list.items.iter().enumerate() {
                    self.value(&format!("{path}[{index}]"), &item.expr);
                }
            }
            Expr::Map(map) => self.map(path, map),
            Expr::AnonStruct(body) => self.fields(path, &body.fields),
            Expr::Struct(named) => {
                if let Some(StructBody::Fields(FieldsBody { fields, .. })) = &named.body {
                    self.fields(path, fields);
                }
            }
            Expr::Number(number)
                if self.not_finite.len() < MOST_KEPT && !is_finite(&number.raw, &number.kind) =>
            {
                self.not_finite.push(bytes.clone());
            }
            _ => {}
        }
        self.values.insert(path.to_owned(), bytes);
    }

    fn fields(&mut self, path: &str, fields: &[StructField<'_>]) {
        for field in fields {
            let place = field.name.span.start_offset..field.name.span.end_offset;
            if let ("id", Expr::String(id)) = (field.name.name.as_ref(), &field.value) {
                self.ids.insert(path.to_owned(), id.value.clone());
            }
            self.entry(join(path, &field.name.name), place, &field.value);
        }
    }

    fn map(&mut self, path: &str, map: &MapExpr<'_>) {
        for entry in &map.entries {
            let span = entry.key.span();
            let place = span.start_offset..span.end_offset;
            if let Expr::String(key) = &entry.key {
                self.entry(join(path, &key.value), place, &entry.value);
            }
        }
    }

    fn entry(&mut self, path: String, name: Range<usize>, value: &Expr<'_>) {
        // No real path is this long, and a hostile one, copied to all its children, fills memory.
        if path.len() > LONGEST_PATH {
            return;
        }
        self.value(&path, value);
        if let Some(first) = self.names.insert(path.clone(), name.clone())
            && first != name
            && self.repeated.len() < MOST_KEPT
        {
            self.repeated.push((path, name));
        }
    }
}

/// A path and one more step.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn is_finite(raw: &str, kind: &NumberKind) -> bool {
    match kind {
        NumberKind::SpecialFloat => false,
        NumberKind::Integer | NumberKind::NegativeInteger => true,
        NumberKind::Float => {
            let digits = raw.trim_end_matches("f32").trim_end_matches("f64").replace('_', "");
            digits.parse::<f64>().is_ok_and(f64::is_finite)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use ron::extensions::Extensions;
    use serde_json::Value;

    use super::*;
    use crate::level::Library;
    use crate::level::file::LevelFile;

    /// Fields that a level may leave out, so that a typed value may have no place in the text.
    const OPTIONAL: &[&str] = &[
        "headline",
        "memory",
        "over_quarters",
        "methods_from",
        "shelf",
        "lessons",
        "debrief",
        "dilemmas",
        "deck",
        "cards",
        "talk_rounds",
        "information",
        "scaling_wall_after_quarters",
        "holds_labs",
        "happenings",
        "deck",
        "chance_pct",
        "new_compute_pct",
        "trust_pct",
        "standing_deals",
        "board",
        "access",
        "access_quarters",
        "exclusivity",
        "exclusivity_quarters",
        "commitment_gw",
        "commitment_quarters",
        "score_scale",
        "handicap_pct",
        "instrument",
        "profit_cap",
        "pro_rata",
        "anti_dilution",
        "consent",
        "revenue_share",
        "licence_quarters",
        "own_chips",
        "own_chips_quarters",
    ];

    fn typed(text: &str) -> Value {
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let file: LevelFile = options.from_str(text).unwrap();
        serde_json::to_value(file).unwrap()
    }

    /// Every value that holds no others, by path; a variant is not a step of its path.
    fn leaves(path: &str, value: &Value, found: &mut BTreeMap<String, Value>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| {
                let variant = path.ends_with(".what") && name.starts_with(char::is_uppercase);
                leaves(&if variant { path.to_owned() } else { join(path, name) }, value, found);
            }),
            Value::Array(list) => list.iter().enumerate().for_each(|(index, value)| {
                leaves(&format!("{path}[{index}]"), value, found);
            }),
            leaf => {
                found.insert(path.to_owned(), leaf.clone());
            }
        }
    }

    /// The value that a piece of the text stands for.
    fn written(piece: &str) -> Value {
        match piece.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(text) => Value::from(text),
            None => piece.parse().map_or(Value::from(piece), |number: f64| Value::from(number)),
        }
    }

    fn same(one: &Value, other: &Value) -> bool {
        one == other
            || one.as_f64().is_some_and(|number| other.as_f64() == Some(number))
            || one.as_bool().is_some_and(|truth| other.as_str() == Some(&truth.to_string()))
    }

    #[test]
    fn both_readers_agree_on_every_value_of_every_level() {
        let library = Library::load(None);
        let built_in = library.entries().iter().map(|entry| entry.text.to_string());
        let fixtures = [
            include_str!("../../tests/it/fixtures/smallest.ron").to_owned(),
            include_str!("../../tests/it/fixtures/calibration-idle.ron").to_owned(),
        ];
        for text in built_in.chain(fixtures) {
            let spans = Spans::of(&text);
            let mut values = BTreeMap::new();
            leaves("", &typed(&text), &mut values);
            for (path, value) in &values {
                let Some(place) = spans.value_at(path) else {
                    assert!(
                        OPTIONAL.iter().any(|field| path.contains(field)),
                        "{path} has no place"
                    );
                    continue;
                };
                assert!(same(value, &written(&text[place])), "{path} differs");
            }
            for (path, place) in spans.leaves() {
                let piece = &text[place];
                let known = values.contains_key(path) || ["[]", "{}"].contains(&piece);
                assert!(known, "{path}: {piece} is in the text only");
            }
        }
    }

    #[test]
    fn an_option_and_its_value_are_one_place() {
        let text = "(a: Some((b: 1)), c: (d: 2))";
        let spans = Spans::of(text);
        assert_eq!(&text[spans.value_at("a.b").unwrap()], "1");
        assert_eq!(&text[spans.name_at("c.d").unwrap()], "d");
        assert_eq!(&text[spans.nearest("c.e.f[3]").unwrap()], "(d: 2)");
    }

    #[test]
    fn text_that_cannot_be_read_has_no_places() {
        for text in ["", "((((", "(a: ", "\u{0}", "(a: 'é', b: \"\\q\")"] {
            assert_eq!(Spans::of(text).value_at("a"), None, "{text:?}");
        }
    }

    #[test]
    fn hostile_keys_do_not_multiply() {
        let long = "k".repeat(100_000);
        let text = format!("{{\"{long}\": [{}]}}", "1,".repeat(100_000));
        let spans = Spans::of(&text);
        assert_eq!(spans.values.len(), 1);
    }
}
