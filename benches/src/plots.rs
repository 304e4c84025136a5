//! The plots beside the page.

use std::{error::Error, ops::Range, path::Path};

use plotters::{
    coord::{Shift, ranged1d::ValueFormatter},
    prelude::*,
};

use crate::figures::{Figures, Section};

type Drawn = Result<(), Box<dyn Error>>;
type Points<'a> = Vec<(&'a str, &'a [(f64, f64)])>;

/// What a plot says about its axes.
struct Axes {
    title: &'static str,
    x: &'static str,
    y: &'static str,
    logarithmic: bool,
}

/// Draws what there are figures for.
pub fn draw(figures: &Figures, folder: &Path) -> Drawn {
    let path = |name: &str| folder.join(format!("benchmarks-{name}.svg"));
    if let Some(section) = figures.0.get("commands") {
        for (name, command, title) in [
            (
                "plan",
                "plan without changes",
                "terraform plan, nothing to change",
            ),
            ("apply", "first apply", "terraform apply, everything new"),
        ] {
            let axes = Axes {
                title,
                x: "policies",
                y: "seconds",
                logarithmic: true,
            };
            chart(&path(name), &axes, &curves(section, command))?;
        }
    }
    if let Some(section) = figures.0.get("latency") {
        let axes = Axes {
            title: "terraform plan by the server's latency",
            x: "milliseconds",
            y: "seconds",
            logarithmic: false,
        };
        chart(&path("latency"), &axes, &curves(section, ""))?;
    }
    if let Some(section) = figures.0.get("rpcs") {
        let axes = Axes {
            title: "calls over the socket",
            x: "calls at a time",
            y: "calls a second",
            logarithmic: false,
        };
        chart(&path("rpcs"), &axes, &curves(section, ""))?;
    }
    if let Some(section) = figures.0.get("memory") {
        let resident: Vec<_> = section.series["resident"]
            .iter()
            .map(|(calls, bytes)| (*calls, bytes / f64::from(1 << 20)))
            .collect();
        let axes = Axes {
            title: "resident memory over 100,000 calls",
            x: "calls",
            y: "MiB",
            logarithmic: false,
        };
        chart(&path("memory"), &axes, &vec![("provider", &resident)])?;
    }
    Ok(())
}

fn curves<'a>(section: &'a Section, prefix: &str) -> Points<'a> {
    section
        .series
        .iter()
        .filter_map(|(name, points)| {
            let name = name.strip_prefix(prefix)?.trim_start();
            Some((name, points.as_slice()))
        })
        .collect()
}

fn chart(path: &Path, axes: &Axes, curves: &Points<'_>) -> Drawn {
    let root = SVGBackend::new(path, (760, 440)).into_drawing_area();
    root.fill(&WHITE)?;
    let all = || curves.iter().flat_map(|(_, points)| points.iter().copied());
    let (x, y) = (range(all().map(|(x, _)| x)), range(all().map(|(_, y)| y)));
    if axes.logarithmic {
        let (x, y) = (x.start.max(0.8)..x.end * 1.3, y.start * 0.7..y.end * 1.5);
        let chart = builder(&root, axes).build_cartesian_2d(x.log_scale(), y.log_scale())?;
        fill(chart, axes, curves)?;
    } else {
        let chart = builder(&root, axes).build_cartesian_2d(0.0..x.end * 1.02, 0.0..y.end * 1.1)?;
        fill(chart, axes, curves)?;
    }
    root.present()?;
    Ok(())
}

fn builder<'a, 'b>(
    root: &'a DrawingArea<SVGBackend<'b>, Shift>,
    axes: &Axes,
) -> ChartBuilder<'a, 'b, SVGBackend<'b>> {
    let mut builder = ChartBuilder::on(root);
    builder
        .caption(axes.title, ("sans-serif", 20))
        .margin(12)
        .x_label_area_size(42)
        .y_label_area_size(62);
    builder
}

fn fill<'a, X, Y>(
    mut chart: ChartContext<'a, SVGBackend<'a>, Cartesian2d<X, Y>>,
    axes: &Axes,
    curves: &Points<'_>,
) -> Drawn
where
    X: Ranged<ValueType = f64> + ValueFormatter<f64>,
    Y: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .x_desc(axes.x)
        .y_desc(axes.y)
        .draw()?;
    for (index, (name, points)) in curves.iter().enumerate() {
        let color = Palette99::pick(index).to_rgba();
        chart
            .draw_series(
                LineSeries::new(points.iter().copied(), color.stroke_width(2)).point_size(3),
            )?
            .label(*name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE.mix(0.8))
        .draw()?;
    Ok(())
}

fn range(values: impl Iterator<Item = f64>) -> Range<f64> {
    let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
    for value in values {
        (low, high) = (low.min(value), high.max(value));
    }
    low..high
}
