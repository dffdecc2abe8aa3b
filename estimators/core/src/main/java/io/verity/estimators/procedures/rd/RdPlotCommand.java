package io.verity.estimators.procedures.rd;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.rd.BinRule;
import io.verity.estimators.rd.RdPlot;
import io.verity.estimators.rd.RdPlotData;
import io.verity.estimators.rd.RdSample;
import io.verity.stats.Arguments;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code rd plot}: binned means and global polynomials around a cutoff. */
public final class RdPlotCommand implements Procedure {
    /** For the service loader. */
    public RdPlotCommand() {}

    @Override
    public List<String> command() {
        return List.of("rd", "plot");
    }

    @Override
    public String summary() {
        return "The regression discontinuity plot: bin means chosen by the data, and a polynomial on each side";
    }

    @Override
    public String description() {
        return "Means of the outcome in bins of the running variable (Calonico, Cattaneo and Titiunik 2015) and a global polynomial on"
                + " each side, to look at. 'even-mimicking' shows the variability of the data, 'even-imse' a smoother picture;"
                + " quantile bins hold equal numbers of rows. The estimate of the jump is that of 'fit rd', not the gap between"
                + " the curves.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(List.of(
                RdData.file(),
                Option.required("y", Option.Kind.TEXT, "column of the outcome: name or 1-based position"),
                RdData.runningVariable()));
        options.addAll(RdData.cutoffAndFormat());
        options.add(Option.choice(
                "binselect",
                List.of("even-mimicking", "even-imse", "quantile-mimicking", "quantile-imse"),
                "even-mimicking",
                "how bins are chosen"));
        options.add(
                Option.of("nbins", Option.Kind.TEXT, "number of bins on each side, or left,right; default: chosen"));
        options.add(
                Option.of("p", Option.Kind.INTEGER, "degree of the polynomials").withDefault("4"));
        options.add(RdDesign.level());
        return options;
    }

    @Override
    public String example() {
        return "verity rd plot --data examples/data/senate.csv --y vote --x margin --drop-missing --out plot";
    }

    @Override
    public Outcome run(Inputs inputs) {
        RdPlot plot = RdPlot.withDefaults()
                .withCutoff(inputs.number("cutoff"))
                .with(RdDesign.choice(BinRule.class, inputs, "binselect"))
                .withOrder(inputs.integer("p"))
                .withLevel(inputs.number("level"));
        if (inputs.isGiven("nbins")) {
            double[] bins = RdDesign.pair(inputs, "nbins");
            Arguments.require(
                    bins[0] == Math.rint(bins[0]) && bins[1] == Math.rint(bins[1]),
                    "option --nbins must be whole numbers, but is '%s'",
                    inputs.text("nbins"));
            plot = plot.withBins((int) bins[0], (int) bins[1]);
        }
        DataTable raw = DataReader.withDefaults()
                .withSeparator(inputs.text("sep"))
                .withColumns(List.of(inputs.text("y"), inputs.text("x")))
                .read(inputs.file("data"));
        String y = raw.resolve(inputs.text("y"));
        String x = raw.resolve(inputs.text("x"));
        Arguments.require(!x.equals(y), "the outcome and the running variable are the same column '%s'", x);
        DataTable table = raw.complete(List.of(y, x), inputs.flag("drop-missing"));
        RdPlotData data = plot.draw(RdSample.of(table.numbers(y), table.numbers(x)));
        Outcome.Builder outcome = Outcome.of("rd plot").data(table.facts()).options(inputs.effective());
        addSide(outcome, "left", data.left());
        addSide(outcome, "right", data.right());
        RdData.warnings(table).forEach(outcome::warning);
        return outcome.table(data.toTable())
                .figure(data.toFigure(x, y))
                .summary(String.format(
                        Locale.ROOT,
                        "%s: %d bins left of the cutoff, %d right (IMSE-optimal %d and %d, mimicking %d and %d)",
                        table.file(),
                        data.left().count(),
                        data.right().count(),
                        data.left().optimal(),
                        data.right().optimal(),
                        data.left().mimicking(),
                        data.right().mimicking()))
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    private static void addSide(Outcome.Builder outcome, String name, RdPlotData.SidePlot side) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("bins", side.count());
        entry.put("optimal", side.optimal());
        entry.put("mimicking", side.mimicking());
        entry.put("x", side.bins().stream().mapToDouble(RdPlotData.Bin::x).toArray());
        entry.put("mean", side.bins().stream().mapToDouble(RdPlotData.Bin::mean).toArray());
        entry.put(
                "lower", side.bins().stream().mapToDouble(RdPlotData.Bin::lower).toArray());
        entry.put(
                "upper", side.bins().stream().mapToDouble(RdPlotData.Bin::upper).toArray());
        entry.put(
                "rows", side.bins().stream().map(b -> (Object) (long) b.rows()).toList());
        entry.put("curveX", side.curveX());
        entry.put("curveY", side.curveY());
        outcome.result(name, entry);
    }
}
