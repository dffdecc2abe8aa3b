package io.verity.simulations.claims;

/** How the two sides of a {@link Check} should stand to each other. */
public enum Relation {
    /** Left side at most the right. */
    AT_MOST("<=", ">"),
    /** Left side strictly below the right. */
    BELOW("<", ">="),
    /** Left side at least the right. */
    AT_LEAST(">=", "<"),
    /** Left side strictly above the right. */
    ABOVE(">", "<="),
    /** Both sides equal. */
    EQUAL("=", "!="),
    /** A statement without sides, written as 1 = 1 when it is true and 0 = 1 when it is not. */
    HOLDS("holds", "does not hold"),
    /** Nothing could be compared. */
    UNDECIDED("undecided", "undecided");

    private final String symbol;
    private final String opposite;

    Relation(String symbol, String opposite) {
        this.symbol = symbol;
        this.opposite = opposite;
    }

    /** @return as printed when it holds */
    public String symbol() {
        return symbol;
    }

    /** @return as printed when it is violated */
    public String opposite() {
        return opposite;
    }

    /** @return true for the four orderings, false for equality and statements without sides */
    public boolean ordering() {
        return this == AT_MOST || this == BELOW || this == AT_LEAST || this == ABOVE;
    }

    /** @return whether the relation holds between two exact numbers */
    boolean between(double left, double right) {
        return switch (this) {
            case AT_MOST -> left <= right;
            case BELOW -> left < right;
            case AT_LEAST -> left >= right;
            case ABOVE -> left > right;
            case EQUAL, HOLDS -> left == right;
            case UNDECIDED -> false;
        };
    }

    /** @return (right - left) for upper bounds and (left - right) for lower bounds, turned so that positive means violated */
    double excess(double left, double right) {
        return switch (this) {
            case AT_MOST, BELOW -> left - right;
            case AT_LEAST, ABOVE -> right - left;
            case EQUAL, HOLDS -> Math.abs(left - right);
            case UNDECIDED -> 0;
        };
    }
}
