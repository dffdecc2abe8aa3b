package io.verity.papers.raptor;

import io.verity.estimators.probe.DirectionFinder;
import io.verity.estimators.probe.DirectionSpread;
import io.verity.estimators.probe.Directions;
import io.verity.estimators.probe.LinearProbe;
import io.verity.estimators.probe.Split;
import io.verity.estimators.probe.Stability;
import io.verity.papers.evidence.Controls;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** R10, R12 and R9N: how stable directions in the layers of a real text model are, and what is not encoded there. */
final class LayerClaims {
    private static final String SENTIMENT = "sentiment";
    private static final double PUBLISHED_LOWEST = .87;

    private final RealLayers real;

    LayerClaims(RealLayers real) {
        this.real = real;
    }

    private List<Cell> cells(ClaimContext context, String set) {
        return Cell.all(context, List.of(real.states(RealLayers.MODEL, set)));
    }

    ClaimBuilder dropout() {
        return Claims.claim("raptor/R10")
                .from(Sources.RAPTOR.at("Table 2"))
                .title("Drop-out stability lies in the published range")
                .states(
                        "The mean pairwise cosine of RAPTOR directions under 20 % drop-out, retuned in every run, is at least 0.87 on"
                                + " average over the layers of MiniLM (sentiment; 3 layers and 10 runs at quick, all layers and 20 runs at full"
                                + " budget).")
                .assuming("assumptions", "other models and texts than the paper's: a plausibility check; descriptive")
                .verifiedBy(context -> real.whenThere(
                        List.of(RealLayers.MODEL),
                        layers -> dropout(context, Directions.tuned(RealLayers.raptor(context)))))
                .control(
                        "Weak ridge, C = 100, is as stable",
                        "The same for the probe with the fixed C = 100.",
                        Controls.bare(context -> real.whenThere(
                                List.of(RealLayers.MODEL),
                                layers -> dropout(context, Directions.ridge(RealLayers.raptor(context), 100)))));
    }

    private Verdict dropout(ClaimContext context, DirectionFinder finder) {
        RealLayers.Set set = real.states(RealLayers.MODEL, SENTIMENT);
        Stability stability = Stability.withDefaults()
                .withRuns(context.full() ? 20 : 10)
                .withSeed(RealLayers.DRAWS)
                .withThreads(1);
        List<Cell> cells = cells(context, SENTIMENT);
        List<DirectionSpread> spreads = context.map(
                cells,
                cell -> stability
                        .forLayer(cell.layer())
                        .dropout(finder, cell.rows(), set.texts().labels(), set.split()));
        ResultTable.Builder table = ResultTable.named("layers", "Drop-out stability by layer")
                .text("layer", "model, set, layer")
                .column(new ResultTable.Column("stability", "stability", "", ResultTable.Kind.NUMBER, "error"))
                .number("error", "jackknife error", "");
        double mean = 0;
        for (int k = 0; k < cells.size(); k++) {
            mean += spreads.get(k).mean() / cells.size();
            table.row(
                    cells.get(k).words(), spreads.get(k).mean(), spreads.get(k).standardError());
        }
        return Always.of("mean drop-out stability")
                .atLeast("mean over " + cells.size() + " layers", mean, PUBLISHED_LOWEST)
                .statistic("mean drop-out stability", mean)
                .target(PUBLISHED_LOWEST)
                .note(Cell.DESCRIPTIVE)
                .table(table.build())
                .verdict();
    }

    ClaimBuilder reproducibility() {
        return Claims.claim("raptor/R12")
                .from(Sources.RAPTOR.derivedFrom("Table 2: stability, measured on disjoint halves"))
                .title("RAPTOR directions are more reproducible than differences of means")
                .states(
                        "On disjoint halves of the pool the mean cosine of RAPTOR directions exceeds that of differences of means on"
                                + " average over the layers of MiniLM (sentiment). False, an honest limit of the method: a tuned probe trades reproducibility of"
                                + " its direction for accuracy.")
                .assuming("assumptions", "given split; raw columns; descriptive")
                .expectingRefuted()
                .verifiedBy(context -> real.whenThere(List.of(RealLayers.MODEL), layers -> reproducibility(context)));
    }

