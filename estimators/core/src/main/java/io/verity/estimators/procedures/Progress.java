package io.verity.estimators.procedures;

/** Who wants to know how far a procedure has come. Called from the working thread, so it must return quickly. */
@FunctionalInterface
public interface Progress {
    /** Listens to nothing. */
    Progress NONE = (what, done, total) -> {};

    /**
     * @param what the work at hand, in a few words
     * @param done units finished
     * @param total units in all, or -1 when not known
     */
    void update(String what, long done, long total);
}
