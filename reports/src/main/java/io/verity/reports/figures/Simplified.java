package io.verity.reports.figures;

import io.verity.stats.result.Figure;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * A curve without the points that lie on a straight line between two others, to a tenth of a pixel (Douglas and Peucker, 1973,
 * doi 10.3138/FM57-6770-U75U-7727).
 */
final class Simplified {
    private static final double TOLERANCE = 0.1;
    /** Size of the axes in pixels, on the large side. */
    private static final double WIDTH = 440;

    private static final double HEIGHT = 260;

    private final Figure.Layer layer;
    private final Figure figure;

    Simplified(Figure.Layer layer, Figure figure) {
        this.layer = layer;
        this.figure = figure;
    }

    List<Integer> of(List<Integer> kept) {
        if (kept.size() < 3) {
            return kept;
        }
        double[] x = pixels(kept, layer.x(), figure.x(), WIDTH);
        double[] y = pixels(kept, layer.y(), figure.y(), HEIGHT);
        BitSet needed = new BitSet();
        needed.set(0);
        needed.set(x.length - 1);
        Deque<int[]> open = new ArrayDeque<>(List.of(new int[] {0, x.length - 1}));
        while (!open.isEmpty()) {
            int[] span = open.pop();
            int farthest = -1;
            double distance = TOLERANCE;
            for (int i = span[0] + 1; i < span[1]; i++) {
                double d = distance(x, y, i, span[0], span[1]);
                if (d > distance) {
                    distance = d;
                    farthest = i;
                }
            }
            if (farthest > 0) {
                needed.set(farthest);
                open.push(new int[] {span[0], farthest});
                open.push(new int[] {farthest, span[1]});
            }
        }
        return needed.stream().mapToObj(kept::get).toList();
    }

    private static double[] pixels(List<Integer> kept, double[] values, Figure.Axis axis, double size) {
        double[] position =
                kept.stream().mapToDouble(i -> Points.position(values[i], axis)).toArray();
        double low = Arrays.stream(position).min().orElse(0);
        double range = Arrays.stream(position).max().orElse(0) - low;
        return Arrays.stream(position)
                .map(p -> range > 0 ? (p - low) / range * size : 0)
                .toArray();
    }

    /** Distance of point i from the segment between points a and b. */
    private static double distance(double[] x, double[] y, int i, int a, int b) {
        double dx = x[b] - x[a];
        double dy = y[b] - y[a];
        double length = dx * dx + dy * dy;
        double along = length == 0 ? 0 : ((x[i] - x[a]) * dx + (y[i] - y[a]) * dy) / length;
        double t = Math.min(1, Math.max(0, along));
        double ex = x[i] - x[a] - t * dx;
        double ey = y[i] - y[a] - t * dy;
        return Math.sqrt(ex * ex + ey * ey);
    }
}
