package io.verity.reports.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The files that go into every page: our style sheet and scripts, and KaTeX out of its WebJar. */
final class PageFiles {
    private static final String KATEX = "/META-INF/resources/webjars/katex/";
    private static final String KATEX_PROPERTIES = "/META-INF/maven/org.webjars.npm/katex/pom.properties";

    private PageFiles() {}

    /** A file beside this class. */
    static String text(String name) {
        return resource("/io/verity/reports/html/" + name);
    }

    /** KaTeX with its licence, fit for a script element. */
    static String katex() {
        Properties properties = new Properties();
        try (InputStream in = open(KATEX_PROPERTIES)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String folder = KATEX + properties.getProperty("version");
        String licence = resource(folder + "/LICENSE").replace("*/", "* /");
        // Inside a script element neither of these may occur; in JavaScript strings the escapes mean the same.
        String script = resource(folder + "/dist/katex.min.js")
                .replace("</script", "<\\/script")
                .replace("<!--", "<\\!--");
        return "/*! KaTeX " + properties.getProperty("version") + "\n" + licence + "*/\n" + script;
    }

    private static String resource(String path) {
        try (InputStream in = open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path) {
        InputStream in = PageFiles.class.getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException("the resource " + path + " is missing from the class path");
        }
        return in;
    }
}
