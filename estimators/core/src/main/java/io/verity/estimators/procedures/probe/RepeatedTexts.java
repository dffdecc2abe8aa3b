package io.verity.estimators.procedures.probe;

import io.verity.estimators.probe.Split;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Texts that were seen before they judge: the accuracy on them says nothing of new texts. */
final class RepeatedTexts {
    /** Share of the test rows below which repetitions cannot move the accuracy by more than rounding. */
    private static final double TOLERATED = 0.01;

    private RepeatedTexts() {}

    /**
     * @param texts of all rows
     * @param split of them
     * @return how many test rows repeat the text of a row that trains or validates, apart from case and space around it; empty
     *     where there are hardly any
     */
    static Optional<String> warning(List<String> texts, Split split) {
        Set<String> seen = new HashSet<>();
        Arrays.stream(split.pool()).forEach(i -> seen.add(plain(texts.get(i))));
        int[] test = split.test();
        long repeated = Arrays.stream(test)
                .filter(i -> seen.contains(plain(texts.get(i))))
                .count();
        return repeated <= TOLERATED * test.length
                ? Optional.empty()
                : Optional.of(repeated + " of " + test.length
                        + " test rows have the text of a row that trained or validated, which flatters every accuracy on them;"
                        + " leave repetitions out, or draw the split with --group and the column of texts");
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
