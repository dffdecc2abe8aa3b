package io.verity.estimators.procedures.r3d;

import io.verity.estimators.data.ObservationReader;
import io.verity.estimators.data.Observations;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Progress;
import io.verity.estimators.r3d.QuantileMatrix;
import io.verity.estimators.r3d.UnitSamples;
import io.verity.stats.quantiles.QuantileType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A user's file of observations in units, reduced to quantiles: the options that describe it, and what they make of it.
 *
 * @param matrix quantiles of the units, with treatment, clusters and weights
 * @param facts for the {@code data} part of an outcome
 * @param warnings what the user should know about the data though it is no error
 * @param description one line for the terminal
 */
record TwoLevelData(QuantileMatrix matrix, Map<String, Object> facts, List<String> warnings, String description) {
    private static final int REPORTED_UNITS = 256;
    private static final int SHOWN = 5;
    private static final Set<String> FILE = Set.of("data", "unit", "x", "z", "sep", "drop-missing");

    /** The options that describe the file. */
    static List<Option> options() {
        return List.of(
                Option.required(
                        "data",
                        Option.Kind.FILE,
                        "CSV file with a header row (perhaps gzipped), one row per observation, units in any order"),
                Option.required("unit", Option.Kind.TEXT, "column that names the unit: name or 1-based position"),
                Option.required("x", Option.Kind.TEXT, "column of the running variable, constant within a unit"),
                Option.required("z", Option.Kind.TEXT, "column of the observed outcome"),
                Option.of("weight", Option.Kind.TEXT, "column of sampling weights of the observations"),
                Option.of(
                        "treat",
                        Option.Kind.TEXT,
                        "column of the treatment (0 or 1, constant within a unit): makes the design fuzzy"),
                Option.of(
                        "cluster",
                        Option.Kind.TEXT,
                        "column that names the cluster of a unit; units are independent between clusters only"),
                Option.of("unit-weight", Option.Kind.TEXT, "column of the weight of a unit, such as its size"),
                Option.separator(),
                Option.dropMissing());
    }

    /** Those of a command that needs no weights, treatment or clusters. */
    static List<Option> fileOptions() {
        return options().stream().filter(o -> FILE.contains(o.name())).toList();
    }

    /** Reads the file once; memory is bounded by the quantiles, a fixed buffer and one unit. */
    static TwoLevelData read(Inputs inputs, QuantileType type, double[] grid) {
        Progress progress = inputs.progress();
        ObservationReader reader = reader(inputs);
        reader = with(reader, inputs, "weight", ObservationReader::withWeight);
        reader = with(reader, inputs, "treat", ObservationReader::withTreatment);
        reader = with(reader, inputs, "cluster", ObservationReader::withCluster);
        reader = with(reader, inputs, "unit-weight", ObservationReader::withUnitWeight);
        try (Observations observations = reader.read(inputs.file("data"))) {
            QuantileMatrix matrix = quantiles(observations, type, grid, progress);
            return new TwoLevelData(
                    matrix, facts(observations, matrix), warnings(observations), description(observations));
        }
    }

    /** Units with their samples in memory, for what needs every observation, and the facts of the file. */
    static UnitSamples samples(Inputs inputs, Outcome.Builder outcome) {
        try (Observations observations = reader(inputs).read(inputs.file("data"))) {
            double[] x = observations.runningVariable();
            UnitSamples.Builder builder = UnitSamples.builder();
            observations.forEachUnit((unit, values, weights) -> builder.add(x[unit], values.clone()));
            outcome.data(observations.facts());
            warnings(observations).forEach(outcome::warning);
            outcome.summary(description(observations));
            return builder.build();
        }
    }

    static ObservationReader reader(Inputs inputs) {
        Progress progress = inputs.progress();
        return ObservationReader.of(inputs.text("unit"), inputs.text("x"), inputs.text("z"))
                .withSeparator(inputs.text("sep"))
                .withDropMissing(inputs.flag("drop-missing"))
                .withListener((done, total) -> progress.update("reading", done, total));
    }

    private static ObservationReader with(
            ObservationReader reader,
            Inputs inputs,
            String option,
            BiFunction<ObservationReader, String, ObservationReader> column) {
        return inputs.optionalText(option)
                .map(text -> column.apply(reader, text))
                .orElse(reader);
    }

    private static QuantileMatrix quantiles(
            Observations observations, QuantileType type, double[] grid, Progress progress) {
        QuantileMatrix.Builder builder = QuantileMatrix.builder(type, grid);
        double[] x = observations.runningVariable();
        observations.forEachUnit((unit, values, weights) -> {
            builder.add(x[unit], values, weights);
            if (unit % REPORTED_UNITS == 0) {
                progress.update("quantiles of the units", unit, x.length);
            }
        });
        QuantileMatrix matrix = builder.build();
        double[] treatment = observations.treatment();
        int[] clusters = observations.clusters();
        double[] unitWeights = observations.unitWeights();
        matrix = treatment == null ? matrix : matrix.withTreatment(treatment);
        matrix = clusters == null ? matrix : matrix.withClusters(clusters);
        return unitWeights == null ? matrix : matrix.withUnitWeights(unitWeights);
    }

    private static Map<String, Object> facts(Observations observations, QuantileMatrix matrix) {
        Map<String, Object> facts = new LinkedHashMap<>(observations.facts());
        long smallest = Long.MAX_VALUE;
        long largest = 0;
        for (int size : observations.sampleSizes()) {
            smallest = Math.min(smallest, size);
            largest = Math.max(largest, size);
        }
        facts.put("smallestUnit", smallest);
        facts.put("largestUnit", largest);
        int[] clusters = matrix.clusters();
        if (clusters != null) {
            facts.put("clusters", Arrays.stream(clusters).distinct().count());
        }
        return facts;
    }

    static List<String> warnings(Observations observations) {
        List<String> warnings = new ArrayList<>();
        if (observations.droppedRows() > 0) {
            warnings.add(observations.droppedRows() + " rows with missing values were left out");
        }
        List<String> lost = observations.droppedUnits();
        if (!lost.isEmpty()) {
            warnings.add(lost.size() + (lost.size() == 1 ? " unit has" : " units have")
                    + " no complete row and no part in the analysis: "
                    + String.join(", ", lost.subList(0, Math.min(SHOWN, lost.size())))
                    + (lost.size() > SHOWN ? ", ..." : ""));
        }
        return warnings;
    }

    static String description(Observations observations) {
        return observations.file() + ": " + observations.size() + " observations in " + observations.units() + " units";
    }
}
