/** Hidden states of transformers by ONNX Runtime: the optional module behind {@link io.verity.estimators.states.TextEncoders}. */
@NullMarked
package io.verity.estimators.onnx;

import org.jspecify.annotations.NullMarked;
