package io.verity.reports;

import io.verity.reports.model.Report;
import io.verity.simulations.claims.Budget;
import io.verity.simulations.claims.ClaimId;
import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.Source;
import io.verity.simulations.claims.Verdict;
import io.verity.simulations.claims.VerificationRun;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Layer;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import io.verity.stats.result.ResultTable.Column;
import io.verity.stats.result.ResultTable.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reports such as a verification, a study and a fit make; the numbers are shaped like real ones and mean nothing. */
public final class Samples {
    private static final String ARXIV = "arXiv 2412.08424";
    private static final double[] STEPS = {0.01, 0.1, 1, 10, 100, 1000, 10000};

    private Samples() {}

    /** Writes the samples to a folder, to be looked at. */
    public static void main(String[] arguments) {
        java.nio.file.Path folder = java.nio.file.Path.of(arguments[0]);
        java.util.Set<Format> all = java.util.EnumSet.allOf(Format.class);
        ReportWriter.write(Reports.ofVerification(verification(true)), folder.resolve("surprise"), all);
        ReportWriter.write(Reports.ofVerification(verification(false)), folder.resolve("expected"), all);
        ReportWriter.write(simulation(), folder.resolve("study"), all);
        ReportWriter.write(fit(), folder.resolve("fit"), all);
    }

    /** @param surprising whether one claim is refuted and one verifier broken */
    public static VerificationRun verification(boolean surprising) {
        return verification(surprising, 24);
    }

    /** The first so many claims of the same, each with its control. */
    public static VerificationRun verification(boolean surprising, int claims) {
        List<ClaimRecord> records = new ArrayList<>();
        for (int i = 1; i <= claims; i++) {
            boolean refuted = surprising && i == 13;
            boolean broken = surprising && i == 9;
            ClaimId id = new ClaimId("large-step", String.format("LS-%02d", i));
            Verdict.Kind kind =
                    broken ? Verdict.Kind.VERIFIER_BROKEN : refuted ? Verdict.Kind.REFUTED : Verdict.Kind.SUPPORTED;
            records.add(claim(id, i, kind));
            records.add(control(id, i, broken ? Verdict.Kind.SUPPORTED : Verdict.Kind.REFUTED));
        }
        return new VerificationRun(
                42,
                Budget.QUICK,
                2,
                "local",
                "java-vector",
                "0.1.0",
                "17.0.15 (Debian)",
                "Linux 6.1 amd64",
                "2026-11-22T08:30:00Z",
                41.7,
                records);
    }

    private static ClaimRecord claim(ClaimId id, int i, Verdict.Kind kind) {
        boolean statistical = i % 3 == 2;
        Map<String, String> assumptions = new LinkedHashMap<>();
        assumptions.put("separable", "yes (certificate)");
        assumptions.put("margin \\(\\mu\\)", "0.0500012 to 0.0500013");
        assumptions.put("radius \\(R\\)", "1.0308");
        assumptions.put("rows", "1000");
        List<ResultTable> tables = List.of(i % 4 == 0 ? longTable() : stepTable());
        List<Figure> figures = i % 2 == 0
                ? List.of(i == 2 ? hostileFigure() : trajectory(i == 4 ? 4000 : 200))
                : i % 5 == 0 ? List.of(separation(), angle()) : List.of(separation());
        Verdict verdict = new Verdict(
                kind,
                statistical ? "meanAbove" : "always",
                kind == Verdict.Kind.REFUTED
                        ? "slope -0.71 lies above the bound -1.6"
                        : "all 36 runs separate within the bound; the tightest uses 92.6 % of it",
                new Verdict.Statistic(
                        statistical ? "fraction of seeds" : "largest ratio of iterations to the bound",
                        statistical ? 0.853 : 0.926118,
                        statistical ? 0.62104 : null,
                        statistical ? 0.96789 : null),
                statistical ? 0.5 : 1.0,
                1e-9,
                statistical ? 1e-5 : 0,
                statistical ? 200 : 36,
                kind == Verdict.Kind.REFUTED
                        ? new Verdict.Counterexample(
                                "sep(100, 5, 0.05) with seed 7, step size γ = 1",
                                Map.of("slope", -0.7131, "bound", -1.6),
                                "./verity replay large-step/LS-13 --replicate 7 --seed 42")
                        : null,
                assumptions,
                statistical ? List.of("asymptotic confidence sequence from 200 replicates on") : List.of(),
                tables,
                figures);
        String[] statements = {
            "For linearly separable data with margin \\(\\mu\\) and radius \\(R\\), logistic regression with gradient descent and any"
                    + " step size \\(\\gamma > 0\\) separates the data after at most \\[ T \\le \\frac{n R^2}{\\mu^2} +"
                    + " \\frac{2 \\log n}{\\gamma \\mu^2} \\] iterations.",
            "On worst\\((n)\\) the batch perceptron needs exactly \\(\\lfloor (3n+2)/10 \\rfloor + 1\\) iterations.",
            "With \\(\\gamma \\to \\infty\\) the scaled iterates \\(\\vartheta_t = \\theta_t/\\gamma\\) follow the batch perceptron:"
                    + " \\(\\max_{t \\le T} \\lVert \\theta_t/\\gamma - \\hat\\theta_t \\rVert_\\infty \\le 10^{-12}\\).",
        };
        return new ClaimRecord(
                id,
                new Source(
                        "Michael Crawshaw and Mingrui Liu",
                        "Constant stepsize local GD for logistic regression: acceleration by instability",
                        ARXIV,
                        "Theorem " + (i / 3 + 1) + "." + (i % 3 + 1),
                        i % 7 == 0),
                i == 5
                        ? "The batch perceptron needs a number of iterations linear in n"
                        : "Separation within the bound " + i,
                statements[i % 3],
                Verdict.Kind.SUPPORTED,
                false,
                null,
                i == 22,
                verdict,
                0.037 * i * i);
    }

