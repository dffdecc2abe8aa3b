package io.verity.reports.figures;

import io.verity.reports.text.PlainMath;
import io.verity.stats.result.Figure;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A figure in the drawing library's own words: nested maps and lists, one plot per panel, the panels in a column with their axes
 * aligned.
 */
final class PlotSpec {
    static final double WIDTH = 480;
    private static final double ONE_PANEL = 290;
    private static final double PANEL = 190;
    /** What the horizontal axis takes below the last panel. */
    private static final double AXIS = 48;

    private static final double FIRST_YEAR = 1000;
    private static final double LAST_YEAR = 3000;

    private final Figure figure;
    private final Map<String, Palette.Style> styles;
    private final List<String> panels;

    PlotSpec(Figure figure, Map<String, Palette.Style> styles) {
        this.figure = figure;
        this.styles = styles;
        // Reference lines without a panel belong to every panel.
        List<String> named = figure.layers().stream()
                .filter(l -> !(Palette.isReference(l) && l.panel().isEmpty()))
                .map(Figure.Layer::panel)
                .distinct()
                .toList();
        this.panels = named.isEmpty() ? List.of("") : named;
    }

    double height() {
        return panels.size() == 1 ? ONE_PANEL : panels.size() * PANEL + AXIS;
    }

    /** The specification, made of mutable collections because the library writes into it. */
    Map<String, Object> build() {
        @Nullable List<Double> limits = panels.size() == 1 ? null : xLimits();
        List<Object> plots = new ArrayList<>();
        for (int i = 0; i < panels.size(); i++) {
            plots.add(plot(panels.get(i), i == panels.size() - 1, limits));
        }
        if (plots.size() == 1) {
            @SuppressWarnings("unchecked")
            Map<String, Object> only = (Map<String, Object>) plots.get(0);
            return only;
        }
        List<Object> heights = new ArrayList<>();
        for (int i = 0; i < panels.size(); i++) {
            heights.add(i == panels.size() - 1 ? PANEL + AXIS : PANEL);
        }
        Map<String, Object> layout =
                map("name", "grid", "ncol", 1, "nrow", panels.size(), "align", true, "fit", true, "heights", heights);
        return map("kind", "subplots", "layout", layout, "figures", plots);
    }

    private Map<String, Object> plot(String panel, boolean last, @Nullable List<Double> limits) {
        List<Object> layers = new ArrayList<>();
        for (Figure.Layer layer : figure.layers()) {
            if (layer.panel().equals(panel)
                    || (Palette.isReference(layer) && layer.panel().isEmpty())) {
                List<Integer> kept = Points.thinned(layer, figure, Points.drawable(layer, figure));
                if (!kept.isEmpty()) {
                    layers.add(layer(layer, kept));
                }
            }
        }
        if (layers.isEmpty()) {
            // The library refuses a plot without layers; this dot has no size.
            layers.add(map(
                    "geom",
                    "point",
                    "size",
                    0,
                    "alpha",
                    0,
                    "data",
                    map("x", list(1.0), "y", list(1.0)),
                    "tooltips",
                    "none"));
        }
        String name = panels.size() == 1 ? figure.y().label() : panel;
        List<Object> scales = new ArrayList<>();
        scales.add(scale("y", figure.y(), name, panels.size() == 1 ? ONE_PANEL - 70 : PANEL - 30, yRange(panel), null));
        scales.add(scale("x", figure.x(), figure.x().label(), WIDTH - 80, xRange(), limits));
        Map<String, Object> theme = map(
                "name", "minimal",
                "legend_position", "none",
                "axis_title", map("size", 14, "blank", false),
                "axis_text", map("size", 13, "blank", false),
                "axis_text_x", map("angle", 0, "blank", false),
                "panel_grid_minor", map("blank", true));
        if (!last) {
            theme.put("axis_title_x", map("blank", true));
        }
        return map(
                "kind",
                "plot",
                "mapping",
                map("x", "x", "y", "y"),
                "data",
                map("x", new ArrayList<>(), "y", new ArrayList<>()),
                "layers",
                layers,
                "scales",
                scales,
                "theme",
                theme);
    }

    private static Map<String, Object> scale(
            String aesthetic,
            Figure.Axis axis,
            String name,
            double room,
            @Nullable DoubleSummaryStatistics range,
            @Nullable List<Double> limits) {
        Map<String, Object> scale =
                map("aesthetic", aesthetic, "name", title(PlainMath.of(name).replaceAll("\\p{Cntrl}", " "), room));
        if (axis.scale() == Figure.Scale.LOG10) {
            scale.put("trans", "log10");
            if (range != null) {
                // The library leaves no room at the ends of a logarithmic axis.
                double margin = range.getMin() < range.getMax()
                        ? StrictMath.pow(range.getMax(), 0.04) / StrictMath.pow(range.getMin(), 0.04)
                        : 2;
                scale.put("limits", new ArrayList<>(List.of(range.getMin() / margin, range.getMax() * margin)));
                List<Double> ticks = Ticks.logarithmic(range.getMin() / margin, range.getMax() * margin);
                if (ticks.size() >= 2) {
                    scale.put("breaks", new ArrayList<>(ticks));
                    scale.put("labels", new ArrayList<>(Ticks.labels(ticks)));
                }
            }
        } else {
            if (limits != null) {
                scale.put("limits", new ArrayList<>(limits));
            }
            if (aesthetic.equals("x") && range != null && range.getMin() >= FIRST_YEAR && range.getMax() < LAST_YEAR) {
                scale.put("format", "d"); // years, most likely: no separator of thousands
            }
        }
        return scale;
    }

