//! Design tokens: the colours of both editions, the scale of type, the grid. Everything that is drawn
//! takes its values from here; `docs/look.md` says what each colour means.

use bevy_egui::egui::{Color32, FontFamily, FontId};
use serde::{Deserialize, Serialize};

/// Which edition of the paper is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edition {
    #[default]
    Paper,
    Evening,
}

/// The colours of an edition: each has one meaning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tokens {
    pub edition: Edition,
    pub page: Color32,
    /// Panels, nodes, cards.
    pub sheet: Color32,
    /// Shelf, sunk areas.
    pub well: Color32,
    pub rule: Color32,
    pub rule_soft: Color32,
    pub ink: Color32,
    pub ink_soft: Color32,
    pub ink_note: Color32,
    /// What the player may change.
    pub pen: Color32,
    pub pen_fill: Color32,
    pub on_pen: Color32,
    pub pen_wash: Color32,
    pub good: Color32,
    pub good_wash: Color32,
    pub bad: Color32,
    pub bad_wash: Color32,
    /// Rumour and uncertainty, and nothing else.
    pub warn: Color32,
    pub warn_wash: Color32,
    pub warn_fill: Color32,
    /// Everyone unnamed.
    pub other: Color32,
    pub shadow: Color32,
    /// Whether nothing moves by itself.
    pub still: bool,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const PAPER: Tokens = Tokens {
    edition: Edition::Paper,
    page: rgb(0xF6F0E3),
    sheet: rgb(0xFCF8F0),
    well: rgb(0xECE4D3),
    rule: rgb(0xCDC2AB),
    rule_soft: rgb(0xE1D8C4),
    ink: rgb(0x1B1A17),
    ink_soft: rgb(0x564F44),
    ink_note: rgb(0x6B6355),
    pen: rgb(0x2B3FA8),
    pen_fill: rgb(0x2B3FA8),
    on_pen: rgb(0xFCF8F0),
    pen_wash: rgb(0xDDDFEE),
    good: rgb(0x0B6A5F),
    good_wash: rgb(0xD5E3DA),
    bad: rgb(0xA6341B),
    bad_wash: rgb(0xF0D9CC),
    warn: rgb(0x855B00),
    warn_wash: rgb(0xF3E3BC),
    warn_fill: rgb(0xD99A1C),
    other: rgb(0x8B8374),
    shadow: rgb(0xD8CFBE),
    still: false,
};

const EVENING: Tokens = Tokens {
    edition: Edition::Evening,
    page: rgb(0x17181B),
    sheet: rgb(0x1F2125),
    well: rgb(0x101113),
    rule: rgb(0x4A4B50),
    rule_soft: rgb(0x303237),
    ink: rgb(0xF1EADC),
    ink_soft: rgb(0xC0B8A8),
    ink_note: rgb(0x9F9889),
    pen: rgb(0xA9B8FF),
    pen_fill: rgb(0x4C60D6),
    on_pen: rgb(0xFFFFFF),
    pen_wash: rgb(0x2B3150),
    good: rgb(0x63C7B8),
    good_wash: rgb(0x1D3634),
    bad: rgb(0xF2906E),
    bad_wash: rgb(0x40261D),
    warn: rgb(0xE4B155),
    warn_wash: rgb(0x3A2F17),
    warn_fill: rgb(0xE4B155),
    other: rgb(0x8F8A80),
    shadow: rgb(0x0B0C0E),
    still: false,
};

impl Tokens {
    pub const fn of(edition: Edition) -> Tokens {
        match edition {
            Edition::Paper => PAPER,
            Edition::Evening => EVENING,
        }
    }

    /// A firm's colour by its mark.
    pub fn firm(&self, mark: Mark) -> Color32 {
        let (paper, evening) = match mark {
            Mark::Triangle => (0xD9600A, 0xF2922B),
            Mark::Square => (0x0B74BC, 0x4A8CC8),
            Mark::Disc => (0x1F6440, 0x63BD7F),
            Mark::Pill => (0x6E0F14, 0xC46E73),
            Mark::Diamond => (0x748A60, 0xD9DC70),
            Mark::Cross => (0x0F3F4A, 0xA9E6F2),
            Mark::Hexagon => (0x6A2A91, 0xB89BFF),
            Mark::Ring => (0xAB4A85, 0xFEA1C8),
            Mark::Dash => return self.other,
        };
        rgb(if self.edition == Edition::Paper { paper } else { evening })
    }

    /// What is written on a firm's colour.
    pub fn on_firm(&self, mark: Mark) -> Color32 {
        match (self.edition, mark) {
            (Edition::Paper, Mark::Triangle | Mark::Diamond | Mark::Dash) => rgb(0x1B1A17),
            (Edition::Paper, _) => Color32::WHITE,
            (Edition::Evening, _) => rgb(0x17181B),
        }
    }

    /// A colour at a part of its strength on the page, opaque: the renderer mixes in linear light, where a
    /// transparent colour turns grey.
    pub fn faded(&self, colour: Color32, part: f32) -> Color32 {
        mixed(self.page, colour, part)
    }
}

/// A colour laid over a ground, this part of it.
pub fn mixed(ground: Color32, colour: Color32, part: f32) -> Color32 {
    let mix = |one: u8, other: u8| {
        (f32::from(one) * (1.0 - part) + f32::from(other) * part).round() as u8
    };
    Color32::from_rgb(
        mix(ground.r(), colour.r()),
        mix(ground.g(), colour.g()),
        mix(ground.b(), colour.b()),
    )
}

