package io.verity.papers.largestep;

import io.verity.estimators.largestep.Bounds;
import io.verity.estimators.largestep.GordanCertificate;
import io.verity.estimators.largestep.Instances;
import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.Variant;
import io.verity.papers.evidence.Controls;
import io.verity.papers.evidence.Numbers;
import io.verity.papers.largestep.SeparationTime.Method;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** LS-03, LS-04, LS-06, LS-07: bounds of the number of iterations to separation. */
final class SeparationBoundClaims {
    private static final double[] STEP_SIZES = {.1, 1, 100, 1e4};
    private static final List<String> SHOWN = List.of("worst1000", "sepA", "digits38");
    private static final double SEARCHED = 100;
    private static final int CAP_WITHOUT_HOPE = 10_000;

    private SeparationBoundClaims() {}

    static ClaimBuilder batchPerceptron() {
        return Claims.claim("large-step/LS-03")
                .from(Sources.TYURIN.at("Theorem 3.3"))
                .title("The batch perceptron separates within nR²/μ² iterations")
                .states("On separable data the batch perceptron separates within \\(nR^2/\\mu^2\\) iterations.")
                .verifiedBy(context -> perceptrons(
                        context, (i, gamma) -> Bounds.batchPerceptron(i.n(), i.radius(), i.mu()), Method.BATCH))
                .control(
                        "Without the factor n",
                        "The batch perceptron separates within \\(R^2/\\mu^2\\) iterations.",
                        Controls.bare(context -> SeparationTime.record(List.of(SeparationTime.of(
                                        Method.BATCH, Instance.named("worst1000"), SeparationBoundClaims::novikoff)))
                                .verdict()));
    }

    static ClaimBuilder perceptronAndNormalized() {
        return Claims.claim("large-step/LS-04")
                .from(Sources.TYURIN.at("Theorems 5.2 and 5.3"))
                .title("Perceptron and normalized perceptron: R²/μ² iterations")
                .states(
                        "On separable data the perceptron (either choice of mistake) and the normalized batch perceptron"
                                + " separate within \\(R^2/\\mu^2\\) iterations.")
                .verifiedBy(context -> perceptrons(
                        context, SeparationBoundClaims::novikoff, Method.NORMALIZED, Method.FIRST, Method.WORST))
                .control(
                        "A tenth of the bound",
                        "The perceptron separates within \\(0.1\\,R^2/\\mu^2\\) iterations.",
                        Controls.bare(context -> SeparationTime.record(List.of(SeparationTime.of(
                                        Method.FIRST, Instance.named("sepA"), (i, gamma) -> 0.1 * novikoff(i, gamma))))
                                .verdict()));
    }

    static ClaimBuilder normalizedDescent() {
        return Claims.claim("large-step/LS-06")
                .from(Sources.TYURIN.at("Theorem 6.1"))
                .title("Normalized descent: a separation bound free of n")
                .states("Normalized gradient descent separates within"
                        + " \\(R^2/\\mu^2+2\\log(2n-1)/(\\gamma\\mu^2)\\) iterations at every step size \\(\\gamma\\).")
                .verifiedBy(context -> descent(context, Variant.NORMALIZED, SeparationBoundClaims::normalized))
                .control(
                        "The same bound for plain gradient descent",
                        "Plain gradient descent separates within"
                                + " \\(R^2/\\mu^2+2\\log(2n-1)/(\\gamma\\mu^2)\\) iterations.",
                        Controls.bare(context -> SeparationTime.record(List.of(SeparationTime.of(
                                        context,
                                        Variant.GD,
                                        100,
                                        Instance.named("worst1000"),
                                        SeparationBoundClaims::normalized)))
                                .verdict()));
    }

    static ClaimBuilder anyStep() {
        return Claims.claim("large-step/LS-07")
                .from(Sources.TYURIN.derivedFrom("the argument of Theorem 6.1, for plain gradient descent"))
                .title("Gradient descent separates at any step size")
                .states("On separable data gradient descent separates within"
                        + " \\(2n\\,[R^2/\\mu^2+2\\log(2n-1)/(\\gamma\\mu^2)]\\) iterations at every step size"
                        + " \\(\\gamma\\).")
                .verifiedBy(context ->
                        descent(context, Variant.GD, (i, gamma) -> Bounds.gdAnyStep(i.n(), i.radius(), i.mu(), gamma)))
                .control(
                        "The same on data that are not separable",
                        "Gradient descent separates the data +1 (three times), -1 (once) at every step size.",
                        context -> separatesAnyway(context));
    }

