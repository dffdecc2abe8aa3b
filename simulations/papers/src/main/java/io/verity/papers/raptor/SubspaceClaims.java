package io.verity.papers.raptor;

import io.verity.estimators.probe.Gcs;
import io.verity.estimators.probe.LinearProbe;
import io.verity.estimators.probe.Raptor;
import io.verity.estimators.probe.RaptorResult;
import io.verity.estimators.probe.Split;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** R9: tuned probes against the Gaussian concept subspace in the layers of a real text model. */
final class SubspaceClaims {
    private static final int BOOTSTRAP = 2000;
    private static final int DRAWN = 200;

    private final RealLayers real;

    SubspaceClaims(RealLayers real) {
        this.real = real;
    }

    ClaimBuilder accuracy() {
        return Claims.claim("raptor/R9")
                .from(Sources.RAPTOR.at("Table 1"))
                .title("RAPTOR is more accurate than GCS on real layers")
                .states(
                        "The mean over layers of RAPTOR's test accuracy minus that of the Gaussian concept subspace (as its authors"
                                + " report it: the mean accuracy of vectors drawn from the subspace) is positive, and so is the lower end of"
                                + " its 95 % paired bootstrap interval over test rows (MiniLM, sentiment, 3 layers, 100 base probes; at full"
                                + " budget all layers of MiniLM and BGE on sentiment, facts and sarcasm pairs, 1000 base probes).")
                .assuming("assumptions", "given split; states pooled by the mean; descriptive")
                .verifiedBy(
                        context -> real.whenThere(RealLayers.models(context), layers -> compareWithSubspace(context)));
    }

    /** Gains of the tuned probe per test row, over vectors drawn from the subspace and over the subspace's mean vector. */
    @SuppressWarnings("ArrayRecordComponent") // two comparisons are never compared
    private record Comparison(
            Cell cell, RaptorResult tuned, double[] overDrawn, double[] overMean, double drawn, double mean) {}

    private Verdict compareWithSubspace(ClaimContext context) {
        List<RealLayers.Set> sets = new ArrayList<>();
        for (String model : RealLayers.models(context)) {
            sets.add(real.states(model, "sentiment"));
            if (context.full()) {
                sets.add(real.states(model, "facts"));
                sets.add(real.states(model, "sarcasm_pairs"));
            }
        }
        List<Comparison> found = context.map(Cell.all(context, sets), cell -> compare(context, cell));
        ResultTable.Builder table = ResultTable.named("layers", "Test accuracy by layer")
                .text("layer", "model, set, layer")
                .number("c", "chosen C", "")
                .number("raptor", "RAPTOR", "")
                .number("drawn", "GCS, vectors drawn", "")
                .number("mean", "GCS, mean vector", "");
        found.forEach(c ->
                table.row(c.cell().words(), c.tuned().selectedC(), c.tuned().testAccuracy(), c.drawn(), c.mean()));
        Gain drawn = Gain.of(context, found, Comparison::overDrawn);
        Gain mean = Gain.of(context, found, Comparison::overMean);
        Always always = Always.of("gain")
                .statistic("mean gain in accuracy over GCS", drawn.mean())
                .target(0)
                .assumption("gain over vectors drawn, 95 % interval", drawn.words())
                .assumption("gain over the mean vector, 95 % interval", mean.words())
                .note(Cell.DESCRIPTIVE)
                .table(table.build());
        return drawn.mean() > 0 && drawn.lower() <= 0
                ? always.undecided(drawn.words(), "the bootstrap interval contains 0")
                        .verdict()
                : always.above("mean gain over " + found.size() + " layers", drawn.mean(), 0)
                        .verdict();
    }

    private static Comparison compare(ClaimContext context, Cell cell) {
        Split split = cell.set().split();
        DMatrixRMaj x = cell.rows();
        int[] y = cell.set().texts().labels();
        Raptor raptor = RealLayers.raptor(context);
        RaptorResult tuned = raptor.fit(x, y, split);
        Gcs.Result subspace = Gcs.withDefaults()
                .withProbes(context.full() ? 1000 : 100)
                .withSamples(1)
                .with(raptor)
                .withSeed(RealLayers.DRAWS)
                .fit(x, y, split);
        int[] test = split.test();
        double[] ours = right(tuned.probe(), x, y, test);
        double[] mean = right(subspace.meanProbe(), x, y, test);
        double[] drawn = drawn(context.stream(1 + cell.layer()), subspace, x, y, test);
        return new Comparison(cell, tuned, minus(ours, drawn), minus(ours, mean), average(drawn), average(mean));
    }

    private static double[] right(LinearProbe probe, DMatrixRMaj x, int[] y, int[] test) {
        double[] scores = probe.scores(x);
        return Arrays.stream(test)
                .mapToDouble(i -> (scores[i] > 0 ? 1 : 0) == y[i] ? 1 : 0)
                .toArray();
    }

    /** Per test row the share of vectors, drawn uniformly from the box of one deviation to either side, that are right. */
    private static double[] drawn(RandomStream stream, Gcs.Result subspace, DMatrixRMaj x, int[] y, int[] test) {
        double[] mean = subspace.meanProbe().weights();
        double[] deviations = subspace.deviations();
        double[] share = new double[test.length];
        for (int k = 0; k < DRAWN; k++) {
            double[] w = new double[mean.length];
            for (int j = 0; j < w.length; j++) {
                w[j] = mean[j] + deviations[j] * (2 * stream.nextDouble() - 1);
            }
            double intercept = subspace.meanProbe().intercept() + deviations[w.length] * (2 * stream.nextDouble() - 1);
            double[] right = right(LinearProbe.of(w, intercept), x, y, test);
            for (int i = 0; i < share.length; i++) {
                share[i] += right[i] / DRAWN;
            }
        }
        return share;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = a.clone();
        for (int i = 0; i < a.length; i++) {
            difference[i] -= b[i];
        }
        return difference;
    }

    private static double average(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** A mean over cells with the 2.5 and 97.5 % points when test rows are drawn anew, the same ones for all layers and models of a set. */
    private record Gain(double mean, double lower, double upper) {
        static Gain of(ClaimContext context, List<Comparison> found, Function<Comparison, double[]> gains) {
            RandomStream stream = context.stream(0);
            double[] means = new double[BOOTSTRAP];
            for (int b = 0; b < BOOTSTRAP; b++) {
                Map<String, int[]> drawn = new HashMap<>();
                for (Comparison c : found) {
                    double[] values = gains.apply(c);
                    int[] rows = drawn.computeIfAbsent(
                            c.cell().set().texts().name(),
                            set -> IntStream.generate(() -> stream.nextInt(values.length))
                                    .limit(values.length)
                                    .toArray());
                    means[b] += Arrays.stream(rows).mapToDouble(i -> values[i]).sum() / rows.length / found.size();
                }
            }
            Arrays.sort(means);
            double mean = found.stream()
                    .mapToDouble(c -> average(gains.apply(c)))
                    .average()
                    .orElseThrow();
            return new Gain(mean, means[BOOTSTRAP / 40], means[BOOTSTRAP - 1 - BOOTSTRAP / 40]);
        }

        String words() {
            return String.format(Locale.ROOT, "%.4f (%.4f to %.4f)", mean, lower, upper);
        }
    }
}
