package io.verity.estimators.procedures.states;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.states.Encoding;
import io.verity.estimators.states.ModelStore;
import io.verity.estimators.states.Pooling;
import io.verity.estimators.states.StateSet;
import io.verity.estimators.states.TextEncoderUnavailableException;
import io.verity.estimators.states.TextModel;
import io.verity.estimators.states.TextStates;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code probe embed}: the hidden states of a text model, layer by layer, into a folder. */
public final class ProbeEmbed implements Procedure {
    private static final String MODEL = "minilm-q";

    /** For the service loader. */
    public ProbeEmbed() {}

    @Override
    public List<String> command() {
        return List.of("probe", "embed");
    }

    @Override
    public String summary() {
        return "Hidden states of a text model for the texts of a file, one .npy file per layer";
    }

    @Override
    public String description() {
        return "Runs every text through a transformer and writes the states of each layer, pooled over the tokens of the text, as a matrix of"
                + " 4-byte floats (rows x width) that NumPy reads, with index.json (what they are) and labels.csv (the other columns of the file)."
                + " Layer 0 is the output of the embeddings. Models are no part of Verity: the one chosen, and the libraries that run it, are"
                + " downloaded by Maven on first use (see: verity probe models). States that stand in the folder already are not computed again.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.required("text", Option.Kind.FILE, "CSV file with a column of texts"),
                Option.of("column", Option.Kind.TEXT, "the column of texts: name or 1-based position")
                        .withDefault("text"),
                model(),
                Option.required(
                        "out", Option.Kind.TEXT, "folder for the states; states of other texts in it are replaced"),
                layers(),
                pooling(),
                maxTokens(),
                prefix(),
                Option.separator(),
                Option.flag("drop-missing", "leave out rows without a text instead of refusing them"),
                offline());
    }

    /** @return {@code --model}, for every command that runs a text model */
    public static Option model() {
        return Option.of("model", Option.Kind.TEXT, "text model, see: verity probe models")
                .withDefault(MODEL);
    }

    /** @return {@code --layers}, for every command that reads states */
    public static Option layers() {
        return Option.of(
                        "layers",
                        Option.Kind.TEXT,
                        "layers: all, or positions such as 0,3,6 or 0-6; 0 is the embeddings")
                .withDefault("all");
    }

    /** @return {@code --pooling}, for every command that runs a text model */
    public static Option pooling() {
        return Option.choice(
                "pooling",
                Pooling.names(),
                Pooling.MEAN.label(),
                "how the states of a text's tokens become one vector");
    }

    /** @return {@code --max-tokens}, for every command that runs a text model */
    public static Option maxTokens() {
        return Option.of("max-tokens", Option.Kind.INTEGER, "tokens after which a text is cut off")
                .withDefault("128");
    }

    /** @return {@code --prefix}, for every command that runs a text model */
    public static Option prefix() {
        return Option.of(
                "prefix",
                Option.Kind.TEXT,
                "put before every text, such as 'query: ' for e5-small-q; default: nothing");
    }

    /** @return {@code --offline}, for every command that runs a text model */
    public static Option offline() {
        return Option.flag("offline", "download nothing: a model that is not here is an error");
    }

    /**
     * The encoding that {@link #pooling}, {@link #maxTokens} and {@link #prefix} describe.
     *
     * @param inputs of a command with these options
     * @return the encoding
     */
    public static Encoding encoding(Inputs inputs) {
        return Encoding.withDefaults()
                .with(Pooling.of(inputs.text("pooling")))
                .withMaxTokens(inputs.integer("max-tokens"))
                .withPrefix(inputs.optionalText("prefix").orElse(""));
    }

    /**
     * Makes sure that a model can be run: downloads what is missing, unless {@link #offline} is given.
     *
     * @param inputs of a command with {@link #model} and {@link #offline}
     * @return what was downloaded, one sentence; empty if nothing was missing
     * @throws TextEncoderUnavailableException if something is missing and cannot be downloaded; the message says how to get it
     */
    public static Optional<String> provide(Inputs inputs) {
        TextModel model = TextModel.named(inputs.text("model"));
        ModelStore store = ModelStore.standard();
        if (!inputs.flag("offline")) {
            return Fetching.sentence(store, model, inputs.progress());
        }
        store.missing(model).ifPresent(reason -> {
            throw new TextEncoderUnavailableException(
                    reason.substring(0, reason.indexOf("; ")),
                    "nothing is downloaded with --offline, so first run: verity probe models --fetch " + model.name());
        });
        return Optional.empty();
    }

    @Override
    public String example() {
        return "verity probe embed --text examples/data/texts/facts.csv --model minilm-q --out states";
    }

    @Override
    public Outcome run(Inputs inputs) {
        Encoding encoding = encoding(inputs);
        TextModel model = TextModel.named(inputs.text("model"));
        Path file = inputs.file("text");
        DataReader reader = DataReader.withDefaults().withSeparator(inputs.text("sep"));
        List<String> names = reader.names(file);
        DataTable raw = reader.withText(names).read(file);
        String column = raw.resolve(inputs.text("column"));
        DataTable table = raw.complete(List.of(column), inputs.flag("drop-missing"));
        List<String> texts = table.texts(column);
        Map<String, List<String>> columns = new LinkedHashMap<>();
        List<String> incomplete = new ArrayList<>();
        for (String name : names) {
            if (table.hasMissing(name)) {
                incomplete.add(name);
            } else if (!name.equals(column)) {
                columns.put(name, table.texts(name));
            }
        }
        Outcome.Builder outcome = Outcome.of("probe embed").data(table.facts()).options(inputs.effective());
        if (!incomplete.isEmpty()) {
            outcome.warning("not copied to labels.csv because of empty cells: " + String.join(", ", incomplete));
        }
        Optional<String> fetched = provide(inputs);
        Path folder = Path.of(inputs.text("out"));
        boolean computed = TextStates.of(model.name())
                .with(encoding)
                .withThreads(inputs.backend().info().threads())
                .withProgress(inputs.progress())
                .into(folder, texts, inputs.text("layers"), columns, file.toString());
        StateSet states = StateSet.read(folder, List.of());
        report(outcome, states, model, folder, computed);
        return outcome.summary(fetched.map(text -> text + "\n").orElse("") + sentence(states, model, folder, computed))
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    private static String sentence(StateSet states, TextModel model, Path folder, boolean computed) {
        return states.layers().rows() + " texts, " + states.layers().layers()
                + (states.layers().layers() == 1 ? " layer of " : " layers of ") + model.name() + ", "
                + model.width() + " wide" + (computed ? ": written to " : ": in ") + folder
                + (computed ? "" : " already");
    }

    private static void report(
            Outcome.Builder outcome, StateSet states, TextModel model, Path folder, boolean computed) {
        if (states.facts().get("cut") instanceof Long cut && cut > 0) {
            outcome.warning(cut + (cut == 1 ? " text was" : " texts were")
                    + " longer than the limit and cut off; --max-tokens raises it (up to " + Encoding.MOST_TOKENS
                    + ")");
        }
        if (!model.note().isEmpty()) {
            outcome.note("model", model.title() + ": " + model.note());
        }
        List<String> files = new ArrayList<>();
        ResultTable.Builder table = ResultTable.named("layers", "Layers")
                .text("name", "layer")
                .text("file", "file")
                .integer("width", "width", "");
        for (String name : states.layers().names()) {
            files.add(folder.resolve(name + ".npy").toString());
            table.row(name, name + ".npy", (long) model.width());
        }
        outcome.result("model", model.name())
                .result("rows", (long) states.layers().rows())
                .result("layers", (long) states.layers().layers())
                .result("layerNames", states.layers().names())
                .result("width", (long) model.width())
                .result("computed", computed)
                .result("cut", states.facts().get("cut"))
                .result("key", states.facts().get("key"))
                .result("files", files)
                .result("columns", List.copyOf(states.columns().keySet()))
                .table(table.build());
    }
}