    private static double novikoff(Instance instance, double stepSize) {
        return Bounds.novikoff(instance.radius(), instance.mu());
    }

    private static double normalized(Instance instance, double stepSize) {
        return Bounds.normalizedGd(instance.n(), instance.radius(), instance.mu(), stepSize);
    }

    static Verdict perceptrons(ClaimContext context, SeparationTime.Bound bound, Method... methods) {
        List<Instance> instances = new ArrayList<>(Instance.allNamed(context));
        instances.addAll(Instance.drawn(context, context.full() ? 500 : 20));
        List<SeparationTime> runs = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Method method : methods) {
            runs.addAll(context.map(instances, i -> SeparationTime.of(method, i, bound)));
            SmallData.Worst worst =
                    SmallData.worst(context, i -> SeparationTime.of(method, i, bound), searchSteps(context));
            runs.add(worst.run());
            notes.add(worst.note(worst.run().method()));
        }
        Always record = SeparationTime.record(runs);
        notes.forEach(record::note);
        return record.verdict();
    }

    private static int searchSteps(ClaimContext context) {
        return context.full() ? 2000 : 200;
    }

    private record Run(Instance instance, double stepSize) {}

    static Verdict descent(ClaimContext context, Variant variant, SeparationTime.Bound bound) {
        List<Instance> instances = new ArrayList<>(Instance.allNamed(context));
        if (context.full()) {
            instances.addAll(Instance.drawn(context, 200));
        }
        List<Run> tasks = instances.stream()
                .flatMap(i -> Arrays.stream(STEP_SIZES).mapToObj(gamma -> new Run(i, gamma)))
                .toList();
        List<SeparationTime> runs = new ArrayList<>(context.map(
                tasks, task -> SeparationTime.of(context, variant, task.stepSize(), task.instance(), bound)));
        SmallData.Worst worst = SmallData.worst(
                context, i -> SeparationTime.of(context, variant, SEARCHED, i, bound), searchSteps(context));
        runs.add(worst.run());
        return SeparationTime.record(runs)
                .note(worst.note(variant.id() + ", gamma=" + Numbers.text(SEARCHED)))
                .figure(againstStepSize(runs))
                .verdict();
    }

    private static Figure againstStepSize(List<SeparationTime> runs) {
        Figure.Builder figure = Figure.named(
                        "separation-against-step",
                        "Iterations to separation against the step size",
                        Axis.log10("step size γ"),
                        Axis.log10("iterations"))
                .caption("Three data sets. Small steps: inversely proportional. Large steps: a plateau, which is the"
                        + " perceptron's. The bound lies above both.");
        for (String name : SHOWN) {
            List<SeparationTime> those =
                    runs.stream().filter(r -> r.instance().name().equals(name)).toList();
            double[] gammas =
                    those.stream().mapToDouble(SeparationTime::stepSize).toArray();
            figure.layer(
                    Mark.LINE,
                    "bound",
                    name,
                    gammas,
                    those.stream().mapToDouble(SeparationTime::bound).toArray());
            double[] times = those.stream()
                    .mapToDouble(r -> r.separatedAt().orElse(r.iterations()))
                    .toArray();
            figure.layer(Mark.LINE, "iterations to separation", name, gammas, times);
            figure.layer(Mark.POINT, "iterations to separation", name, gammas, times);
        }
        return figure.build();
    }

    /** Capped runs alone would decide nothing; the Gordan certificate shows that they can never separate. */
    private static Verdict separatesAnyway(ClaimContext context) {
        Instance data = Instance.of("+1 (3 times), -1", Instances.oneD(new double[] {1, -1}, new int[] {3, 1}));
        GordanCertificate certificate = data.margin().certificate();
        Always record = Instance.describe(Always.of("step sizes at which no iterate separates"), List.of(data));
        for (double gamma : STEP_SIZES) {
            boolean separated = LargeStepLogistic.withDefaults()
                    .with(context.backend())
                    .withStepSize(gamma)
                    .withMaxIterations(CAP_WITHOUT_HOPE)
                    .fit(data.data())
                    .separatedAt()
                    .isPresent();
            String label = data.name() + ", gamma=" + Numbers.text(gamma);
            String seen = separated ? "separated" : "not separated within " + CAP_WITHOUT_HOPE + " iterations";
            if (separated || certificate != null) {
                record.holds(label, separated, seen + "; " + certificate);
            } else {
                record.undecided(label, seen);
            }
        }
        return record.verdict();
    }
}
