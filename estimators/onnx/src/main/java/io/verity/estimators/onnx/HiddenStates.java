package io.verity.estimators.onnx;

import ai.onnxruntime.OrtException;
import io.verity.estimators.procedures.Progress;
import io.verity.estimators.states.Encoding;
import io.verity.estimators.states.LayerSource;
import io.verity.estimators.states.ModelFiles;
import io.verity.estimators.states.Pooling;
import io.verity.estimators.states.TextEncoder;
import io.verity.estimators.states.TextEncoderUnavailableException;
import io.verity.estimators.states.TextModel;
import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The hidden states of every layer of a BERT-like encoder: its inner layers are declared as outputs ({@link DeclaredOutputs}), texts
 * run in batches of neighbours in length, and the states of a text's tokens are pooled with the padding left out.
 *
 * <p>One session serves all threads; each of them runs whole batches, so the states do not depend on their number. Between processors,
 * and with the other texts of a batch, those of a 32-bit network may differ by about 1e-6. An 8-bit network scales its products by the
 * largest number in a batch, which moves single coordinates by up to 0.7 (all-MiniLM-L6-v2-q, batches of 32 against single texts); its
 * texts are therefore run one by one, so that the states of a text are its own.
 */
public final class HiddenStates implements TextEncoder {
    /** Texts that are tokenized and delivered together. */
    private static final int BLOCK = 1024;

    private final TextModel model;
    private final WordPieces tokenizer;
    private final Network network;
    private final int batch;
    private final int threads;

    private HiddenStates(TextModel model, WordPieces tokenizer, Network network, int batch, int threads) {
        this.threads = threads;
        this.model = model;
        this.tokenizer = tokenizer;
        this.network = network;
        this.batch = batch;
    }

    /**
     * @param model what the files hold
     * @param files network and tokenizer
     * @param threads to compute with, at least 1
     * @return the encoder, to be closed by the caller
     * @throws TextEncoderUnavailableException if the runtime does not work here, or the files are not what is needed
     */
    public static HiddenStates of(TextModel model, ModelFiles files, int threads) {
        return of(model, files, threads, model.quantised() ? 1 : Batches.MOST_TEXTS);
    }

    static HiddenStates of(TextModel model, ModelFiles files, int threads, int batch) {
        Arguments.atLeast("threads", threads, 1);
        return Workers.once(() -> opened(model, files, threads, batch));
    }

