package io.verity.reports.figures;

import io.verity.stats.result.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The points of a layer that a drawing needs: those that have a place on the axes, and no more than can be told apart. */
final class Points {
    /** Columns of the picture that are told apart. */
    private static final int COLUMNS = 320;

    private static final int ROWS = 240;

    private Points() {}

    /** Indices of the points of a layer that are finite, and positive where an axis is logarithmic, in order. */
    static List<Integer> drawable(Figure.Layer layer, Figure figure) {
        List<Integer> kept = new ArrayList<>();
        boolean needsX = layer.mark() != Figure.Mark.HORIZONTAL_LINE;
        boolean band = layer.mark() == Figure.Mark.RIBBON || layer.mark() == Figure.Mark.ERROR_BAR;
        double[] lower = layer.lower();
        double[] upper = layer.upper();
        for (int i = 0; i < layer.x().length; i++) {
            boolean good = !needsX || placed(layer.x()[i], figure.x());
            if (band) {
                good &= lower != null && i < lower.length && placed(lower[i], figure.y());
                good &= upper != null && i < upper.length && placed(upper[i], figure.y());
            } else if (layer.mark() != Figure.Mark.VERTICAL_LINE) {
                good &= placed(layer.y()[i], figure.y());
            }
            if (good) {
                kept.add(i);
            }
        }
        return kept;
    }

    private static boolean placed(double value, Figure.Axis axis) {
        return Double.isFinite(value) && (axis.scale() == Figure.Scale.LINEAR || value > 0);
    }

    static double position(double value, Figure.Axis axis) {
        return axis.scale() == Figure.Scale.LINEAR ? value : StrictMath.log10(value);
    }

    /**
     * Thins a long layer without changing what is seen: of the points of a curve that fall into one column of the picture the
     * first, the last, the lowest and the highest are kept, then those on a straight line between two others are dropped; of a
     * staircase the stairs are kept; of dots in one spot, one.
     */
    static List<Integer> thinned(Figure.Layer layer, Figure figure, List<Integer> kept) {
        return switch (layer.mark()) {
            case LINE -> new Simplified(layer, figure).of(columns(layer, figure, kept));
            case RIBBON -> columns(layer, figure, kept);
            case STEP -> columns(layer, figure, stairs(layer, kept));
            case POINT -> spots(layer, figure, kept);
            default -> kept;
        };
    }

    private static List<Integer> stairs(Figure.Layer layer, List<Integer> kept) {
        List<Integer> stairs = new ArrayList<>();
        for (int k = 0; k < kept.size(); k++) {
            if (k == 0 || k == kept.size() - 1 || layer.y()[kept.get(k)] != layer.y()[kept.get(k - 1)]) {
                stairs.add(kept.get(k));
            }
        }
        return stairs;
    }

    private static List<Integer> columns(Figure.Layer layer, Figure figure, List<Integer> kept) {
        if (kept.size() <= 4 * COLUMNS) {
            return kept;
        }
        double[] x = kept.stream()
                .mapToDouble(i -> position(layer.x()[i], figure.x()))
                .toArray();
        double left = Arrays.stream(x).min().orElse(0);
        double width = Arrays.stream(x).max().orElse(1) - left;
        for (int k = 1; k < x.length; k++) {
            if (x[k] < x[k - 1]) {
                return kept; // a curve that turns back has no columns
            }
        }
        Set<Integer> chosen = new TreeSet<>();
        int start = 0;
        for (int k = 1; k <= x.length; k++) {
            if (k == x.length || column(x[k], left, width) != column(x[start], left, width)) {
                chosen.add(kept.get(start));
                chosen.add(kept.get(k - 1));
                chosen.add(extreme(kept.subList(start, k), low(layer), -1));
                chosen.add(extreme(kept.subList(start, k), high(layer), 1));
                start = k;
            }
        }
        return List.copyOf(chosen);
    }

    private static List<Integer> spots(Figure.Layer layer, Figure figure, List<Integer> kept) {
        if (kept.size() <= 4 * COLUMNS) {
            return kept;
        }
        double[] x = kept.stream()
                .mapToDouble(i -> position(layer.x()[i], figure.x()))
                .toArray();
        double left = Arrays.stream(x).min().orElse(0);
        double width = Arrays.stream(x).max().orElse(1) - left;
        double[] y = kept.stream()
                .mapToDouble(i -> position(layer.y()[i], figure.y()))
                .toArray();
        double bottom = Arrays.stream(y).min().orElse(0);
        double height = Arrays.stream(y).max().orElse(1) - bottom;
        Set<Long> taken = new HashSet<>();
        List<Integer> chosen = new ArrayList<>();
        for (int k = 0; k < x.length; k++) {
            long row = height > 0 ? (long) ((y[k] - bottom) / height * ROWS) : 0;
            if (taken.add(column(x[k], left, width) * (ROWS + 1L) + row)) {
                chosen.add(kept.get(k));
            }
        }
        return chosen;
    }

    private static long column(double x, double left, double width) {
        return width > 0 ? (long) ((x - left) / width * COLUMNS) : 0;
    }

    private static double[] low(Figure.Layer layer) {
        double[] lower = layer.lower();
        return layer.mark() == Figure.Mark.RIBBON && lower != null ? lower : layer.y();
    }

    private static double[] high(Figure.Layer layer) {
        double[] upper = layer.upper();
        return layer.mark() == Figure.Mark.RIBBON && upper != null ? upper : layer.y();
    }

    private static int extreme(List<Integer> indices, double[] values, int sign) {
        int best = indices.get(0);
        for (int i : indices) {
            if (sign * values[i] > sign * values[best]) {
                best = i;
            }
        }
        return best;
    }
}
