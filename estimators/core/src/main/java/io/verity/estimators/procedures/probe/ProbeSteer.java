package io.verity.estimators.procedures.probe;

import io.verity.estimators.data.NumpyFiles;
import io.verity.estimators.probe.Directions;
import io.verity.estimators.probe.LinearProbe;
import io.verity.estimators.probe.MinimalEdit;
import io.verity.estimators.probe.ProbeFile;
import io.verity.estimators.probe.Raptor;
import io.verity.estimators.probe.Steering;
import io.verity.estimators.probe.SteeringTrial;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import io.verity.stats.IoReason;
import io.verity.stats.losses.LogisticLoss;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import io.verity.stats.result.Rounded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** {@code verity probe steer}: how far each state must move to a target probability. */
public final class ProbeSteer implements Procedure {
    private static final String EDIT = "edit";
    private static final String COVARIANCE = "covariance";
    private static final int SHOWN = 200;
    private static final Pattern LAYER = Pattern.compile("layer[-_]?\\d+");

    /** For the service loader. */
    public ProbeSteer() {}

    @Override
    public List<String> command() {
        return List.of("probe", "steer");
    }

    @Override
    public String summary() {
        return "Moves hidden states along a saved probe until it gives them a target probability";
    }

    @Override
    public String description() {
        return "For every row of states the strength alpha along the probe's concept vector that takes its probability of class 1 to the"
                + " target, exactly and by the shortest way: alpha = (logit(target) - z)/|w|. Rows that are past the target already stay where"
                + " they are (--edit exact moves all). --covariance goes along directions in which states vary; it and the test by an"
                + " independent probe need --label. Success under the probe that steers is a tautology: with --label, two probes fitted on"
                + " halves of the rows say what another probe makes of it.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(ProbeData.options(false));
        options.add(Option.required("probe", Option.Kind.FILE, "probe saved by 'fit probe --save'"));
        options.add(Option.required("target", Option.Kind.NUMBER, "probability of class 1 wanted, inside (0, 1)"));
        options.add(Option.choice(
                EDIT,
                ProbeOptions.names(MinimalEdit.values()),
                "one-sided",
                "which rows are moved: those that are not past the target (at 0.5 nothing is past it: all), or all"));
        options.add(Option.flag(COVARIANCE, "steer along S w, S the covariance inside classes (needs --label)"));
        options.add(Option.of("save-states", Option.Kind.TEXT, "write the steered states to this .npy file"));
        options.addAll(ProbeData.splitOptions());
        options.addAll(ProbeOptions.raptor());
        return options;
    }

    @Override
    public String example() {
        return "verity probe steer --data examples/data/digits_3_vs_8.csv --label label --probe digits.json --target 0.99";
    }

    @Override
    public Outcome run(Inputs inputs) {
        ProbeFile file = ProbeFile.load(inputs.file("probe"));
        LinearProbe probe = file.probe();
        double target = Arguments.fraction("the target probability", inputs.number("target"));
        ProbeData data = ProbeData.read(inputs, false);
        boolean labelled = data.y().length > 0;
        DMatrixRMaj x = states(data, file);
        MinimalEdit edit = MinimalEdit.valueOf(ProbeOptions.constant(inputs.text(EDIT)));
        Steering steering = Steering.along(probe).with(edit);
        if (inputs.flag(COVARIANCE)) {
            Arguments.require(labelled, "--covariance needs --label: it is taken inside classes");
            steering = steering.withCovariance(x, data.y(), data.splitOrThrow().pool());
        }
        double[] before = probe.scores(x);
        double[] alphas = steering.alphas(x, target);
        DMatrixRMaj steered = steering.add(x, alphas);
        double[] after = probe.scores(steered);
        Outcome.Builder outcome = Outcome.of("probe-steer")
                .data(data.facts())
                .options(inputs.effective())
                .result("probability", probabilities(before))
                .result("alpha", alphas)
                .result("steeredProbability", probabilities(after))
                .result("moved", Arrays.stream(alphas).filter(a -> a != 0).count())
                .result("success", Steering.success(probe, steered, target))
                .result("direction", steering.direction())
                .table(rows(before, alphas, after));
        data.warnings().forEach(outcome::warning);
        file.result().ifPresent(fit -> {
            if (fit.test().rows() > 0 && fit.testAccuracy() <= Steering.LAYER_GATE) {
                outcome.warning("the test accuracy of the probe, " + Rounded.to(fit.testAccuracy(), 4)
                        + ", is not above " + Steering.LAYER_GATE + ": by the paper's rule its layer is not steered");
            }
        });
        otherLayer(data, file).ifPresent(outcome::warning);
        List<String> lines = new ArrayList<>();
        lines.add(summary(data, file, target, alphas));
        if (labelled) {
            crossProbe(inputs, data, x, edit, target, outcome).ifPresent(lines::add);
        } else {
            outcome.missing("crossProbe", "no --label: another probe cannot be fitted");
        }
        inputs.optionalText("save-states").ifPresent(path -> lines.add(save(Path.of(path), steered)));
        return outcome.summary(String.join("\n", lines))
                .build(Provenance.here(inputs.backend().info().id(), labelled ? ProbeOptions.seed(inputs) : null));
    }

