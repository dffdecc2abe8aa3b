package io.verity.papers.largestep;

import io.verity.estimators.largestep.Cycles;
import io.verity.estimators.largestep.Instances;
import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.Mode;
import io.verity.estimators.largestep.Recorder;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.largestep.StopRule;
import io.verity.estimators.largestep.Trace;
import io.verity.papers.evidence.Controls;
import io.verity.papers.evidence.Numbers;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/** LS-17 and LS-18: on data that are not separable, large steps cycle. */
final class NonSeparableClaims {
    private static final int BURN_IN = 3000;
    private static final int KEPT = 400;
    private static final double SAME_POINT = 1e-9;
    private static final double FAR = .1;

    private NonSeparableClaims() {}

    static ClaimBuilder noConvergence() {
        return Claims.claim("large-step/LS-17")
                .from(Sources.MENG.derivedFrom("abstract: no convergence above 2/λ, on instances of ours"))
                .title("Not separable, step above 2/λ: no convergence")
                .states(
                        "On one-dimensional data that are not separable, with \\(\\lambda\\) the curvature at the minimiser"
                                + " \\(\\theta^*\\) and \\(\\gamma>2/\\lambda\\), the iterates settle on no point: they cycle (or wander"
                                + " chaotically) and get farther than 0.1 from \\(\\theta^*\\).")
                .verifiedBy(NonSeparableClaims::verifyNoConvergence)
                .control(
                        "Large steps converge",
                        "Gradient descent with a step size above \\(2/\\lambda\\) converges on this data.",
                        Controls.bare(context -> convergence(
                                context, Data.of("+1 (3 times), -1", new double[] {1, -1}, new int[] {3, 1}), 2.2)));
    }

    static ClaimBuilder stableCycle() {
        return Claims.claim("large-step/LS-18")
                .from(Sources.MENG.derivedFrom("abstract: cycles below 2/λ, on instances of ours"))
                .title("A stable cycle can coexist with a stable minimiser")
                .states(
                        "With an outlier (+1 eleven times, -1 ten times, +200 once) and \\(1<\\gamma\\lambda<2\\) descent from 0"
                                + " ends in a cycle of 22 points although the minimiser is stable: from \\(\\theta^*+0.01\\) it"
                                + " converges.")
                .verifiedBy(NonSeparableClaims::verifyCycle)
                .control(
                        "A cycle below 1/λ",
                        "At \\(\\gamma\\lambda=0.9\\) descent from 0 ends in a cycle.",
                        Controls.bare(context -> cycleExists(context, outlier(200), .9)));
    }

    /** One-dimensional data with its minimiser and the curvature there. */
    record Data(String name, SeparableData rows, double minimiser, double curvature) {
        static Data of(String name, double[] values, int[] counts) {
            SeparableData rows = Instances.oneD(values, counts);
            double minimiser = minimiserOf(values, counts);
            return new Data(name, rows, minimiser, curvatureAt(rows, minimiser));
        }

        double stepSize(double ratio) {
            return ratio / curvature;
        }

        /** The zero of the gradient, which falls from positive to negative. */
        private static double minimiserOf(double[] values, int[] counts) {
            return new BrentSolver(1e-15, 1e-15, 1e-16)
                    .solve(
                            1000,
                            theta -> {
                                double push = 0;
                                for (int k = 0; k < values.length; k++) {
                                    push += counts[k] * values[k] / (1 + StrictMath.exp(values[k] * theta));
                                }
                                return push;
                            },
                            -20,
                            20);
        }

        private static double curvatureAt(SeparableData rows, double theta) {
            double sum = 0;
            for (int i = 0; i < rows.n(); i++) {
                double z = rows.get(i, 0);
                double s = 1 / (1 + StrictMath.exp(z * theta));
                sum += s * (1 - s) * z * z;
            }
            return sum / rows.n();
        }
    }

    /** The last points of a run. */
    @SuppressWarnings("ArrayRecordComponent") // series; two of them are never compared
    private record Orbit(Data data, double ratio, double[] points, OptionalInt period) {
        static Orbit of(ClaimContext context, Data data, double ratio, double start) {
            double[] all = trajectory(context, data, ratio, start, BURN_IN + KEPT);
            double[] points = Arrays.copyOfRange(all, BURN_IN, BURN_IN + KEPT);
            double[][] rows =
                    Arrays.stream(points).mapToObj(x -> new double[] {x}).toArray(double[][]::new);
            return new Orbit(data, ratio, points, Cycles.period(rows, SAME_POINT, KEPT / 3));
        }

