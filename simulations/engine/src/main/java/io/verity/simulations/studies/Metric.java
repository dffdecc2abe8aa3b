package io.verity.simulations.studies;

import io.verity.stats.Arguments;
import java.util.regex.Pattern;

/**
 * A quantity that every replicate reports.
 *
 * @param name key: letters, digits, {@code _}, {@code .} and {@code -}
 * @param label what it is, in words
 * @param unit unit of measurement, empty when there is none
 * @param trajectory whether it is reported at several points ({@code name@at}) instead of once
 */
public record Metric(String name, String label, String unit, boolean trajectory) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    /** Checks the name. */
    public Metric {
        Arguments.require(
                NAME.matcher(name).matches(), "metric name '%s' may hold letters, digits, '_', '.' and '-' only", name);
    }

    /**
     * @param column name of a stored value, {@code name} or {@code name@at}
     * @return the metric's name
     */
    static String nameOf(String column) {
        int at = column.indexOf('@');
        return at < 0 ? column : column.substring(0, at);
    }

    /**
     * @param column name of a stored value
     * @return the position on the trajectory, 0 for a metric that is none
     */
    static double positionOf(String column) {
        int at = column.indexOf('@');
        return at < 0 ? 0 : Double.parseDouble(column.substring(at + 1));
    }
}
