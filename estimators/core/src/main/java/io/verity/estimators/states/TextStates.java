package io.verity.estimators.states;

import io.verity.estimators.procedures.Progress;
import io.verity.stats.Arguments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * States of texts, computed once: kept in a folder under a hash of model, texts and encoding, and read from there the next time.
 * Immutable.
 */
public final class TextStates {
    private final TextModel model;
    private final Encoding encoding;
    private final int threads;
    private final Progress progress;

    private TextStates(TextModel model, Encoding encoding, int threads, Progress progress) {
        this.model = model;
        this.encoding = encoding;
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * @param model name or alias of a {@link TextModel}
     * @return states of that model, pooled by the mean, with one thread and nobody listening
     * @throws IllegalArgumentException if there is no model of that name
     */
    public static TextStates of(String model) {
        return new TextStates(TextModel.named(model), Encoding.withDefaults(), 1, Progress.NONE);
    }

    /**
     * @param value how texts become vectors
     * @return a copy with that encoding
     */
    public TextStates with(Encoding value) {
        return new TextStates(model, value, threads, progress);
    }

    /**
     * @param value threads to compute with, at least 1
     * @return a copy with that number
     */
    public TextStates withThreads(int value) {
        return new TextStates(model, encoding, Arguments.atLeast("threads", value, 1), progress);
    }

    /**
     * @param listener who hears how many texts are done
     * @return a copy with that listener
     */
    public TextStates withProgress(Progress listener) {
        return new TextStates(model, encoding, threads, listener);
    }

    /** @return why the model cannot be run here, and what the user can do; empty if everything it needs is there */
    public Optional<String> unavailable() {
        return ModelStore.standard().missing(model);
    }

    /**
     * All layers, from the user's cache folder where they are known already. Where that folder cannot be written, they are computed
     * and kept in memory.
     *
     * @param texts at least one; none may be blank
     * @param columns what is known of each text (label, split, group), by name; travels with the states
     * @return states and columns
     * @throws IllegalArgumentException if there is no text, or one is blank
     * @throws TextEncoderUnavailableException if the model cannot be run here
     */
    public StateSet of(List<String> texts, Map<String, List<String>> columns) {
        checkTexts(texts);
        ModelStore store = ModelStore.standard();
        ModelFiles files = store.files(model);
        String key = StateIndex.key(files.sha256(), Hashes.of(texts), encoding);
        Path folder = ModelStore.cacheFolder().resolve("states").resolve(key.substring(0, 32));
        Optional<LayerSource> known = known(folder, key);
        if (known.isEmpty() && writable(folder)) {
            write(folder, texts, "all", Map.of(), "", store, files);
            known = known(folder, key);
        }
        LayerSource layers = known.orElseGet(() -> {
            try (TextEncoder encoder = store.open(model, files, threads)) {
                return encoder.encode(texts, encoding);
            }
        });
        Map<String, Object> facts = Map.of(
                "rows", (long) layers.rows(), "layers", (long) layers.layers(), "model", model.name(), "key", key);
        return new StateSet(model.name() + " states of " + texts.size() + " texts", layers, columns, facts);
    }

    private static Optional<LayerSource> known(Path folder, String key) {
        if (StateFolder.index(folder).filter(index -> index.key().equals(key)).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(StateFolder.read(folder).layers());
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // damaged since: computed again
        }
    }

    private static boolean writable(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Layers into a folder of the user's choice; nothing is computed where they stand there already.
     *
     * @param folder made where it is missing; states of other texts in it are replaced
     * @param texts at least one; none may be blank
     * @param selection of layers: {@code all}, or positions such as {@code 0,3,6}
     * @param columns what is known of each text; becomes {@code labels.csv}
     * @param textFile where the texts come from, for the index
     * @return whether anything had to be computed
     * @throws IllegalArgumentException if there is no text, one is blank, or the selection is wrong
     * @throws TextEncoderUnavailableException if the model cannot be run here
     * @throws UncheckedIOException if the folder cannot be written; nothing half-written stays behind
     */
    public boolean into(
            Path folder, List<String> texts, String selection, Map<String, List<String>> columns, String textFile) {
        checkTexts(texts);
        ModelStore store = ModelStore.standard();
        ModelFiles files = store.files(model);
        String key = StateIndex.key(files.sha256(), Hashes.of(texts), encoding);
        int[] wanted = LayerSelection.positions(selection, model.blocks() + 1);
        boolean same = StateFolder.index(folder)
                .filter(index -> index.key().equals(key))
                .filter(index -> index.layers().stream()
                        .map(StateIndex.Layer::layer)
                        .toList()
                        .equals(IntStream.of(wanted).boxed().toList()))
                .isPresent();
        if (same
                && known(folder, key).isPresent()
                && StateFolder.read(folder).columns().equals(columns)) {
            return false;
        }
        write(folder, texts, selection, columns, textFile, store, files);
        return true;
    }

    private void write(
            Path folder,
            List<String> texts,
            String selection,
            Map<String, List<String>> columns,
            String textFile,
            ModelStore store,
            ModelFiles files) {
        int[] wanted = LayerSelection.positions(selection, model.blocks() + 1);
        List<StateIndex.Layer> layers = new ArrayList<>();
        for (int layer : wanted) {
            layers.add(new StateIndex.Layer(layer, LayerSource.defaultName(layer), model.width()));
        }
        String textSha256 = Hashes.of(texts);
        StateIndex index = new StateIndex(
                StateIndex.key(files.sha256(), textSha256, encoding),
                model.name(),
                files.sha256(),
                encoding,
                texts.size(),
                0,
                textFile,
                textSha256,
                layers);
        try (FolderLock lock = FolderLock.of(folder)) {
            lock.requireHeld();
            if (textFile.isEmpty() && known(folder, index.key()).isPresent()) {
                return; // another writer of the cache was faster
            }
            try (TextEncoder encoder = store.open(model, files, threads);
                    StateWriter writer = new StateWriter(folder, index)) {
                int cut = encoder.encode(texts, encoding, wanted, writer, progress);
                writer.finish(index.withCut(cut), columns);
            }
        } catch (UncheckedIOException e) {
            throw named(folder, e.getCause() == null ? new IOException(e) : e.getCause());
        } catch (IOException e) {
            throw named(folder, e);
        }
    }

    /** A full disk does not say where. */
    private static UncheckedIOException named(Path folder, IOException e) {
        if (e instanceof FileSystemException known) {
            return new UncheckedIOException(known);
        }
        FileSystemException named = new FileSystemException(folder.toString(), null, e.getMessage());
        named.initCause(e);
        return new UncheckedIOException(named);
    }

    private static void checkTexts(List<String> texts) {
        Arguments.require(!texts.isEmpty(), "there are no texts");
        for (int i = 0; i < texts.size(); i++) {
            Arguments.require(!texts.get(i).isBlank(), "the text in row %d is blank", i + 1);
        }
    }
}
