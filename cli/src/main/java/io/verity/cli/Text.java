package io.verity.cli;

/** Laying out lines. */
final class Text {
    private Text() {}

    /**
     * @param text any text
     * @param width least width
     * @return the text with spaces behind it
     */
    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /**
     * @param text any text
     * @param width least width
     * @return the text with spaces before it
     */
    static String leftPadded(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
