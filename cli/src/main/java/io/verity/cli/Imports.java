package io.verity.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The import declarations with which {@code verity jshell} starts: every package of the library that is on the class path. */
public final class Imports {
    private static final String ROOT = "io/verity";
    private static final Pattern CLASS = Pattern.compile("(io/verity/(?!cli/).+)/[A-Z]\\w*\\.class");

    private Imports() {}

    /** @return one declaration a line, {@code import io.verity.stats.linalg.*;} and so on, in alphabetical order */
    public static List<String> lines() {
        Set<String> packages = new TreeSet<>();
        try {
            for (URL place : Collections.list(Imports.class.getClassLoader().getResources(ROOT))) {
                for (String name : names(place)) {
                    Matcher match = CLASS.matcher(name);
                    if (match.matches()) {
                        packages.add(match.group(1).replace('/', '.'));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packages.stream().map(p -> "import " + p + ".*;").toList();
    }

    private static List<String> names(URL place) throws IOException {
        URLConnection connection = place.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return jar.getJarFile().stream().map(JarEntry::getName).toList();
        }
        Path folder = folder(place);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(p -> ROOT + "/" + folder.relativize(p).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private static Path folder(URL place) {
        try {
            return Path.of(new URI(place.toString()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path entry " + place + " is no file", e);
        }
    }
}