    private static ClaimRecord control(ClaimId parent, int i, Verdict.Kind kind) {
        ClaimId id = new ClaimId(parent.paper(), parent.name() + "N");
        Verdict verdict = new Verdict(
                kind,
                "always",
                kind == Verdict.Kind.REFUTED ? "301 iterations where 5 are allowed" : "no violation found",
                new Verdict.Statistic("largest ratio of iterations to the bound", 60.2, null, null),
                1.0,
                1e-9,
                0,
                1,
                kind == Verdict.Kind.REFUTED
                        ? new Verdict.Counterexample(
                                "worst(1000): \\(z_1 = (\\mu, 0.9)\\), the others \\((\\mu, -0.5)\\)",
                                Map.of("iterations", 301.0),
                                "worst(1000), no random numbers")
                        : null,
                Map.of(),
                List.of(),
                List.of(),
                List.of());
        return new ClaimRecord(
                id,
                new Source(
                        "Michael Crawshaw and Mingrui Liu",
                        "Constant stepsize local GD for logistic regression: acceleration by instability",
                        ARXIV,
                        "control of Theorem " + (i / 3 + 1),
                        true),
                "Bound without the factor n",
                "The batch perceptron separates within \\(R^2/\\mu^2\\) iterations, without the factor \\(n\\).",
                Verdict.Kind.REFUTED,
                true,
                parent,
                false,
                verdict,
                0.004);
    }

    public static ResultTable stepTable() {
        ResultTable.Builder table = ResultTable.named("separation-time", "Iterations until separation")
                .number("step", "Step size \\(\\gamma\\)", "")
                .column(new Column("mean", "Mean", "iterations", Kind.NUMBER, "mcse"))
                .number("mcse", "MCSE", "iterations")
                .integer("replicates", "Replicates", "")
                .text("generator", "Generator");
        for (int i = 0; i < STEPS.length; i++) {
            table.row(STEPS[i], 2777.3491 / (i + 1) / (i + 1), 12.345 / (i + 1), 400, i % 2 == 0 ? "sep" : "gmix");
        }
        return table.note("MCSE: Monte Carlo standard error of the mean.")
                .note("Replicates that reach 20,000 iterations are counted at the cap.")
                .build();
    }

    public static ResultTable longTable() {
        ResultTable.Builder table = ResultTable.named("all-runs", "All runs")
                .integer("seed", "Seed", "")
                .number("ratio", "Ratio", "")
                .number("loss", "Loss", "nats")
                .column(new Column("separated", "Separated", "", Kind.BOOLEAN, null));
        for (int i = 1; i <= 60; i++) {
            table.row(i, 0.9 / i, StrictMath.exp(-i * 1.7), i % 9 != 0);
        }
        return table.build();
    }