        double farthest() {
            return Arrays.stream(points)
                    .map(x -> Math.abs(x - data.minimiser()))
                    .max()
                    .orElseThrow();
        }

        double smallest() {
            return Arrays.stream(points).min().orElseThrow();
        }

        double largest() {
            return Arrays.stream(points).max().orElseThrow();
        }

        String periodText() {
            return period.isPresent() ? "period " + period.getAsInt() : "no period up to " + KEPT / 3;
        }

        String label() {
            return data.name() + ", gamma lambda=" + Numbers.text(ratio);
        }
    }

    private static double[] trajectory(ClaimContext context, Data data, double ratio, double start, int iterations) {
        Trace trace = LargeStepLogistic.withDefaults()
                .with(context.backend())
                .withStepSize(data.stepSize(ratio))
                .withStart(start)
                .withMaxIterations(iterations)
                .with(StopRule.maxIterations())
                .with(Mode.PRIMAL)
                .with(Recorder.none().withIterates())
                .fit(data.rows())
                .trace();
        double[] theta = new double[trace.size()];
        for (int t = 0; t < theta.length; t++) {
            theta[t] = trace.iterate(t)[0];
        }
        return theta;
    }

    private static Data outlier(double value) {
        return Data.of("+1 (11 times), -1 (10 times), +" + Numbers.text(value), new double[] {1, -1, value}, new int[] {
            11, 10, 1
        });
    }

    private static Always describe(Always record, List<Data> data) {
        for (Data d : data) {
            Instance instance = Instance.of(d.name(), d.rows());
            record.assumption(
                    d.name(),
                    "separable " + instance.margin().separability() + ", n = "
                            + d.rows().n() + ", R = "
                            + Numbers.text(d.rows().radius()) + ", minimiser " + Numbers.text(d.minimiser())
                            + ", curvature there " + Numbers.text(d.curvature()));
        }
        return record;
    }

    private static ResultTable table(List<Orbit> orbits, List<String> starts) {
        ResultTable.Builder table = ResultTable.named("orbits", "The orbit after 3000 iterations")
                .text("data", "data")
                .text("start", "start")
                .number("ratio", "γλ", "")
                .number("stepSize", "step size γ", "")
                .text("period", "period")
                .number("smallest", "smallest", "")
                .number("largest", "largest", "")
                .number("farthest", "farthest from the minimiser", "");
        for (int k = 0; k < orbits.size(); k++) {
            Orbit o = orbits.get(k);
            table.row(
                    o.data().name(),
                    starts.get(k),
                    o.ratio(),
                    o.data().stepSize(o.ratio()),
                    o.periodText(),
                    o.smallest(),
                    o.largest(),
                    o.farthest());
        }
        return table.build();
    }

    private static Verdict verifyNoConvergence(ClaimContext context) {
        Data three = Data.of("+1 (3 times), -1", new double[] {1, -1}, new int[] {3, 1});
        Data two = Data.of("+1 (2 times), -1", new double[] {1, -1}, new int[] {2, 1});
        List<Data> data = context.full() ? List.of(three, two) : List.of(three);
        double[] ratios = context.full() ? new double[] {2.05, 2.2, 3, 5, 8} : new double[] {2.2};
        List<Orbit> orbits = new ArrayList<>();
        Always record = describe(Always.of("smallest excursion from the minimiser"), data);
        for (Data d : data) {
            for (double ratio : ratios) {
                Orbit orbit = Orbit.of(context, d, ratio, 0);
                orbits.add(orbit);
                record.holds(orbit.label() + ", period", orbit.period().orElse(2) > 1, orbit.periodText())
                        .above(orbit.label() + ", excursion", orbit.farthest(), FAR);
                if (d.name().equals(three.name()) && ratio == 2.2) {
                    record.equal(orbit.label() + ", period", orbit.period().orElse(-1), 2)
                            .near(orbit.label() + ", smallest point", orbit.smallest(), 0.448510733260262, 1e-8)
                            .near(orbit.label() + ", largest point", orbit.largest(), 2.0878323538920838, 1e-8);
                }
            }
        }
        return record.statistic(
                        "smallest excursion from the minimiser",
                        orbits.stream().mapToDouble(Orbit::farthest).min().orElseThrow())
                .target(FAR)
                .table(table(orbits, orbits.stream().map(o -> "0").toList()))
                .figure(bifurcation(context, three))
                .verdict();
    }

