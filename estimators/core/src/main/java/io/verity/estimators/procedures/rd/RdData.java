package io.verity.estimators.procedures.rd;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.rd.RdSample;
import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A user's file of a regression discontinuity: the options that describe it, and what they make of it.
 *
 * @param table the file, without dropped rows
 * @param y name of the outcome
 * @param x name of the running variable
 * @param covariates names of the covariates whose balance is wanted
 * @param sample the data
 */
record RdData(DataTable table, String y, String x, List<String> covariates, RdSample sample) {

    /** The options of every command that uses the outcome. */
    static List<Option> options() {
        List<Option> options = new ArrayList<>();
        options.add(file());
        options.add(Option.required("y", Option.Kind.TEXT, "column of the outcome: name or 1-based position"));
        options.add(runningVariable());
        options.add(Option.of("treat", Option.Kind.TEXT, "column of the treatment received: a fuzzy design"));
        options.add(Option.of("cluster", Option.Kind.TEXT, "column of clusters, any text: variances are clustered"));
        options.add(Option.of("weight", Option.Kind.TEXT, "column of weights, which multiply those of the kernel"));
        options.addAll(cutoffAndFormat());
        return options;
    }

    static Option file() {
        return Option.required(
                "data", Option.Kind.FILE, "CSV file with a header row (perhaps gzipped), or .npy matrix");
    }

    static Option runningVariable() {
        return Option.required("x", Option.Kind.TEXT, "column of the running variable: name or 1-based position");
    }

    static List<Option> cutoffAndFormat() {
        return List.of(
                Option.of("cutoff", Option.Kind.NUMBER, "where treatment begins; a row at the cutoff is treated")
                        .withDefault("0"),
                Option.separator(),
                Option.dropMissing());
    }

    /** Reads the columns that the options name, and no others. */
    static RdData read(Inputs inputs, Optional<String> covariates) {
        String y = inputs.text("y");
        Optional<String> treat = inputs.optionalText("treat");
        Optional<String> cluster = inputs.optionalText("cluster");
        Optional<String> weight = inputs.optionalText("weight");
        Set<String> references = new LinkedHashSet<>(List.of(y, inputs.text("x")));
        treat.ifPresent(references::add);
        cluster.ifPresent(references::add);
        weight.ifPresent(references::add);
        covariates.ifPresent(c -> {
            for (String part : c.split(",", -1)) {
                references.add(part.strip());
            }
        });
        DataTable raw = DataReader.withDefaults()
                .withSeparator(inputs.text("sep"))
                .withText(cluster.map(List::of).orElse(List.of()))
                .withColumns(references)
                .read(inputs.file("data"));
        String outcome = raw.resolve(y);
        String running = raw.resolve(inputs.text("x"));
        List<String> balanced = covariates.map(raw::select).orElse(List.of());
        Set<String> used = new LinkedHashSet<>(List.of(outcome, running));
        treat.ifPresent(t -> used.add(raw.resolve(t)));
        cluster.ifPresent(t -> used.add(raw.resolve(t)));
        weight.ifPresent(t -> used.add(raw.resolve(t)));
        used.addAll(balanced);
        Arguments.require(
                !running.equals(outcome), "the outcome and the running variable are the same column '%s'", running);
        DataTable table = raw.complete(new ArrayList<>(used), inputs.flag("drop-missing"));
        RdSample sample = RdSample.of(table.numbers(outcome), table.numbers(running));
        if (treat.isPresent()) {
            sample = sample.withTreatment(table.numbers(raw.resolve(treat.get())));
        }
        if (cluster.isPresent()) {
            sample = sample.withClusters(codes(table.texts(raw.resolve(cluster.get()))));
        }
        if (weight.isPresent()) {
            sample = sample.withWeights(table.numbers(raw.resolve(weight.get())));
        }
        return new RdData(table, outcome, running, balanced, sample);
    }

    private static int[] codes(List<String> texts) {
        Map<String, Integer> codeOf = new HashMap<>();
        return texts.stream()
                .mapToInt(t -> codeOf.computeIfAbsent(t, k -> codeOf.size()))
                .toArray();
    }

    /** Facts for the {@code data} part of an outcome. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>(table.facts());
        facts.put("y", y);
        facts.put("x", x);
        return facts;
    }

    /** What the user should know about the file though it is no error. */
    static List<String> warnings(DataTable table) {
        int dropped = table.droppedRows();
        return dropped == 0
                ? List.of()
                : List.of(dropped + (dropped == 1 ? " row" : " rows") + " with missing values left out");
    }
}
