/**
 * Ridge-adaptive logistic probes (Gao et al. 2026): the high-dimensional theory against simulation, tuning, steering, the
 * separability line, and what the layers of a real text model say.
 */
@NullMarked
package io.verity.papers.raptor;

import org.jspecify.annotations.NullMarked;
