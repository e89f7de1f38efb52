//! The picture that holds all letters drawn so far. bevy_egui copies what has changed of it pixel by pixel
//! through floating-point colours, which takes ten milliseconds in a frame with new letters; this does the
//! same by whole rows, before it comes to it.

use bevy::asset::{Assets, RenderAssetUsages};
use bevy::image::{Image, ImageSampler};
use bevy::prelude::{Entity, Query, ResMut};
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use bevy_egui::egui::{ColorImage, ImageData, TextureId};
use bevy_egui::{EguiManagedTexture, EguiManagedTextures, EguiRenderOutput};

/// Takes over the changes of the toolkit's own textures.
pub(super) fn take_changes(
    mut outputs: Query<(Entity, &mut EguiRenderOutput)>,
    mut textures: ResMut<EguiManagedTextures>,
    mut images: ResMut<Assets<Image>>,
) {
    for (entity, mut output) in &mut outputs {
        if output.textures_delta.set.is_empty() {
            continue;
        }
        for (id, deltas) in output.textures_delta.set.drain() {
            let TextureId::Managed(id) = id else { continue };
            for delta in deltas {
                let ImageData::Color(part) = &delta.image;
                let known = textures.get(&(entity, id)).map(|texture| texture.handle.id());
                match (delta.pos, known) {
                    (Some(corner), Some(known)) => {
                        let mut image = images.get_mut(known);
                        let whole = image.as_mut().map(|image| (image.width(), &mut image.data));
                        if let Some((width, Some(data))) = whole {
                            copy_rows(data, width as usize, corner, part);
                        }
                    }
                    (Some(_), None) => {}
                    (None, _) => {
                        let handle = images.add(whole_image(part));
                        // The toolkit's own copy is used by nothing.
                        let color_image = ColorImage::default();
                        textures.insert((entity, id), EguiManagedTexture { handle, color_image });
                    }
                }
            }
        }
    }
}

/// Bytes of a colour.
const PIXEL: usize = 4;

/// Copies a part to its place in a picture of this width, pixels.
fn copy_rows(data: &mut [u8], width: usize, [left, top]: [usize; 2], part: &ColorImage) {
    let rows = part.as_raw().chunks_exact(PIXEL * part.width().max(1));
    for (row, bytes) in rows.enumerate() {
        let from = PIXEL * ((top + row) * width + left);
        if let Some(place) = data.get_mut(from..from + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    }
}

fn whole_image(part: &ColorImage) -> Image {
    let size = Extent3d {
        width: part.width() as u32,
        height: part.height() as u32,
        depth_or_array_layers: 1,
    };
    let mut image = Image::new(
        size,
        TextureDimension::D2,
        part.as_raw().to_vec(),
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::MAIN_WORLD | RenderAssetUsages::RENDER_WORLD,
    );
    image.sampler = ImageSampler::linear();
    image
}

#[cfg(test)]
mod tests {
    use bevy_egui::egui::{Color32, ColorImage};

    use super::copy_rows;

    #[test]
    fn a_part_lands_in_its_place_and_nowhere_else() {
        let mut data = vec![0; 4 * 4 * 3];
        let part = ColorImage::filled([2, 2], Color32::from_rgba_premultiplied(1, 2, 3, 4));
        copy_rows(&mut data, 4, [1, 1], &part);
        let at = |x: usize, y: usize| &data[4 * (4 * y + x)..][..4];
        for (x, y) in (0..4).flat_map(|x| (0..3).map(move |y| (x, y))) {
            let inside = (1..3).contains(&x) && y >= 1;
            let wanted: &[u8] = if inside { &[1, 2, 3, 4] } else { &[0; 4] };
            assert_eq!(at(x, y), wanted, "{x}, {y}");
        }
    }
}
