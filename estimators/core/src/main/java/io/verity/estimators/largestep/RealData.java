package io.verity.estimators.largestep;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.verity.stats.Arguments;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The public data files of this package (their origin and licence: README.md beside them). */
final class RealData {
    private static final double GREY_LEVELS = 16;

    private RealData() {}

    /** Setosa (+1) against versicolor (-1), raw measurements, intercept appended. */
    static SeparableData iris() {
        double[][] table = read("iris_setosa_versicolor.csv");
        return SeparableData.of(without(table, 0), labels(table), true);
    }

    /** Benign (+1) against malignant (-1), columns standardised with the population standard deviation, intercept appended. */
    static SeparableData wdbc() {
        double[][] table = read("wdbc.csv");
        double[][] features = without(table, 0);
        int n = features.length;
        for (int j = 0; j < features[0].length; j++) {
            double mean = 0;
            for (double[] row : features) {
                mean += row[j];
            }
            mean /= n;
            double variance = 0;
            for (double[] row : features) {
                variance += (row[j] - mean) * (row[j] - mean);
            }
            double sd = Math.sqrt(variance / n);
            for (double[] row : features) {
                row[j] = (row[j] - mean) / sd;
            }
        }
        return SeparableData.of(features, labels(table), true);
    }

    static SeparableData digits(int positive, int negative, int negatives) {
        Arguments.require(
                positive != negative && positive >= 0 && positive <= 9 && negative >= 0 && negative <= 9,
                "two different digits from 0 to 9 are needed, but they are %d and %d",
                positive,
                negative);
        double[][] table = Digits.TABLE;
        int last = table[0].length - 1;
        List<double[]> features = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        int taken = 0;
        for (double[] row : table) {
            boolean other = row[last] == negative && taken < negatives;
            if (row[last] == positive || other) {
                double[] pixels = new double[last];
                for (int j = 0; j < last; j++) {
                    pixels[j] = row[j] / GREY_LEVELS;
                }
                features.add(pixels);
                labels.add(other ? -1 : 1);
                taken += other ? 1 : 0;
            }
        }
        return SeparableData.of(
                features.toArray(double[][]::new),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                true);
    }

    /** Read once: claims ask for ninety pairs. Nothing writes to it. */
    private static final class Digits {
        static final double[][] TABLE = read("digits.csv");
    }

    private static int[] labels(double[][] table) {
        int[] labels = new int[table.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (int) table[i][0];
        }
        return labels;
    }

    private static double[][] without(double[][] table, int column) {
        double[][] rest = new double[table.length][table[0].length - 1];
        for (int i = 0; i < table.length; i++) {
            for (int j = 0, k = 0; j < table[i].length; j++) {
                if (j != column) {
                    rest[i][k++] = table[i][j];
                }
            }
        }
        return rest;
    }

    private static double[][] read(String file) {
        InputStream stream = RealData.class.getResourceAsStream(file);
        if (stream == null) {
            throw new IllegalStateException("the data file " + file + " is missing from the class path");
        }
        try (CsvReader<CsvRecord> csv =
                CsvReader.builder().ofCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return csv.stream()
                    .skip(1)
                    .map(record -> record.getFields().stream()
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
