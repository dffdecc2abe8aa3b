package io.verity.stats.result;

import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure as data: axes and layers. Layers with the same series share a colour and a legend entry; layers with the same
 * panel share a pair of axes (panels stand below each other and share the horizontal axis).
 *
 * @param name short identifier, used as a file name
 * @param title what the figure shows
 * @param caption how to read it
 * @param x horizontal axis
 * @param y vertical axis (its label serves figures with one panel; with more, the panel names label them)
 * @param layers what is drawn, first layer at the back
 */
public record Figure(String name, String title, String caption, Axis x, Axis y, List<Layer> layers) {

    /** How a position on an axis follows from a value. */
    public enum Scale {
        /** Proportional. */
        LINEAR,
        /** Logarithm to base 10; values must be positive, others are left out of the drawing. */
        LOG10
    }

    /** What is drawn at the data. */
    public enum Mark {
        /** Straight lines between the points. */
        LINE,
        /** Dots. */
        POINT,
        /** A staircase. */
        STEP,
        /** A band between lower and upper. */
        RIBBON,
        /** Vertical bars from lower to upper. */
        ERROR_BAR,
        /** Horizontal lines at the y values. */
        HORIZONTAL_LINE,
        /** Vertical lines at the x values. */
        VERTICAL_LINE,
        /** Upright bars from zero. */
        BAR
    }

    /**
     * An axis.
     *
     * @param label with its unit
     * @param scale how values become positions
     */
    public record Axis(String label, Scale scale) {
        /**
         * @param label with its unit
         * @return a linear axis
         */
        public static Axis linear(String label) {
            return new Axis(label, Scale.LINEAR);
        }

        /**
         * @param label with its unit
         * @return a logarithmic axis
         */
        public static Axis log10(String label) {
            return new Axis(label, Scale.LOG10);
        }
    }

    /**
     * One series drawn with one mark.
     *
     * @param mark what is drawn
     * @param series legend entry
     * @param panel name of the panel, empty for the only one
     * @param x horizontal positions
     * @param y vertical positions, as many as x
     * @param lower lower ends for bands and bars, else null
     * @param upper upper ends for bands and bars, else null
     */
    @SuppressWarnings("ArrayRecordComponent") // plotted columns; two figures are never compared
    public record Layer(
            Mark mark,
            String series,
            String panel,
            double[] x,
            double[] y,
            double @Nullable [] lower,
            double @Nullable [] upper) {
        /** Checks the lengths. */
        public Layer {
            Arguments.require(
                    x.length == y.length, "series %s has %d x values and %d y values", series, x.length, y.length);
        }
    }

    /** Copies the layers. */
    public Figure {
        layers = List.copyOf(layers);
    }

    /**
     * @param name short identifier
     * @param title what the figure shows
     * @param x horizontal axis
     * @param y vertical axis
     * @return a builder without layers
     */
    public static Builder named(String name, String title, Axis x, Axis y) {
        return new Builder(name, title, x, y);
    }

    /** Collects layers. */
    public static final class Builder {
        private final String name;
        private final String title;
        private final Axis x;
        private final Axis y;
        private String caption = "";
        private final List<Layer> layers = new ArrayList<>();

        private Builder(String name, String title, Axis x, Axis y) {
            this.name = name;
            this.title = title;
            this.x = x;
            this.y = y;
        }

        /**
         * @param text how to read the figure
         * @return this builder
         */
        public Builder caption(String text) {
            caption = text;
            return this;
        }

        /**
         * @param mark what is drawn
         * @param series legend entry
         * @param xs horizontal positions
         * @param ys vertical positions
         * @return this builder
         */
        public Builder layer(Mark mark, String series, double[] xs, double[] ys) {
            return layer(new Layer(mark, series, "", xs, ys, null, null));
        }

        /**
         * @param mark what is drawn
         * @param series legend entry
         * @param panel panel name
         * @param xs horizontal positions
         * @param ys vertical positions
         * @return this builder
         */
        public Builder layer(Mark mark, String series, String panel, double[] xs, double[] ys) {
            return layer(new Layer(mark, series, panel, xs, ys, null, null));
        }

        /**
         * @param layer any layer
         * @return this builder
         */
        public Builder layer(Layer layer) {
            layers.add(layer);
            return this;
        }

        /** @return the figure */
        public Figure build() {
            return new Figure(name, title, caption, x, y, layers);
        }
    }
}
