/**
 * What a computation hands to whoever presents it: tables, figures (data and marks, never pixels) and provenance. The
 * presentation itself lives in the reports module.
 */
@NullMarked
package io.verity.stats.result;

import org.jspecify.annotations.NullMarked;
