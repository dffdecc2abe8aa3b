package io.verity.estimators.largestep;

/** Whether some \( \theta \) has every margin positive. */
public enum Separability {
    /** Yes: the certified lower end of the margin is positive. */
    YES,
    /** No: a convex combination of the signed rows is zero to rounding. */
    NO,
    /** The certified interval of the margin contains zero and is too wide to say. */
    UNDECIDED
}
