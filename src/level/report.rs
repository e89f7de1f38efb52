//! Collects problems while the rules run: each rule names a path, this finds the place.

use std::ops::RangeInclusive;

use super::place;
use super::problem::{Problem, is_deceptive, quote, suggestion};
use super::spans::Spans;

/// Problems reported for one file at most; more would not be read.
const MOST: usize = 100;

/// How far a sum of per cents may be from 100.
const TOLERANCE_PCT: f64 = 0.2;

pub(super) struct Report<'a> {
    text: &'a str,
    spans: &'a Spans,
    problems: Vec<Problem>,
    more: bool,
}

impl<'a> Report<'a> {
    pub fn new(text: &'a str, spans: &'a Spans) -> Report<'a> {
        Report { text, spans, problems: Vec::new(), more: false }
    }

    pub fn finish(mut self) -> Vec<Problem> {
        self.repetitions();
        self.numbers_left_over();
        if self.more {
            let words = format!("there are more problems than these {MOST}");
            self.problems.push(Problem::new(words));
        }
        self.problems
    }

    /// A path in a designer's words.
    pub fn words(&self, path: &str) -> String {
        place::words(path, self.spans)
    }

    /// A problem with the value at a path.
    pub fn at(&mut self, path: &str, problem: Problem) {
        match self.spans.nearest(path) {
            Some(span) => self.push(problem.at(self.text, span)),
            None => self.push(problem),
        }
    }

    /// A problem with the name or key at a path, not with its value.
    pub fn at_name(&mut self, path: &str, problem: Problem) {
        match self.spans.name_at(path) {
            Some(span) => self.push(problem.at(self.text, span)),
            None => self.at(path, problem),
        }
    }

    fn push(&mut self, problem: Problem) {
        if self.problems.len() < MOST {
            self.problems.push(problem);
        } else {
            self.more = true;
        }
    }

    /// A name given twice in one map, which a typed reading silently drops.
    fn repetitions(&mut self) {
        for (path, place) in &self.spans.repeated {
            let problem = Problem::new(format!("{} is given twice", self.words(path)))
                .help("keep one of the two")
                .label("the second time")
                .at(self.text, place.clone());
            self.push(problem);
        }
    }

    /// Numbers without end in places that no rule has looked at.
    fn numbers_left_over(&mut self) {
        for place in &self.spans.not_finite {
            if !self.problems.iter().any(|problem| problem.span.as_ref() == Some(place)) {
                self.push(not_finite("this").at(self.text, place.clone()));
            }
        }
    }

    /// A number within a range, both ends allowed.
    pub fn number(&mut self, path: &str, value: f64, allowed: RangeInclusive<f64>) {
        if !value.is_finite() {
            let problem = not_finite(&self.words(path));
            self.at(path, problem);
        } else if !allowed.contains(&value) {
            let (low, high) = (show(*allowed.start()), show(*allowed.end()));
            self.out_of_range(path, value < *allowed.start(), show(value), low, high);
        }
    }

    /// A whole number within a range, both ends allowed.
    pub fn count(&mut self, path: &str, value: u32, allowed: RangeInclusive<u32>) {
        if !allowed.contains(&value) {
            let (low, high) = (allowed.start().to_string(), allowed.end().to_string());
            self.out_of_range(path, value < *allowed.start(), value.to_string(), low, high);
        }
    }

    fn out_of_range(&mut self, path: &str, low: bool, value: String, least: String, most: String) {
        let label = if low { "too low" } else { "too high" };
        let unit = unit(path);
        let problem = Problem::new(format!("{} is {value}, which is {label}", self.words(path)))
            .help(format!("allowed: {least} to {most}{unit}"))
            .label(label);
        self.at(path, problem);
    }

    /// How many entries a list may have. False if it has too many to go on.
    pub fn length(&mut self, path: &str, length: usize, allowed: RangeInclusive<usize>) -> bool {
        if !allowed.contains(&length) {
            let name = path.rsplit('.').next().unwrap_or(path);
            let (low, high) = (allowed.start(), allowed.end());
            let problem = Problem::new(format!("{} has {length} entries", self.words(path)))
                .help(format!(
                    "a {} has {low} to {high} {}",
                    self.spans.subject,
                    name.replace('_', " ")
                ))
                .label(if length < *low { "too few" } else { "too many" });
            self.at_name(path, problem);
        }
        length <= *allowed.end()
    }

    /// Text a player reads: not empty, not too long, without characters that hide or mislead.
    pub fn text(&mut self, path: &str, value: &str, longest: usize) {
        let length = value.chars().count();
        if value.trim().is_empty() {
            let problem =
                Problem::new(format!("{} is empty", self.words(path))).help("give it a text");
            self.at(path, problem);
        } else if length > longest {
            let problem = Problem::new(format!("{} is {length} characters long", self.words(path)))
                .help(format!("allowed: 1 to {longest} characters"))
                .label("too long");
            self.at(path, problem);
        } else if let Some(c) = value.chars().find(|&c| is_deceptive(c) || c == '\t') {
            let problem = Problem::new(format!(
                "{} has an invisible character, U+{:04X}",
                self.words(path),
                u32::from(c)
            ))
            .help("write only letters, digits, punctuation and spaces");
            self.at(path, problem);
        }
    }

    /// An id: lower-case words of letters and digits joined by hyphens.
    pub fn id(&mut self, path: &str, value: &str) {
        let shaped = value.split('-').all(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        if !shaped || value.len() > 40 {
            let problem = Problem::new(format!("{} cannot be an id", quote(value)))
                .help("1 to 40 lower-case letters a to z, digits and single hyphens: `my-level-2`")
                .label("not an id");
            self.at(path, problem);
        }
    }

    /// Ids that must differ.
    pub fn distinct<'b>(&mut self, ids: impl IntoIterator<Item = (String, &'b str)>) {
        let mut seen = std::collections::BTreeSet::new();
        for (path, id) in ids {
            if !seen.insert(id) {
                let problem = Problem::new(format!("the id {} is taken", quote(id)))
                    .help("each giant, lab and segment needs an id of its own")
                    .label("the second of this id");
                self.at(&path, problem);
            }
        }
    }

    /// A name that nothing has.
    pub fn unknown(&mut self, path: &str, what: &str, found: &str, known: &[&str]) {
        self.at_name(path, unknown(what, found, known));
    }

    /// The same where the name is a value and not a key.
    pub fn unknown_value(&mut self, path: &str, what: &str, found: &str, known: &[&str]) {
        self.at(path, unknown(what, found, known));
    }

    /// Parts that must sum to 100 per cent.
    pub fn sum_to_100(&mut self, path: &str, what: &str, parts: &[(&str, f64)]) {
        let sum: f64 = parts.iter().map(|part| part.1).sum();
        let off = sum - 100.0;
        if !off.is_finite() || off.abs() <= TOLERANCE_PCT {
            return;
        }
        let list: Vec<String> =
            parts.iter().take(12).map(|(name, part)| format!("{name} {}", show(*part))).collect();
        let dots = if parts.len() > 12 { " + …" } else { "" };
        let (amount, way) = (show(off.abs()), if off > 0.0 { "too much" } else { "missing" });
        let sum = show(sum);
        let problem = Problem::new(format!("{what} must sum to 100 but sums to {sum}"))
            .help(format!("{}{dots} = {sum}: {amount} {way}", list.join(" + ")))
            .label(format!("{amount} {way}"));
        self.at(path, problem);
    }
}

