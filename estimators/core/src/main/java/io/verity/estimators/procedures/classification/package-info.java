/** What the commands of all classifiers say about predictions. */
@NullMarked
package io.verity.estimators.procedures.classification;

import org.jspecify.annotations.NullMarked;
