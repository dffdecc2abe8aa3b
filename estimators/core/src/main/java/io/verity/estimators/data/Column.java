package io.verity.estimators.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of a {@link DataTable}: numbers with NaN where a cell is missing, or texts as codes into a list of distinct
 * values with -1 where a cell is missing. A column that was to be numeric but holds a text remembers only where.
 */
final class Column {
    final String name;
    final double @Nullable [] numbers;
    final int @Nullable [] codes;
    final List<String> values;
    final @Nullable Cell firstText;
    final @Nullable Cell firstNonFinite;

    /** Whether most cells that are not missing are numbers: a text among them is then a mistake, not another kind of column. */
    final boolean mostlyNumbers;

    /** A cell that is not what was expected. */
    record Cell(long row, long line, String text) {
        String place(String column) {
            return "row " + row + (line > 0 ? " (line " + line + ")" : "") + ", column '" + column + "'";
        }
    }

    Column(
            String name,
            double @Nullable [] numbers,
            int @Nullable [] codes,
            List<String> values,
            @Nullable Cell firstText,
            @Nullable Cell firstNonFinite,
            boolean mostlyNumbers) {
        this.name = name;
        this.numbers = numbers;
        this.codes = codes;
        this.values = values;
        this.firstText = firstText;
        this.firstNonFinite = firstNonFinite;
        this.mostlyNumbers = mostlyNumbers;
    }

    static Column ofNumbers(String name, double[] numbers, @Nullable Cell firstNonFinite) {
        return new Column(name, numbers, null, List.of(), null, firstNonFinite, true);
    }

    boolean isNumeric() {
        return numbers != null;
    }

    boolean isMissing(int row) {
        if (numbers != null) {
            return Double.isNaN(numbers[row]);
        }
        return codes != null && codes[row] < 0;
    }

    Column keep(int[] rows) {
        double[] keptNumbers = null;
        int[] keptCodes = null;
        if (numbers != null) {
            keptNumbers = Arrays.stream(rows).mapToDouble(i -> numbers[i]).toArray();
        }
        if (codes != null) {
            keptCodes = Arrays.stream(rows).map(i -> codes[i]).toArray();
        }
        return new Column(name, keptNumbers, keptCodes, values, firstText, firstNonFinite, mostlyNumbers);
    }

    /** Collects the cells of one column as they are read. */
    static final class Builder {
        private static final int FIRST_CAPACITY = 256;

        private final String name;
        private final boolean text;
        private double[] numbers;
        private int[] codes;
        private final Map<String, Integer> codeOf = new LinkedHashMap<>();
        private boolean skipped;
        private int size;
        private int numberCells;
        private int textCells;
        private @Nullable Cell firstText;
        private @Nullable Cell firstNonFinite;

        Builder(String name, boolean text) {
            this.name = name;
            this.text = text;
            numbers = new double[text ? 0 : FIRST_CAPACITY];
            codes = new int[text ? FIRST_CAPACITY : 0];
        }

        /** Announces that no cells will come: the column gets neither numbers nor texts. */
        Builder skipped() {
            skipped = true;
            return this;
        }

        boolean isSkipped() {
            return skipped;
        }

        void add(String cell, long row, long line) {
            String stripped = cell.strip();
            boolean missing = Numbers.isMissing(stripped);
            if (text) {
                if (size == codes.length) {
                    codes = Arrays.copyOf(codes, 2 * size);
                }
                codes[size] = missing ? -1 : codeOf.computeIfAbsent(stripped, t -> codeOf.size());
            } else if (firstText == null) {
                addNumber(missing, stripped, row, line);
            } else if (!missing) {
                count(Numbers.isNumber(stripped) || Numbers.isNonFinite(stripped));
            }
            size++;
        }

        private void addNumber(boolean missing, String cell, long row, long line) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            double value = missing ? Double.NaN : Numbers.parse(cell);
            numbers[size] = value;
            if (missing) {
                return;
            }
            boolean number = Double.isFinite(value) || Numbers.isNonFinite(cell);
            count(number);
            if (Double.isFinite(value)) {
                return;
            }
            if (!number) {
                firstText = new Cell(row, line, cell);
                numbers = new double[0]; // a text column that nobody asked for is not kept
            } else if (firstNonFinite == null) {
                firstNonFinite = new Cell(row, line, cell);
            }
        }

        private void count(boolean number) {
            if (number) {
                numberCells++;
            } else {
                textCells++;
            }
        }

        Column build() {
            if (skipped) {
                return new Column(name, null, null, List.of(), null, null, false);
            }
            if (text) {
                List<String> distinct = new ArrayList<>(codeOf.keySet());
                return new Column(name, null, Arrays.copyOf(codes, size), distinct, null, null, false);
            }
            if (firstText != null) {
                return new Column(name, null, null, List.of(), firstText, null, numberCells > textCells);
            }
            return ofNumbers(name, Arrays.copyOf(numbers, size), firstNonFinite);
        }
    }
}