    private static HiddenStates opened(TextModel model, ModelFiles files, int threads, int batch) {
        WordPieces tokenizer = null;
        try {
            tokenizer = WordPieces.of(files.tokenizer());
            return new HiddenStates(model, tokenizer, Network.of(files.onnx()), batch, threads);
        } catch (OrtException | IOException | RuntimeException | LinkageError | AssertionError e) {
            boolean read = tokenizer != null;
            if (tokenizer != null) {
                tokenizer.close();
            }
            if (e instanceof TextEncoderUnavailableException known) {
                throw known;
            }
            TextEncoderUnavailableException unavailable = new TextEncoderUnavailableException(
                    (read ? "the network of " : "the tokenizer of ") + model.name() + " (from " + files.origin()
                            + ") cannot be used here: " + firstLine(e),
                    e instanceof LinkageError
                            ? "the native libraries do not work on this machine; compute the states on another one"
                            : "fetch it again: verity probe models --fetch " + model.name());
            unavailable.initCause(e);
            throw unavailable;
        }
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /**
     * A network and a tokenizer on the class path, run with one thread: for models that have no name here.
     *
     * @param onnx resource of a BERT-like encoder, such as {@code all-minilm-l6-v2.onnx}
     * @param tokenizerJson resource of its tokenizer
     * @return the encoder, to be closed by the caller
     * @throws IllegalArgumentException if there is no such resource
     * @throws TextEncoderUnavailableException if they cannot be used
     */
    public static HiddenStates fromClasspath(String onnx, String tokenizerJson) {
        ModelFiles files = new ModelFiles(resource(onnx), resource(tokenizerJson), "the class path");
        TextModel model = TextModel.known().stream()
                .filter(known -> known.onnx().equals(onnx))
                .findFirst()
                .orElseGet(() -> new TextModel(
                        onnx, List.of(), onnx, "", 0, "", onnx, tokenizerJson, 0, 0, onnx.contains("-q"), "", ""));
        return of(model, files, 1);
    }

    private static byte[] resource(String name) {
        ClassLoader loader = HiddenStates.class.getClassLoader();
        try (InputStream in = loader.getResourceAsStream(name)) {
            Arguments.require(in != null, "there is no resource %s on the class path", name);
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the resource " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public TextModel model() {
        return model;
    }

    @Override
    public List<String> layerNames() {
        return IntStream.range(0, network.layers())
                .mapToObj(LayerSource::defaultName)
                .toList();
    }

    @Override
    public long[] tokens(String text, Encoding encoding) {
        return WordPieces.cut(Workers.once(() -> tokenizer.ids(encoding.prefix() + text)), encoding.maxTokens());
    }

    /**
     * @param texts at least one; none may be blank
     * @param pooling how the states of tokens become one vector
     * @return layers x texts x width
     */
    public float[][][] encode(List<String> texts, Pooling pooling) {
        float[][][] all = new float[network.layers()][texts.size()][];
        encode(
                texts,
                Encoding.withDefaults().with(pooling),
                IntStream.range(0, all.length).toArray(),
                (layer, first, states) -> System.arraycopy(states, 0, all[layer], first, states.length),
                Progress.NONE);
        return all;
    }

    @Override
    public synchronized int encode(List<String> texts, Encoding encoding, int[] layers, Sink sink, Progress progress) {
        Arguments.require(!texts.isEmpty(), "there are no texts");
        for (int i = 0; i < texts.size(); i++) {
            Arguments.require(!texts.get(i).isBlank(), "the text in row %d is blank", i + 1);
        }
        for (int layer : layers) {
            Arguments.require(
                    layer >= 0 && layer < network.layers(),
                    "there is no layer %d; the layers of %s are 0 to %d",
                    layer,
                    model.name(),
                    network.layers() - 1);
        }
        int cut = 0;
        int[] finished = {0};
        Consumer<Integer> done = count -> {
            finished[0] += count;
            progress.update("running " + model.name(), finished[0], texts.size());
        };
        try (Workers workers = new Workers(threads)) {
            for (int from = 0; from < texts.size(); from += BLOCK) {
                List<String> block = texts.subList(from, Math.min(texts.size(), from + BLOCK));
                long[][] ids = workers.call(() -> block.stream()
                        .map(text -> tokenizer.ids(encoding.prefix() + text))
                        .toArray(long[][]::new));
                for (int i = 0; i < ids.length; i++) {
                    cut += ids[i].length > encoding.maxTokens() ? 1 : 0;
                    ids[i] = WordPieces.cut(ids[i], encoding.maxTokens());
                }
                float[][][] states = block(ids, from, encoding.pooling(), layers, workers, done);
                for (int k = 0; k < layers.length; k++) {
                    sink.take(k, from, states[k]);
                }
            }
        }
        return cut;
    }

    private float[][][] block(
            long[][] ids, int from, Pooling pooling, int[] layers, Workers workers, Consumer<Integer> done) {
        int[] lengths = IntStream.range(0, ids.length).map(i -> ids[i].length).toArray();
        float[][][] states = new float[layers.length][ids.length][];
        List<int[]> batches = Batches.of(lengths, batch);
        workers.inOrder(
                batches,
                rows -> run(IntStream.of(rows).mapToObj(i -> ids[i]).toArray(long[][]::new), layers, pooling),
                (rows, pooled) -> {
                    for (int k = 0; k < layers.length; k++) {
                        for (int r = 0; r < rows.length; r++) {
                            states[k][rows[r]] = finite(pooled[k][r], from + rows[r], layers[k]);
                        }
                    }
                    done.accept(rows.length);
                });
        return states;
    }

    private float[][][] run(long[][] tokens, int[] layers, Pooling pooling) {
        try {
            return network.run(tokens, layers, pooling);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed on " + model.name() + ": " + e.getMessage(), e);
        }
    }

    private float[] finite(float[] state, int row, int layer) {
        for (float value : state) {
            if (!Float.isFinite(value)) {
                throw new EstimationException(
                        "the state of text " + (row + 1) + " in layer " + layer + " of " + model.name()
                                + " is not finite",
                        "leave that text out");
            }
        }
        return state;
    }

    @Override
    public synchronized void close() {
        tokenizer.close();
        network.close();
    }
}
