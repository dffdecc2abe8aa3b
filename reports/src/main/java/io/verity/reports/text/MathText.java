package io.verity.reports.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Text with formulas: LaTeX between {@code \(} and {@code \)} stands in the line, between {@code \[} and {@code \]} on a line of
 * its own. A delimiter that is never closed is ordinary text.
 */
public final class MathText {
    private MathText() {}

    /** What a piece of text is. */
    public enum Kind {
        /** Ordinary text. */
        TEXT,
        /** A formula in the line. */
        INLINE,
        /** A formula on a line of its own. */
        DISPLAY
    }

    /**
     * A piece of text.
     *
     * @param kind what it is
     * @param content the text, or the formula without its delimiters
     */
    public record Piece(Kind kind, String content) {}

    /**
     * @param text text with formulas
     * @return its pieces in order, none of them empty
     */
    public static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        int plain = 0;
        int at = 0;
        while (at < text.length() - 1) {
            char opener = text.charAt(at + 1);
            boolean opens = text.charAt(at) == '\\' && (opener == '(' || opener == '[');
            int end = opens ? text.indexOf(opener == '(' ? "\\)" : "\\]", at + 2) : -1;
            if (end < 0) {
                at++;
                continue;
            }
            add(pieces, Kind.TEXT, text.substring(plain, at));
            add(
                    pieces,
                    opener == '(' ? Kind.INLINE : Kind.DISPLAY,
                    text.substring(at + 2, end).strip());
            at = end + 2;
            plain = at;
        }
        add(pieces, Kind.TEXT, text.substring(plain));
        return pieces;
    }

    private static void add(List<Piece> pieces, Kind kind, String content) {
        if (!content.isEmpty()) {
            pieces.add(new Piece(kind, content));
        }
    }
}
