package io.verity.reports.figures;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Makes the drawing library's SVG fit for a page: fixed colours become classes that the page's style sheet colours for light and
 * dark, random ids become numbers in order of appearance, coordinates are rounded, and what is invisible is left out. The result
 * has the same bytes each time.
 */
final class SvgCleaner {
    private static final Pattern RGB = Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(?:[eE]-?\\d+)?");
    private static final Pattern REFERENCE = Pattern.compile("url\\(#([^)]+)\\)");
    private static final Set<String> GEOMETRY = Set.of(
            "d",
            "x",
            "y",
            "x1",
            "y1",
            "x2",
            "y2",
            "cx",
            "cy",
            "r",
            "width",
            "height",
            "points",
            "transform",
            "stroke-width",
            "stroke-dasharray",
            "stroke-opacity",
            "fill-opacity");
    /** Attributes that say what is the case anyway, or that only the library's own viewers read. */
    private static final Set<String> DROPPED = Set.of("clip-bounds-jfx", "class", "fill-rule", "style");

    private final String prefix;
    private final Map<String, String> ids = new HashMap<>();
    private final StringBuilder out = new StringBuilder();

    private SvgCleaner(String prefix) {
        this.prefix = prefix;
    }

    /**
     * @param svg what the library drew
     * @param prefix begins every id
     * @return the content of the outermost element
     */
    static String clean(String svg, String prefix) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Element root = factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)))
                    .getDocumentElement();
            SvgCleaner cleaner = new SvgCleaner(prefix);
            cleaner.children(root);
            return cleaner.out.toString();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("the drawing library wrote SVG that is not XML", e);
        }
    }

    private void children(Node node) {
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && !invisible(element)) {
                element(element);
            }
        }
    }

    private static boolean invisible(Element e) {
        String name = e.getTagName();
        if (name.equals("style")) {
            return true;
        }
        if (name.equals("g") || name.equals("svg") || name.equals("defs")) {
            for (Node child = e.getFirstChild(); child != null; child = child.getNextSibling()) {
                if (child instanceof Element element && !invisible(element)) {
                    return false;
                }
            }
            return true;
        }
        if (name.equals("text") || name.equals("clipPath") || inClipPath(e)) {
            return false;
        }
        if (name.equals("line")
                && e.getAttribute("x1").equals(e.getAttribute("x2"))
                && e.getAttribute("y1").equals(e.getAttribute("y2"))) {
            return true; // the cross lines of error bars without width
        }
        boolean stroked = !e.getAttribute("stroke").isEmpty()
                && !e.getAttribute("stroke").equals("none")
                && number(e, "stroke-width", 1) > 0
                && number(e, "stroke-opacity", 1) > 0;
        String fill = e.getAttribute("fill");
        boolean background = colour(fill).equals("#ffffff");
        boolean filled = !fill.equals("none") && !background && number(e, "fill-opacity", 1) > 0;
        return !stroked && !filled;
    }

    private static boolean inClipPath(Element e) {
        return e.getParentNode() instanceof Element parent
                && parent.getTagName().equals("clipPath");
    }

    private static double number(Element e, String attribute, double otherwise) {
        String value = e.getAttribute(attribute);
        return value.isEmpty() ? otherwise : Double.parseDouble(value);
    }

    private void element(Element e) {
        String name = e.getTagName();
        Map<String, String> attributes = new TreeMap<>();
        NamedNodeMap given = e.getAttributes();
        for (int i = 0; i < given.getLength(); i++) {
            Attr a = (Attr) given.item(i);
            attribute(name, a.getName(), a.getValue().strip(), attributes);
        }
        out.append('<').append(name);
        attributes.forEach((key, value) -> out.append(' ')
                .append(key)
                .append("=\"")
                .append(SvgText.escape(value))
                .append('"'));
        if (name.equals("text")) {
            out.append('>').append(SvgText.escape(label(e))).append("</text>");
        } else if (e.getFirstChild() == null || e.getElementsByTagName("*").getLength() == 0) {
            out.append("/>");
        } else {
            out.append('>');
            children(e);
            out.append("</").append(name).append('>');
        }
    }

    /** The element's text, a negative number with a minus sign instead of a hyphen. */
    private static String label(Element e) {
        String text = e.getTextContent().strip();
        return text.matches("-[\\d.,]+.*") ? "−" + text.substring(1) : text;
    }

    private void attribute(String element, String name, String value, Map<String, String> into) {
        if (name.equals("class") && value.startsWith("axis-title")) {
            into.put("font-size", "14");
        }
        if (DROPPED.contains(name) || name.startsWith("xmlns")) {
            return;
        }
        if (name.equals("id")) {
            // Only clip paths are referred to.
            if (element.equals("clipPath")) {
                into.put("id", id(value));
            }
        } else if (name.equals("fill") || name.equals("stroke")) {
            boolean idle = element.equals("text") || (element.equals("line") && name.equals("fill"));
            if (!idle) {
                paint(name, value, into);
            }
        } else if (name.endsWith("-opacity") && value.equals("1.0")) {
            return;
        } else if (GEOMETRY.contains(name)) {
            into.put(name, rounded(value));
        } else {
            into.put(name, REFERENCE.matcher(value).replaceAll(m -> "url(#" + id(m.group(1)) + ")"));
        }
    }

    private String id(String original) {
        return ids.computeIfAbsent(original, k -> prefix + "-" + (ids.size() + 1));
    }

    /** A colour becomes a class, and stays as an attribute for viewers that know no CSS variables. */
    private static void paint(String name, String value, Map<String, String> into) {
        String colour = colour(value);
        if (colour.equals("none") || colour.equals("#000000")) {
            into.put(name, colour.equals("none") ? "none" : colour);
            return;
        }
        String light = colour;
        String css = "";
        for (Palette.Style style : Palette.all()) {
            if (style.placeholder().equals(colour)) {
                light = style.light();
                css = style.cssName();
            }
        }
        if (css.isEmpty()) {
            css = colour.equals("#474747") ? "ink" : "grid";
        }
        into.put(name, light);
        into.merge("class", name.charAt(0) + css, (a, b) -> a + " " + b);
    }

    private static String colour(String value) {
        Matcher rgb = RGB.matcher(value);
        if (!rgb.matches()) {
            return value.toLowerCase(Locale.ROOT);
        }
        return String.format(
                Locale.ROOT,
                "#%02x%02x%02x",
                Integer.parseInt(rgb.group(1)),
                Integer.parseInt(rgb.group(2)),
                Integer.parseInt(rgb.group(3)));
    }

    private static String rounded(String value) {
        String numbers = NUMBER.matcher(value).replaceAll(m -> SvgText.number(Double.parseDouble(m.group())));
        return numbers.replaceAll("\\s+", " ").replace(" )", ")").strip();
    }
}