    /** The title of an axis, on two lines where one is too long for it. */
    private static String title(String name, double room) {
        int middle = name.length() / 2;
        int after = name.indexOf(' ', middle);
        int before = name.lastIndexOf(' ', middle);
        int at = after < 0 || (before > 0 && middle - before < after - middle) ? before : after;
        return at <= 0 || Legend.width(name) < room ? name : name.substring(0, at) + "\n" + name.substring(at + 1);
    }

    private Map<String, Object> layer(Figure.Layer layer, List<Integer> kept) {
        Palette.Style style = styles.get(layer.series());
        if (style == null) {
            throw new IllegalStateException("series " + layer.series() + " has no style");
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("x", column(layer.x(), kept));
        data.put("y", column(layer.y(), kept));
        double[] lower = layer.lower();
        double[] upper = layer.upper();
        Map<String, Object> mapping = map("x", "x", "y", "y");
        spec.put("color", style.placeholder());
        spec.put("tooltips", "none");
        switch (layer.mark()) {
            case LINE, STEP -> {
                spec.put("geom", layer.mark() == Figure.Mark.LINE ? "line" : "step");
                spec.put("linetype", style.dash());
                spec.put("size", 0.8);
            }
            case POINT -> {
                spec.put("geom", "point");
                spec.put("shape", style.marker().shape);
                spec.put("size", kept.size() > 200 ? 1.2 : kept.size() > 40 ? 2.2 : 3.2);
            }
            case RIBBON, ERROR_BAR -> {
                // A band at a single position has no area; a bar shows it.
                boolean ribbon = layer.mark() == Figure.Mark.RIBBON && kept.size() > 1;
                spec.put("geom", ribbon ? "ribbon" : "errorbar");
                if (lower == null || upper == null) {
                    throw new IllegalStateException("a band without ends is not drawable");
                }
                data.put("lower", column(lower, kept));
                data.put("upper", column(upper, kept));
                mapping = map("x", "x", "ymin", "lower", "ymax", "upper");
                if (ribbon) {
                    spec.put("fill", style.placeholder());
                    spec.put("alpha", 0.22);
                    spec.put("size", 0);
                } else {
                    spec.put("width", 0.0);
                    spec.put("size", 0.8);
                }
            }
            case HORIZONTAL_LINE, VERTICAL_LINE -> {
                boolean horizontal = layer.mark() == Figure.Mark.HORIZONTAL_LINE;
                spec.put("geom", horizontal ? "hline" : "vline");
                mapping = horizontal ? map("yintercept", "y") : map("xintercept", "x");
                spec.put("linetype", style.dash());
                spec.put("size", 0.6);
            }
            case BAR -> {
                spec.put("geom", "bar");
                spec.put("stat", "identity");
                spec.put("fill", style.placeholder());
                spec.put("alpha", 0.75);
                spec.put("size", 0);
            }
        }
        spec.put("data", data);
        spec.put("mapping", mapping);
        return spec;
    }

    private static List<Object> column(double[] values, List<Integer> kept) {
        List<Object> column = new ArrayList<>(kept.size());
        for (int i : kept) {
            column.add(values[i]);
        }
        return column;
    }

    private @Nullable List<Double> xLimits() {
        boolean bars = figure.layers().stream().anyMatch(l -> l.mark() == Figure.Mark.BAR);
        DoubleSummaryStatistics range = xRange();
        return bars || range == null || !(range.getMin() < range.getMax())
                ? null
                : List.of(range.getMin(), range.getMax());
    }

    private @Nullable DoubleSummaryStatistics xRange() {
        DoubleSummaryStatistics range = new DoubleSummaryStatistics();
        for (Figure.Layer layer : figure.layers()) {
            if (layer.mark() != Figure.Mark.HORIZONTAL_LINE) {
                Points.drawable(layer, figure).forEach(i -> range.accept(layer.x()[i]));
            }
        }
        return range.getCount() == 0 ? null : range;
    }

    private @Nullable DoubleSummaryStatistics yRange(String panel) {
        DoubleSummaryStatistics range = new DoubleSummaryStatistics();
        for (Figure.Layer layer : figure.layers()) {
            boolean here = layer.panel().equals(panel) || layer.panel().isEmpty();
            if (!here || layer.mark() == Figure.Mark.VERTICAL_LINE) {
                continue;
            }
            double[] lower = layer.lower();
            double[] upper = layer.upper();
            boolean band = layer.mark() == Figure.Mark.RIBBON || layer.mark() == Figure.Mark.ERROR_BAR;
            for (int i : Points.drawable(layer, figure)) {
                if (band && lower != null && upper != null) {
                    range.accept(lower[i]);
                    range.accept(upper[i]);
                } else {
                    range.accept(layer.y()[i]);
                }
            }
        }
        return range.getCount() == 0 ? null : range;
    }

    private static List<Object> list(Object value) {
        return new ArrayList<>(List.of(value));
    }

    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> result = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            result.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return result;
    }
}
