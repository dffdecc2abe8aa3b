package io.verity.simulations.studies;

/** A study stopped because too many of its replicates failed; what it had finished is kept. */
public final class StudyFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message how many failed, the first failure with its coordinates, and how to reproduce it
     */
    public StudyFailedException(String message) {
        super(message);
    }
}
