//! What the toolkit's own widgets take from the house's tokens.

use bevy_egui::egui::{self, Visuals};

use super::tokens::{Edition, Tokens, Type};

/// What the toolkit's own widgets take from our tokens.
pub(super) fn dress_style(style: &mut egui::Style, tokens: &Tokens) {
    let mut visuals = match tokens.edition {
        Edition::Paper => Visuals::light(),
        Edition::Evening => Visuals::dark(),
    };
    visuals.override_text_color = Some(tokens.ink);
    visuals.panel_fill = tokens.page;
    visuals.window_fill = tokens.sheet;
    visuals.window_stroke = egui::Stroke::new(1.2, tokens.ink);
    visuals.window_corner_radius = egui::CornerRadius::same(4);
    visuals.menu_corner_radius = egui::CornerRadius::same(4);
    let shadow = egui::Shadow { offset: [3, 4], blur: 0, spread: 0, color: tokens.shadow };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.extreme_bg_color = tokens.sheet;
    visuals.text_edit_bg_color = Some(tokens.sheet);
    visuals.selection.bg_fill = tokens.pen_wash;
    visuals.selection.stroke = egui::Stroke::new(1.5, tokens.pen);
    visuals.hyperlink_color = tokens.pen;
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke = egui::Stroke::new(1.5, tokens.pen);
    visuals.interact_cursor = Some(egui::CursorIcon::PointingHand);
    for (look, colour) in [
        (&mut visuals.widgets.noninteractive, tokens.rule),
        (&mut visuals.widgets.inactive, tokens.rule),
        (&mut visuals.widgets.hovered, tokens.pen),
        (&mut visuals.widgets.active, tokens.pen),
        (&mut visuals.widgets.open, tokens.pen),
    ] {
        look.bg_stroke = egui::Stroke::new(1.2, colour);
        look.corner_radius = egui::CornerRadius::same(4);
        look.bg_fill = tokens.rule;
        look.weak_bg_fill = tokens.sheet;
        look.fg_stroke = egui::Stroke::new(1.2, tokens.ink);
    }
    style.visuals = visuals;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.25;
    style.interaction.tooltip_grace_time = 0.3;
    style.animation_time = if tokens.still { 0.0 } else { 0.09 };
    style.spacing.scroll = egui::style::ScrollStyle::thin();
    style.spacing.scroll.fade.strength = 0.0;
    style.spacing.menu_margin = egui::Margin::same(14);
    style.spacing.item_spacing = egui::vec2(8.0, 4.0);
    style.spacing.window_margin = egui::Margin::same(14);
    for font in style.text_styles.values_mut() {
        *font = Type::Interface.font();
    }
}
