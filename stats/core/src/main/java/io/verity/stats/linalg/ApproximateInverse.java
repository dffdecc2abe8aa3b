package io.verity.stats.linalg;

/**
 * Stands for the inverse of a symmetric positive definite matrix where a few digits are enough, as in preconditioning: a
 * symmetric positive definite operator near it. Made by {@link DenseBackend#approximateInverses}.
 */
public interface ApproximateInverse {
    /**
     * Applies it to vectors.
     *
     * @param from vectors of the matrix's dimension, finite
     * @param to receives their images; may be the same vectors
     */
    void apply(double[][] from, double[][] to);

    /** @return memory that it holds */
    long bytes();
}
