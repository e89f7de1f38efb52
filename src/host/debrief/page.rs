//! The document: its head with everything it needs inside, its masthead and its foot.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

macro_rules! face {
    ($family:literal, $weight:literal, $file:literal) => {
        ($family, $weight, include_bytes!(concat!("../../../assets/fonts/web/", $file, ".woff2")))
    };
}
/// The typefaces of the page, as they are named in its style.
const FACES: [(&str, &str, &[u8]); 6] = [
    face!("Newsreader Display", "600", "NewsreaderDisplay-SemiBold"),
    face!("Newsreader Headline", "600", "NewsreaderHeadline-SemiBold"),
    face!("Newsreader Headline", "400; font-style: italic", "NewsreaderHeadline-Italic"),
    face!("Newsreader Text", "400", "NewsreaderText-Regular"),
    face!("Archivo", "400", "Archivo-Regular"),
    face!("Archivo", "600", "Archivo-SemiBold"),
];

fn faces() -> String {
    let face = |(family, weight, bytes): &(&str, &str, &[u8])| {
        format!(
            "@font-face {{ font-family: \"{family}\"; font-weight: {weight}; src: url(data:font/woff2;base64,{}) format(\"woff2\"); }}\n",
            STANDARD.encode(bytes)
        )
    };
    FACES.iter().map(face).collect()
}

/// A whole page that asks nothing of any host.
pub(super) fn document(title: &str, body: Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                // Both are ours: nothing that a player or a level wrote is in them.
                style { (PreEscaped(faces())) (PreEscaped(STYLE)) }
            }
            body {
                svg width="0" height="0" style="position:absolute" aria-hidden="true" {
                    defs {
                        pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                            rect width="5" height="5" fill="#F0D9CC" {}
                            line x1="0" y1="0" x2="0" y2="5" stroke="#A6341B" stroke-width="2.4" {}
                        }
                    }
                }
                (body)
            }
        }
    };
    page.into_string()
}

/// The masthead over a page, what stands beside it, and the line below.
pub(super) fn masthead(left: (&str, &str), right: (&str, &str), dateline: &[String]) -> Markup {
    html! {
        header class="masthead" {
            div class="title" {
                span { (left.0) strong { (left.1) } }
                b { "The Term Sheet" }
                span { (right.0) strong { (right.1) } }
            }
            div class="dateline" { @for part in dateline { span { (part) } } }
        }
    }
}

pub(super) fn foot() -> Markup {
    html! {
        footer {
            p {
                "Simulation. Firms appear as characters of it; there is no affiliation with any of them, and everything after the opening of the level is invented. "
                "Appraisals are what either side's own rules make of a sheet from what it knew. What a deal or a decision made is the score as played less that of the same game, under the same luck, without it; such figures do not add up, for each leaves one thing out and keeps the rest. "
                "Written by Term Sheet " (env!("CARGO_PKG_VERSION")) "."
            }
        }
    }
}
