package io.verity.estimators.states;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the runtime and the models are: on the class path of a program that depends on them, else in a folder of the user's cache,
 * {@code ~/.cache/verity/onnx} ({@code $XDG_CACHE_HOME/verity/onnx} where that is set). Immutable.
 */
public final class ModelStore {
    private final Path folder;

    private ModelStore(Path folder) {
        this.folder = folder;
    }

    /** @return the store of this user */
    public static ModelStore standard() {
        return new ModelStore(cacheFolder().resolve("onnx"));
    }

    /**
     * @param folder with the jars
     * @return a store there
     */
    public static ModelStore at(Path folder) {
        return new ModelStore(folder);
    }

    /** @return {@code verity} below the user's cache folder; it may not exist, or not be writable */
    public static Path cacheFolder() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches =
                xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home", "."), ".cache") : Path.of(xdg);
        return caches.resolve("verity");
    }

    /** @return the folder with the jars */
    public Path folder() {
        return folder;
    }

    /**
     * Looks without opening.
     *
     * @param model to be run
     * @return why it cannot be run here, and what the user can do; empty if everything it needs is there
     */
    public Optional<String> missing(TextModel model) {
        Optional<String> runtime = runtimeMissing();
        if (runtime.isPresent()) {
            return Optional.of(runtime.get() + "; " + remedy(model));
        }
        return hasFiles(model)
                ? Optional.empty()
                : Optional.of("the model " + model.name() + " is not there; " + remedy(model));
    }

    /** @return why no model at all can be run here; empty if the runtime is there */
    public Optional<String> runtimeMissing() {
        return RuntimeOnClassPath.isThere() ? Optional.empty() : DownloadedRuntime.missing(folder);
    }

    /**
     * @param model whose files are wanted
     * @return whether they are on the class path or in the folder
     */
    public boolean hasFiles(TextModel model) {
        return Files.isRegularFile(jar(model))
                || ModelStore.class.getClassLoader().getResource(model.onnx()) != null;
    }

    Path jar(TextModel model) {
        return folder.resolve(model.jar());
    }

    private static String remedy(TextModel model) {
        return "run: verity probe models --fetch " + model.name();
    }

    /**
     * @param model whose files are wanted
     * @return network and tokenizer
     * @throws TextEncoderUnavailableException if they are missing or damaged
     */
    public ModelFiles files(TextModel model) {
        Path jar = jar(model);
        try {
            if (Files.isRegularFile(jar)) {
                return fromJar(model, jar);
            }
            byte[] onnx = resource(model.onnx());
            byte[] tokenizer = resource(model.tokenizer());
            if (onnx == null || tokenizer == null) {
                String what = onnx == null ? "the model " + model.name() : "its tokenizer " + model.tokenizer();
                throw new TextEncoderUnavailableException(what + " is not there", remedy(model));
            }
            return new ModelFiles(onnx, tokenizer, "the class path");
        } catch (IOException e) {
            throw damaged(model, jar, e.getMessage(), e);
        }
    }

    private static byte @Nullable [] resource(String name) throws IOException {
        try (InputStream in = ModelStore.class.getClassLoader().getResourceAsStream(name)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private ModelFiles fromJar(TextModel model, Path jar) throws IOException {
        if (!Hashes.of(jar).equals(model.sha256())) {
            throw damaged(model, jar, "its bytes are not those of " + model.artifact(), null);
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return new ModelFiles(
                    entry(model, jar, zip, model.onnx()), entry(model, jar, zip, model.tokenizer()), jar.toString());
        }
    }

    private static byte[] entry(TextModel model, Path jar, ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw damaged(model, jar, "there is no " + name + " in it", null);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static TextEncoderUnavailableException damaged(
            TextModel model, Path jar, @Nullable String why, @Nullable Throwable cause) {
        TextEncoderUnavailableException e =
                new TextEncoderUnavailableException(jar + " is damaged: " + why, "delete it and " + remedy(model));
        if (cause != null) {
            e.initCause(cause);
        }
        return e;
    }

    /**
     * @param model to be run
     * @param threads to compute with, at least 1
     * @return the encoder, to be closed by the caller
     * @throws TextEncoderUnavailableException if it cannot be run here; the message says why, and what the user can do
     */
    public TextEncoder open(TextModel model, int threads) {
        return open(model, files(model), threads);
    }

    TextEncoder open(TextModel model, ModelFiles files, int threads) {
        runtimeMissing().ifPresent(reason -> {
            throw new TextEncoderUnavailableException(reason, remedy(model));
        });
        return provider().open(model, files, threads);
    }

    private TextEncoderProvider provider() {
        List<TextEncoderProvider> found = RuntimeOnClassPath.providers();
        return found.isEmpty() ? DownloadedRuntime.provider(folder) : found.get(0);
    }
}
