package io.verity.reports.figures;

import io.verity.stats.result.Figure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a figure's data that its drawing shows. */
public final class DrawnPoints {
    private DrawnPoints() {}

    /**
     * @param figure any figure
     * @return the same figure with only the points that are needed to draw it
     */
    @SuppressWarnings("NullAway") // does not see in class files that the array of a layer's ends may be null
    public static Figure of(Figure figure) {
        List<Figure.Layer> layers = new ArrayList<>();
        for (Figure.Layer layer : figure.layers()) {
            List<Integer> kept = Points.thinned(layer, figure, Points.drawable(layer, figure));
            layers.add(new Figure.Layer(
                    layer.mark(),
                    layer.series(),
                    layer.panel(),
                    at(layer.x(), kept),
                    at(layer.y(), kept),
                    atOrNull(layer.lower(), kept),
                    atOrNull(layer.upper(), kept)));
        }
        return new Figure(figure.name(), figure.title(), figure.caption(), figure.x(), figure.y(), layers);
    }

    private static double[] at(double[] values, List<Integer> kept) {
        return kept.stream().mapToDouble(i -> values[i]).toArray();
    }

    private static double @Nullable [] atOrNull(double @Nullable [] values, List<Integer> kept) {
        return values == null ? null : at(values, kept);
    }
}
