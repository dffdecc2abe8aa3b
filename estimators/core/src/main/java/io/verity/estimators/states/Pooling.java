package io.verity.estimators.states;

import io.verity.stats.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the states of the tokens of one text become one vector. Padding never takes part. */
public enum Pooling {
    /** Mean over all tokens, those that open and close the text included. */
    MEAN,
    /** State of the first token ({@code [CLS]}). */
    CLS,
    /** State of the last token: the end of the prompt in decoder models, {@code [SEP]} in the encoders here. */
    LAST;

    /** @return the names as options spell them: {@code mean}, {@code cls}, {@code last} */
    public static List<String> names() {
        return Arrays.stream(values()).map(Pooling::label).toList();
    }

    /** @return the name as options spell it */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param label {@code mean}, {@code cls} or {@code last}
     * @return the pooling of that name
     * @throws IllegalArgumentException if there is none
     */
    public static Pooling of(String label) {
        Arguments.require(
                names().contains(label),
                "the pooling must be one of %s, but is '%s'",
                String.join(", ", names()),
                label);
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
