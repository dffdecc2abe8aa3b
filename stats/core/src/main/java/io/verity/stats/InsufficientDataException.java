package io.verity.stats;

/** Too few distinct observations near a point for the local fit that was asked for. */
public final class InsufficientDataException extends EstimationException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason where, with which bandwidth, how many there are and how many are needed
     * @param remedy what the user can do, such as the smallest bandwidth that works
     */
    public InsufficientDataException(String reason, String remedy) {
        super(reason, remedy);
    }
}
