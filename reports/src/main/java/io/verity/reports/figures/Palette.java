package io.verity.reports.figures;

import io.verity.stats.result.Figure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How series look. Colours follow Okabe and Ito's palette for colour-blind readers (Color Universal Design, 2008), darkened
 * on light paper and lightened on dark so that each keeps a contrast of 3:1 with the background (WCAG 2.1, criterion 1.4.11);
 * dashes and marker shapes differ too, so that colour is never the only distinction.
 */
final class Palette {
    /** Light and dark colour of each style. */
    private static final String[][] COLOURS = {
        {"#0069a8", "#5cb8f0"},
        {"#c85200", "#ff9455"},
        {"#007f5c", "#35c79a"},
        {"#a8457f", "#e69cca"},
        {"#8f6400", "#e3b93f"},
        {"#4b3fa0", "#a9a0ff"},
        {"#7a4a2b", "#d3a88a"},
        {"#5a6470", "#b4bec9"},
    };

    private static final List<String> DASHES = List.of("solid", "dashed", "dotdash", "longdash", "dotted");
    private static final List<String> REFERENCE_DASHES = List.of("dashed", "dotted", "dotdash", "longdash", "solid");

    /** Series of these alone use up no dash pattern: the first line of a figure is solid. */
    private static final Set<Figure.Mark> WITHOUT_LINE =
            EnumSet.of(Figure.Mark.POINT, Figure.Mark.RIBBON, Figure.Mark.ERROR_BAR);

    private static final String[] INK = {"#4a4f57", "#c3c8cf"};
    private static final String[] GRID = {"#e4e6e9", "#33383f"};
    private static final String[] PAPER = {"#ffffff", "#14171b"};

    private Palette() {}

    /** The markers, with their numbers in the drawing library. */
    enum Marker {
        CIRCLE(16),
        TRIANGLE(17),
        SQUARE(15),
        DIAMOND(18),
        CROSS(4),
        PLUS(3);

        final int shape;

        Marker(int shape) {
            this.shape = shape;
        }
    }

    /**
     * The look of one series.
     *
     * @param colour number of the colour, or -1 for the ink of text
     * @param dash name of the dash pattern
     * @param marker shape of its points
     */
    record Style(int colour, String dash, Marker marker) {
        /** A colour that occurs nowhere else in a drawing, to be replaced by the real one afterwards. */
        String placeholder() {
            return String.format(Locale.ROOT, "#0102%02x", colour + 1);
        }

        String cssName() {
            return colour < 0 ? "ink" : Integer.toString(colour + 1);
        }

        String light() {
            return colour < 0 ? INK[0] : COLOURS[colour][0];
        }
    }

    /**
     * @return the style of each series, in order of appearance; reference lines take ink and dashes instead of a colour
     */
    static Map<String, Style> styles(Figure figure) {
        Map<String, Style> styles = new LinkedHashMap<>();
        int colours = 0;
        int lines = 0;
        int references = 0;
        for (Figure.Layer layer : figure.layers()) {
            if (styles.containsKey(layer.series())) {
                continue;
            }
            List<Figure.Layer> ofSeries = figure.layers().stream()
                    .filter(l -> l.series().equals(layer.series()))
                    .toList();
            boolean reference = ofSeries.stream().allMatch(Palette::isReference);
            if (reference) {
                styles.put(
                        layer.series(),
                        new Style(-1, REFERENCE_DASHES.get(references++ % REFERENCE_DASHES.size()), Marker.CIRCLE));
            } else {
                Marker[] markers = Marker.values();
                styles.put(
                        layer.series(),
                        new Style(
                                colours % COLOURS.length,
                                DASHES.get(lines % DASHES.size()),
                                markers[colours % markers.length]));
                colours++;
                if (!ofSeries.stream().map(Figure.Layer::mark).allMatch(WITHOUT_LINE::contains)) {
                    lines++;
                }
            }
        }
        return styles;
    }

    static boolean isReference(Figure.Layer layer) {
        return layer.mark() == Figure.Mark.HORIZONTAL_LINE || layer.mark() == Figure.Mark.VERTICAL_LINE;
    }

    /** Pattern of a dash name in multiples of the line's width, as the drawing library has it. */
    static double[] dashes(String name) {
        return switch (name) {
            case "dashed" -> new double[] {4.3, 4.3};
            case "dotted" -> new double[] {1, 3.2};
            case "dotdash" -> new double[] {1, 3.2, 4.3, 3.2};
            case "longdash" -> new double[] {7, 3};
            default -> new double[0];
        };
    }

    /** @return every colour the drawing may contain, by the name of its CSS variable */
    static List<Style> all() {
        List<Style> all = new ArrayList<>();
        for (int i = -1; i < COLOURS.length; i++) {
            all.add(new Style(i, "solid", Marker.CIRCLE));
        }
        return all;
    }

    /**
     * @param dark whether on a dark background
     * @return declarations of the CSS variables
     */
    static String variables(boolean dark) {
        int k = dark ? 1 : 0;
        StringBuilder css = new StringBuilder();
        css.append("--fig-ink:").append(INK[k]).append(";--fig-grid:").append(GRID[k]);
        css.append(";--fig-paper:").append(PAPER[k]);
        for (int i = 0; i < COLOURS.length; i++) {
            css.append(";--fig-").append(i + 1).append(':').append(COLOURS[i][k]);
        }
        return css.toString();
    }
}
