package io.verity.papers.largestep;

import io.verity.estimators.largestep.Instances;
import io.verity.estimators.largestep.Perceptrons;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.largestep.TieRule;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** LS-19: under extreme imbalance the normalized batch perceptron is the faster one. */
final class ImbalanceClaims {
    private static final int CAP = 20_000;
    private static final int[] FEW = {3, 5};

    /** All of one digit against the first k of another. */
    record Pair(int positive, int negative, int k) {
        @Override
        public String toString() {
            return positive + " against " + k + " of " + negative;
        }
    }

    /** Separation times of the two perceptrons. */
    record Times(String name, int batch, int normalized) {
        boolean normalizedWins() {
            return normalized < batch;
        }
    }

    private ImbalanceClaims() {}

    static ClaimBuilder imbalance() {
        return Claims.claim("large-step/LS-19")
                .from(Sources.TYURIN.derivedFrom("Figure 7 and Table 1, on the UCI digits"))
                .title("Under extreme imbalance normalization wins")
                .states(
                        "With all images of one digit against the first \\(k\\in\\{3,5\\}\\) of another the normalized batch"
                                + " perceptron separates in fewer iterations than the batch perceptron, for more than half of the"
                                + " digit pairs.")
                .verifiedBy(context -> verify(context, context.full() ? allPairs(FEW) : somePairs(FEW)))
                .control(
                        "The same on balanced data",
                        "On balanced data sep(100,5,0.05) the normalized batch perceptron is faster on more than half of the"
                                + " data sets.",
                        Criteria.proportion(
                                        "share of wins of the normalized perceptron",
                                        (context, stream) -> normalizedWins(stream))
                                .above(.5)
                                .expecting(.025)
                                .caps(1000, 5000))
                .control(
                        "The same with thirty images",
                        "With \\(k=30\\) images of the rarer digit the normalized batch perceptron is faster for more than half"
                                + " of the digit pairs.",
                        context -> verify(context, allPairs(30)));
    }

    static Times times(Pair pair) {
        return times(pair.toString(), Instances.digitsImbalanced(pair.positive(), pair.negative(), pair.k()));
    }

    static Times times(String name, SeparableData data) {
        return new Times(
                name,
                separation(Perceptrons.batch(TieRule.MISTAKE), data),
                separation(Perceptrons.normalizedBatch(), data));
    }

    private static int separation(Perceptrons method, SeparableData data) {
        return method.withMaxIterations(CAP)
                .fit(data)
                .separatedAt()
                .orElseThrow(
                        () -> new IllegalStateException("a perceptron did not separate within " + CAP + " iterations"));
    }

    /** 1 when the normalized batch perceptron is strictly faster on a balanced data set drawn from the stream. */
    static double normalizedWins(RandomStream stream) {
        long seed = stream.nextLong();
        return times("sep", Instances.sep(100, 5, 0.05, seed)).normalizedWins() ? 1 : 0;
    }

    private static List<Pair> somePairs(int... ks) {
        int[][] pairs = {{0, 1}, {1, 7}, {3, 8}, {4, 9}, {8, 3}};
        List<Pair> all = new ArrayList<>();
        for (int k : ks) {
            for (int[] pair : pairs) {
                all.add(new Pair(pair[0], pair[1], k));
            }
        }
        return all;
    }

    /** All 90 ordered pairs, for every k. */
    static List<Pair> allPairs(int... ks) {
        List<Pair> all = new ArrayList<>();
        for (int k : ks) {
            for (int a = 0; a < 10; a++) {
                for (int b = 0; b < 10; b++) {
                    if (a != b) {
                        all.add(new Pair(a, b, k));
                    }
                }
            }
        }
        return all;
    }

    private static Verdict verify(ClaimContext context, List<Pair> pairs) {
        List<Times> times = context.map(pairs, ImbalanceClaims::times);
        long wins = times.stream().filter(Times::normalizedWins).count();
        double fraction = (double) wins / times.size();
        ResultTable.Builder table = ResultTable.named("imbalance", "Iterations to separation, digits")
                .text("pair", "digits")
                .integer("batch", "batch perceptron", "iterations")
                .integer("normalized", "normalized batch perceptron", "iterations");
        times.forEach(t -> table.row(t.name(), t.batch(), t.normalized()));
        return Always.of("share of wins of the normalized perceptron")
                .above("twice the pairs on which the normalized one is faster", 2 * wins, times.size())
                .statistic("share of wins of the normalized perceptron", fraction)
                .target(.5)
                .examined(times.size())
                .assumption("data", times.size() + " pairs of UCI digits, pixels / 16, intercept")
                .assumption("separable", "YES: both perceptrons separated every pair")
                .note(wins + " of " + times.size()
                        + " pairs; a finite list run through whole, so there is no sampling error")
                .table(table.build())
                .figure(scatter(times))
                .verdict();
    }

    private static Figure scatter(List<Times> times) {
        double[] batch = times.stream().mapToDouble(Times::batch).toArray();
        double[] normalized = times.stream().mapToDouble(Times::normalized).toArray();
        double last = Math.max(
                Arrays.stream(batch).max().orElseThrow(),
                Arrays.stream(normalized).max().orElseThrow());
        return Figure.named(
                        "imbalance",
                        "Iterations to separation, two perceptrons",
                        Axis.log10("batch, iterations"),
                        Axis.log10("normalized, iterations"))
                .caption("One dot per pair of digits. Below the line the normalized batch perceptron is faster.")
                .layer(Mark.LINE, "equal", new double[] {1, last}, new double[] {1, last})
                .layer(Mark.POINT, "digit pairs", batch, normalized)
                .build();
    }
}
