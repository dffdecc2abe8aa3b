package io.verity.reports.latex;

import io.verity.reports.figures.DrawnPoints;
import io.verity.reports.text.Numbers;
import io.verity.stats.result.Figure;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A figure as pgfplots code: LaTeX itself draws it, in the fonts of the document. */
final class LatexFigure {
    /** Okabe and Ito's colours, defined in the document's preamble. */
    private static final int COLOURS = 8;

    private static final List<String> DASHES =
            List.of("solid", "dashed", "dashdotted", "densely dotted", "loosely dashed");
    private static final List<String> MARKERS = List.of("*", "triangle*", "square*", "diamond*", "x", "+");

    private final Figure figure;
    private final StringBuilder out;
    private final Map<String, Integer> series = new LinkedHashMap<>();
    private final DoubleSummaryStatistics xs = new DoubleSummaryStatistics();

    private LatexFigure(Figure figure, StringBuilder out) {
        this.figure = DrawnPoints.of(figure);
        this.out = out;
        for (Figure.Layer layer : this.figure.layers()) {
            series.putIfAbsent(layer.series(), series.size());
            if (layer.mark() != Figure.Mark.HORIZONTAL_LINE) {
                for (double x : layer.x()) {
                    xs.accept(x);
                }
            }
        }
    }

    static void write(Figure figure, StringBuilder out) {
        new LatexFigure(figure, out).write();
    }

    private void write() {
        List<String> panels = new ArrayList<>(figure.layers().stream()
                .filter(l -> !(reference(l) && l.panel().isEmpty()))
                .map(Figure.Layer::panel)
                .distinct()
                .toList());
        if (panels.isEmpty()) {
            panels.add("");
        }
        out.append("\\begin{figure}[htbp]\n\\centering\n\\begin{tikzpicture}\n");
        boolean several = panels.size() > 1;
        if (several) {
            out.append("\\begin{groupplot}[group style={group size=1 by ").append(panels.size());
            out.append(", vertical sep=9mm}, height=50mm, ").append(axes()).append("]\n");
        }
        for (int i = 0; i < panels.size(); i++) {
            boolean last = i == panels.size() - 1;
            String labels = "ylabel={"
                    + LatexText.line(several ? panels.get(i) : figure.y().label()) + "}"
                    + (last ? ", xlabel={" + LatexText.line(figure.x().label()) + "}" : "");
            out.append(several ? "\\nextgroupplot[" : "\\begin{axis}[height=65mm, " + axes() + ", ");
            out.append(labels).append("]\n");
            panel(panels.get(i), last);
            out.append(several ? "" : "\\end{axis}\n");
        }
        out.append(several ? "\\end{groupplot}\n" : "");
        out.append("\\end{tikzpicture}\n\\caption{")
                .append(LatexText.line(figure.title()))
                .append(". ");
        out.append(LatexText.line(figure.caption())).append("}\n\\end{figure}\n\n");
    }

    private String axes() {
        return "width=120mm, " + mode("x", figure.x()) + mode("y", figure.y())
                + "legend style={at={(0.5,-0.3)}, anchor=north, draw=none, font=\\small}, legend columns=3,"
                + " legend cell align=left, grid=major, grid style={black!10}";
    }

    private static String mode(String axis, Figure.Axis scale) {
        return scale.scale() == Figure.Scale.LOG10 ? axis + "mode=log, " : "";
    }

    private static boolean reference(Figure.Layer layer) {
        return layer.mark() == Figure.Mark.HORIZONTAL_LINE || layer.mark() == Figure.Mark.VERTICAL_LINE;
    }

    private void panel(String panel, boolean last) {
        List<Figure.Layer> layers = figure.layers().stream()
                .filter(l ->
                        l.panel().equals(panel) || (reference(l) && l.panel().isEmpty()))
                .filter(l -> l.x().length > 0)
                .toList();
        DoubleSummaryStatistics ys = new DoubleSummaryStatistics();
        layers.stream().filter(l -> l.mark() != Figure.Mark.VERTICAL_LINE).forEach(l -> {
            for (double y : l.y()) {
                if (Double.isFinite(y) && (figure.y().scale() == Figure.Scale.LINEAR || y > 0)) {
                    ys.accept(y);
                }
            }
        });
        for (Figure.Layer layer : layers) {
            plot(layer, ys);
        }
        if (last) {
            legend();
        }
    }

