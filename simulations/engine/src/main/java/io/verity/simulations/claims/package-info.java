/**
 * Claims: theory as programs that can fail. A claim runs an experiment and returns a verdict, reached by one of a small set
 * of criteria; its negative controls must come out refuted.
 */
@NullMarked
package io.verity.simulations.claims;

import org.jspecify.annotations.NullMarked;
