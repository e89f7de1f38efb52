//! What each lever that was turned may come to by itself: the plan that stands with this lever alone
//! turned, against the plan that stands.

use crate::sim::decision::Decision;
use crate::sim::setting::Step;
use crate::study::{Band, Tried};
use crate::ui::forecasts::Outlook;
use crate::ui::screens::{Scene, outlook};

/// What one turned lever may come to, in the measure the fan shows.
pub(super) struct Alone {
    /// None while it is being made.
    pub band: Option<Band>,
    /// What the bars of all levers go to, either way of nought.
    pub scale: f64,
    pub text: String,
}

/// One of each plan given; none where a lever was not turned, or where nothing can be said.
pub(super) fn alone(
    scene: &mut Scene,
    standing: Decision,
    turned: &[Option<Decision>],
) -> Vec<Option<Alone>> {
    if scene.desk.view.step != Step::Plan || scene.desk.busy() {
        return turned.iter().map(|_| None).collect();
    }
    let shown = scene.state.driver;
    let desk = &mut *scene.desk;
    let mut found: Vec<Option<Alone>> = Vec::new();
    for drafted in turned {
        let Some(drafted) = *drafted else {
            found.push(None);
            continue;
        };
        let tried = Tried::Plan { drafted, standing };
        let band = match desk.forecasts.beside(&desk.words, &desk.view, tried) {
            Outlook::None(_) => {
                found.push(None);
                continue;
            }
            Outlook::Coming => None,
            Outlook::Here(forecast) => forecast.quarters.last().map(|last| {
                let measure = outlook::measure(&forecast, shown);
                let band = outlook::of(last, shown).difference;
                let name = measure.map_or("Score", crate::host::words::labels::measure);
                let text = format!(
                    "{name} {} by {}, {} runs",
                    outlook::change_range(measure, &band),
                    desk.words.quarter(last.quarter),
                    forecast.runs
                );
                (band, text)
            }),
        };
        let (band, text) = match band {
            Some((band, text)) => (Some(band), text),
            None => (None, "playing it out …".to_owned()),
        };
        found.push(Some(Alone { band, scale: 0.0, text }));
    }
    let bands = || found.iter().flatten().filter_map(|it| it.band);
    let scale = bands().flat_map(|band| [-band.low_10pct, band.high_90pct]).fold(1e-6, f64::max);
    for it in found.iter_mut().flatten() {
        it.scale = 1.1 * scale;
    }
    found
}