    /** What probes fitted on halves of the rows make of the steering; too few rows for them do not stop the steering. */
    private static Optional<String> crossProbe(
            Inputs inputs, ProbeData data, DMatrixRMaj x, MinimalEdit edit, double target, Outcome.Builder outcome) {
        Raptor raptor = ProbeOptions.raptor(inputs, data);
        try {
            SteeringTrial trial = SteeringTrial.of(
                    Directions.tuned(raptor),
                    x,
                    data.y(),
                    data.splitOrThrow(),
                    edit,
                    target,
                    ProbeOptions.seed(inputs));
            outcome.result("crossProbe", map(trial)).table(trial.toTable()).figure(ProbeFigures.steering(trial));
            return Optional.of(trial.toString());
        } catch (EstimationException e) {
            outcome.missing("crossProbe", String.valueOf(e.getMessage()));
            outcome.warning("no other probe judges the steering: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The rows the probe was made for: its columns by name where it has names, else the one layer given. */
    private static DMatrixRMaj states(ProbeData data, ProbeFile file) {
        int layers = data.layers().layers();
        int layer = layers == 1
                ? 0
                : file.name("layer").map(data.layers().names()::indexOf).orElse(-1);
        Arguments.require(
                layer >= 0,
                "the probe is of layer '%s', which is not among the %d layers; choose one with --layers",
                file.name("layer").orElse("(unnamed)"),
                layers);
        DMatrixRMaj x = data.layers().load(layer);
        if (!file.features().isEmpty()
                && !data.features().isEmpty()
                && !data.features().equals(file.features())) {
            return columns(x, data.features(), file.features());
        }
        Arguments.require(
                x.getNumCols() == file.probe().columns(),
                "the probe has %d weights, but the states have %d columns",
                file.probe().columns(),
                x.getNumCols());
        return x;
    }

    /** States of one layer and a probe of another fit by their width alone; the names tell. */
    private static Optional<String> otherLayer(ProbeData data, ProbeFile file) {
        String given = data.layers().names().get(0).replaceFirst("\\.npy$", "");
        return file.name("layer")
                .filter(made -> data.layers().layers() == 1
                        && LAYER.matcher(made).matches()
                        && LAYER.matcher(given).matches()
                        && !made.equals(given))
                .map(made -> "the probe is of " + made + ", but the states are of " + given);
    }

    private static DMatrixRMaj columns(DMatrixRMaj x, List<String> have, List<String> wanted) {
        int[] at = wanted.stream().mapToInt(have::indexOf).toArray();
        for (int j = 0; j < at.length; j++) {
            Arguments.require(at[j] >= 0, "the data lack the probe's column '%s'", wanted.get(j));
        }
        DMatrixRMaj picked = new DMatrixRMaj(x.getNumRows(), at.length);
        for (int i = 0; i < x.getNumRows(); i++) {
            for (int j = 0; j < at.length; j++) {
                picked.set(i, j, x.get(i, at[j]));
            }
        }
        return picked;
    }

    private static double[] probabilities(double[] scores) {
        return Arrays.stream(scores).map(z -> LogisticLoss.sigmoidNegative(-z)).toArray();
    }

    private static ResultTable rows(double[] before, double[] alphas, double[] after) {
        ResultTable.Builder table = ResultTable.named("rows", "Rows and their strengths")
                .integer("row", "row", "")
                .number("probability", "probability before", "")
                .number("alpha", "strength", "")
                .number("steeredProbability", "probability after", "");
        IntStream.range(0, Math.min(SHOWN, before.length))
                .forEach(i -> table.row(i + 1, probabilities(before)[i], alphas[i], probabilities(after)[i]));
        if (before.length > SHOWN) {
            table.note("The first " + SHOWN + " of " + before.length + " rows; --json has all.");
        }
        return table.build();
    }

    private static String summary(ProbeData data, ProbeFile file, double target, double[] alphas) {
        double[] moved = Arrays.stream(alphas)
                .filter(a -> a != 0)
                .map(Math::abs)
                .sorted()
                .toArray();
        String text = data.describe() + "\n" + file.probe() + " to probability " + Rounded.to(target, 6) + " of "
                + file.name("positive").orElse("class 1") + ": " + moved.length + " rows moved";
        return moved.length == 0
                ? text
                : text + ", by " + Rounded.to(moved[moved.length / 2], 4) + " in the median and at most "
                        + Rounded.to(moved[moved.length - 1], 4);
    }

    private static String save(Path path, DMatrixRMaj states) {
        try {
            NumpyFiles.write(path, states);
            return "steered states: " + path;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write " + path + ": " + IoReason.of(e), e);
        }
    }

    static Map<String, @Nullable Object> map(SteeringTrial trial) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("target", trial.target());
        map.put("rows", (long) trial.rows());
        map.put("moved", (long) trial.moved());
        map.put("success", trial.success());
        map.put("successBefore", trial.successBefore());
        map.put("crossSuccess", trial.crossSuccess());
        map.put("crossBefore", trial.crossBefore());
        map.put("crossSide", trial.crossSide());
        map.put("crossSideBefore", trial.crossSideBefore());
        map.put("crossMedianProbability", trial.crossMedian());
        map.put("cosine", trial.cosine());
        map.put("strength", trial.curveStrength());
        map.put("successCurve", trial.curveSuccess());
        map.put("crossCurve", trial.curveCross());
        map.put("crossSideCurve", trial.curveSide());
        return map;
    }
}
