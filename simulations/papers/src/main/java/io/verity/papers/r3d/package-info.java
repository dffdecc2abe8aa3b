/**
 * Regression discontinuity with distribution-valued outcomes, and scalar regression discontinuity beside it: simulation designs
 * with their true effects, the claims R3D-1 to R3D-13 and RD-1 with their negative controls, and the studies behind the figures.
 *
 * <p>Every class named {@code ...Claims} holds one group of claims; {@code R3dPaper} lists them in order. The running variable is
 * uniform on (-1, 1) with the cutoff at 0, the quantiles are the deciles, bands are at 95 % unless a claim says otherwise.
 */
@NullMarked
package io.verity.papers.r3d;

import org.jspecify.annotations.NullMarked;
