package io.verity.estimators.states;

import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Layers as options spell them: {@code all}, {@code 0,3,6}, {@code 0-6}, {@code last}. */
final class LayerSelection {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");

    private LayerSelection() {}

    static int[] positions(String selection, int layers) {
        if (selection.strip().equals("all")) {
            return IntStream.range(0, layers).toArray();
        }
        List<Integer> chosen = new ArrayList<>();
        for (String part : selection.split(",", -1)) {
            String text = part.strip();
            if (text.equals("last")) {
                add(chosen, layers - 1, layers);
                continue;
            }
            Matcher range = RANGE.matcher(text);
            Arguments.require(
                    range.matches(),
                    "the layers must be 'all', or positions such as 0,3,6 or 0-6, but are '%s'",
                    selection);
            int from = Integer.parseInt(range.group(1));
            int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
            Arguments.require(from <= to, "the layers %s run downwards", text);
            for (int layer = from; layer <= to; layer++) {
                add(chosen, layer, layers);
            }
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void add(List<Integer> chosen, int layer, int layers) {
        Arguments.require(layer < layers, "there is no layer %d; the layers are 0 to %d", layer, layers - 1);
        Arguments.require(!chosen.contains(layer), "layer %d is selected twice", layer);
        chosen.add(layer);
    }
}
