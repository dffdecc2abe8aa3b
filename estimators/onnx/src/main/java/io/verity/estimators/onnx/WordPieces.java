package io.verity.estimators.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.verity.estimators.states.ModelStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts to token ids. The library behind it (DJL's binding of Hugging Face's tokenizers) is kept from the network: it reports its
 * use to its makers, and fetches native parts for graphics cards, unless it is told that it is offline.
 */
final class WordPieces implements AutoCloseable {
    private static final String OFFLINE = "ai.djl.offline";
    private static final String NATIVE_FOLDER = "ENGINE_CACHE_DIR";
    private static final Object PROPERTIES = new Object();

    private final HuggingFaceTokenizer tokenizer;

    private WordPieces(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * @param json the tokenizer's definition
     * @return the tokenizer, with neither padding nor a limit
     * @throws IOException if it cannot be read
     */
    static WordPieces of(byte[] json) throws IOException {
        Map<String, String> options = Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "true");
        synchronized (PROPERTIES) {
            Map<String, @Nullable String> before = new LinkedHashMap<>();
            before.put(OFFLINE, System.setProperty(OFFLINE, "true"));
            before.put(NATIVE_FOLDER, System.getProperty(NATIVE_FOLDER));
            if (before.get(NATIVE_FOLDER) == null && System.getenv(NATIVE_FOLDER) == null) {
                System.setProperty(NATIVE_FOLDER, nativeFolder().toString());
            }
            // the library looks for its native part through the thread's loader, which need not be the one it was
            // loaded by
            Thread thread = Thread.currentThread();
            ClassLoader loader = thread.getContextClassLoader();
            thread.setContextClassLoader(WordPieces.class.getClassLoader());
            try {
                return new WordPieces(HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options));
            } finally {
                thread.setContextClassLoader(loader);
                before.forEach(WordPieces::restore);
            }
        }
    }

    /** Where the native library is unpacked: beside the models, or in a temporary folder where nothing can be written there. */
    private static Path nativeFolder() throws IOException {
        Path folder = ModelStore.cacheFolder().resolve("onnx").resolve("native");
        try {
            Files.createDirectories(folder);
            if (Files.isWritable(folder)) {
                return folder;
            }
        } catch (IOException e) {
            // no home folder, or a read-only one
        }
        return Files.createTempDirectory("verity-onnx");
    }

    private static void restore(String name, @Nullable String value) {
        if (value == null) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, value);
        }
    }

    /**
     * @param text any text
     * @return the token ids, the opening and the closing one included
     */
    long[] ids(String text) {
        return tokenizer.encode(text, true, false).getIds();
    }

    /**
     * @param ids of a text
     * @param most to keep
     * @return the ids; of too many the first ones, and the closing one
     */
    static long[] cut(long[] ids, int most) {
        if (ids.length <= most) {
            return ids;
        }
        long[] cut = Arrays.copyOf(ids, most);
        cut[most - 1] = ids[ids.length - 1];
        return cut;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
