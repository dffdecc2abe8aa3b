package io.verity.estimators.procedures.rd;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.rd.CovariateBalance;
import io.verity.estimators.rd.RdBandwidths;
import io.verity.estimators.rd.RdCounts;
import io.verity.estimators.rd.RdEstimate;
import io.verity.estimators.rd.RdPlot;
import io.verity.estimators.rd.RdPlotData;
import io.verity.estimators.rd.RdRows;
import io.verity.estimators.rd.ScalarRd;
import io.verity.estimators.rd.ScalarRdFit;
import io.verity.stats.EstimationException;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code fit rd}: the jump of an outcome at a cutoff, on a user's file. */
public final class FitRd implements Procedure {
    /** For the service loader. */
    public FitRd() {}

    @Override
    public List<String> command() {
        return List.of("fit", "rd");
    }

    @Override
    public String summary() {
        return "Regression discontinuity with a scalar outcome: the jump at a cutoff, sharp or fuzzy, with robust intervals";
    }

    @Override
    public String description() {
        return "Local polynomials on each side of the cutoff, at bandwidths chosen from the data unless --h gives them. Of the three"
                + " rows report the robust one: its interval allows for the bias that a bandwidth chosen for precision leaves,"
                + " while the conventional interval is too narrow there. With --treat the effect on compliers is estimated (fuzzy"
                + " design). --covs tests whether covariates jump too, which they should not.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RdData.options());
        options.addAll(RdDesign.options());
        options.add(Option.of("covs", Option.Kind.TEXT, "covariates a,b,c whose balance at the cutoff is tested"));
        return options;
    }

    @Override
    public String example() {
        return "verity fit rd --data examples/data/senate.csv --y vote --x margin --cutoff 0 --drop-missing";
    }