    private static Verdict convergence(ClaimContext context, Data data, double ratio) {
        Orbit orbit = Orbit.of(context, data, ratio, 0);
        return describe(Always.of("farthest from the minimiser after 3000 iterations"), List.of(data))
                .holds(orbit.label(), orbit.period().orElse(-1) == 1, orbit.periodText())
                .statistic("farthest from the minimiser after 3000 iterations", orbit.farthest())
                .table(table(List.of(orbit), List.of("0")))
                .verdict();
    }

    private static Figure bifurcation(ClaimContext context, Data data) {
        int ratios = 90;
        int shown = 10;
        double[] x = new double[ratios * shown];
        double[] y = new double[x.length];
        for (int k = 0; k < ratios; k++) {
            double ratio = 1.5 + 0.075 * k;
            double[] all = trajectory(context, data, ratio, 0, 600);
            for (int j = 0; j < shown; j++) {
                x[k * shown + j] = ratio;
                y[k * shown + j] = all[all.length - 1 - j];
            }
        }
        return Figure.named(
                        "bifurcation",
                        "Where descent ends up, by step size",
                        Axis.linear("γλ (step size over its inverse curvature)"),
                        Axis.linear("ten late iterates"))
                .caption("Data " + data.name()
                        + ". Below γλ = 2 all ten are the minimiser; above, descent alternates between"
                        + " two points, then four, then wanders.")
                .layer(Mark.POINT, "iterates", x, y)
                .layer(Mark.VERTICAL_LINE, "γ = 2/λ", new double[] {2}, new double[] {data.minimiser()})
                .layer(Mark.HORIZONTAL_LINE, "minimiser", new double[] {2}, new double[] {data.minimiser()})
                .build();
    }

    private record Expected(Data data, double ratio, int period) {}

    private static Verdict verifyCycle(ClaimContext context) {
        Data big = outlier(200);
        Data small = outlier(100);
        List<Expected> expected = context.full()
                ? List.of(
                        new Expected(big, 1.5, 22),
                        new Expected(big, 1.7, 22),
                        new Expected(big, 1.9, 22),
                        new Expected(small, 1.7, 12),
                        new Expected(small, 1.9, 12))
                : List.of(new Expected(big, 1.5, 22));
        Always record = describe(
                Always.of("largest difference from the claimed period"),
                context.full() ? List.of(big, small) : List.of(big));
        List<Orbit> orbits = new ArrayList<>();
        List<String> starts = new ArrayList<>();
        for (Expected e : expected) {
            Orbit far = Orbit.of(context, e.data(), e.ratio(), 0);
            Orbit near = Orbit.of(context, e.data(), e.ratio(), e.data().minimiser() + .01);
            record.equal(far.label() + ", from 0", far.period().orElse(-1), e.period())
                    .equal(
                            near.label() + ", from near the minimiser",
                            near.period().orElse(-1),
                            1)
                    .below(near.label() + ", distance from the minimiser", near.farthest(), 1e-6);
            orbits.addAll(List.of(far, near));
            starts.addAll(List.of("0", "minimiser + 0.01"));
        }
        return record.statistic("period from 0", orbits.get(0).period().orElse(-1))
                .target(22)
                .table(table(orbits, starts))
                .figure(orbitFigure(context, big))
                .verdict();
    }

    private static Verdict cycleExists(ClaimContext context, Data data, double ratio) {
        Orbit orbit = Orbit.of(context, data, ratio, 0);
        return describe(Always.of("period from 0"), List.of(data))
                .holds(orbit.label(), orbit.period().orElse(-1) > 1, orbit.periodText())
                .statistic("period from 0", orbit.period().orElse(-1))
                .table(table(List.of(orbit), List.of("0")))
                .verdict();
    }

    private static Figure orbitFigure(ClaimContext context, Data data) {
        Figure.Builder figure = Figure.named(
                        "cycle",
                        "Two starts, the same step size",
                        Axis.linear("iteration after 3000"),
                        Axis.linear("θ"))
                .caption("Data " + data.name()
                        + ", γλ = 1.5: from 0 descent cycles through 22 points, from near the minimiser"
                        + " it converges.");
        double[] t = new double[66];
        Arrays.setAll(t, k -> k);
        Orbit far = Orbit.of(context, data, 1.5, 0);
        Orbit near = Orbit.of(context, data, 1.5, data.minimiser() + .01);
        return figure.layer(Mark.LINE, "from 0", t, Arrays.copyOf(far.points(), t.length))
                .layer(Mark.POINT, "from 0", t, Arrays.copyOf(far.points(), t.length))
                .layer(Mark.LINE, "from the minimiser + 0.01", t, Arrays.copyOf(near.points(), t.length))
                .build();
    }
}
