package io.verity.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where machine-readable results go: a file, standard output (and then nothing else goes there), or nowhere. */
final class JsonTarget {
    // The fast double writer writes the shortest decimals on every Java; Double.toString does so from Java 19 on.
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "write machine-readable results; - is standard output, and nothing else goes there then")
    private @Nullable String target;

    /**
     * @param target file, {@code -}, or null for nowhere
     * @return the target
     */
    static JsonTarget of(@Nullable String target) {
        JsonTarget made = new JsonTarget();
        made.target = target;
        return made;
    }

    /** @throws IllegalArgumentException if the file cannot be written */
    void check() {
        if (target != null && !isStandardOutput()) {
            Outputs.checkFile(Path.of(target));
        }
    }

    /** @return whether results for people must not be printed */
    boolean isStandardOutput() {
        return "-".equals(target);
    }

    /** @return whether machine-readable results are wanted */
    boolean isWanted() {
        return target != null;
    }

    /**
     * @param root what to write
     * @param terminal standard output
     */
    void write(JsonNode root, Terminal terminal) {
        if (target == null) {
            return;
        }
        String text = text(root);
        if (isStandardOutput()) {
            terminal.out().print(text);
            terminal.flush();
        } else {
            Outputs.write(Path.of(target), text);
        }
    }

    private static String text(JsonNode root) {
        try {
            return WRITER.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("results cannot be written as JSON", e);
        }
    }
}
