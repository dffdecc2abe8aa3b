package io.verity.estimators.procedures.hconsistency;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.estimators.hconsistency.Candidate;
import io.verity.estimators.hconsistency.Counterexample;
import io.verity.estimators.hconsistency.FiniteDistribution;
import io.verity.estimators.hconsistency.HConsistency;
import io.verity.estimators.hconsistency.HConsistencyReport;
import io.verity.estimators.hconsistency.RegretPairs;
import io.verity.estimators.hconsistency.Transform;
import io.verity.estimators.hconsistency.Verification;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.Arguments;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** {@code h-consistency check}: a bound against a given distribution, or against the worst one that can be found. */
public final class HConsistencyCheck implements Procedure {
    private static final String PLUG_IN = "plug-in, not a guarantee";
    private static final double SLACK = 1 + 1e-9;

    /** For the service loader. */
    public HConsistencyCheck() {}

    @Override
    public List<String> command() {
        return List.of("h-consistency", "check");
    }

    @Override
    public String summary() {
        return "Checks a bound on a given distribution, or searches for a distribution that breaks it";
    }

    @Override
    public String description() {
        return "Without --data: attacks the bound, your own (--gamma or --psi, a formula such as 'sqrt(2*r)' or 't^2/2' in r or t with K,"
                + " tau, q, A, rho and k as constants; log is natural) or the known one, with structured and random distributions and"
                + " scores. A violation is shrunk, evaluated again in 48 digits where the loss allows it, and shown as a small table."
                + " A bound that survives is not proved. With --data: both sides on a distribution with finitely many points. The"
                + " file has columns p1..pK (class probabilities), h1..hK (scores; or one column f, the margin, for binary losses, whose"
                + " second class is +1) and perhaps weight; --p, --scores and --weight name others. Probabilities that are estimates give"
                + " a plug-in figure, no guarantee: say so with --plug-in.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(NamedLoss.options());
        options.add(
                Option.of("massart", Option.Kind.NUMBER, "g of Massart's condition, with --data: the linear bound"));
        options.add(Option.of("gamma", Option.Kind.TEXT, "candidate upper bound of the 0-1 regret, a formula in r"));
        options.add(
                Option.of("psi", Option.Kind.TEXT, "candidate lower bound of the surrogate regret, a formula in t"));
        options.add(Option.of("restarts", Option.Kind.INTEGER, "random restarts of the search")
                .withDefault("50"));
        options.add(Option.of("data", Option.Kind.FILE, "CSV file of a finite distribution with scores"));
        options.add(Option.of("p", Option.Kind.LIST, "columns of the class probabilities; default p1..pK"));
        options.add(
                Option.of("scores", Option.Kind.LIST, "columns of the scores; default h1..hK, or f for a margin loss"));
        options.add(Option.of(
                "weight", Option.Kind.TEXT, "column of the weights; default 'weight' if there is one, else equal"));
        options.add(Option.flag("plug-in", "the probabilities are estimates: label the result"));
        options.add(Option.separator());
        return options;
    }

    @Override
    public String example() {
        return "verity h-consistency check --loss cross-entropy --classes 3 --gamma \"sqrt(r)\"";
    }

    @Override
    public Outcome run(Inputs inputs) {
        Arguments.require(
                !(inputs.isGiven("gamma") && inputs.isGiven("psi")), "give either --gamma or --psi, and not both");
        return inputs.isGiven("data") ? onData(inputs) : attack(inputs);
    }

    private static @Nullable Candidate candidate(Inputs inputs, NamedLoss loss) {
        if (inputs.isGiven("gamma")) {
            String text = inputs.text("gamma");
            return Candidate.gamma(text, Formula.parse("gamma", text, "r", loss));
        }
        if (inputs.isGiven("psi")) {
            String text = inputs.text("psi");
            return Candidate.psi(text, Formula.parse("psi", text, "t", loss));
        }
        return null;
    }

    // ---- the search

