package io.verity.estimators.rd;

/** What is made of ties in the running variable. */
public enum MassPoints {
    /** Bandwidth selection counts distinct values, and pilot windows reach at least ten of them where a side is heaped. */
    ADJUST,
    /** Ties are reported, nothing else. */
    CHECK,
    /** Ties are ignored. */
    OFF
}
