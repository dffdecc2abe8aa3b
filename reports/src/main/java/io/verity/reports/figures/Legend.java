package io.verity.reports.figures;

import io.verity.reports.text.PlainMath;
import io.verity.stats.result.Figure;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The legend of a figure, in rows below the axes. It is drawn here because the library's own shows every mark of the plot in every
 * key: a series of dots would get a line, and a line dots.
 */
final class Legend {
    private static final double LEFT = 12;
    private static final double KEY = 26;
    private static final double GAP = 18;
    private static final double ROW = 22;
    private static final double STROKE = 1.8;
    private static final int LONGEST = 64;

    private final StringBuilder svg = new StringBuilder();
    private double x = LEFT;
    private double y;

    private Legend(double top) {
        y = top + ROW / 2;
    }

    /** The drawn legend and where it ends. */
    record Drawn(String svg, double bottom) {}

    /**
     * @param figure whose series are listed
     * @param styles their looks
     * @param top where the legend begins
     * @return the legend; empty and without height when there is nothing to tell apart
     */
    static Drawn below(Figure figure, Map<String, Palette.Style> styles, double top) {
        long named = styles.keySet().stream().filter(s -> !s.isBlank()).count();
        boolean obvious = named == 1 && styles.containsKey(figure.y().label());
        if (named == 0 || obvious) {
            return new Drawn("", top);
        }
        Legend legend = new Legend(top);
        styles.forEach((series, style) -> {
            if (!series.isBlank()) {
                legend.add(figure, series, style);
            }
        });
        return new Drawn("<g>" + legend.svg + "</g>", legend.y + ROW / 2 + 2);
    }

    private void add(Figure figure, String series, Palette.Style style) {
        String label = PlainMath.of(series);
        if (label.length() > LONGEST) {
            label = label.substring(0, LONGEST - 1) + "…";
        }
        double width = KEY + 6 + width(label);
        if (x > LEFT && x + width > PlotSpec.WIDTH - 4) {
            x = LEFT;
            y += ROW;
        }
        Set<Figure.Mark> marks = EnumSet.noneOf(Figure.Mark.class);
        figure.layers().stream().filter(l -> l.series().equals(series)).forEach(l -> marks.add(l.mark()));
        marks.forEach(mark -> key(mark, style));
        svg.append(text(label, x + KEY + 6, y + 4));
        x += width + GAP;
    }

    private void key(Figure.Mark mark, Palette.Style style) {
        double middle = x + KEY / 2;
        switch (mark) {
            case RIBBON -> rectangle(style, x, y - 6, KEY, 12, " fill-opacity=\"0.22\"");
            case BAR -> rectangle(style, middle - 5, y - 6, 10, 12, " fill-opacity=\"0.75\"");
            case ERROR_BAR -> line(style, middle, y - 8, middle, y + 8, "");
            case POINT -> svg.append(marker(style, middle, y));
            default -> line(style, x, y, x + KEY, y, dashArray(style.dash()));
        }
    }

    private void rectangle(Palette.Style style, double left, double top, double width, double height, String more) {
        svg.append(format(
                "<rect class=\"f%s\" fill=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"%s/>",
                style.cssName(), style.light(), left, top, width, height, more));
    }

    private void line(Palette.Style style, double x1, double y1, double x2, double y2, String more) {
        svg.append(format(
                "<line class=\"s%s\" stroke=\"%s\" stroke-width=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"%s/>",
                style.cssName(), style.light(), STROKE, x1, y1, x2, y2, more));
    }

    private static String dashArray(String name) {
        double[] pattern = Palette.dashes(name);
        if (pattern.length == 0) {
            return "";
        }
        StringBuilder out = new StringBuilder(" stroke-dasharray=\"");
        for (int i = 0; i < pattern.length; i++) {
            out.append(i == 0 ? "" : ",").append(SvgText.number(pattern[i] * STROKE));
        }
        return out.append('"').toString();
    }

    private static String marker(Palette.Style style, double cx, double cy) {
        String path = switch (style.marker()) {
            case CIRCLE -> "M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0 -4.5 0Z";
            case TRIANGLE -> "M0 -5L5 4H-5Z";
            case SQUARE -> "M-4 -4H4V4H-4Z";
            case DIAMOND -> "M0 -5L5 0L0 5L-5 0Z";
            case CROSS -> "M-4 -4L4 4M-4 4L4 -4";
            case PLUS -> "M-5 0H5M0 -5V5";
        };
        boolean open = style.marker() == Palette.Marker.CROSS || style.marker() == Palette.Marker.PLUS;
        return format(
                "<path class=\"%s%s\" %s=\"%s\"%s d=\"%s\" transform=\"translate(%s %s)\"/>",
                open ? "s" : "f",
                style.cssName(),
                open ? "stroke" : "fill",
                style.light(),
                open ? " stroke-width=\"1.8\"" : "",
                path,
                cx,
                cy);
    }

    private static String text(String label, double left, double base) {
        return format("<text x=\"%s\" y=\"%s\">%s</text>", left, base, SvgText.escape(label));
    }

    /** About how wide a label is in a 13 pixel sans serif type; a tenth too much rather than too little. */
    static double width(String label) {
        return label.chars()
                .mapToDouble(c -> "iljtfI.,:;'|()[] ·".indexOf(c) >= 0
                        ? 4.1
                        : "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".indexOf(c) >= 0
                                ? 5.4
                                : "mwMW@%".indexOf(c) >= 0 ? 11.4 : Character.isUpperCase(c) ? 9.3 : 7.5)
                .sum();
    }

    private static String format(String format, Object... values) {
        Object[] shown = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            shown[i] = values[i] instanceof Double d ? SvgText.number(d) : values[i];
        }
        return String.format(Locale.ROOT, format, shown);
    }
}
