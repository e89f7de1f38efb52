//! Where the keyboard's focus goes: with Tab over the page first, then its action bar, then the folio; from
//! a row into what stands open beside it; and back to where it was when what lay over the page is gone.

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
    let opened = context.data(|data| data.get_temp::<Opened>(open_beside()));
    if let Some(opened) = opened
        && opened.pass + 2 < context.cumulative_pass_nr()
    {
        context.data_mut(|data| data.remove::<Opened>(open_beside()));
        if opened.focused && !context.memory(|memory| memory.focused().is_some()) {
            request(context, opened.by);
        }
    }
    let tabs: Option<Vec<bool>> = context.data_mut(|data| data.remove_temp(pressed_tabs()));
    for back in tabs.unwrap_or_default() {
        go(context, back);
    }
    lies(context, Part::ActionBar, Rect::NOTHING);
    lies(context, Part::Folio, Rect::NOTHING);
}

/// What stands open beside the page: its layer, what it was opened by, when it was drawn last, and whether
/// the focus was in it.
#[derive(Clone, Copy, Debug)]
struct Opened {
    layer: LayerId,
    by: Id,
    pass: u64,
    focused: bool,
}

fn open_beside() -> Id {
    Id::new("stands open beside the page")
}

/// Says in this frame that a layer stands open beside what it was opened by: Tab leads from there into it.
pub fn stands_open(context: &Context, layer: LayerId, by: Id) {
    let focus = context.memory(|memory| memory.focused());
    let focused = focus.is_some_and(|focus| {
        context.viewport(|viewport| {
            let mut widgets = viewport.prev_pass.widgets.get_layer(layer);
            widgets.any(|widget| widget.id == focus)
        })
    });
    let pass = context.cumulative_pass_nr();
    context.data_mut(|data| {
        data.insert_temp(open_beside(), Opened { layer, by, pass, focused });
    });
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
        all.map(|(layer, widget)| (layer, rank(layer, widget), widget.id)).collect::<Vec<_>>()
    });
    found.sort_by_key(|(_, rank, _)| *rank);
    let opened = context.data(|data| data.get_temp::<Opened>(open_beside()));
    let (beside, page): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|(layer, ..)| opened.is_some_and(|it| it.layer == *layer));
    let mut order: Vec<Id> = page.into_iter().map(|(.., id)| id).collect();
    let at = order.iter().position(|id| opened.is_some_and(|it| it.by == *id));
    let at = at.map_or(order.len(), |at| at + 1);
    order.splice(at..at, beside.into_iter().map(|(.., id)| id));
    order
}
