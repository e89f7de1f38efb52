//! The program's icon, drawn: a sheet with a masthead, three lines and a signature in pen.

use super::tokens::{Edition, Tokens};

/// Rows of pixels, four bytes each.
pub fn pixels(size: u32) -> Vec<u8> {
    let tokens = Tokens::of(Edition::Paper);
    let mut out = Vec::with_capacity((size * size * 4) as usize);
    for row in 0..size {
        for column in 0..size {
            let at = |value: u32| (value as f32 + 0.5) / size as f32;
            let (x, y) = (at(column), at(row));
            let sheet = (0.16..0.84).contains(&x) && (0.06..0.94).contains(&y);
            let written = (0.26..0.74).contains(&x);
            let colour = match y {
                _ if !sheet => None,
                y if written && (0.17..0.29).contains(&y) => Some(tokens.ink),
                y if written && (0.34..0.37).contains(&y) => Some(tokens.ink),
                y if written && [0.46, 0.56, 0.66].iter().any(|line| (y - line).abs() < 0.018) => {
                    Some(tokens.other)
                }
                y if (0.26..0.62).contains(&x) => {
                    let wave = 0.80 + 0.045 * libm::sinf(x * 34.0);
                    Some(if (y - wave).abs() < 0.022 { tokens.pen } else { tokens.sheet })
                }
                _ => Some(tokens.sheet),
            };
            out.extend(colour.map_or([0, 0, 0, 0], |colour| colour.to_array()));
        }
    }
    out
}
