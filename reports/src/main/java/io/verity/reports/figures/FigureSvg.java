package io.verity.reports.figures;

import io.verity.reports.text.PlainMath;
import io.verity.stats.result.Figure;
import java.util.Map;
import org.jetbrains.letsPlot.awt.plot.PlotSvgExport;
import org.jetbrains.letsPlot.commons.geometry.DoubleVector;

/**
 * Draws figures as SVG whose text stays text. The drawing scales to the width it is given, takes its colours from CSS variables
 * (so that it follows a page from light to dark), and is the same to the byte each time.
 */
public final class FigureSvg {
    private FigureSvg() {}

    /**
     * The drawing for a page that carries {@link #styleSheet()}.
     *
     * @param figure any figure
     * @param id begins the ids in the drawing; unique in the page
     * @return an {@code svg} element
     */
    public static String inline(Figure figure, String id) {
        return draw(figure, id, "");
    }

    /**
     * The drawing as a file of its own; on screens it follows the reader's preference for light or dark.
     *
     * @param figure any figure
     * @param id begins the ids in the drawing
     * @return the text of an SVG file
     */
    public static String standalone(Figure figure, String id) {
        String css = ".fig{" + Palette.variables(false) + ";background:var(--fig-paper)}"
                + "@media screen and (prefers-color-scheme:dark){.fig{" + Palette.variables(true) + "}}" + rules();
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + draw(figure, id, "<style>" + css + "</style>") + "\n";
    }

    private static String draw(Figure figure, String id, String style) {
        Map<String, Palette.Style> styles = Palette.styles(figure);
        PlotSpec spec = new PlotSpec(figure, styles);
        String raw = PlotSvgExport.INSTANCE.buildSvgImageFromRawSpecs(
                spec.build(), new DoubleVector(PlotSpec.WIDTH, spec.height()), false);
        Legend.Drawn legend = Legend.below(figure, styles, spec.height());
        String title = SvgText.escape(PlainMath.of(figure.title()));
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"fig\" viewBox=\"0 0 "
                + SvgText.number(PlotSpec.WIDTH) + " " + SvgText.number(legend.bottom()) + "\" width=\""
                + SvgText.number(PlotSpec.WIDTH) + "\" role=\"img\" aria-label=\"" + title
                + "\" font-family=\"system-ui, Helvetica, Arial, sans-serif\" font-size=\"13\">" + style
                + SvgCleaner.clean(raw, id) + legend.svg() + "</svg>";
    }

    /**
     * @param dark whether for a dark background
     * @return declarations of the CSS variables that colour the drawings, to be put into a rule
     */
    public static String variables(boolean dark) {
        return Palette.variables(dark);
    }

    /** @return the rules that colour the drawings of a page from the variables */
    public static String styleSheet() {
        return rules();
    }

    private static String rules() {
        StringBuilder css = new StringBuilder();
        css.append(".fig{max-width:100%;height:auto}.fig text{fill:var(--fig-ink)}");
        css.append(".fig .sgrid{stroke:var(--fig-grid)}.fig .fgrid{fill:var(--fig-grid)}");
        for (Palette.Style style : Palette.all()) {
            String name = style.cssName();
            css.append(".fig .s")
                    .append(name)
                    .append("{stroke:var(--fig-")
                    .append(name)
                    .append(")}");
            css.append(".fig .f")
                    .append(name)
                    .append("{fill:var(--fig-")
                    .append(name)
                    .append(")}");
        }
        return css.toString();
    }
}
