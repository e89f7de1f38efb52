//! Where the keyboard's focus goes: with Tab over the page first, then its action bar, then the folio; and
//! back to where it was when what lay over the page is gone.

use bevy_egui::egui::{
    Context, Event, Id, Key, LayerId, Modifiers, Order, Plugin, RawInput, Rect, WidgetRect,
};

/// Parts of the window that Tab reaches after the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    ActionBar,
    Folio,
}

/// Says where a part lies in this frame.
pub fn lies(context: &Context, part: Part, rect: Rect) {
    context.data_mut(|data| data.insert_temp(Id::new(part as u8).with("part"), rect));
}

/// Whether Tab was pressed, backwards if with Shift, each time since the last frame.
fn pressed_tabs() -> Id {
    Id::new("pressed tabs")
}

/// Keeps Tab from the toolkit, whose order is that in which things are drawn: a bar is drawn before the page
/// that fills what it leaves.
pub struct TabOrder;

impl Plugin for TabOrder {
    fn debug_name(&self) -> &'static str {
        "tab order"
    }

    fn input_hook(&mut self, context: &Context, input: &mut RawInput) {
        input.events.retain(|event| {
            let back = match event {
                Event::Key { key: Key::Tab, pressed: true, modifiers, .. } => match *modifiers {
                    Modifiers::NONE => false,
                    Modifiers::SHIFT => true,
                    _ => return true,
                },
                _ => return true,
            };
            context.data_mut(|data| {
                data.get_temp_mut_or_default::<Vec<bool>>(pressed_tabs()).push(back);
            });
            false
        });
    }
}

/// What had the focus when the page was last uncovered, and whether it is covered now.
#[derive(Clone, Copy, Debug, Default)]
struct Below {
    focus: Option<Id>,
    covered: bool,
}

fn below() -> Id {
    Id::new("focus of the page")
}

/// At the beginning of a frame: the focus goes where Tab leads, and back from what lay over the page.
pub fn frame(context: &Context, covered: bool) {
    let focused = context.memory(|memory| memory.focused());
    let before: Below = context.data(|data| data.get_temp(below()).unwrap_or_default());
    let focus = if covered || before.covered { before.focus } else { focused };
    if before.covered && !covered && focused.is_none() {
        focus.into_iter().for_each(|id| request(context, id));
    }
    context.data_mut(|data| data.insert_temp(below(), Below { focus, covered }));
    let tabs: Option<Vec<bool>> = context.data_mut(|data| data.remove_temp(pressed_tabs()));
    for back in tabs.unwrap_or_default() {
        go(context, back);
    }
    lies(context, Part::ActionBar, Rect::NOTHING);
    lies(context, Part::Folio, Rect::NOTHING);
}

/// Nothing has the focus, nor gets it back: what had it may mean something else by now.
pub fn forget(context: &Context) {
    context.data_mut(|data| {
        data.get_temp_mut_or_default::<Below>(below()).focus = None;
    });
    context.memory_mut(|memory| {
        memory.focused().into_iter().for_each(|id| memory.surrender_focus(id));
    });
}

fn request(context: &Context, id: Id) {
    context.memory_mut(|memory| memory.request_focus(id));
}

fn go(context: &Context, back: bool) {
    let order = in_order(context);
    let focused = context.memory(|memory| memory.focused());
    let at = focused.and_then(|id| order.iter().position(|other| *other == id));
    let count = order.len();
    let next = match (at, back) {
        (Some(at), false) => (at + 1) % count.max(1),
        (Some(at), true) => (at + count - 1) % count.max(1),
        (None, false) => 0,
        (None, true) => count.saturating_sub(1),
    };
    order.get(next).into_iter().for_each(|id| request(context, *id));
}

/// What can have the focus, as it was drawn last.
fn in_order(context: &Context) -> Vec<Id> {
    let part = |part: Part| {
        let known = context.data(|data| data.get_temp(Id::new(part as u8).with("part")));
        known.unwrap_or(Rect::NOTHING)
    };
    let (bar, folio) = (part(Part::ActionBar), part(Part::Folio));
    let rank = |layer: LayerId, widget: &WidgetRect| {
        // What is scrolled out of sight is of the page.
        let seen = widget.interact_rect.is_positive().then(|| widget.rect.center());
        match (layer.order, seen) {
            (Order::Background, Some(at)) if bar.contains(at) => 1,
            (Order::Background, Some(at)) if folio.contains(at) => 3,
            (Order::Background, _) => 0,
            // Notes that were pinned.
            _ => 2,
        }
    };
    let layers: Vec<LayerId> = context.memory(|memory| {
        memory.layer_ids().filter(|layer| memory.allows_interaction(*layer)).collect()
    });
    let mut found = context.viewport(|viewport| {
        let widgets = &viewport.prev_pass.widgets;
        let of = |layer: LayerId| widgets.get_layer(layer).map(move |widget| (layer, widget));
        let can = |widget: &WidgetRect| widget.enabled && widget.sense.is_focusable();
        let all = layers.into_iter().flat_map(of).filter(|(_, widget)| can(widget));
        all.map(|(layer, widget)| (rank(layer, widget), widget.id)).collect::<Vec<_>>()
    });
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, id)| id).collect()
}