fn unknown(what: &str, found: &str, known: &[&str]) -> Problem {
    Problem::new(format!("there is no {what} {}", quote(found)))
        .help(suggestion(found, known))
        .label("not known")
}

fn not_finite(what: &str) -> Problem {
    Problem::new(format!("{what} is not a finite number"))
        .help("write a plain number, such as 12.5; NaN, inf and numbers beyond 1e308 are refused")
        .label("not finite")
}

/// A number as a designer would write it.
pub(super) fn show(value: f64) -> String {
    if value != 0.0 && !(1e-4..1e9).contains(&value.abs()) {
        return format!("{value:e}");
    }
    let rounded = libm::round(value * 1e4) / 1e4;
    // The rounding of sums is cut away; a value as written is kept.
    if (rounded - value).abs() < 1e-9 { rounded.to_string() } else { value.to_string() }
}

/// The unit that the last name of a path carries, in words.
pub(super) fn unit(path: &str) -> &'static str {
    let known = [
        ("_bn", ", in billions of US dollars"),
        ("_tn", ", in trillions of US dollars"),
        ("_gw", ", in gigawatts"),
        ("_pct", ", in per cent"),
        ("_points", ", in points of capability"),
        ("quarters", ", in quarters"),
        ("_quarter", ", a quarter of the game"),
    ];
    // A map's keys and a list's places carry the unit of the map or list.
    let steps = path.rsplit('.').take(2).map(|step| step.split('[').next().unwrap_or(step));
    steps
        .filter_map(|step| known.iter().find(|(suffix, _)| step.ends_with(suffix)))
        .map(|(_, words)| *words)
        .next()
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_a_designer_writes_them() {
        for (value, shown) in [
            (100.0, "100"),
            (26.200000000000003, "26.2"),
            (-0.5, "-0.5"),
            (0.001, "0.001"),
            (1e300, "1e300"),
            (0.0, "0"),
        ] {
            assert_eq!(show(value), shown);
        }
    }

    #[test]
    fn a_unit_follows_the_name_of_the_field_that_has_it() {
        assert_eq!(unit("giants[0].cash_bn"), ", in billions of US dollars");
        assert_eq!(unit("labs[0].compute_gw.amazon"), ", in gigawatts");
        assert_eq!(unit("labs[0].compute_plan_gw[2]"), ", in gigawatts");
        assert_eq!(unit("giants[0].disposition.patience"), "");
    }

    #[test]
    fn problems_without_spans_are_still_reported() {
        let spans = Spans::of("");
        let mut report = Report::new("", &spans);
        report.number("market.revenue_bn", f64::NAN, 1.0..=2.0);
        report.count("quarters", 99, 1..=40);
        let problems = report.finish();
        assert_eq!(problems.len(), 2);
        assert!(problems.iter().all(|problem| problem.span.is_none()));
    }
}
