/**
 * Linear probes of hidden states: the RAPTOR protocol (Gao et al., "RAPTOR: Ridge-Adaptive Logistic Probes", arXiv
 * 2602.00158), how reproducible the directions are that probes find, what they do when states are moved along them, and the
 * methods they are compared with.
 */
@NullMarked
package io.verity.estimators.probe;

import org.jspecify.annotations.NullMarked;
