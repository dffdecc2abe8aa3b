package io.verity.papers.nbvslr;

import org.ejml.data.DMatrixRMaj;

/**
 * Rows with labels 0 to K - 1, each of which occurs.
 *
 * @param rows m x d
 * @param labels one per row
 * @param classes K
 */
@SuppressWarnings("ArrayRecordComponent") // a column of labels; two samples are never compared
record LabelledRows(DMatrixRMaj rows, int[] labels, int classes) {}
