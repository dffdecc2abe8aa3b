package io.verity.estimators.states;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runtime whose libraries the build tool put into a folder. They are loaded, with the optional module that lies beside the
 * distribution's libraries, by a class loader of their own, so that nothing of them is on the main class path. Native libraries
 * can be loaded once per process only, so there is one such loader per folder, kept for good.
 */
final class DownloadedRuntime {
    private static final Map<Path, TextEncoderProvider> LOADED = new ConcurrentHashMap<>();

    private DownloadedRuntime() {}

    /** Why the runtime cannot be loaded; empty if its jars are there. */
    static Optional<String> missing(Path folder) {
        if (module() == null) {
            return Optional.of("the module verity-onnx is not part of this program");
        }
        List<String> absent = RuntimeJars.ALL.stream()
                .filter(jar -> !isThere(folder.resolve(jar.file()), jar.bytes()))
                .map(RuntimeJars.Jar::file)
                .toList();
        return absent.isEmpty()
                ? Optional.empty()
                : Optional.of("the libraries that run text models are not there (" + String.join(", ", absent) + ")");
    }

    private static boolean isThere(Path file, long bytes) {
        try {
            return Files.isRegularFile(file) && Files.size(file) == bytes;
        } catch (IOException e) {
            return false;
        }
    }

    /** The optional module, in the folder {@code optional} beside the folder of the jar that this class is in. */
    private static @Nullable Path module() {
        CodeSource source = DownloadedRuntime.class.getProtectionDomain().getCodeSource();
        try {
            Path jar = source == null ? null : Path.of(source.getLocation().toURI());
            Path lib = jar == null ? null : jar.getParent();
            Path home = lib == null ? null : lib.getParent();
            Path optional = home == null ? null : home.resolve("optional");
            if (optional == null || !Files.isDirectory(optional)) {
                return null;
            }
            try (Stream<Path> files = Files.list(optional)) {
                return files.filter(f -> f.getFileName().toString().matches("verity-onnx-[^/]*\\.jar"))
                        .sorted()
                        .findFirst()
                        .orElse(null);
            }
        } catch (URISyntaxException | IOException e) {
            return null;
        }
    }

    static TextEncoderProvider provider(Path folder) {
        return LOADED.computeIfAbsent(folder.toAbsolutePath().normalize(), DownloadedRuntime::load);
    }

    @SuppressWarnings("resource") // the loader lives as long as the process: native libraries hang on it
    private static TextEncoderProvider load(Path folder) {
        List<URL> urls = new ArrayList<>();
        Path module = module();
        try {
            if (module != null) {
                urls.add(module.toUri().toURL());
            }
            for (RuntimeJars.Jar jar : RuntimeJars.ALL) {
                urls.add(folder.resolve(jar.file()).toUri().toURL());
            }
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
        URLClassLoader loader =
                new URLClassLoader("verity-onnx", urls.toArray(URL[]::new), TextEncoderProvider.class.getClassLoader());
        return RuntimeOnClassPath.providers(loader).stream()
                .findFirst()
                .orElseThrow(() -> new TextEncoderUnavailableException(
                        "the libraries in " + folder + " do not run text models",
                        "delete that folder and fetch them again: verity probe models --fetch minilm-q"));
    }
}
