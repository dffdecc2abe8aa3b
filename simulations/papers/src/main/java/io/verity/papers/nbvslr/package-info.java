/**
 * Naive Bayes against logistic regression, and H-consistency bounds: the simulations of Zheng et al. (arXiv 2302.02334) with
 * their corrected and companion designs, and the claims about them.
 */
@NullMarked
package io.verity.papers.nbvslr;

import org.jspecify.annotations.NullMarked;
