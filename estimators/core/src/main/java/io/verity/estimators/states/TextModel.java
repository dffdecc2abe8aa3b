package io.verity.estimators.states;

import io.verity.stats.Names;
import java.util.List;

/**
 * A text model whose hidden states can be read, and the Maven artifact that carries it. The artifacts are separate downloads;
 * none is part of the distribution.
 *
 * @param name by which it is chosen, such as {@code minilm-q}
 * @param aliases other names accepted for it
 * @param title full name, with the number format
 * @param artifact Maven coordinates {@code group:artifact:version} of the jar that carries it
 * @param bytes size of that jar
 * @param sha256 of that jar, lower-case hexadecimal
 * @param onnx name of the network inside the jar
 * @param tokenizer name of the tokenizer inside the jar
 * @param blocks number of transformer blocks; the embedding layer comes on top, as layer 0
 * @param width of every layer
 * @param quantised whether products run in 8-bit integers, whose scales depend on everything in the same batch
 * @param licence of the model itself
 * @param note what to know when using it, one sentence; may be empty
 */
public record TextModel(
        String name,
        List<String> aliases,
        String title,
        String artifact,
        long bytes,
        String sha256,
        String onnx,
        String tokenizer,
        int blocks,
        int width,
        boolean quantised,
        String licence,
        String note) {

    /** Copies. */
    public TextModel {
        aliases = List.copyOf(aliases);
    }

    /** @return the file name of the jar that carries it */
    public String jar() {
        String[] parts = artifact.split(":", -1);
        return parts[1] + "-" + parts[2] + ".jar";
    }

    /** @return every model known by name, smallest first */
    public static List<TextModel> known() {
        return KnownModels.ALL;
    }

    /**
     * @param name or alias of a model
     * @return that model
     * @throws IllegalArgumentException if there is none; the nearest name is suggested and all are listed
     */
    public static TextModel named(String name) {
        return known().stream()
                .filter(m -> m.name().equals(name) || m.aliases().contains(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = known().stream().map(TextModel::name).toList();
                    return new IllegalArgumentException("there is no text model '" + name + "'"
                            + Names.suggestion(name, names, "") + " (models: " + String.join(", ", names) + ")");
                });
    }
}
