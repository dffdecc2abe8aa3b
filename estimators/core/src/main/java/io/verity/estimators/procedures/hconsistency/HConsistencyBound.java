package io.verity.estimators.procedures.hconsistency;

import io.verity.estimators.hconsistency.Candidate;
import io.verity.estimators.hconsistency.Counterexample;
import io.verity.estimators.hconsistency.ExactPsi;
import io.verity.estimators.hconsistency.HConsistency;
import io.verity.estimators.hconsistency.RegretPairs;
import io.verity.estimators.hconsistency.Transform;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.Arguments;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code h-consistency bound}: how large the excess 0-1 error can be at a given surrogate excess. */
public final class HConsistencyBound implements Procedure {
    static final String CAVEAT =
            "the bound is about regrets (risk minus the best conditional risk), which are known for distributions"
                    + " with known class probabilities; on real data the surrogate regret is unknown and r is your assumption";
    private static final int MOST_CLASSES = 12;

    /** For the service loader. */
    public HConsistencyBound() {}

    @Override
    public List<String> command() {
        return List.of("h-consistency", "bound");
    }

    @Override
    public String summary() {
        return "The largest excess 0-1 error that a surrogate loss allows at a given surrogate excess";
    }

    @Override
    public String description() {
        return "Computes Gamma(r): whatever the distribution and the scores, a surrogate regret of r allows a zero-one regret of at most"
                + " Gamma(r). Comp-sum losses (Mao, Mohri and Zhong 2023) for K classes and scores without bounds; binary margin"
                + " losses with scores in [-A, A] (Awasthi, Mao, Mohri and Zhong 2022), and their linear bound under Massart's"
                + " condition |eta - 1/2| >= g; the constrained hinge. Logarithms are natural. For Crammer-Singer and"
                + " Weston-Watkins hinges no bound exists with three or more classes: a counterexample is shown instead. 'tight'"
                + " says whether a distribution is known to attain the bound at this point; where none is, exactPsi shows what the"
                + " worst distribution found needs.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(NamedLoss.options());
        options.add(Option.of("regret", Option.Kind.NUMBER, "surrogate regret r, at least 0"));
        options.add(
                Option.of("zero-one", Option.Kind.NUMBER, "zero-one regret t in [0, 1] instead of r: prints Psi(t)"));
        options.add(
                Option.of("massart", Option.Kind.NUMBER, "g of Massart's condition |eta(x) - 1/2| >= g, in (0, 1/2]"));
        return options;
    }

    @Override
    public String example() {
        return "verity h-consistency bound --loss comp-sum --tau 1 --classes 10 --regret 0.02";
    }

