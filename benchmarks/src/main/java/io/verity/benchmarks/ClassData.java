package io.verity.benchmarks;

import io.verity.stats.random.SplitMix64;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Classes in turn, row i in class i mod K, with means \( a \sin(0.37 (k + 1)(j + 1)) \) and uniform noise of variance one, by a
 * formula that every language can follow: entry i d + j of the stream is the SplitMix64 mix of its index.
 */
final class ClassData {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final DMatrixRMaj x;
    private final int[] labels;

    ClassData(int rows, int columns, int classes, double amplitude) {
        x = new DMatrixRMaj(rows, columns);
        labels = new int[rows];
        double[] means = new double[classes * columns];
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < columns; j++) {
                means[k * columns + j] = amplitude * Math.sin(0.37 * ((k + 1.0) * (j + 1.0)));
            }
        }
        double scale = Math.sqrt(12.0);
        IntStream.range(0, rows).parallel().forEach(i -> {
            labels[i] = i % classes;
            for (int j = 0; j < columns; j++) {
                long index = (long) i * columns + j;
                // The generator adds its increment once more before it mixes.
                double u = new SplitMix64(index * GAMMA).nextDouble();
                x.data[i * columns + j] = means[labels[i] * columns + j] + scale * (u - 0.5);
            }
        });
    }

    DMatrixRMaj x() {
        return x;
    }

    int[] labels() {
        return labels;
    }
}
