/** The {@code verity} command: argument parsing and wiring only. */
@NullMarked
package io.verity.cli;

import org.jspecify.annotations.NullMarked;
