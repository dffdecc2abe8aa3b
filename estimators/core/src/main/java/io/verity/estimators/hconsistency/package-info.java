/** How much zero-one error a surrogate loss can hide: conditional risks, transforms, their inverses, and searches for counterexamples. */
@NullMarked
package io.verity.estimators.hconsistency;

import org.jspecify.annotations.NullMarked;
