/** Programs to start from. Each is short, runs as it stands, and has a page in the guide. */
@NullMarked
package io.verity.examples;

import org.jspecify.annotations.NullMarked;
