package io.verity.papers.nbvslr;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.verity.estimators.classification.ColumnScaling;
import io.verity.estimators.classification.Scaling;
import io.verity.estimators.logistic.Penalty;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A public data set (origin and licence: README.md beside the files) and the protocol of its learning curves: m rows at random
 * for training, chosen again until each class occurs; features scaled to [0, 1] on these rows; error on all others. Immutable.
 */
final class RealSet {
    /** Multinomial with C = 1: with two classes that is one weight vector with C = 2. */
    private static final double BINARY_C = 2;

    private static final int MOST_REDRAWS = 1000;

    private final String name;
    private final DMatrixRMaj x;
    private final int[] y;
    private final int classes;

    private RealSet(String name, DMatrixRMaj x, int[] y, int classes) {
        this.name = name;
        this.x = x;
        this.y = y;
        this.classes = classes;
    }

    static RealSet wine() {
        return read("wine", "wine.csv", false);
    }

    static RealSet breastCancer() {
        return read("breast cancer", "wdbc.csv", true);
    }

    static RealSet digits() {
        return read("digits", "digits.csv", false);
    }

    private static RealSet read(String name, String file, boolean labelFirst) {
        InputStream stream = RealSet.class.getResourceAsStream(file);
        if (stream == null) {
            throw new IllegalStateException("the data file " + file + " is missing from the class path");
        }
        List<double[]> rows;
        try (CsvReader<CsvRecord> csv =
                CsvReader.builder().ofCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            rows = csv.stream()
                    .skip(1)
                    .map(r -> r.getFields().stream()
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int d = rows.get(0).length - 1;
        DMatrixRMaj x = new DMatrixRMaj(rows.size(), d);
        int[] y = new int[rows.size()];
        int[] labels = rows.stream()
                .mapToInt(r -> (int) r[labelFirst ? 0 : d])
                .sorted()
                .distinct()
                .toArray();
        for (int i = 0; i < y.length; i++) {
            double[] row = rows.get(i);
            y[i] = Arrays.binarySearch(labels, (int) row[labelFirst ? 0 : d]);
            System.arraycopy(row, labelFirst ? 1 : 0, x.data, i * d, d);
        }
        return new RealSet(name, x, y, labels.length);
    }

    String name() {
        return name;
    }

    int rows() {
        return y.length;
    }

    /** Errors of naive Bayes and of logistic regression after training on m random rows. */
    double[] errors(int m, RandomStream stream, DenseBackend backend) {
        int[] order = split(m, stream);
        int d = x.numCols;
        DMatrixRMaj train = new DMatrixRMaj(m, d);
        int[] labels = new int[m];
        for (int i = 0; i < m; i++) {
            System.arraycopy(x.data, order[i] * d, train.data, i * d, d);
            labels[i] = y[order[i]];
        }
        ColumnScaling scaling = Scaling.MIN_MAX.fit(train);
        LabelledRows rows = new LabelledRows(scaling.apply(train), labels, classes);
        DMatrixRMaj scaled = scaling.apply(x);
        Penalty penalty = Penalty.inverseC(classes == 2 ? BINARY_C : 1);
        return new double[] {
            error(Model.NB.fit(rows, backend), scaled, order, m),
            error(Model.logistic(rows, penalty, backend), scaled, order, m)
        };
    }

    private double error(LinearScores rule, DMatrixRMaj scaled, int[] order, int from) {
        int wrong = 0;
        for (int i = from; i < order.length; i++) {
            wrong += rule.predict(scaled.data, order[i] * scaled.numCols) == y[order[i]] ? 0 : 1;
        }
        return (double) wrong / (order.length - from);
    }

    /** All rows, of which the first m are the training rows. */
    private int[] split(int m, RandomStream stream) {
        int[] order = new int[y.length];
        Arrays.setAll(order, i -> i);
        int[] labels = new int[m];
        for (int tries = 0; tries < MOST_REDRAWS; tries++) {
            for (int i = 0; i < m; i++) {
                int j = i + stream.nextInt(order.length - i);
                int chosen = order[j];
                order[j] = order[i];
                order[i] = chosen;
                labels[i] = y[chosen];
            }
            if (GaussianClasses.allOccur(labels, classes)) {
                return order;
            }
        }
        throw new IllegalStateException(
                "no " + m + " rows of " + name + " out of " + MOST_REDRAWS + " draws had all " + classes + " classes");
    }
}
