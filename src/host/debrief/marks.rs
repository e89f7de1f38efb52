//! Firms' marks and colours in print: giants carry filled marks, labs hollow ones.

use maud::{Markup, html};

use crate::ids::{Role, SeatId};
use crate::level::Level;

/// A firm's mark: colour never stands without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Triangle,
    Square,
    Disc,
    Pill,
    Diamond,
    Cross,
    Hexagon,
    Ring,
}

impl Mark {
    /// The mark of a seat: its own where it is known, else by its place.
    pub(super) fn of(level: &Level, seat: SeatId) -> Mark {
        const GIANTS: [Mark; 6] =
            [Mark::Triangle, Mark::Square, Mark::Disc, Mark::Pill, Mark::Diamond, Mark::Cross];
        match level.seat_key(seat) {
            "amazon" => Mark::Triangle,
            "microsoft" => Mark::Square,
            "google" => Mark::Disc,
            "oracle" => Mark::Pill,
            "nvidia" => Mark::Diamond,
            "meta" => Mark::Cross,
            "openai" => Mark::Hexagon,
            "anthropic" => Mark::Ring,
            _ => match seat.role(level.giants.len()) {
                Role::Giant(firm) => GIANTS[firm.index() % GIANTS.len()],
                Role::Lab(lab) if lab.index() % 2 == 0 => Mark::Hexagon,
                Role::Lab(_) => Mark::Ring,
            },
        }
    }

    pub(super) fn colour(self) -> &'static str {
        match self {
            Mark::Triangle => "#D9600A",
            Mark::Square => "#0B74BC",
            Mark::Disc => "#1F6440",
            Mark::Pill => "#6E0F14",
            Mark::Diamond => "#748A60",
            Mark::Cross => "#0F3F4A",
            Mark::Hexagon => "#6A2A91",
            Mark::Ring => "#AB4A85",
        }
    }

    /// The mark around a point of a picture, about `size` wide.
    pub(super) fn at(self, x: f64, y: f64, size: f64) -> Markup {
        let r = size / 2.0;
        let colour = self.colour();
        let corners = |points: &[(f64, f64)]| -> String {
            let written = points.iter().map(|(a, b)| format!("{:.1},{:.1}", x + a * r, y + b * r));
            written.collect::<Vec<String>>().join(" ")
        };
        html! {
            @match self {
                Mark::Triangle => polygon points=(corners(&[(0.0, -0.95), (1.0, 0.8), (-1.0, 0.8)])) fill=(colour) {},
                Mark::Square => polygon points=(corners(&[(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)])) fill=(colour) {},
                Mark::Disc => circle cx=(short(x)) cy=(short(y)) r=(short(0.95 * r)) fill=(colour) {},
                Mark::Pill => rect x=(short(x - 1.05 * r)) y=(short(y - 0.5 * r)) width=(short(2.1 * r)) height=(short(r)) rx=(short(0.5 * r)) fill=(colour) {},
                Mark::Diamond => polygon points=(corners(&[(0.0, -1.1), (1.1, 0.0), (0.0, 1.1), (-1.1, 0.0)])) fill=(colour) {},
                Mark::Cross => path d={ "M" (short(x - 0.75 * r)) " " (short(y - 0.75 * r)) "l" (short(1.5 * r)) " " (short(1.5 * r)) "M" (short(x - 0.75 * r)) " " (short(y + 0.75 * r)) "l" (short(1.5 * r)) " " (short(-1.5 * r)) } stroke=(colour) stroke-width=(short(0.55 * r)) fill="none" {},
                Mark::Hexagon => polygon points=(corners(&[(0.0, -0.9), (0.78, -0.45), (0.78, 0.45), (0.0, 0.9), (-0.78, 0.45), (-0.78, -0.45)])) fill="none" stroke=(colour) stroke-width=(short((0.38 * r).max(1.6))) {},
                Mark::Ring => {
                    circle cx=(short(x)) cy=(short(y)) r=(short(0.78 * r)) fill="none" stroke=(colour) stroke-width=(short((0.34 * r).max(1.5))) {}
                    circle cx=(short(x)) cy=(short(y)) r=(short(0.26 * r)) fill=(colour) {}
                },
            }
        }
    }

    /// The mark beside a name in a line of text.
    pub(super) fn inline(self) -> Markup {
        html! { svg class="mark" viewBox="0 0 14 14" width="13" height="13" aria-hidden="true" { (self.at(7.0, 7.0, 11.0)) } }
    }
}

/// A coordinate, to a tenth.
pub(super) fn short(value: f64) -> String {
    format!("{value:.1}")
}
