package io.verity.estimators.procedures.hconsistency;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.estimators.hconsistency.FiniteDistribution;
import io.verity.estimators.hconsistency.Hypotheses;
import io.verity.estimators.hconsistency.MinimizabilityGap;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.Arguments;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code h-consistency gap}: how far the best hypothesis of a class stays above the best scores point by point. */
public final class HConsistencyGap implements Procedure {
    private static final String ZERO_ONE = "zero-one";

    /** For the service loader. */
    public HConsistencyGap() {}

    @Override
    public List<String> command() {
        return List.of("h-consistency", "gap");
    }

    @Override
    public String summary() {
        return "Minimizability gap of a loss on a finite distribution";
    }

    @Override
    public String description() {
        return "For a distribution given point by point (weight, class probabilities, features) computes the smallest risk R* of a"
                + " class of hypotheses, the mean E C* of the conditional optima and the gap M = R* - E C*, which bounds between"
                + " regrets carry on both sides. Convex cases are solved exactly, others get an upper bound and say so. The"
                + " probabilities must be known: with estimated ones the result is a plug-in, not a guarantee.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(List.of(
                Option.required("data", Option.Kind.FILE, "CSV file with a header row, one row per point"),
                Option.of("p", Option.Kind.TEXT, "columns of the class probabilities p(y | x); default p1..pK"),
                Option.of(
                        "eta",
                        Option.Kind.TEXT,
                        "column of the probability of the second class, in place of --p; default 'eta' where there is no p1"),
                Option.of(
                        "weight",
                        Option.Kind.TEXT,
                        "column of the weights; default 'weight' if there is one, else equal"),
                Option.of(
                        "features",
                        Option.Kind.TEXT,
                        "columns of the features; default: all other columns of numbers but scores h1..hK")));
        options.addAll(LossOptions.options(ZERO_ONE, "cross-entropy"));
        options.addAll(List.of(
                Option.choice(
                        "hypotheses",
                        List.of("linear", "bounded", "all"),
                        "linear",
                        "linear scores with intercepts; bounded: two classes, |w| <= W and |b| <= B; or all functions"),
                Option.of(
                        "W",
                        Option.Kind.NUMBER,
                        "bound of the Euclidean norm of the weights, with --hypotheses bounded"),
                Option.of("B", Option.Kind.NUMBER, "bound of the intercept, with --hypotheses bounded"),
                Option.separator()));
        return List.copyOf(options);
    }

    @Override
    public String example() {
        return "verity h-consistency gap --data examples/data/regions.csv --loss cross-entropy";
    }

    @Override
    public Outcome run(Inputs inputs) {
        Hypotheses hypotheses = hypotheses(inputs);
        LossOptions.check(inputs);
        Arguments.require(
                !inputs.text("loss").equals(LossOptions.COMP_SUM) || inputs.isGiven("tau"),
                "--loss comp-sum needs its parameter --tau");
        DataTable table =
                DataReader.withDefaults().withSeparator(inputs.text("sep")).read(inputs.file("data"));
        List<String> features = new ArrayList<>();
        FiniteDistribution distribution = distribution(inputs, table, hypotheses, features);
        MinimizabilityGap gap = gap(inputs, distribution, hypotheses);
        boolean infimum = gap.quality() == MinimizabilityGap.Quality.OPTIMUM;
        Outcome.Builder outcome = Outcome.of("h-consistency gap")
                .data(table.facts())
                .data("classes", distribution.classes())
                .data("features", List.copyOf(features))
                .options(inputs.effective())
                .result("bestInClassRisk", gap.bestInClassRisk())
                .result("meanConditionalOptimum", gap.meanConditionalOptimum())
                .result("minimizabilityGap", gap.gap())
                .result("quality", infimum ? "infimum" : "upper-bound")
                .result("attained", gap.attained())
                .result("residual", gap.residual());
        gap.notes().forEach(outcome::warning);
        outcome.table(ResultTable.named("gap", "Minimizability gap, " + hypotheses.describe())
                .text("quantity", "quantity")
                .number("value", "value", "")
                .row(infimum ? "best-in-class risk R*" : "best-in-class risk R*, upper bound", gap.bestInClassRisk())
                .row("mean conditional optimum E C*", gap.meanConditionalOptimum())
                .row("gap M", gap.gap())
                .build());
        return outcome.summary(String.format(
                        Locale.ROOT,
                        "%s: M = %.6f (R* %s %.6f, E C* = %.6f) for %s, %s",
                        table.file(),
                        gap.gap(),
                        infimum ? "=" : "<=",
                        gap.bestInClassRisk(),
                        gap.meanConditionalOptimum(),
                        inputs.text("loss"),
                        hypotheses.describe()))
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    private static Hypotheses hypotheses(Inputs inputs) {
        boolean bounded = inputs.text("hypotheses").equals("bounded");
        Arguments.require(
                bounded == inputs.isGiven("W") && bounded == inputs.isGiven("B"),
                bounded
                        ? "--hypotheses bounded needs both bounds, --W and --B"
                        : "--W and --B belong to --hypotheses bounded");
        return switch (inputs.text("hypotheses")) {
            case "bounded" -> Hypotheses.boundedLinear(inputs.number("W"), inputs.number("B"));
            case "all" -> Hypotheses.all();
            default -> Hypotheses.linear();
        };
    }

    private static FiniteDistribution distribution(
            Inputs inputs, DataTable table, Hypotheses hypotheses, List<String> features) {
        Arguments.require(
                !(inputs.isGiven("p") && inputs.isGiven("eta")),
                "give either --p, the columns of the class probabilities, or --eta, the column of the second class's probability");
        Set<String> used = new HashSet<>();
        List<String> columns = inputs.isGiven("p") ? table.select(inputs.text("p")) : numbered(table, "p");
        double[][] p;
        if (inputs.isGiven("eta") || columns.isEmpty()) {
            Arguments.require(
                    inputs.isGiven("eta") || table.names().contains("eta"),
                    "%s has neither columns p1..pK of class probabilities nor a column eta: name them with --p or --eta",
                    table.file());
            String column = table.resolve(inputs.optionalText("eta").orElse("eta"));
            used.add(column);
            p = binary(table, column);
        } else {
            Arguments.require(
                    columns.size() >= 2,
                    "--p needs a column for each of at least 2 classes; two classes may have --eta");
            used.addAll(columns);
            p = table.matrix(columns);
        }
        double[] weights = new double[table.rows()];
        Arrays.fill(weights, 1);
        if (inputs.isGiven("weight") || table.names().contains("weight")) {
            String column = table.resolve(inputs.optionalText("weight").orElse("weight"));
            used.add(column);
            weights = table.numbers(column);
        }
        used.addAll(numbered(table, "h"));
        if (hypotheses.kind() == Hypotheses.Kind.ALL) {
            return FiniteDistribution.of(weights, p, null);
        }
        features.addAll(
                inputs.isGiven("features") ? table.select(inputs.text("features")) : table.numericColumns(used));
        return FiniteDistribution.of(weights, p, table.matrix(features));
    }

    private static double[][] binary(DataTable table, String column) {
        double[] eta = table.numbers(column);
        double[][] p = new double[eta.length][];
        for (int i = 0; i < eta.length; i++) {
            Arguments.require(
                    eta[i] >= 0 && eta[i] <= 1,
                    "the probability in row %d, column '%s' must lie in [0, 1], but is %s",
                    table.sourceRow(i),
                    column,
                    eta[i]);
            p[i] = new double[] {1 - eta[i], eta[i]};
        }
        return p;
    }

    /** The columns prefix1, prefix2, ... as far as they go. */
    private static List<String> numbered(DataTable table, String prefix) {
        List<String> names = new ArrayList<>();
        while (table.names().contains(prefix + (names.size() + 1))) {
            names.add(prefix + (names.size() + 1));
        }
        return names;
    }

    private static MinimizabilityGap gap(Inputs inputs, FiniteDistribution distribution, Hypotheses hypotheses) {
        if (inputs.text("loss").equals(ZERO_ONE)) {
            return MinimizabilityGap.zeroOne(distribution, hypotheses);
        }
        return LossOptions.margin(inputs)
                .map(loss -> MinimizabilityGap.of(distribution, loss, hypotheses))
                .or(() -> LossOptions.multiclass(inputs)
                        .map(loss -> MinimizabilityGap.of(distribution, loss, hypotheses)))
                .orElseThrow();
    }
}