/// A firm's mark. Giants carry filled ones, labs hollow ones: colour never stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Triangle,
    Square,
    Disc,
    Pill,
    Diamond,
    Cross,
    Hexagon,
    Ring,
    /// Everyone unnamed.
    Dash,
}

impl Mark {
    /// The mark of a giant by its place.
    pub fn of_giant(place: usize) -> Mark {
        const MARKS: [Mark; 6] =
            [Mark::Triangle, Mark::Square, Mark::Disc, Mark::Pill, Mark::Diamond, Mark::Cross];
        MARKS[place % MARKS.len()]
    }

    /// The mark of a lab by its place.
    pub fn of_lab(place: usize) -> Mark {
        if place.is_multiple_of(2) { Mark::Hexagon } else { Mark::Ring }
    }

    /// The mark that a seat of this text id has wherever it sits, if it has one.
    pub fn known(key: &str) -> Option<Mark> {
        Some(match key {
            "amazon" => Mark::Triangle,
            "microsoft" => Mark::Square,
            "google" => Mark::Disc,
            "oracle" => Mark::Pill,
            "nvidia" => Mark::Diamond,
            "meta" => Mark::Cross,
            "openai" => Mark::Hexagon,
            "anthropic" => Mark::Ring,
            _ => return None,
        })
    }
}

/// What a text is for: its face, size, line and spacing follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Title,
    Masthead,
    Lead,
    Judgement,
    Screen,
    Section,
    Story,
    Name,
    Panel,
    Quote,
    Deck,
    Rumour,
    Body,
    FigureLarge,
    Figure,
    FigureSmall,
    FigureRow,
    RowStrong,
    Row,
    Interface,
    InterfaceStrong,
    Kicker,
    Note,
    NoteStrong,
}

/// Faces, as they are registered with the window.
pub const DISPLAY: &str = "display";
pub const HEADLINE: &str = "headline";
pub const ITALIC: &str = "italic";
pub const TEXT: &str = "text";
pub const REGULAR: &str = "regular";
pub const MEDIUM: &str = "medium";
pub const SEMIBOLD: &str = "semibold";

impl Type {
    /// Face, size, line height, letter-spacing.
    pub fn spec(self) -> (&'static str, f32, f32, f32) {
        match self {
            Type::Title => (DISPLAY, 96.0, 86.0, -1.0),
            Type::Masthead => (DISPLAY, 72.0, 70.0, -1.0),
            Type::Lead => (DISPLAY, 61.0, 62.0, -1.0),
            Type::Judgement => (DISPLAY, 50.0, 52.0, -1.0),
            Type::Screen => (DISPLAY, 38.0, 44.0, -0.5),
            Type::Section => (HEADLINE, 28.0, 32.0, 0.0),
            Type::Story => (HEADLINE, 20.0, 23.0, 0.0),
            Type::Name => (HEADLINE, 19.0, 23.0, 0.0),
            Type::Panel => (HEADLINE, 17.0, 24.0, 0.0),
            Type::Quote => (ITALIC, 23.0, 29.0, 0.0),
            Type::Deck => (ITALIC, 21.0, 28.0, 0.0),
            Type::Rumour => (ITALIC, 17.0, 22.0, 0.0),
            Type::Body => (TEXT, 15.5, 22.0, 0.0),
            Type::FigureLarge => (SEMIBOLD, 33.0, 36.0, -0.3),
            Type::Figure => (SEMIBOLD, 22.0, 26.0, 0.0),
            Type::FigureSmall => (SEMIBOLD, 18.0, 22.0, 0.0),
            Type::FigureRow => (SEMIBOLD, 16.0, 20.0, 0.0),
            Type::RowStrong => (SEMIBOLD, 14.0, 18.0, 0.0),
            Type::Row => (MEDIUM, 14.0, 18.0, 0.0),
            Type::Interface => (REGULAR, 13.5, 20.0, 0.0),
            Type::InterfaceStrong => (SEMIBOLD, 13.5, 20.0, 0.0),
            Type::Kicker => (SEMIBOLD, 11.5, 16.0, 0.7),
            Type::Note => (REGULAR, 12.0, 16.0, 0.0),
            Type::NoteStrong => (SEMIBOLD, 12.0, 16.0, 0.0),
        }
    }

    pub fn font(self) -> FontId {
        let (face, size, ..) = self.spec();
        FontId::new(size, FontFamily::Name(face.into()))
    }
}

/// Below this width a window is small: notes, second lines and routes go.
pub const SMALL: f32 = 1_100.0;
/// Below this width a screen shows one thing at a time.
pub const TINY: f32 = 860.0;
/// From this width on a window is wide: margins and side panels grow.
pub const WIDE: f32 = 1_900.0;

/// Sizes that depend on the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    pub width: f32,
    pub small: bool,
    pub tiny: bool,
    pub wide: bool,
    pub margin: f32,
    pub action_bar: f32,
}

impl Grid {
    pub fn of(width: f32) -> Grid {
        let (small, wide) = (width < SMALL, width >= WIDE);
        Grid {
            width,
            small,
            tiny: width < TINY,
            wide,
            margin: if small {
                16.0
            } else if wide {
                64.0
            } else {
                32.0
            },
            action_bar: if small { 56.0 } else { 64.0 },
        }
    }

    /// A side panel's width: of 368, 400 or 496 in a window of 1440.
    pub fn panel(&self, usual: f32) -> f32 {
        if self.small {
            (self.width * usual / 1_300.0).min(usual).max(260.0)
        } else if self.wide {
            usual * 1.25
        } else {
            usual
        }
    }
}

pub const FOLIO_BAR: f32 = 52.0;