    private static Outcome attack(Inputs inputs) {
        Arguments.require(
                !inputs.isGiven("massart"),
                "--massart restricts the distributions and is checked with --data; without it the bound is false");
        for (String option : List.of("p", "scores", "weight", "plug-in")) {
            Arguments.require(
                    !inputs.isGiven(option) || (option.equals("plug-in") && !inputs.flag(option)),
                    "--%s goes with --data",
                    option);
        }
        NamedLoss loss = NamedLoss.of(inputs, 0);
        Candidate own = candidate(inputs, loss);
        Transform known = loss.transform(inputs).orElse(null);
        Candidate attacked = own != null
                ? own
                : loss.claimed(inputs)
                        .map(Candidate::of)
                        .orElseThrow(() -> new IllegalArgumentException("no bound exists for "
                                + loss.surrogate().name() + " with " + loss.classes()
                                + " classes; give one to attack with --gamma or --psi"));
        long seed = inputs.seed() == null ? 1 : inputs.seed();
        Verification v =
                HConsistency.verify(loss.surrogate(), loss.classes(), attacked, inputs.integer("restarts"), seed);
        Counterexample shown = v.counterexample().orElse(null);
        Outcome.Builder outcome = Outcome.of("h-consistency check").options(inputs.effective());
        outcome.result("verdict", v.survived() ? "SURVIVED" : "REFUTED")
                .result("candidate", attacked.toString())
                .result("loss", v.loss())
                .result("classes", v.classes())
                .result("ratio", v.ratio())
                .result("examined", v.examined());
        if (inputs.isGiven("gamma") && endsSomewhere(inputs, loss)) {
            outcome.warning("the candidate is not a number for some r up to 10, where it was taken to claim nothing");
        }
        if (shown == null) {
            outcome.missing("counterexample", "none was found")
                    .result("closest", v.closest())
                    .warning("a candidate that survives a search is not proved");
        } else {
            outcome.result("counterexample", map(shown)).table(shown.toTable());
        }
        outcome.figure(RegretPairs.figure(loss.surrogate(), loss.classes(), known, own, shown, seed));
        return outcome.summary(words(v, shown))
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    private static boolean endsSomewhere(Inputs inputs, NamedLoss loss) {
        DoubleUnaryOperator gamma = Formula.parse("gamma", inputs.text("gamma"), "r", loss);
        return DoubleStream.of(0.01, 0.1, 0.5, 1, 1.5, 2, 3, 5, 10).anyMatch(r -> Double.isNaN(gamma.applyAsDouble(r)));
    }

    private static String words(Verification v, @Nullable Counterexample shown) {
        if (shown == null) {
            return String.format(
                    Locale.ROOT,
                    "%s, K = %d: %s SURVIVED %d instances; that is no proof%nlargest left side over right side %.9g at %s",
                    v.loss(),
                    v.classes(),
                    v.candidate(),
                    v.examined(),
                    v.ratio(),
                    v.closest());
        }
        StringBuilder words = new StringBuilder(
                String.format(Locale.ROOT, "%s, K = %d: %s is REFUTED%n", v.loss(), v.classes(), v.candidate()));
        words.append(shown.describe().replace("; weight", "\n  weight")).append('\n');
        words.append(String.format(
                Locale.ROOT,
                "E dC_01 = %.6g, E dC_l = %.6g%n%s%nconfirmed in %s",
                shown.zeroOneRegret(),
                shown.surrogateRegret(),
                shown.sides(),
                shown.precision()));
        return words.toString();
    }

    /** A counterexample for the machine. */
    static Map<String, Object> map(Counterexample c) {
        Map<String, Object> entry = new LinkedHashMap<>();
        List<Object> p = new ArrayList<>();
        double[] weights = new double[c.distribution().size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = c.distribution().weight(i);
            p.add(c.distribution().p(i));
        }
        entry.put("n", weights.length);
        entry.put("weights", weights);
        entry.put("p", p);
        entry.put("scores", new ArrayList<Object>(c.scores()));
        entry.put("zeroOneRegret", c.zeroOneRegret());
        entry.put("surrogateRegret", c.surrogateRegret());
        entry.put("left", c.left());
        entry.put("right", c.right());
        entry.put("ratio", c.ratio());
        entry.put("precision", c.precision());
        return entry;
    }

    // ---- a given distribution

    private static Outcome onData(Inputs inputs) {
        DataReader reader = DataReader.withDefaults().withSeparator(inputs.text("sep"));
        DataTable table = reader.read(inputs.file("data"));
        List<String> p = columns(inputs, table, "p", "p");
        NamedLoss loss = NamedLoss.of(inputs, p.size());
        List<String> h = scoreColumns(inputs, table, loss);
        double[] weights = weights(inputs, table);
        FiniteDistribution distribution = FiniteDistribution.of(weights, table.matrix(p));
        double[][] scores = scores(table.matrix(h), loss);
        Transform transform = loss.claimed(inputs).orElse(null);
        Candidate own = candidate(inputs, loss);
        if (transform == null && own == null) {
            throw new IllegalArgumentException(
                    "no bound exists for " + loss.surrogate().name() + " with " + loss.classes()
                            + " classes; give one to check with --gamma or --psi");
        }
        HConsistencyReport report = HConsistency.check(
                distribution, loss.surrogate(), scores, transform == null ? new Anything() : transform);
        Outcome.Builder outcome = Outcome.of("h-consistency check")
                .data(table.facts())
                .options(inputs.effective())
                .result("loss", report.loss())
                .result("classes", loss.classes())
                .result("zeroOneRegret", report.zeroOneRegret())
                .result("surrogateRisk", report.surrogateRisk())
                .result("meanConditionalOptimum", report.meanConditionalOptimum())
                .result("surrogateRegret", report.surrogateRegret());
        boolean holds = report.holds();
        double left = report.zeroOneRegret();
        double right = report.gamma();
        double ratio = report.ratio();
        if (own != null) {
            left = own.left(report.zeroOneRegret());
            right = own.right(report.surrogateRegret());
            ratio = own.ratio(report.zeroOneRegret(), report.surrogateRegret());
            holds = ratio <= SLACK;
            outcome.result("candidate", own.toString()).result("left", left).result("right", right);
        }
        if (transform == null) {
            outcome.missing("gamma", "no bound exists for this loss")
                    .missing("pointwiseBound", "no bound exists for this loss");
        } else {
            outcome.result("gamma", report.gamma()).result("pointwiseBound", report.pointwiseBound());
        }
        String label = inputs.flag("plug-in") ? PLUG_IN : "exact for this distribution";
        outcome.result("ratio", ratio).result("holds", holds).result("label", label);
        outcome.warning(
                inputs.flag("plug-in")
                        ? PLUG_IN + ": estimated probabilities give an estimate of both sides"
                        : "exact only if the probabilities are the true ones; estimates (--plug-in) give a " + PLUG_IN);
        outcome.table(report.toTable());
        if (loss.classes() <= 12) {
            outcome.figure(RegretPairs.marking(loss.surrogate(), loss.classes(), transform, own, report, 1));
        }
        return outcome.summary(String.format(
                        Locale.ROOT,
                        "%s, %d points, K = %d (%s)%nE dC_01 = %.6g, E dC_l = %.6g%n%s: %.6g %s %.6g, ratio %.6g%s",
                        report.loss(),
                        distribution.size(),
                        loss.classes(),
                        label,
                        report.zeroOneRegret(),
                        report.surrogateRegret(),
                        own == null ? "known bound" : own.toString(),
                        left,
                        holds ? "<=" : ">",
                        right,
                        ratio,
                        transform == null
                                ? ""
                                : String.format(Locale.ROOT, "%nbound point by point: %.6g", report.pointwiseBound())))
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    /** Stands in where no transform exists and a candidate is checked instead. */
    private record Anything() implements Transform {
        @Override
        public double psi(double t) {
            return 0;
        }

        @Override
        public double gamma(double r) {
            return 1;
        }

        @Override
        public boolean tight() {
            return false;
        }

        @Override
        public String formula() {
            return "0";
        }
    }

    private static List<String> columns(Inputs inputs, DataTable table, String option, String prefix) {
        if (inputs.isGiven(option)) {
            return table.select(inputs.text(option));
        }
        List<String> found = new ArrayList<>();
        while (table.names().contains(prefix + (found.size() + 1))) {
            found.add(prefix + (found.size() + 1));
        }
        Arguments.require(
                !found.isEmpty(),
                "%s has no columns %s1, %s2, ...; name them with --%s (columns: %s)",
                table.file(),
                prefix,
                prefix,
                option,
                String.join(", ", table.names()));
        return found;
    }

    private static List<String> scoreColumns(Inputs inputs, DataTable table, NamedLoss loss) {
        boolean margin = loss.margin() != null;
        if (margin && !inputs.isGiven("scores") && table.names().contains("f")) {
            return List.of("f");
        }
        List<String> names = columns(inputs, table, "scores", "h");
        Arguments.require(
                names.size() == loss.classes() || (margin && names.size() == 1),
                "there are %d columns of scores and %d classes",
                names.size(),
                loss.classes());
        return names;
    }

    private static double[][] scores(double[][] columns, NamedLoss loss) {
        double[][] scores = columns;
        if (columns[0].length == 1) {
            scores = Arrays.stream(columns)
                    .map(row -> new double[] {-row[0] / 2, row[0] / 2})
                    .toArray(double[][]::new);
        }
        for (int i = 0; i < scores.length; i++) {
            double[] allowed = loss.surrogate().allow(scores[i].clone());
            boolean margin = loss.margin() != null;
            for (int k = 0; k < allowed.length; k++) {
                double excess = margin
                        ? Math.abs(scores[i][1] - scores[i][0]) - Math.abs(allowed[1] - allowed[0])
                        : Math.abs(scores[i][k] - allowed[k]);
                Arguments.require(
                        excess <= 1e-12 * Math.max(1, Math.abs(allowed[k])),
                        "the scores of row %d lie outside the bounds of %s",
                        i + 1,
                        loss.surrogate().name());
            }
        }
        return scores;
    }

    private static double[] weights(Inputs inputs, DataTable table) {
        String name = inputs.isGiven("weight")
                ? table.resolve(inputs.text("weight"))
                : table.names().contains("weight") ? "weight" : "";
        if (name.isEmpty()) {
            double[] equal = new double[table.rows()];
            Arrays.fill(equal, 1.0 / table.rows());
            return equal;
        }
        return table.numbers(name);
    }
}