    public static Figure trajectory(int n) {
        Figure.Builder figure = Figure.named(
                        "trajectory",
                        "Loss and misclassified rows along the iterations",
                        Axis.log10("iteration \\(t + 1\\)"),
                        Axis.log10("loss"))
                .caption(
                        "Small steps \\(\\gamma\\) fall slowly and steadily; large steps oscillate first and separate sooner.");
        for (double step : new double[] {0.1, 1, 10, 100}) {
            double[] t = IntStream.range(1, n + 1).asDoubleStream().toArray();
            double[] loss = new double[n];
            double[] wrong = new double[n];
            for (int i = 0; i < n; i++) {
                double calm = 1 / (1 + step * t[i] / 40);
                loss[i] = 0.69 * calm * (t[i] < step && i % 2 == 1 ? 1 + step / 3 : 1);
                wrong[i] = Math.max(1, Math.floor(500 * calm * calm));
            }
            String series = "\\(\\gamma\\) = " + (step < 1 ? "0.1" : String.valueOf((int) step));
            figure.layer(Mark.LINE, series, "loss", t, loss);
            figure.layer(Mark.STEP, series, "misclassified + 1", t, wrong);
        }
        return figure.layer(Mark.VERTICAL_LINE, "bound", "", new double[] {1500}, new double[] {0})
                .build();
    }

    public static Figure separation() {
        double[] mean = new double[STEPS.length];
        double[] lower = new double[STEPS.length];
        double[] upper = new double[STEPS.length];
        double[] bound = new double[STEPS.length];
        for (int i = 0; i < STEPS.length; i++) {
            mean[i] = 27 / STEPS[i] + 60 + 3 * i;
            lower[i] = mean[i] * 0.8;
            upper[i] = mean[i] * 1.25;
            bound[i] = 80 / STEPS[i] + 200;
        }
        return Figure.named(
                        "separation",
                        "Separation time against step size",
                        Axis.log10("step size \\(\\gamma\\)"),
                        Axis.log10("iterations to separation"))
                .caption("Mean over 400 data sets with 95 % intervals, below the bound of the theorem.")
                .layer(new Layer(Mark.RIBBON, "measured", "", STEPS, mean, lower, upper))
                .layer(Mark.LINE, "measured", STEPS, mean)
                .layer(new Layer(Mark.ERROR_BAR, "measured", "", STEPS, mean, lower, upper))
                .layer(Mark.POINT, "measured", STEPS, mean)
                .layer(Mark.LINE, "bound", STEPS, bound)
                .layer(Mark.HORIZONTAL_LINE, "batch perceptron", new double[] {0}, new double[] {72})
                .build();
    }

    public static Figure angle() {
        double[] t = IntStream.rangeClosed(1, 60).mapToDouble(i -> i * 100).toArray();
        double[] angle = new double[60];
        for (int i = 0; i < 60; i++) {
            angle[i] = 26.0 / (1 + i * 0.2);
        }
        return Figure.named(
                        "angle",
                        "Angle to the max-margin direction",
                        Axis.linear("iteration"),
                        Axis.linear("angle (degrees)"))
                .layer(Mark.POINT, "angle (degrees)", t, angle)
                .build();
    }

    /** Names and labels that would break out of HTML, SVG, CSV and LaTeX if they were not escaped. */
    public static Figure hostileFigure() {
        return Figure.named(
                        "../../etc/<passwd>",
                        "</script><script>alert(1)</script> & \"title\"",
                        Axis.linear("x <img src=x\u0001onerror=alert(1)>"),
                        Axis.linear("y & z_1^2 100% #1 {a} \\backslash ~"))
                .caption("<b>not bold</b> & 100 % of $5")
                .layer(Mark.BAR, "<svg onload=alert(1)>", new double[] {1, 2, 3}, new double[] {3, 1, 2})
                .layer(Mark.POINT, "=HYPERLINK(\"x\"),\n\"quoted\"", new double[] {1, 2, 3}, new double[] {
                    1, Double.NaN, 3
                })
                .build();
    }

    public static Report simulation() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("Conditions", 14L);
        facts.put("Replicates", 400L);
        facts.put("Failures", 0L);
        return Reports.ofSimulation(
                "large-step/separation",
                "Iterations until \\(\\theta_t\\) separates the data, for step sizes \\(\\gamma\\) and two generators.",
                facts,
                List.of(stepTable(), longTable()),
                List.of(separation()),
                "./verity simulate large-step/separation --replicates 400 --seed 42",
                new Provenance("0.1.0", "17.0.15 (Debian)", "Linux 6.1 amd64", "java", 42L));
    }

    public static Report fit() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("separated", true);
        result.put("iterations", 37L);
        result.put("margin", 0.0500012);
        result.put("coefficients", new double[] {0.25, -1.5, Double.NaN, 3e-9});
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("file", "wdbc.csv");
        details.put("rows", 569L);
        details.put("warnings", List.of());
        return Reports.ofFit(
                "fit large-step",
                "The data are separable: the classes are told apart after 37 iterations.\nStep size 10.",
                List.of("a warning & more"),
                result,
                List.of(stepTable()),
                List.of(angle()),
                details,
                new Provenance("0.1.0", "17.0.15 (Debian)", "Linux 6.1 amd64", "java", null));
    }
}
