package io.verity.stats;

import java.util.Locale;

/**
 * The argument checks of the whole library, in one place. Each throws an {@link IllegalArgumentException} that names the
 * argument, what was found and what was expected.
 */
public final class Arguments {
    private Arguments() {}

    /**
     * @param condition what must hold
     * @param format message, as for {@link String#format}
     * @param values what the message mentions
     */
    public static void require(boolean condition, String format, Object... values) {
        if (!condition) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, format, values));
        }
    }

    /**
     * @param name the argument's name
     * @param value must be finite and greater than zero
     * @return the value
     */
    public static double positive(String name, double value) {
        require(value > 0 && Double.isFinite(value), "%s must be a positive finite number, but is %s", name, value);
        return value;
    }

    /**
     * @param name the argument's name
     * @param value must be finite and at least zero
     * @return the value
     */
    public static double nonNegative(String name, double value) {
        require(value >= 0 && Double.isFinite(value), "%s must be finite and at least 0, but is %s", name, value);
        return value;
    }

    /**
     * @param name the argument's name
     * @param value must be finite
     * @return the value
     */
    public static double finite(String name, double value) {
        require(Double.isFinite(value), "%s must be finite, but is %s", name, value);
        return value;
    }

    /**
     * @param name the argument's name
     * @param value the integer
     * @param minimum smallest allowed value
     * @return the value
     */
    public static int atLeast(String name, int value, int minimum) {
        require(value >= minimum, "%s must be at least %d, but is %d", name, minimum, value);
        return value;
    }

    /**
     * @param name the argument's name
     * @param value must lie strictly between 0 and 1
     * @return the value
     */
    public static double fraction(String name, double value) {
        require(value > 0 && value < 1, "%s must lie strictly between 0 and 1, but is %s", name, value);
        return value;
    }

    /**
     * @param name of an array in the caller's words
     * @param values the array
     * @param expected length
     * @throws IllegalArgumentException if it has another length
     */
    public static void length(String name, double[] values, int expected) {
        require(values.length == expected, "%s must have length %d, but has %d", name, expected, values.length);
    }

    /**
     * @param name the array's name
     * @param values every entry must be finite; the message counts the offenders and places the first (1-based)
     */
    public static void allFinite(String name, double[] values) {
        int bad = 0;
        int first = -1;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                if (bad++ == 0) {
                    first = i;
                }
            }
        }
        if (bad > 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s has %d non-finite value%s, first at position %d (%s)",
                    name,
                    bad,
                    bad == 1 ? "" : "s",
                    first + 1,
                    values[first]));
        }
    }

    /**
     * @param rows a matrix given row by row; must be non-empty, rectangular and finite (messages place the cell, 1-based)
     * @param name the matrix's name
     */
    public static void finiteMatrix(String name, double[][] rows) {
        require(rows.length > 0, "%s has no rows", name);
        int columns = rows[0].length;
        require(columns > 0, "%s has no columns", name);
        for (int i = 0; i < rows.length; i++) {
            require(
                    rows[i].length == columns,
                    "%s is ragged: row %d has %d columns, row 1 has %d",
                    name,
                    i + 1,
                    rows[i].length,
                    columns);
            for (int j = 0; j < columns; j++) {
                require(
                        Double.isFinite(rows[i][j]),
                        "%s has the non-finite value %s at row %d, column %d",
                        name,
                        rows[i][j],
                        i + 1,
                        j + 1);
            }
        }
    }
}
