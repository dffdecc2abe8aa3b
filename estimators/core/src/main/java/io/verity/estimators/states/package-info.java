/** Hidden states of language models, layer by layer: where they come from, how they are kept on disk, and the example texts. */
@NullMarked
package io.verity.estimators.states;

import org.jspecify.annotations.NullMarked;