    @Override
    public Outcome run(Inputs inputs) {
        Arguments.require(
                inputs.isGiven("regret") != inputs.isGiven("zero-one"),
                "give either --regret r or --zero-one t, and not both");
        NamedLoss loss = NamedLoss.of(inputs, 0);
        double given = inputs.isGiven("regret")
                ? checkedRegret(inputs.number("regret"))
                : checkedZeroOne(inputs.number("zero-one"));
        Outcome.Builder outcome = Outcome.of("h-consistency bound").options(inputs.effective());
        outcome.result("loss", loss.surrogate().name()).result("classes", loss.classes());
        Optional<Transform> transform = loss.transform(inputs);
        if (transform.isEmpty()) {
            return withoutBound(inputs, loss, outcome);
        }
        Transform known = transform.orElseThrow();
        double gamma = inputs.isGiven("regret") ? known.gamma(given) : given;
        double psi = known.psi(gamma);
        boolean tight = known.tightAt(gamma);
        outcome.result("gamma", gamma)
                .result("transform", psi)
                .result("tight", tight)
                .result("regret", inputs.isGiven("regret") ? given : psi)
                .result("simpleBound", known.simpleBound(inputs.isGiven("regret") ? given : psi))
                .result("formula", known.formula());
        String exactly = exact(inputs, loss, outcome, gamma, psi);
        outcome.table(table(known));
        outcome.figure(RegretPairs.figure(
                loss.surrogate(), loss.classes(), known, null, null, inputs.seed() == null ? 1 : inputs.seed()));
        outcome.warning(CAVEAT);
        String first = inputs.isGiven("regret")
                ? String.format(Locale.ROOT, "Gamma(%s) = %.6f", text(given), gamma)
                : String.format(Locale.ROOT, "Psi(%s) = %.9g", text(given), psi);
        return outcome.summary(String.format(
                        Locale.ROOT,
                        "%s, K = %d: %s (%s)%nPsi(t) = %s%s",
                        loss.surrogate().name(),
                        loss.classes(),
                        first,
                        tight ? "tight: a distribution attains it" : "not known to be attained",
                        known.formula(),
                        exactly))
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    private static double checkedRegret(double r) {
        Arguments.require(r >= 0, "the surrogate regret r (--regret) must be at least 0, but is %s", r);
        return r;
    }

    private static double checkedZeroOne(double t) {
        Arguments.require(t >= 0 && t <= 1, "the zero-one regret t (--zero-one) must lie in [0, 1], but is %s", t);
        return t;
    }

    /** What the worst distribution needs at this zero-one regret, found by search. */
    private static String exact(Inputs inputs, NamedLoss loss, Outcome.Builder outcome, double gamma, double psi) {
        if (inputs.isGiven("massart") || loss.classes() > MOST_CLASSES || gamma == 0) {
            outcome.missing(
                    "exactPsi", "searched for unconstrained distributions of at most 12 classes and t > 0 only");
            return "";
        }
        double exact = ExactPsi.of(loss.surrogate(), loss.classes(), 1).psi(gamma);
        outcome.result("exactPsi", exact);
        return exact > psi * (1 + 1e-6)
                ? String.format(
                        Locale.ROOT,
                        "%nthe worst distribution found has surrogate regret %.6g at this 0-1 regret, %.4g times Psi",
                        exact,
                        exact / psi)
                : "";
    }

    private static ResultTable table(Transform transform) {
        ResultTable.Builder table = ResultTable.named("transform", "The transform: Psi(t) = " + transform.formula())
                .number("t", "0-1 regret t", "")
                .number("psi", "Ψ(t)", "")
                .column(new ResultTable.Column("tight", "attained", "", ResultTable.Kind.BOOLEAN, null));
        for (double t : new double[] {0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1}) {
            table.row(t, transform.psi(t), transform.tightAt(t));
        }
        return table.build();
    }

    private static Outcome withoutBound(Inputs inputs, NamedLoss loss, Outcome.Builder outcome) {
        String why = "no bound that tends to 0 with r exists for this loss with " + loss.classes() + " classes";
        Counterexample shown = HConsistency.verify(
                        loss.surrogate(), loss.classes(), Candidate.gamma("1000 r", r -> 1000 * r), 20, 1)
                .counterexample()
                .orElseThrow(() -> new IllegalStateException(
                        "no counterexample was found for " + loss.surrogate().name()));
        outcome.missing("gamma", why).missing("transform", why).missing("tight", why);
        outcome.result("counterexample", HConsistencyCheck.map(shown)).table(shown.toTable());
        outcome.figure(RegretPairs.figure(loss.surrogate(), loss.classes(), null, null, shown, 1));
        outcome.warning(why);
        return outcome.summary(loss.surrogate().name() + ", K = " + loss.classes() + ": " + why + "\n"
                        + String.format(
                                Locale.ROOT,
                                "0-1 regret %.6g at surrogate regret %.6g (%s); the surrogate regret goes to 0 with"
                                        + " the preference for the wrong class, the 0-1 regret stays",
                                shown.zeroOneRegret(),
                                shown.surrogateRegret(),
                                shown.describe()))
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    private static String text(double value) {
        return value == StrictMath.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
