package io.verity.papers.largestep;

import io.verity.estimators.largestep.LargeStepFit;
import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.Perceptrons;
import io.verity.estimators.largestep.Pick;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.largestep.TieRule;
import io.verity.estimators.largestep.Variant;
import io.verity.papers.evidence.Numbers;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.Check;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Verdict.Counterexample;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How long a method took to separate an instance, against a claimed bound.
 *
 * @param instance the data
 * @param method name of the method
 * @param stepSize gamma, NaN for perceptrons
 * @param separatedAt the first iterate with every margin positive, if there was one
 * @param iterations iterations made
 * @param bound the claimed bound, iterations
 */
record SeparationTime(
        Instance instance, String method, double stepSize, OptionalInt separatedAt, int iterations, double bound) {
    /** No run goes on for longer, whatever its bound allows. */
    private static final int LONGEST = 3_000_000;

    private static final int ROWS_SHOWN = 120;

    /** A bound of the separation time, iterations. */
    @FunctionalInterface
    interface Bound {
        double of(Instance instance, double stepSize);
    }

    /** A perceptron and what to call it. */
    record Method(String name, Perceptrons perceptron) {
        static final Method BATCH = new Method("batch perceptron", Perceptrons.batch(TieRule.MISTAKE));
        static final Method NORMALIZED = new Method("normalized batch perceptron", Perceptrons.normalizedBatch());
        static final Method FIRST = new Method("perceptron, first mistake", Perceptrons.classic(Pick.FIRST));
        static final Method WORST = new Method("perceptron, worst mistake", Perceptrons.classic(Pick.MOST_VIOLATED));
    }

    static SeparationTime of(Method method, Instance instance, Bound bound) {
        double limit = bound.of(instance, Double.NaN);
        LargeStepFit fit = method.perceptron().withMaxIterations(cap(limit)).fit(instance.data());
        return new SeparationTime(instance, method.name(), Double.NaN, fit.separatedAt(), fit.iterations(), limit);
    }

    static SeparationTime of(ClaimContext context, Variant variant, double stepSize, Instance instance, Bound bound) {
        double limit = bound.of(instance, stepSize);
        LargeStepFit fit = LargeStepLogistic.withDefaults()
                .with(context.backend())
                .with(variant)
                .withStepSize(stepSize)
                .withMaxIterations(cap(limit))
                .fit(instance.data());
        return new SeparationTime(instance, fit.method(), stepSize, fit.separatedAt(), fit.iterations(), limit);
    }

    /**
     * Separation time of plain runs, without a bound.
     *
     * @throws IllegalStateException if the run does not separate within the cap
     */
    static int exactly(ClaimContext context, Variant variant, double stepSize, SeparableData data, int cap) {
        return LargeStepLogistic.withDefaults()
                .with(context.backend())
                .with(variant)
                .withStepSize(stepSize)
                .withMaxIterations(cap)
                .fit(data)
                .separatedAt()
                .orElseThrow(() -> new IllegalStateException(variant.id() + " with step size " + stepSize
                        + " did not separate within " + cap + " iterations"));
    }

    /** One more than the bound allows (and 1000 more, so that a refutation shows by how much), but never endless. */
    private static int cap(double bound) {
        return (int) Math.min(bound + 1001, LONGEST);
    }

    /** Bound respected, violated (a run capped beyond the bound is a violation), or, when capped before it, undecided. */
    Check check() {
        String label =
                instance.name() + ", " + method + (Double.isNaN(stepSize) ? "" : ", gamma=" + Numbers.text(stepSize));
        if (separatedAt.isPresent()) {
            return Check.atMost(label, (double) separatedAt.getAsInt(), bound).withWitness(this::counterexample);
        }
        return iterations >= bound
                ? Check.atMost(label, (double) iterations, bound)
                        .withDetail("not separated when the run was capped")
                        .withWitness(this::counterexample)
                : Check.undecided(
                        label, "not separated within " + iterations + " iterations, bound " + Numbers.text(bound));
    }

    private Counterexample counterexample() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("iterations", (double) separatedAt.orElse(iterations));
        values.put("bound", bound);
        values.put("R^2/mu^2", instance.complexity());
        if (!Double.isNaN(stepSize)) {
            values.put("stepSize", stepSize);
        }
        return new Counterexample(
                method + " on " + instance.name() + (separatedAt.isPresent() ? "" : ", not separated when capped"),
                values,
                "data: " + instance.rows());
    }

    /** Separation time over bound; of the iterations made where the run was capped. */
    double ratio() {
        return separatedAt.orElse(iterations) / bound;
    }

    /** A record with a check per run, the largest ratio as statistic, a table and a scatter plot. */
    static Always record(List<SeparationTime> runs) {
        Always record = Always.of("largest separation time / bound")
                .statistic(
                        "largest separation time / bound",
                        runs.stream().mapToDouble(SeparationTime::ratio).max().orElseThrow())
                .target(1);
        runs.forEach(run -> record.add(run.check()));
        Instance.describe(
                record, runs.stream().map(SeparationTime::instance).distinct().toList());
        return record.table(table(runs)).figure(scatter(runs));
    }

    private static ResultTable table(List<SeparationTime> runs) {
        ResultTable.Builder table = ResultTable.named("separation-time", "Iterations to separation against the bound")
                .text("instance", "instance")
                .text("method", "method")
                .number("stepSize", "step size γ", "")
                .integer("separation", "iterations to separation", "")
                .number("bound", "bound", "iterations")
                .number("ratio", "iterations / bound", "");
        int shown = Math.min(runs.size(), ROWS_SHOWN);
        for (SeparationTime run : runs.subList(0, shown)) {
            table.row(
                    run.instance().name(),
                    run.method(),
                    Double.isNaN(run.stepSize()) ? null : (Object) run.stepSize(),
                    run.separatedAt().isPresent() ? (Object) run.separatedAt().getAsInt() : null,
                    run.bound(),
                    run.ratio());
        }
        if (shown < runs.size()) {
            table.note("the first " + shown + " of " + runs.size() + " runs");
        }
        return table.build();
    }

    private static Figure scatter(List<SeparationTime> runs) {
        Figure.Builder figure = Figure.named(
                        "separation-time",
                        "Iterations to separation against the bound",
                        Axis.log10("bound, iterations"),
                        Axis.log10("iterations to separation"))
                .caption("One dot per run. The statement says that no dot lies above the diagonal.");
        for (String series :
                runs.stream().map(SeparationTime::series).distinct().toList()) {
            List<SeparationTime> those = runs.stream()
                    .filter(r -> r.series().equals(series))
                    .limit(250)
                    .toList();
            figure.layer(
                    Mark.POINT,
                    series,
                    those.stream().mapToDouble(SeparationTime::bound).toArray(),
                    those.stream()
                            .mapToDouble(r -> r.separatedAt().orElse(r.iterations()))
                            .toArray());
        }
        double[] ends = {
            Math.max(1, runs.stream().mapToDouble(SeparationTime::bound).min().orElseThrow()),
            runs.stream().mapToDouble(SeparationTime::bound).max().orElseThrow()
        };
        return figure.layer(Mark.LINE, "bound", ends, ends).build();
    }

    private String series() {
        return Double.isNaN(stepSize) ? method : method + ", γ = " + Numbers.text(stepSize);
    }
}
