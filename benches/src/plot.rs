//! How cost grows, as a picture.

use std::error::Error;
use std::path::Path;

use plotters::prelude::*;

use crate::results::Results;
use crate::table;

/// The rows `growth in WHAT: X`, and whose powers X goes by, if both axes do.
const PANELS: [(&str, Option<f64>); 5] =
    [("iterations", Some(10.0)), ("threads", Some(2.0)), ("nesting", None), ("owned arrays", None), ("reductions", None)];

const COLOURS: [RGBColor; 6] = [
    RGBColor(0, 0, 0),
    RGBColor(213, 94, 0),
    RGBColor(0, 114, 178),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
];

/// A contender, and its points.
type Series<'r> = (&'r str, Vec<(f64, f64)>);

/// Draws what rows there are; false when there are none.
pub(crate) fn growth(results: &Results, file: &Path) -> Result<bool, Box<dyn Error>> {
    let panels: Vec<_> = PANELS.iter().map(|&(what, base)| (what, base, series(results, what, base))).collect();
    if panels.iter().all(|(.., series)| series.is_empty()) {
        return Ok(false);
    }
    let root = SVGBackend::new(file, (1080, 660)).into_drawing_area();
    root.fill(&WHITE)?;
    for (area, (what, base, series)) in root.split_evenly((2, 3)).iter().zip(&panels) {
        draw(area, what, *base, series).map_err(|error| error.to_string())?;
    }
    root.present()?;
    Ok(true)
}

fn series<'r>(results: &'r Results, what: &str, base: Option<f64>) -> Vec<Series<'r>> {
    let mut all: Vec<Series> = Vec::new();
    let start = format!("growth in {what}: ");
    for row in &results.rows {
        let Some(Ok(x)) = row.name.strip_prefix(&start).map(str::parse::<f64>) else { continue };
        for contender in row.contenders() {
            let Some(y) = row.figure(contender) else { continue };
            let point = base.map_or((x, y), |base| (x.log(base), y.log10()));
            match all.iter_mut().find(|(name, _)| *name == contender) {
                Some((_, points)) => points.push(point),
                None => all.push((contender, vec![point])),
            }
        }
    }
    all
}

fn draw(
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    what: &str,
    base: Option<f64>,
    series: &[Series],
) -> Result<(), Box<dyn Error>> {
    let points = || series.iter().flat_map(|(_, points)| points);
    let (most_x, most_y) = points().fold((0.0_f64, 0.0_f64), |(x, y), point| (x.max(point.0), y.max(point.1)));
    let least_y = if base.is_some() { points().fold(f64::INFINITY, |y, point| y.min(point.1)) } else { 0.0 };
    let mut chart = ChartBuilder::on(area)
        .caption(format!("Time by {what}"), ("sans-serif", 16))
        .margin(8)
        .x_label_area_size(28)
        .y_label_area_size(64)
        .build_cartesian_2d(0.0..most_x, least_y..most_y * 1.05)?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .x_labels(8)
        .x_label_formatter(&|&x| format!("{:.0}", base.map_or(x, |base| base.powf(x))))
        .y_label_formatter(&|&y| table::time(if base.is_some() { 10_f64.powf(y) } else { y }))
        .draw()?;
    for ((name, points), colour) in series.iter().zip(COLOURS.iter().cycle()) {
        let points = points.clone();
        chart
            .draw_series(LineSeries::new(points, colour.stroke_width(2)))?
            .label(*name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 14, y)], colour.stroke_width(2)));
    }
    chart.configure_series_labels().position(SeriesLabelPosition::UpperLeft).background_style(WHITE.mix(0.8)).draw()?;
    Ok(())
}
