package io.verity.estimators.procedures;

import io.verity.stats.Arguments;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Grids, ranges and lists of numbers as options spell them. */
public final class Ranges {
    private static final int DECIMALS = 12;
    private static final int MOST = 10_000;

    private Ranges() {}

    /**
     * The numbers of {@code lo:hi:step}, or of a list {@code a,b,c}. Points are lo + k step in decimal arithmetic, rounded to
     * twelve decimals, so 0.05:0.95:0.05 has exactly 19.
     *
     * @param option its name, for messages
     * @param text its value
     * @return the numbers
     * @throws IllegalArgumentException if the text is neither, runs downwards, or has more than 10,000 points
     */
    public static double[] grid(String option, String text) {
        if (!text.contains(":")) {
            return list(option, text);
        }
        String[] parts = text.split(":", -1);
        Arguments.require(
                parts.length == 3, "option --%s must be lo:hi:step or a list a,b,c, but is '%s'", option, text);
        BigDecimal low = decimal(option, parts[0]);
        BigDecimal high = decimal(option, parts[1]);
        BigDecimal step = decimal(option, parts[2]);
        Arguments.require(step.signum() > 0, "option --%s must have a positive step, but is '%s'", option, text);
        Arguments.require(low.compareTo(high) <= 0, "option --%s must run upwards, but is '%s'", option, text);
        BigDecimal last = high.add(step.multiply(new BigDecimal("1e-6"))); // 0.1:0.9:0.266666667 means its end
        BigDecimal steps = last.subtract(low).divide(step, MathContext.DECIMAL64);
        Arguments.require(
                steps.compareTo(BigDecimal.valueOf(MOST)) < 0, "option --%s has more than %d points", option, MOST);
        int points = steps.intValue() + 1;
        double[] grid = new double[points];
        for (int k = 0; k < points; k++) {
            grid[k] = low.add(step.multiply(BigDecimal.valueOf(k)))
                    .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                    .doubleValue();
        }
        return grid;
    }

    /**
     * The numbers of a list {@code a,b,c}.
     *
     * @param option its name, for messages
     * @param text its value
     * @return the numbers
     * @throws IllegalArgumentException if one is not a finite number
     */
    public static double[] list(String option, String text) {
        String[] parts = text.split(",", -1);
        double[] values = new double[parts.length];
        for (int k = 0; k < parts.length; k++) {
            values[k] = decimal(option, parts[k]).doubleValue();
        }
        return values;
    }

    /**
     * Pairs of neighbours: {@code a:b,c:d} is two ranges, and so are {@code a:b:c} and {@code a,b,c}.
     *
     * @param option its name, for messages
     * @param text its value
     * @return pairs {low, high}
     * @throws IllegalArgumentException if an end is missing, not a number, or a range runs downwards
     */
    public static double[][] ranges(String option, String text) {
        List<double[]> ranges = new ArrayList<>();
        String[] parts = text.contains(":") ? text.split(",", -1) : new String[] {text.replace(',', ':')};
        for (String part : parts) {
            String[] ends = part.split(":", -1);
            Arguments.require(ends.length >= 2, "option --%s must be lo:hi, but is '%s'", option, part);
            for (int k = 1; k < ends.length; k++) {
                double low = decimal(option, ends[k - 1]).doubleValue();
                double high = decimal(option, ends[k]).doubleValue();
                Arguments.require(low < high, "option --%s must run upwards, but is '%s'", option, part);
                ranges.add(new double[] {low, high});
            }
        }
        return ranges.toArray(double[][]::new);
    }

    private static BigDecimal decimal(String option, String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("option --" + option + ": '" + text.strip() + "' is not a number", e);
        }
    }
}