    private Verdict reproducibility(ClaimContext context) {
        RealLayers.Set set = real.states(RealLayers.MODEL, SENTIMENT);
        Stability stability = Stability.withDefaults()
                .withHalves(context.full() ? 10 : 3)
                .withSeed(RealLayers.DRAWS)
                .withThreads(1);
        List<Cell> cells = cells(context, SENTIMENT);
        DirectionFinder tuned = Directions.tuned(RealLayers.raptor(context));
        List<double[]> cosines = context.map(cells, cell -> {
            Stability here = stability.forLayer(cell.layer());
            DMatrixRMaj x = cell.rows();
            int[] y = set.texts().labels();
            return new double[] {
                here.disjointHalves(tuned, x, y, set.split()).mean(),
                here.disjointHalves(Directions.differenceOfMeans(), x, y, set.split())
                        .mean()
            };
        });
        ResultTable.Builder table = ResultTable.named("layers", "Cosine between disjoint halves by layer")
                .text("layer", "model, set, layer")
                .number("raptor", "RAPTOR", "")
                .number("means", "difference of means", "");
        double ours = 0;
        double theirs = 0;
        double[] position = new double[cells.size()];
        for (int k = 0; k < cells.size(); k++) {
            ours += cosines.get(k)[0] / cells.size();
            theirs += cosines.get(k)[1] / cells.size();
            position[k] = cells.get(k).layer();
            table.row(cells.get(k).words(), cosines.get(k)[0], cosines.get(k)[1]);
        }
        Figure figure = Figure.named(
                        "halves",
                        "Reproducibility by layer",
                        Axis.linear("layer"),
                        Axis.linear("cosine between halves"))
                .caption("Directions found on two halves of the pool that share no row.")
                .layer(
                        Mark.LINE,
                        "RAPTOR",
                        position,
                        cosines.stream().mapToDouble(c -> c[0]).toArray())
                .layer(
                        Mark.LINE,
                        "difference of means",
                        position,
                        cosines.stream().mapToDouble(c -> c[1]).toArray())
                .build();
        return Always.of("reproducibility")
                .above("mean cosine over " + cells.size() + " layers, RAPTOR against difference of means", ours, theirs)
                .statistic("RAPTOR minus difference of means", ours - theirs)
                .target(0)
                .note(Cell.DESCRIPTIVE)
                .table(table.build())
                .figure(figure)
                .verdict();
    }

    ClaimBuilder absentConcept() {
        return Claims.claim("raptor/R9N")
                .from(Sources.RAPTOR.derivedFrom("Table 1: sarcasm, on minimal pairs"))
                .title("The best layer finds sarcasm in minimal pairs")
                .states(
                        "The best layer of MiniLM classifies the sarcastic member of minimal pairs with an accuracy above 0.6 (five folds"
                                + " that keep pairs together, 351 sentences). It should not: the concept is not encoded there, so a method that"
                                + " found it would be fooling itself.")
                .assuming(
                        "assumptions",
                        "pairs never divided; tuned inside each fold; the best of several layers is biased upwards")
                .finding()
                .verifiedBy(context -> real.whenThere(List.of(RealLayers.MODEL), layers -> absentConcept(context)));
    }

    private Verdict absentConcept(ClaimContext context) {
        RealLayers.Set set = real.states(RealLayers.MODEL, "sarcasm_pairs");
        List<Cell> cells = cells(context, "sarcasm_pairs");
        int[] pairs = GroupedFolds.codes(set.texts().groups().orElseThrow());
        List<Split> folds = GroupedFolds.of(pairs, 5, context.stream(0));
        int[] y = set.texts().labels();
        DirectionFinder finder = Directions.tuned(RealLayers.raptor(context));
        List<Double> accuracies = context.map(cells, cell -> {
            DMatrixRMaj x = cell.rows();
            int right = 0;
            for (Split fold : folds) {
                LinearProbe probe = finder.find(x, y, fold);
                double[] scores = probe.scores(x);
                for (int i : fold.test()) {
                    right += (scores[i] > 0 ? 1 : 0) == y[i] ? 1 : 0;
                }
            }
            return right / (double) y.length;
        });
        ResultTable.Builder table = ResultTable.named("layers", "Cross-validated accuracy by layer")
                .text("layer", "model, set, layer")
                .number("accuracy", "accuracy", "");
        double best = 0;
        for (int k = 0; k < cells.size(); k++) {
            best = Math.max(best, accuracies.get(k));
            table.row(cells.get(k).words(), accuracies.get(k));
        }
        return Always.of("best accuracy")
                .above("best of " + cells.size() + " layers", best, .6)
                .statistic("best accuracy", best)
                .target(.6)
                .note("standard error of one accuracy 0.027")
                .table(table.build())
                .verdict();
    }
}
