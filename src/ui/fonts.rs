//! The typefaces, embedded: Newsreader for what is told, Archivo for what is counted or pressed.

use std::sync::Arc;

use bevy_egui::egui::{Context, FontData, FontDefinitions, FontFamily, FontTweak};

use super::tokens::{DISPLAY, HEADLINE, ITALIC, MEDIUM, REGULAR, SEMIBOLD, TEXT};

macro_rules! face {
    ($file:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/", $file))
    };
}

const FACES: [(&str, &[u8]); 7] = [
    (DISPLAY, face!("NewsreaderDisplay-SemiBold.ttf")),
    (HEADLINE, face!("NewsreaderHeadline-SemiBold.ttf")),
    (ITALIC, face!("NewsreaderHeadline-Italic.ttf")),
    (TEXT, face!("NewsreaderText-Regular.ttf")),
    (REGULAR, face!("Archivo-Regular.ttf")),
    (MEDIUM, face!("Archivo-Medium.ttf")),
    (SEMIBOLD, face!("Archivo-SemiBold.ttf")),
];

/// The licences that travel with the faces.
pub const LICENCES: [(&str, &str); 2] = [
    (
        "Newsreader, SIL Open Font License 1.1",
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/Newsreader-OFL.txt")),
    ),
    (
        "Archivo, SIL Open Font License 1.1",
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/Archivo-OFL.txt")),
    ),
];

/// Gives a context our faces. Signs that they lack come from the toolkit's own.
pub fn install(context: &Context) {
    let mut fonts = FontDefinitions::default();
    let fallback: Vec<String> =
        fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (name, bytes) in FACES {
        let face = FontData::from_static(bytes)
            .tweak(FontTweak { hinting: Some(false), ..FontTweak::default() });
        fonts.font_data.insert(name.to_owned(), Arc::new(face));
        let mut family = vec![name.to_owned()];
        family.extend(fallback.iter().cloned());
        fonts.families.insert(FontFamily::Name(name.into()), family);
    }
    let mut plain = vec![REGULAR.to_owned()];
    plain.extend(fallback);
    fonts.families.insert(FontFamily::Proportional, plain);
    context.set_fonts(fonts);
}
