package io.verity.reports.text;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Small formulas as plain Unicode, for the few places where nothing can set them: labels inside drawings, titles of windows. What
 * has no plain form keeps its LaTeX source, without the delimiters.
 */
public final class PlainMath {
    private static final Pattern FORMULA = Pattern.compile("\\\\[(\\[](.*?)\\\\[)\\]]", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("\\\\([A-Za-z]+)|\\\\([,;: !{}%&_#$])");
    private static final Pattern WRAPPED =
            Pattern.compile("\\\\(?:mathrm|mathbf|mathit|text|operatorname|mathcal)\\{([^{}]*)\\}");
    private static final Pattern SCRIPT = Pattern.compile("([\\^_])(?:\\{([^{}]*)\\}|(.))");

    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("alpha", "α"),
            Map.entry("beta", "β"),
            Map.entry("gamma", "γ"),
            Map.entry("delta", "δ"),
            Map.entry("epsilon", "ε"),
            Map.entry("varepsilon", "ε"),
            Map.entry("eta", "η"),
            Map.entry("theta", "θ"),
            Map.entry("vartheta", "ϑ"),
            Map.entry("kappa", "κ"),
            Map.entry("lambda", "λ"),
            Map.entry("mu", "μ"),
            Map.entry("nu", "ν"),
            Map.entry("xi", "ξ"),
            Map.entry("pi", "π"),
            Map.entry("rho", "ρ"),
            Map.entry("sigma", "σ"),
            Map.entry("tau", "τ"),
            Map.entry("phi", "φ"),
            Map.entry("varphi", "φ"),
            Map.entry("chi", "χ"),
            Map.entry("psi", "ψ"),
            Map.entry("omega", "ω"),
            Map.entry("Gamma", "Γ"),
            Map.entry("Delta", "Δ"),
            Map.entry("Theta", "Θ"),
            Map.entry("Lambda", "Λ"),
            Map.entry("Sigma", "Σ"),
            Map.entry("Phi", "Φ"),
            Map.entry("Omega", "Ω"),
            Map.entry("le", "≤"),
            Map.entry("leq", "≤"),
            Map.entry("ge", "≥"),
            Map.entry("geq", "≥"),
            Map.entry("ne", "≠"),
            Map.entry("neq", "≠"),
            Map.entry("approx", "≈"),
            Map.entry("times", "×"),
            Map.entry("cdot", "·"),
            Map.entry("pm", "±"),
            Map.entry("to", "→"),
            Map.entry("infty", "∞"),
            Map.entry("sum", "∑"),
            Map.entry("nabla", "∇"),
            Map.entry("in", "∈"),
            Map.entry("sqrt", "√"),
            Map.entry("ell", "ℓ"),
            Map.entry("log", "log"),
            Map.entry("exp", "exp"),
            Map.entry("max", "max"),
            Map.entry("min", "min"),
            Map.entry("lVert", "‖"),
            Map.entry("rVert", "‖"),
            Map.entry("left", ""),
            Map.entry("right", ""));

    private static final String RAISED_FROM = "0123456789+-=()ni";
    private static final String RAISED_TO = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ";
    private static final String LOWERED_FROM = "0123456789+-=()aeijkmnt";
    private static final String LOWERED_TO = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₘₙₜ";

    private PlainMath() {}

    /**
     * @param text text with formulas between {@code \(} and {@code \)}
     * @return the text with its formulas in Unicode
     */
    public static String of(String text) {
        return FORMULA.matcher(text).replaceAll(m -> Matcher.quoteReplacement(formula(m.group(1))));
    }

    private static String formula(String tex) {
        String out = WRAPPED.matcher(tex).replaceAll(m -> Matcher.quoteReplacement(m.group(1)));
        out = COMMAND.matcher(out).replaceAll(m -> {
            if (m.group(2) != null) {
                return " ,;:!".contains(m.group(2)) ? " " : Matcher.quoteReplacement(m.group(2));
            }
            return Matcher.quoteReplacement(SYMBOLS.getOrDefault(m.group(1), m.group()));
        });
        out = SCRIPT.matcher(out).replaceAll(m -> {
            String content = m.group(2) == null ? m.group(3) : m.group(2);
            boolean up = m.group(1).equals("^");
            String script = translate(content, up ? RAISED_FROM : LOWERED_FROM, up ? RAISED_TO : LOWERED_TO);
            return Matcher.quoteReplacement(script.isEmpty() ? m.group(1) + content : script);
        });
        return out.replace("{", "").replace("}", "").replaceAll(" +", " ").strip();
    }

    private static String translate(String content, String from, String to) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < content.length(); i++) {
            int at = from.indexOf(content.charAt(i));
            if (at < 0) {
                return "";
            }
            out.append(to.charAt(at));
        }
        return out.toString();
    }
}
