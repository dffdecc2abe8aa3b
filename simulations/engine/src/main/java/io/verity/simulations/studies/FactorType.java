package io.verity.simulations.studies;

import io.verity.stats.Arguments;
import io.verity.stats.Names;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The types that a component of a condition record may have, and how their values are read, compared and hashed. */
final class FactorType {
    private final String name;
    private final Class<?> type;

    FactorType(String name, Class<?> type) {
        Arguments.require(
                type == double.class
                        || type == int.class
                        || type == long.class
                        || type == boolean.class
                        || type == String.class
                        || type.isEnum(),
                "component '%s' of a condition is a %s; it may be double, int, long, boolean, String or an enum",
                name,
                type.getSimpleName());
        this.name = name;
        this.type = type;
    }

    /**
     * @param value a value as a program gives it (whole numbers widen to wider types), or its text
     * @return the value in the component's own type
     * @throws IllegalArgumentException if it does not fit
     */
    Object convert(Object value) {
        if (value instanceof String text && type != String.class) {
            return parse(text.strip());
        }
        if (value instanceof Number number) {
            if (type == double.class) {
                return finite(number.doubleValue(), value);
            }
            if (type == long.class && (value instanceof Integer || value instanceof Long)) {
                return number.longValue();
            }
        }
        boolean fits = (type == int.class && value instanceof Integer)
                || (type == boolean.class && value instanceof Boolean)
                || type.isInstance(value);
        Arguments.require(fits, "factor '%s' takes %s, but a value is %s", name, expected(), value);
        return value;
    }

    private Object parse(String text) {
        try {
            if (type == double.class) {
                return finite(Double.parseDouble(text), text);
            }
            if (type == int.class) {
                return Integer.parseInt(text);
            }
            if (type == long.class) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(mismatch(text), e);
        }
        if (type == boolean.class) {
            Arguments.require(text.equals("true") || text.equals("false"), "%s", mismatch(text));
            return text.equals("true");
        }
        for (Object constant : type.getEnumConstants()) {
            if (text.toLowerCase(Locale.ROOT).equals(constant.toString().toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw new IllegalArgumentException(mismatch(text) + Names.suggestion(text, constants(), ""));
    }

    private Object finite(double value, Object given) {
        Arguments.require(Double.isFinite(value), "%s", mismatch(given));
        return value + 0.0;
    }

    private String mismatch(Object given) {
        return "factor '" + name + "' takes " + expected() + ", but a value is '" + given + "'";
    }

    private String expected() {
        if (type == double.class) {
            return "finite numbers";
        }
        if (type == int.class || type == long.class) {
            return "whole numbers (" + type.getSimpleName() + ")";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        return type == String.class ? "text" : "one of " + String.join(", ", constants());
    }

    private List<String> constants() {
        return Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
    }

    /** The value as {@code Long}, {@code Double}, {@code Boolean} or {@code String}: what tables and JSON hold. */
    static Object plain(Object value) {
        if (value instanceof Integer i) {
            return i.longValue();
        }
        return value instanceof Enum<?> e ? e.toString() : value;
    }

    /** Text that is the same on every platform and differs between any two values: the stuff of the condition's hash. */
    static String canonical(Object value) {
        if (value instanceof Double d) {
            return "double:" + Double.toHexString(d);
        }
        if (value instanceof Enum<?> e) {
            return "enum:" + e.name();
        }
        if (value instanceof String s) {
            return "text:" + s.length() + ":" + s;
        }
        return value instanceof Boolean ? "boolean:" + value : "whole:" + value;
    }
}
