//! Small pictures in a row of text: bars from nought, dots along a line, a medal.

use maud::{Markup, html};

use super::marks::{Mark, short};

/// A bar from nought, `most` being the longest either way: what helps is solid, what hurts hatched.
pub(super) fn bar(value: f64, most: f64) -> Markup {
    const HALF: f64 = 58.0;
    let length = HALF * (value.abs() / most.max(1e-9)).min(1.0);
    let helps = value >= 0.0;
    let x = if helps { HALF } else { HALF - length };
    html! {
        svg class="bar" viewBox={ "0 0 " (2.0 * HALF) " 14" } width=(2.0 * HALF) height="14" aria-hidden="true" {
            @if length >= 0.3 {
                rect class=(if helps { "helps" } else { "hurts" }) x=(short(x)) y="2.5" width=(short(length.max(0.8))) height="9" {}
            }
            line class="nought" x1=(short(HALF)) x2=(short(HALF)) y1="0" y2="14" {}
        }
    }
}

/// One dot of a strip.
pub(super) struct Dot {
    pub(super) value: f64,
    /// Its name, shown by pointing at it.
    pub(super) name: String,
    pub(super) mark: Mark,
}

/// Dots along a scale, stacked where they would cover each other; the middle one is marked.
pub(super) fn strip(dots: &[Dot], (low, high): (f64, f64), written: fn(f64) -> String) -> Markup {
    const WIDTH: f64 = 760.0;
    const SIDE: f64 = 96.0;
    const SIZE: f64 = 13.0;
    let x = |value: f64| {
        SIDE + (WIDTH - 2.0 * SIDE) * ((value - low) / (high - low).max(1e-9)).clamp(0.0, 1.0)
    };
    let mut ordered: Vec<&Dot> = dots.iter().collect();
    ordered.sort_by(|one, other| one.value.total_cmp(&other.value));
    let mut placed: Vec<(&Dot, f64, usize)> = Vec::new();
    for dot in ordered {
        let at = x(dot.value);
        let level = (0..).find(|level| {
            placed.iter().all(|(_, other, held)| held != level || (at - other).abs() >= SIZE)
        });
        placed.push((dot, at, level.unwrap_or(0)));
    }
    let top = placed.iter().map(|(_, _, level)| *level).max().unwrap_or(0) as f64;
    let base = 16.0 + SIZE * (top + 0.5);
    let height = base + 30.0;
    let ends = [placed.first(), placed.last()];
    let step = super::charts::nice((high - low) / 6.0);
    let ticks: Vec<f64> = ((low / step).ceil() as i64..=(high / step).floor() as i64)
        .map(|tick| tick as f64 * step)
        .collect();
    let middle = crate::study::median(dots.iter().map(|dot| dot.value));
    html! {
        svg class="strip" viewBox={ "0 0 " (WIDTH) " " (short(height)) } role="img" {
            line class="base" x1=(short(SIDE)) x2=(short(WIDTH - SIDE)) y1=(short(base + 8.0)) y2=(short(base + 8.0)) {}
            @for tick in &ticks {
                line class="base" x1=(short(x(*tick))) x2=(short(x(*tick))) y1=(short(base + 8.0)) y2=(short(base + 12.0)) {}
                text class="axis" x=(short(x(*tick))) y=(short(base + 25.0)) text-anchor="middle" { (super::charts::tick_label(*tick, &ticks)) }
            }
            @if dots.len() > 2 {
                line class="event" x1=(short(x(middle))) x2=(short(x(middle))) y1="12" y2=(short(base + 8.0)) {}
                text class="axis" x=(short(x(middle))) y="9" text-anchor="middle" { "middle " (written(middle)) }
            }
            @if dots.len() > 1 && base > 20.0 {
                @for (place, (dot, at, level)) in ends.iter().flatten().enumerate() {
                    text class="axis" x=(short(at + if place == 0 { -9.0 } else { 9.0 })) y=(short(base - SIZE * *level as f64 + 4.0)) text-anchor=(if place == 0 { "end" } else { "start" }) { (dot.name) }
                }
            }
            @for (dot, at, level) in &placed {
                g {
                    title { (dot.name) ": " (written(dot.value)) }
                    (dot.mark.at(*at, base - SIZE * *level as f64, 12.0))
                }
            }
        }
    }
}

/// Counts as bars with their words.
pub(super) fn counts(rows: &[(String, usize)]) -> Markup {
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1) as f64;
    html! {
        table class="counts" {
            @for (what, count) in rows {
                tr {
                    td { (what) }
                    td {
                        svg viewBox="0 0 180 14" width="180" height="14" aria-hidden="true" {
                            rect class="count" x="0" y="2" width=(short(180.0 * *count as f64 / most)) height="10" {}
                        }
                    }
                    td class="figure" { (count) }
                }
            }
        }
    }
}

/// A medal with a score on it.
pub(super) fn medal(score: &str, name: &str) -> Markup {
    html! {
        svg class="medal" viewBox="0 0 140 190" role="img" aria-label={ "Score " (score) ", " (name) } {
            polygon points="34,0 62,0 76,58 56,64" class="ribbon" {}
            polygon points="106,0 78,0 64,58 84,64" class="ribbon second" {}
            circle cx="70" cy="118" r="64" class="rim" {}
            circle cx="70" cy="118" r="56" class="ticks" {}
            circle cx="70" cy="118" r="50" class="face" {}
            text x="70" y="128" text-anchor="middle" class="score" { (score) }
            text x="70" y="149" text-anchor="middle" class="name" { (name) }
        }
    }
}
