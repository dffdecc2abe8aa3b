package io.verity.estimators.states;

import io.verity.stats.Arguments;

/**
 * How texts become vectors. Together with the model and the texts it determines the states.
 *
 * @param pooling how the states of the tokens of a text become one vector
 * @param maxTokens tokens after which a text is cut off, the opening and the closing one included; 3 to 512
 * @param prefix put before every text, such as {@code "query: "}; may be empty
 */
public record Encoding(Pooling pooling, int maxTokens, String prefix) {
    /** Longest text that the models take, in tokens. */
    public static final int MOST_TOKENS = 512;

    private static final Encoding DEFAULT = new Encoding(Pooling.MEAN, 128, "");

    /** Checks the number of tokens. */
    public Encoding {
        Arguments.require(
                maxTokens >= 3 && maxTokens <= MOST_TOKENS,
                "the number of tokens must lie between 3 and %d, but is %d",
                MOST_TOKENS,
                maxTokens);
    }

    /** @return mean pooling, at most 128 tokens, no prefix */
    public static Encoding withDefaults() {
        return DEFAULT;
    }

    /**
     * @param value how tokens become one vector
     * @return a copy with that pooling
     */
    public Encoding with(Pooling value) {
        return new Encoding(value, maxTokens, prefix);
    }

    /**
     * @param value tokens after which a text is cut off, 3 to 512
     * @return a copy with that limit
     */
    public Encoding withMaxTokens(int value) {
        return new Encoding(pooling, value, prefix);
    }

    /**
     * @param value put before every text
     * @return a copy with that prefix
     */
    public Encoding withPrefix(String value) {
        return new Encoding(pooling, maxTokens, value);
    }
}
