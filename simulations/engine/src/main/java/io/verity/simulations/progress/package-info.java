/** What long work tells its observer, and how the observer stops it. No terminal code. */
@NullMarked
package io.verity.simulations.progress;

import org.jspecify.annotations.NullMarked;
