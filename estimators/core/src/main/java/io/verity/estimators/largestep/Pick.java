package io.verity.estimators.largestep;

/** Which mistake the classic perceptron corrects. */
public enum Pick {
    /** The one with the smallest index. */
    FIRST,
    /** The one with the smallest margin; among equals the smallest index. */
    MOST_VIOLATED
}
