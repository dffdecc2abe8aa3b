package io.verity.estimators.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which texts are run together: neighbours in length, so that little is padded, and few, so that memory stays bounded. */
final class Batches {
    /** Most texts in a batch. */
    static final int MOST_TEXTS = 32;

    /** Most tokens in a batch, padding included. */
    static final int MOST_TOKENS = 32 * 128;

    private Batches() {}

    /**
     * @param lengths tokens of each text
     * @param mostTexts in a batch
     * @return positions of the texts, batch by batch, shortest first
     */
    static List<int[]> of(int[] lengths, int mostTexts) {
        int[] order = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> lengths[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> batches = new ArrayList<>();
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length
                    && to - from < mostTexts
                    && (long) (to - from + 1) * lengths[order[to]] <= MOST_TOKENS) {
                to++;
            }
            batches.add(java.util.Arrays.copyOfRange(order, from, to));
            from = to;
        }
        return batches;
    }
}
