//! The house's widgets, as an extension of the toolkit's `Ui`. Whatever can be pressed has a name that a
//! screen reader can say and a test can find; whatever is written can be read aloud.

mod bars;
mod button;
mod charts;
mod chip;
mod fan;
mod gap;
mod ink;
mod marks;
mod page;
mod slider;
mod tip;
mod waterfall;

pub use bars::{appraisal_row, double_rule, range_bar, split_bar, total_row};
pub use button::{Press, segmented, text_button};
pub use charts::{LineChart, Series, arc, sparkline};
pub use chip::{Chip, chip, chip_width, choice_chip, toggle_chip};
pub use fan::Fan;
pub use gap::{Gap, gap};
pub use ink::{House, focus_is_pressable, kicker_text, remember_tokens};
pub use marks::{brackets, draw_mark, enter_cap, hatch, tick};
pub use page::blocks;
pub use slider::{Lever, lever, split};
pub use tip::{Tip, pinned_notes, tip, unpin};
pub use waterfall::{Cascade, Fall, waterfall};