    private void plot(Figure.Layer layer, DoubleSummaryStatistics ys) {
        int number = series.getOrDefault(layer.series(), 0);
        String colour = reference(layer) ? "black!70" : "verity" + number % COLOURS;
        String dash = DASHES.get(number % DASHES.size());
        double[] lower = layer.lower();
        double[] upper = layer.upper();
        switch (layer.mark()) {
            case LINE -> curve(colour + ", thick, " + dash, layer.x(), layer.y());
            case STEP -> curve(colour + ", thick, const plot, " + dash, layer.x(), layer.y());
            case POINT ->
                curve(
                        colour + ", only marks, mark size=1.4pt, mark=" + MARKERS.get(number % MARKERS.size()),
                        layer.x(),
                        layer.y());
            case BAR -> curve(colour + ", fill, fill opacity=0.6, ybar, bar width=8pt", layer.x(), layer.y());
            case HORIZONTAL_LINE -> {
                for (double y : layer.y()) {
                    curve(colour + ", dashed", new double[] {orOne(xs.getMin()), orOne(xs.getMax())}, new double[] {y, y
                    });
                }
            }
            case VERTICAL_LINE -> {
                for (double x : layer.x()) {
                    curve(colour + ", dashed", new double[] {x, x}, new double[] {orOne(ys.getMin()), orOne(ys.getMax())
                    });
                }
            }
            case RIBBON, ERROR_BAR -> {
                if (lower != null && upper != null) {
                    band(layer, colour, lower, upper);
                }
            }
        }
    }

    private static double orOne(double value) {
        return Double.isFinite(value) ? value : 1;
    }

    private void band(Figure.Layer layer, String colour, double[] lower, double[] upper) {
        double[] x = layer.x();
        if (layer.mark() == Figure.Mark.ERROR_BAR) {
            for (int i = 0; i < x.length; i++) {
                curve(colour, new double[] {x[i], x[i]}, new double[] {lower[i], upper[i]});
            }
            return;
        }
        int n = x.length;
        double[] around = new double[2 * n];
        double[] edge = new double[2 * n];
        for (int i = 0; i < n; i++) {
            around[i] = x[i];
            edge[i] = upper[i];
            around[2 * n - 1 - i] = x[i];
            edge[2 * n - 1 - i] = lower[i];
        }
        out.append("\\addplot[draw=none, fill=")
                .append(colour)
                .append(", fill opacity=0.2, forget plot] coordinates {");
        coordinates(around, edge);
        out.append("} -- cycle;\n");
    }

    private void curve(String style, double[] x, double[] y) {
        out.append("\\addplot[").append(style).append(", forget plot] coordinates {");
        coordinates(x, y);
        out.append("};\n");
    }

    private void coordinates(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            out.append(i % 8 == 7 ? "\n" : " ");
            out.append('(')
                    .append(shortened(x[i]))
                    .append(',')
                    .append(shortened(y[i]))
                    .append(')');
        }
        out.append(' ');
    }

    /** Six digits: TeX draws no finer, and its numbers overflow on long ones. */
    private static String shortened(double value) {
        return Numbers.plain(value);
    }

    /** One entry per series, drawn the way the series is. */
    private void legend() {
        series.forEach((name, number) -> {
            if (name.isBlank()) {
                return;
            }
            boolean marks =
                    figure.layers().stream().anyMatch(l -> l.series().equals(name) && l.mark() == Figure.Mark.POINT);
            boolean lines =
                    figure.layers().stream().anyMatch(l -> l.series().equals(name) && l.mark() != Figure.Mark.POINT);
            boolean isReference = figure.layers().stream()
                    .filter(l -> l.series().equals(name))
                    .allMatch(LatexFigure::reference);
            String style = isReference
                    ? "black!70, dashed"
                    : "verity" + number % COLOURS
                            + (lines ? ", thick, " + DASHES.get(number % DASHES.size()) : ", only marks")
                            + (marks ? ", mark=" + MARKERS.get(number % MARKERS.size()) : "");
            out.append("\\addlegendimage{").append(style).append("}\n\\addlegendentry{");
            out.append(LatexText.line(name)).append("}\n");
        });
    }
}
