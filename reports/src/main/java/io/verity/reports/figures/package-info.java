/**
 * Figures as static SVG, drawn by Lets-Plot. The drawing library shows nowhere outside this package: what comes in is our own
 * figure, what goes out is text that adapts to light and dark and to the width of a phone.
 */
@NullMarked
package io.verity.reports.figures;

import org.jspecify.annotations.NullMarked;
