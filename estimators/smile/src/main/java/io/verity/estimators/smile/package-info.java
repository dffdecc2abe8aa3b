/** Smile 2.6.0 as an independent check of our own fits. Optional: nothing depends on it. */
@NullMarked
package io.verity.estimators.smile;

import org.jspecify.annotations.NullMarked;
