/** Argument checks and the exceptions that every module shares. */
@NullMarked
package io.verity.stats;

import org.jspecify.annotations.NullMarked;