    @Override
    public Outcome run(Inputs inputs) {
        ScalarRd rd = RdDesign.of(inputs);
        inputs.progress().update("reading", 0, -1);
        RdData data = RdData.read(inputs, inputs.optionalText("covs"));
        inputs.progress().update("estimating", 0, -1);
        ScalarRdFit fit = rd.fit(data.sample());
        Outcome.Builder outcome = Outcome.of("rd").data(data.facts()).options(inputs.effective());
        addFit(outcome, fit);
        RdData.warnings(data.table()).forEach(outcome::warning);
        RdDesign.warn(inputs, outcome);
        fit.warnings().forEach(outcome::warning);
        outcome.table(fit.toTable()).table(windows(fit));
        addBalance(outcome, rd, data);
        addPlot(outcome, inputs, data);
        return outcome.converged(true, null)
                .summary(summary(data, fit))
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    private static void addFit(Outcome.Builder outcome, ScalarRdFit fit) {
        RdBandwidths h = fit.bandwidths();
        RdCounts n = fit.counts();
        outcome.result("h", sides(h.left(), h.right()))
                .result("b", sides(h.pilotLeft(), h.pilotRight()))
                .result("conventional", RdDesign.row(fit.conventional()))
                .result("biasCorrected", RdDesign.row(fit.biasCorrected()))
                .result("robust", RdDesign.row(fit.robust()));
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("left", n.left());
        counts.put("right", n.right());
        counts.put("effectiveLeft", n.effectiveLeft());
        counts.put("effectiveRight", n.effectiveRight());
        counts.put("pilotLeft", n.pilotLeft());
        counts.put("pilotRight", n.pilotRight());
        counts.put("distinctLeft", n.distinctLeft());
        counts.put("distinctRight", n.distinctRight());
        outcome.result("n", counts);
        if (fit.firstStage().isPresent()) {
            RdRows first = fit.firstStage().get();
            Map<String, Object> stage = RdDesign.row(first.conventional());
            stage.put("conventional", RdDesign.row(first.conventional()));
            stage.put("biasCorrected", RdDesign.row(first.biasCorrected()));
            stage.put("robust", RdDesign.row(first.robust()));
            outcome.result("firstStage", stage);
        } else {
            outcome.missing("firstStage", "the design is sharp: no treatment was given");
        }
        outcome.result("vce", fit.variance().name().toLowerCase(Locale.ROOT)).result("level", fit.level());
    }

    private static Map<String, Object> sides(double left, double right) {
        Map<String, Object> sides = new LinkedHashMap<>();
        sides.put("left", left);
        sides.put("right", right);
        return sides;
    }

    private static ResultTable windows(ScalarRdFit fit) {
        RdBandwidths h = fit.bandwidths();
        RdCounts n = fit.counts();
        return ResultTable.named("windows", "Bandwidths and rows")
                .text("side", "side")
                .integer("rows", "rows", "")
                .integer("distinct", "distinct values", "")
                .number("h", "bandwidth h", "")
                .integer("effective", "rows within h", "")
                .number("b", "pilot bandwidth b", "")
                .integer("pilot", "rows within b", "")
                .row("left", n.left(), n.distinctLeft(), h.left(), n.effectiveLeft(), h.pilotLeft(), n.pilotLeft())
                .row(
                        "right",
                        n.right(),
                        n.distinctRight(),
                        h.right(),
                        n.effectiveRight(),
                        h.pilotRight(),
                        n.pilotRight())
                .build();
    }

    private static void addBalance(Outcome.Builder outcome, ScalarRd rd, RdData data) {
        List<String> names = data.covariates();
        if (names.isEmpty()) {
            return;
        }
        double[][] columns = names.stream().map(data.table()::numbers).toArray(double[][]::new);
        CovariateBalance balance = CovariateBalance.of(rd, data.sample(), names, columns);
        List<Object> rows = new ArrayList<>();
        for (CovariateBalance.Row row : balance.rows()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", row.name());
            entry.putAll(RdDesign.row(row.fit().robust()));
            entry.put("holm", row.holm());
            rows.add(entry);
        }
        outcome.result("balance", rows).table(balance.toTable());
        List<String> unbalanced = balance.rows().stream()
                .filter(r -> r.holm() < 1 - r.fit().level())
                .map(CovariateBalance.Row::name)
                .toList();
        if (!unbalanced.isEmpty()) {
            outcome.warning(
                    "covariates that jump at the cutoff, after Holm's adjustment: " + String.join(", ", unbalanced));
        }
    }

    private static void addPlot(Outcome.Builder outcome, Inputs inputs, RdData data) {
        try {
            RdPlotData plot = RdPlot.withDefaults()
                    .withCutoff(inputs.number("cutoff"))
                    .withLevel(inputs.number("level"))
                    .draw(data.sample());
            outcome.figure(plot.toFigure(data.x(), data.y())).table(plot.toTable());
        } catch (EstimationException e) {
            outcome.warning("no plot: " + e.getMessage());
        }
    }

    private static String summary(RdData data, ScalarRdFit fit) {
        RdBandwidths h = fit.bandwidths();
        RdCounts n = fit.counts();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %s on %s, %d rows left and %d right of the cutoff",
                data.table().file(),
                data.y(),
                data.x(),
                n.left(),
                n.right()));
        text.append(String.format(
                Locale.ROOT,
                "%nbandwidth h %.6g left (%d rows), %.6g right (%d rows); b %.6g and %.6g; variance %s",
                h.left(),
                n.effectiveLeft(),
                h.right(),
                n.effectiveRight(),
                h.pilotLeft(),
                h.pilotRight(),
                fit.variance().name().toLowerCase(Locale.ROOT)));
        line(text, "conventional", fit.conventional(), fit.level());
        line(text, "bias-corrected", fit.biasCorrected(), fit.level());
        line(text, "robust", fit.robust(), fit.level());
        fit.firstStage().ifPresent(f -> line(text, "first stage", f.robust(), fit.level()));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, RdEstimate e, double level) {
        text.append(String.format(
                Locale.ROOT,
                "%n%-14s %12.6g  se %10.4g  p %9.3g  %s interval [%.6g, %.6g]",
                name,
                e.estimate(),
                e.standardError(),
                e.p(),
                RdEstimate.percent(level),
                e.lower(),
                e.upper()));
    }
}
