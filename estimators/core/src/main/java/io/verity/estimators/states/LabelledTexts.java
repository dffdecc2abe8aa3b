package io.verity.estimators.states;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.verity.stats.Arguments;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Texts with two labels, and perhaps a split and groups: the example sets that come with Verity.
 *
 * @param name of the set
 * @param texts one per row
 * @param labels 0 or 1 per row; 1 is the concept
 * @param splits {@code train}, {@code val} or {@code test} per row
 * @param groups texts of one group belong into one split (the two members of a minimal pair); empty where there are no groups
 */
@SuppressWarnings("ArrayRecordComponent") // a column of labels; two sets are never compared
public record LabelledTexts(
        String name, List<String> texts, int[] labels, List<String> splits, Optional<List<String>> groups) {
    /** Names of the example sets. */
    private static final List<String> EXAMPLES = List.of("sentiment", "facts", "sarcasm_pairs");

    /** Copies. */
    public LabelledTexts {
        texts = List.copyOf(texts);
        labels = labels.clone();
        splits = List.copyOf(splits);
        groups = groups.map(List::copyOf);
    }

    /** @return the names that {@link #example} knows: {@code sentiment}, {@code facts}, {@code sarcasm_pairs} */
    public static List<String> exampleNames() {
        return EXAMPLES;
    }

    /**
     * An example set: {@code sentiment} (1986 sentences of reviews; 1 is positive), {@code facts} (598 statements; 1 is true) or
     * {@code sarcasm_pairs} (351 sentences in minimal pairs; 1 is sarcastic, the group is the pair). Origin and licences stand in
     * {@code examples/data/README.md}.
     *
     * @param name of the set
     * @return its texts, labels, splits and groups
     * @throws IllegalArgumentException if there is no such set
     */
    public static LabelledTexts example(String name) {
        Arguments.require(
                EXAMPLES.contains(name), "there is no example set '%s' (sets: %s)", name, String.join(", ", EXAMPLES));
        List<String> texts = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        List<String> splits = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        try (InputStream bytes = LabelledTexts.class.getResourceAsStream("texts/" + name + ".csv")) {
            if (bytes == null) {
                throw new IllegalStateException("the example set " + name + " is missing from the jar");
            }
            try (CsvReader<NamedCsvRecord> rows = CsvReader.builder()
                    .ofNamedCsvRecord(new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)))) {
                for (NamedCsvRecord row : rows) {
                    texts.add(row.getField("text"));
                    labels.add(Integer.valueOf(row.getField("label")));
                    splits.add(row.getField("split"));
                    row.findField("pair").ifPresent(groups::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LabelledTexts(
                name,
                texts,
                labels.stream().mapToInt(Integer::intValue).toArray(),
                splits,
                groups.isEmpty() ? Optional.empty() : Optional.of(groups));
    }

    /** @return number of texts */
    public int rows() {
        return texts.size();
    }
}
