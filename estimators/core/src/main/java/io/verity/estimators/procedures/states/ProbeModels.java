package io.verity.estimators.procedures.states;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.states.ModelStore;
import io.verity.estimators.states.TextModel;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code probe models}: which text models there are, which can be run here, and fetching one. */
public final class ProbeModels implements Procedure {
    /** For the service loader. */
    public ProbeModels() {}

    @Override
    public List<String> command() {
        return List.of("probe", "models");
    }

    @Override
    public String summary() {
        return "Text models whose hidden states can be read: which there are, which are here, and fetching one";
    }

    @Override
    public String description() {
        return "Lists the text models known by name, with their sizes and licences, and whether they can be run here. With --fetch, lets"
                + " Maven download a model and the libraries that run it into the user's cache folder; neither is part of Verity.";
    }

    @Override
    public List<Option> options() {
        return List.of(Option.of("fetch", Option.Kind.LIST, "models to download where they are missing"));
    }

    @Override
    public String example() {
        return "verity probe models --fetch minilm-q";
    }

    @Override
    public Outcome run(Inputs inputs) {
        ModelStore store = ModelStore.standard();
        Outcome.Builder outcome = Outcome.of("probe models").options(inputs.effective());
        StringBuilder summary = new StringBuilder();
        List<String> fetched = new ArrayList<>();
        if (inputs.isGiven("fetch")) {
            List<TextModel> wanted = new ArrayList<>();
            for (String name : inputs.text("fetch").split(",", -1)) {
                wanted.add(TextModel.named(name.strip()));
            }
            for (TextModel model : wanted) {
                Fetching.sentence(store, model, inputs.progress()).ifPresent(sentence -> {
                    fetched.add(model.name());
                    summary.append(sentence).append('\n');
                });
            }
        }
        ResultTable.Builder table = ResultTable.named("models", "Text models")
                .text("name", "model")
                .text("title", "title")
                .integer("layers", "layers", "")
                .integer("width", "width", "")
                .number("megabytes", "size", "MB")
                .text("licence", "licence")
                .text("here", "here");
        List<Map<String, @Nullable Object>> models = new ArrayList<>();
        for (TextModel model : TextModel.known()) {
            Optional<String> missing = store.missing(model);
            double megabytes = Math.round(model.bytes() * 1e-5) / 10.0;
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("name", model.name());
            entry.put("aliases", model.aliases());
            entry.put("title", model.title());
            entry.put("layers", model.blocks() + 1L);
            entry.put("width", (long) model.width());
            entry.put("megabytes", megabytes);
            entry.put("licence", model.licence());
            entry.put("artifact", model.artifact());
            entry.put("available", missing.isEmpty());
            entry.put("reason", missing.orElse(null));
            models.add(entry);
            table.row(
                    model.name(),
                    model.title(),
                    model.blocks() + 1L,
                    (long) model.width(),
                    megabytes,
                    model.licence(),
                    missing.isEmpty() ? "yes" : "no");
            summary.append(String.format(
                    Locale.ROOT,
                    "%-12s %-36s %2d layers of %d  %5.1f MB  %-10s  %s%n",
                    model.name(),
                    model.title(),
                    model.blocks() + 1,
                    model.width(),
                    megabytes,
                    model.licence(),
                    missing.isEmpty() ? "here" : store.hasFiles(model) ? "libraries missing" : "not here"));
        }
        if (models.stream().anyMatch(m -> Boolean.FALSE.equals(m.get("available"))) && !inputs.isGiven("fetch")) {
            summary.append("Fetch one: verity probe models --fetch minilm-q\n");
        }
        outcome.result("models", models)
                .result("fetched", fetched)
                .result("folder", store.folder().toString());
        return outcome.table(table.build())
                .summary(summary.toString().stripTrailing())
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }
}
